"""What the inbox must know of some matters, read in a fixed number of queries however many they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F

from zhihuan.bureau.inbox.models import Claim
from zhihuan.bureau.inbox.waiting import Elsewhere, parts_people, parts_people_elsewhere
from zhihuan.bureau.matters.catalogue import edition_of
from zhihuan.bureau.matters.declaration import Procedure
from zhihuan.bureau.matters.kin import kin_of
from zhihuan.bureau.matters.models import Matter, MatterEvent, RunningClock

__all__ = ["Known", "known_of", "known_of_new", "procedure_of"]


@dataclass(frozen=True, slots=True)
class Known:
    """By the key of the matter. clocks: those that run, ``started`` read along. holders: role → who took
    it on. taken: step → who had a part in it, for procedures that keep people apart. since: its newest event. told: the
    matters of which their party has learned. elsewhere: the same as taken, of the matters that one belongs together
    with, for procedures that keep people apart from those."""

    clocks: Mapping[int, Sequence[RunningClock]]
    holders: Mapping[int, Mapping[str, int]]
    taken: Mapping[int, Mapping[str, set[int]]]
    since: Mapping[int, datetime]
    told: frozenset[int] = frozenset()
    elsewhere: Mapping[int, Elsewhere] = field(default_factory=dict)


def procedure_of(matter: Matter) -> Procedure:
    """The edition it runs by; UnknownProcedureError."""
    return edition_of(matter.procedure, matter.edition)


def known_of(matters: Sequence[Matter], since: Mapping[int, datetime] | None = None) -> Known:
    """Five queries at most, and for procedures that keep people apart from those of other matters one a generation of
    links and one more. since: where the caller knows it."""
    keys = [each.pk for each in matters]
    parting = [each.pk for each in matters if parts_people(procedure_of(each))]
    return Known(
        _clocks(keys),
        _holders(keys),
        _taken(parting) if parting else {},
        _since(keys) if since is None else since,
        _told(matters),
        _elsewhere([each for each in matters if parts_people_elsewhere(procedure_of(each))]),
    )


def known_of_new(matter: Matter, at: datetime) -> Known:
    """Of a matter that was just opened: nobody has taken it on or taken a step in it; one query."""
    return Known(_clocks([matter.pk]), {}, {}, {matter.pk: at}, _told_at_once([matter]))


def _clocks(keys: Sequence[int]) -> dict[int, list[RunningClock]]:
    rows = RunningClock.objects.filter(matter__in=keys, outcome=RunningClock.Outcome.RUNNING)
    found: dict[int, list[RunningClock]] = defaultdict(list)
    for row in rows.select_related("started").order_by("pk"):
        found[row.matter_id].append(row)
    return found


def _holders(keys: Sequence[int]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = Claim.objects.filter(matter__in=keys).order_by()
    for matter, role, holder in rows.values_list("matter_id", "role", "holder_id"):
        found[matter][role] = holder
    return found


def _taken(keys: Sequence[int]) -> dict[int, dict[str, set[int]]]:
    found: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    rows = MatterEvent.objects.filter(matter__in=keys, actor__isnull=False).order_by()
    for matter, step, actor, officers in rows.values_list(
        "matter_id", "step", "actor_id", "officers"
    ):
        found[matter][step] |= {actor, *(each["id"] for each in officers)}
    return found


def _elsewhere(matters: Sequence[Matter]) -> dict[int, dict[tuple[str, str], set[int]]]:
    if not matters:
        return {}
    parties = {each.pk: each.party_id for each in matters}
    kin = kin_of(list(parties))
    keys = set[int]().union(*(each.sources | each.offspring for each in kin.values()))
    acts = _acts_of_kin(keys) if keys else {}
    found: dict[int, dict[tuple[str, str], set[int]]] = {}
    for key, each in kin.items():
        mine = found[key] = defaultdict(set)
        for other in each.sources | each.offspring:
            for party, name, people in acts.get(other, ()):
                if each.concerns(other, party, parties[key]):
                    mine[name] |= people
    return found


def _acts_of_kin(keys: set[int]) -> dict[int, list[tuple[int | None, tuple[str, str], set[int]]]]:
    """Of each matter: its party, procedure and step, and who had a part in it."""
    rows = MatterEvent.objects.filter(matter__in=keys, actor__isnull=False).order_by()
    names = ("matter_id", "matter__party_id", "matter__procedure", "step", "actor_id", "officers")
    found = defaultdict(list)
    for matter, party, procedure, step, actor, officers in rows.values_list(*names):
        people = {actor, *(each["id"] for each in officers)}
        found[matter].append((party, (procedure, step), people))
    return found


def _since(keys: Sequence[int]) -> dict[int, datetime]:
    newest = MatterEvent.objects.filter(matter__in=keys, number=F("matter__version")).order_by()
    return dict(newest.values_list("matter_id", "at"))


def _told(matters: Sequence[Matter]) -> frozenset[int]:
    """Those whose procedure shows them to their party: at once, or since a step that was taken."""
    waiting = {each.pk: _since_steps(each) for each in matters if _since_steps(each)}
    found = set(_told_at_once(matters))
    if waiting:
        named = {step for steps in waiting.values() for step in steps}
        rows = MatterEvent.objects.filter(matter__in=waiting, step__in=named).order_by()
        found |= {pk for pk, step in rows.values_list("matter_id", "step") if step in waiting[pk]}
    return frozenset(found)


def _told_at_once(matters: Sequence[Matter]) -> frozenset[int]:
    known = ((each.pk, procedure_of(each).party) for each in matters)
    return frozenset(pk for pk, view in known if view is not None and not view.since)


def _since_steps(matter: Matter) -> tuple[str, ...]:
    view = procedure_of(matter).party
    return view.since if view is not None else ()
