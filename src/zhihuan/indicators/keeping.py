"""Keeps the rows of counted acts: with every step those of its matter, on demand those of all matters.

A matter's rows are made anew as a whole, so that what a later step made void disappears and what it changed changes.
Queries a step: two, one where a row moves (their sums move with it), and one for each kind of thing that some row lacks (the
party's industry; the case a measure grew out of).
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
from zhihuan.indicators.summing import sum_acts

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
    nothing is counted any more go. Steps in a matter of the portion wait for it."""
    while _forget_portion():
        pass
    for code in counted_procedures():
        last = 0
        while done := _recount_portion(code, last):
            last = done[-1]
            yield len(done)


@transaction.atomic
def _recount_portion(code: str, after: int) -> list[int]:
    """The keys of its matters; none when all are done."""
    model = next(model_of(each) for each in procedures() if each.code == code)
    rows = model._base_manager.select_for_update().filter(procedure=code, pk__gt=after)
    portion = list(rows.order_by("pk")[:_PORTION])
    recount(portion)
    return [each.pk for each in portion]


@transaction.atomic
def _forget_portion() -> bool:
    """Rows of what is counted no more; whether there were any."""
    left = CountedAct.objects.exclude(procedure__in=counted_procedures()).select_for_update()
    rows = list(left.order_by("pk")[:_PORTION])
    CountedAct.objects.filter(pk__in=[each.pk for each in rows]).delete()
    sum_acts(rows, ())
    return bool(rows)


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
    gone = [row for key, row in kept.items() if key not in wanted]
    if gone:
        CountedAct.objects.filter(pk__in=[row.pk for row in gone]).delete()
    new = [row for key, row in wanted.items() if key not in kept]
    CountedAct.objects.bulk_create(new)
    moved = [key for key, row in wanted.items() if key in kept and _takes_over(row, kept[key])]
    if moved:
        CountedAct.objects.bulk_update([wanted[key] for key in moved], _CHANGES)
    sum_acts([*gone, *(kept[key] for key in moved)], [*new, *(wanted[key] for key in moved)])


def _takes_over(row: CountedAct, kept: CountedAct) -> bool:
    """Whether the kept row, whose key it takes, says anything else."""
    row.pk = kept.pk
    names = [CountedAct._meta.get_field(name).attname for name in _CHANGES]
    return any(getattr(kept, name) != getattr(row, name) for name in names)
