"""Whoever had a part in certain earlier steps takes no later one that is kept apart from them (查审分离).

Earlier steps of the matter itself (``Who.apart_from``), and of the matters it belongs together with (``Who.apart_elsewhere``):
what it grew out of, what is evidence for it, and what grew beside it about the same party. Asked in the transaction of
the step, of everybody who acts now against everybody who acted then, alone or together with others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.matters.catalogue import UnknownProcedureError, edition_of
from zhihuan.bureau.matters.declaration import Step, Who
from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.matters.kin import kin_of
from zhihuan.bureau.matters.models import Matter, MatterEvent

__all__ = ["Part", "apart_refusal", "part_of", "people_of", "took_part", "without_barred"]

_People = Collection[Any]


@dataclass(frozen=True, slots=True)
class Part:
    """What somebody did that keeps them apart. who: by name. where: this matter, or the other one by procedure and
    number. step: its title. on: a day of Beijing."""

    who: str
    where: Any
    step: Any
    on: date

    def __str__(self) -> str:
        words = _("%(who)s于 %(on)s 在%(where)s办理过“%(step)s”")
        told = {"who": self.who, "on": self.on, "where": self.where, "step": self.step}
        return str(words % told)


def apart_refusal(step: Step, matter: Matter, people: _People) -> Any:
    """Why these people (keys of accounts) may not take the step: who, by which step of which matter, what to do, by
    which law; "" where nothing stands against it."""
    part = part_of(step.who, matter, people)
    if part is None:
        return ""
    words = _(
        "“%(step)s”须由未经办前序环节的人员办理：%(part)s。请由其他有权限的人员办理；没有的，可在“我的角色与代理”中将角色委托同事代理。"
    ) % {"step": step.title, "part": part}
    basis = _("（依据：%(basis)s）") % {"basis": step.who.apart_by}
    return f"{words}{basis}" if step.who.apart_by else words


def part_of(who: Who, matter: Matter, people: _People) -> Part | None:
    """The first thing that one of these people did from which ``who`` is kept apart; None where there is none."""
    for event in _parts(matter, [who], people):
        return _told(matter, event, people)
    return None


def without_barred(steps: Iterable[Step], matter: Matter, people: _People) -> list[Step]:
    """The steps from which nobody of these people is kept apart; three queries where nothing is linked."""
    asked = list(steps)
    parts = _parts(matter, [each.who for each in asked], people)
    return [each for each in asked if not any(_bars(each.who, matter, event) for event in parts)]


def people_of(acting: Acting) -> set[Any]:
    """The keys of those who act now."""
    return {each.pk for each in (acting.actor, *acting.officers) if each is not None}


def took_part(event: MatterEvent) -> set[Any]:
    """The keys of those who acted then."""
    return {event.actor_id, *(each["id"] for each in event.officers)}


def _parts(matter: Matter, asked: Iterable[Who], people: _People) -> list[MatterEvent]:
    """Events of steps that one of ``asked`` is kept apart from and these people had a part in: of the matter first."""
    own: set[str] = set()
    elsewhere: dict[str, set[str]] = defaultdict(set)
    for each in asked:
        own |= set(each.apart_from)
        for procedure, steps in each.apart_elsewhere.items():
            elsewhere[procedure] |= set(steps)
    if not people:
        return []
    events = [
        *(_own(matter, own) if own else ()),
        *(_of_kin(matter, elsewhere) if elsewhere else ()),
    ]
    return [each for each in events if not took_part(each).isdisjoint(people)]


def _own(matter: Matter, steps: Iterable[str]) -> Iterable[MatterEvent]:
    return MatterEvent.objects.filter(matter_id=matter.pk, step__in=list(steps)).order_by("number")


def _of_kin(matter: Matter, elsewhere: dict[str, set[str]]) -> Iterable[MatterEvent]:
    kin = kin_of([matter.pk])[matter.pk]
    if not kin:
        return
    rows = MatterEvent.objects.filter(
        matter__in=kin.sources | kin.offspring,
        matter__procedure__in=list(elsewhere),
        step__in=set().union(*elsewhere.values()),
    )
    for event in rows.select_related("matter").order_by("matter_id", "number"):
        is_named = event.step in elsewhere[event.matter.procedure]
        if is_named and kin.concerns(event.matter_id, event.matter.party_id, matter.party_id):
            yield event


def _bars(who: Who, matter: Matter, event: MatterEvent) -> bool:
    if event.matter_id == matter.pk:
        return event.step in who.apart_from
    return event.step in who.apart_elsewhere.get(event.matter.procedure, ())


def _told(matter: Matter, event: MatterEvent, people: _People) -> Part:
    name = str(event.actor_name)
    if event.actor_id not in people:
        name = next(str(each["name"]) for each in event.officers if each["id"] in people)
    is_own = event.matter_id == matter.pk
    procedure, step = _titles(matter if is_own else event.matter, event)
    words = _("关联的“%(procedure)s”（编号 %(matter)s）")
    there = words % {"procedure": procedure, "matter": event.matter_id}
    return Part(name, _("本事项") if is_own else there, step, beijing_day(event.at))


def _titles(matter: Matter, event: MatterEvent) -> tuple[Any, Any]:
    """Of the procedure and the step; their codes where the line is not installed any more."""
    try:
        procedure = edition_of(matter.procedure, matter.edition)
        return procedure.title, procedure.step(event.step).title
    except (UnknownProcedureError, KeyError):
        return matter.procedure, event.step
