"""Keeps the rows of counted acts: with every step those of its matter, on demand those of all matters.

A matter's rows are made anew as a whole, so that what a later step made void disappears and what it changed changes.
Queries a step: two, and one for each kind of thing that some row lacks (the party's industry; the case a measure
grew out of).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction

from zhihuan.bureau.matters.catalogue import procedures
from zhihuan.bureau.matters.engine.effects import Taken
from zhihuan.bureau.matters.engine.taking import model_of
from zhihuan.bureau.matters.models import Matter, MatterEvent, MatterLink
from zhihuan.bureau.registry.models import Enterprise
from zhihuan.indicators.catalogue import acts_of, counted_procedures
from zhihuan.indicators.counting import Counted, counted
from zhihuan.indicators.models import CountedAct

__all__ = ["keep", "recount", "recount_all"]

_PORTION = 500
_Key = tuple[str, int]
#: What a row may come to say differently.
_CHANGES = ("day", "amount", "town", "party", "case_type", "source", "law", "industry")


def keep(taken: Taken) -> None:
    """An effect of the engine: the rows of the matter that just went a step."""
    if taken.step is not None and acts_of(taken.matter.procedure):
        recount([taken.matter])


def recount_all() -> Iterator[int]:
    """Make all rows anew, a portion of matters at a time; gives the matters done with each. Rows of procedures of which
    nothing is counted any more go."""
    CountedAct.objects.exclude(procedure__in=counted_procedures()).delete()
    for code in counted_procedures():
        last = 0
        while portion := _portion(code, last):
            with transaction.atomic():
                recount(portion)
            last = portion[-1].pk
            yield len(portion)


def _portion(code: str, after: int) -> list[Matter]:
    model = next(model_of(each) for each in procedures() if each.code == code)
    rows = model._base_manager.filter(procedure=code, pk__gt=after).order_by("pk")
    return list(rows[:_PORTION])


def recount(matters: Sequence[Matter]) -> None:
    """Make the rows of these matters anew, each of its line's own model."""
    keys = [each.pk for each in matters]
    events: dict[int, list[MatterEvent]] = defaultdict(list)
    for event in MatterEvent.objects.filter(matter__in=keys).order_by("matter", "number"):
        events[event.matter_id].append(event)
    wanted: dict[_Key, CountedAct] = {}
    for matter in matters:
        for one in counted(matter, events[matter.pk], acts_of(matter.procedure)):
            wanted[one.acts, one.event] = _row(matter, one)
    kept = {(each.acts, each.event_id): each for each in CountedAct.objects.filter(matter__in=keys)}
    _complete(list(wanted.values()))
    _write(wanted, kept)


def _row(matter: Any, one: Counted) -> CountedAct:
    return CountedAct(
        acts=one.acts, matter_id=matter.pk, event_id=one.event, day=one.day, amount=one.amount,
        procedure=matter.procedure, town_id=matter.town_id, party_id=matter.party_id,
        case_type=one.traits.case_type, source=one.traits.source, law=one.traits.law,
    )  # fmt: skip


def _complete(rows: Sequence[CountedAct]) -> None:
    parties = {each.party_id for each in rows if each.party_id}
    firms = Enterprise.objects.filter(pk__in=parties).values_list("pk", "industry")
    divisions = {pk: code[:2] for pk, code in firms} if parties else {}
    for row in rows:
        row.industry = divisions.get(row.party_id, "")
    lacking = [each for each in rows if not each.case_type]
    origins = _origins({each.matter_id for each in lacking})
    for row in lacking:
        origin = origins.get(row.matter_id)
        if origin is not None:
            row.case_type, row.source = origin.case_type, row.source or origin.source


def _origins(matters: set[int]) -> dict[int, CountedAct]:
    """Of matters without a case type of their own: an act of the case that each grew out of."""
    if not matters:
        return {}
    links = MatterLink.objects.filter(matter__in=matters, kind=MatterLink.Kind.SPAWNED_BY)
    grown = dict(links.order_by("pk").values_list("other_id", "matter_id"))
    if not grown:
        return {}
    told = CountedAct.objects.filter(matter__in=grown).exclude(case_type="").order_by("pk")
    return {grown[each.matter_id]: each for each in told}


def _write(wanted: dict[_Key, CountedAct], kept: dict[_Key, CountedAct]) -> None:
    if gone := [row.pk for key, row in kept.items() if key not in wanted]:
        CountedAct.objects.filter(pk__in=gone).delete()
    CountedAct.objects.bulk_create(row for key, row in wanted.items() if key not in kept)
    changed = [_taken_over(kept[key], row) for key, row in wanted.items() if key in kept]
    if moved := [row for row in changed if row is not None]:
        CountedAct.objects.bulk_update(moved, _CHANGES)


def _taken_over(kept: CountedAct, wanted: CountedAct) -> CountedAct | None:
    """The kept row with what is different now; None where nothing is."""
    wanted.pk = kept.pk
    names = [CountedAct._meta.get_field(name).attname for name in _CHANGES]
    same = all(getattr(kept, name) == getattr(wanted, name) for name in names)
    return None if same else wanted
