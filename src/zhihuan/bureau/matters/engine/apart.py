"""Whoever had a part in certain earlier steps takes no later one that is kept apart from them (查审分离).

Earlier steps of the matter itself (``Who.apart_from``), and of the matters it belongs together with (``Who.apart_elsewhere``):
what it grew out of, what is evidence for it, and what grew beside it about the same party. Asked in the transaction of
the step, of everybody who acts now against everybody who acted then, alone or together with others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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

__all__ = [
    "Part",
    "apart_refusal",
    "barred_steps",
    "part_of",
    "people_of",
    "took_part",
    "without_barred",
]

_People = Collection[Any]
_Asked = Sequence[tuple[Matter, Sequence[Step]]]


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
    for _matter, event in _parts([(matter, [who])], people):
        return _told(matter, event, people)
    return None


def without_barred(steps: Iterable[Step], matter: Matter, people: _People) -> list[Step]:
    """The steps from which nobody of these people is kept apart; three queries where nothing is linked."""
    asked = list(steps)
    barred = barred_steps([(matter, asked)], people).get(matter.pk, frozenset())
    return [each for each in asked if each.code not in barred]


def barred_steps(asked: _Asked, people: _People) -> dict[int, frozenset[str]]:
    """Of each of these matters (by key) the steps, by code, from which one of these people is kept apart; matters
    without any are left out. As many queries for many matters as for one."""
    parts = _parts([(matter, [each.who for each in steps]) for matter, steps in asked], people)
    found: dict[int, set[str]] = defaultdict(set)
    steps_of = {matter.pk: steps for matter, steps in asked}
    for matter, event in parts:
        bars = (each.code for each in steps_of[matter.pk] if _bars(each.who, matter, event))
        found[matter.pk].update(bars)
    return {matter: frozenset(codes) for matter, codes in found.items() if codes}


def people_of(acting: Acting) -> set[Any]:
    """The keys of those who act now."""
    return {each.pk for each in (acting.actor, *acting.officers) if each is not None}


def took_part(event: MatterEvent) -> set[Any]:
    """The keys of those who acted then."""
    return {event.actor_id, *(each["id"] for each in event.officers)}


def _parts(
    asked: Sequence[tuple[Matter, Sequence[Who]]], people: _People
) -> list[tuple[Matter, MatterEvent]]:
    """Events of steps that one of ``asked`` is kept apart from and these people had a part in, each with the matter it
    bars them in: of the matters themselves first."""
    own: dict[Matter, set[str]] = {}
    elsewhere: dict[Matter, dict[str, set[str]]] = {}
    for matter, named in asked:
        for each in named:
            if each.apart_from:
                own.setdefault(matter, set()).update(each.apart_from)
            for procedure, steps in each.apart_elsewhere.items():
                elsewhere.setdefault(matter, {}).setdefault(procedure, set()).update(steps)
    if not people:
        return []
    events = [*(_own(own) if own else ()), *(_of_kin(elsewhere) if elsewhere else ())]
    return [each for each in events if not took_part(each[1]).isdisjoint(people)]


def _own(asked: Mapping[Matter, set[str]]) -> Iterator[tuple[Matter, MatterEvent]]:
    matters = {each.pk: each for each in asked}
    rows = MatterEvent.objects.filter(
        matter__in=list(matters), step__in=set().union(*asked.values())
    )
    for event in rows.order_by("matter_id", "number"):
        matter = matters[event.matter_id]
        if event.step in asked[matter]:
            yield matter, event


def _of_kin(
    asked: Mapping[Matter, dict[str, set[str]]],
) -> Iterator[tuple[Matter, MatterEvent]]:
    kin = {pk: each for pk, each in kin_of([each.pk for each in asked]).items() if each}
    if not kin:
        return
    named = [steps for elsewhere in asked.values() for steps in elsewhere.values()]
    rows = MatterEvent.objects.filter(
        matter__in=set().union(*(each.sources | each.offspring for each in kin.values())),
        matter__procedure__in={code for elsewhere in asked.values() for code in elsewhere},
        step__in=set().union(*named),
    )
    events = list(rows.select_related("matter").order_by("matter_id", "number"))
    for matter, elsewhere in asked.items():
        for event in events if matter.pk in kin else ():
            is_named = event.step in elsewhere.get(event.matter.procedure, ())
            if is_named and kin[matter.pk].concerns(
                event.matter_id, event.matter.party_id, matter.party_id
            ):
                yield matter, event


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
