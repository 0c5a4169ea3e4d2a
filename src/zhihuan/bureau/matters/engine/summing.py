"""Keeps the sums of matters (``MatterSum``): with every opening and step, and whatever else moves a state or a clock.

A row is appended that takes the matter from where it was counted, and one that puts it where it is now; both in the
transaction of the act. Where a matter was counted is read from its row and clocks, which the act has locked.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db.models import Count, DateField, QuerySet
from django.db.models.functions import TruncMonth

from zhihuan.bureau.clock.history import BEIJING, beijing_day
from zhihuan.bureau.matters.engine.pace import bureau_clocks, pace, pace_of
from zhihuan.bureau.matters.models import Matter, MatterSum, RunningClock
from zhihuan.bureau.sums.kept import Key, append
from zhihuan.bureau.sums.making import Summed

__all__ = [
    "Place",
    "place_of",
    "placed",
    "sum_moved",
    "sum_opened",
    "sums_moving",
    "sums_of",
]


class Place(NamedTuple):
    """Where a matter is counted, beside what never changes of it."""

    state: str
    late_from: dt.datetime | None
    is_met: bool


def sum_opened(matter: Matter) -> None:
    """One more; no clock runs yet."""
    append(MatterSum, [(_key(matter, Place(matter.state, None, False)), (1,))])


def sum_moved(matter: Matter, before: Place, after: Place) -> None:
    """Nothing where it is counted as before."""
    append(MatterSum, [(_key(matter, before), (-1,)), (_key(matter, after), (1,))])


@contextmanager
def sums_moving(keys: Collection[int]) -> Iterator[None]:
    """Around whatever moves states or clocks of these matters, which are locked."""
    before = _keys(keys)
    yield
    left = [(key, (-1,)) for key in before]
    append(MatterSum, [*left, *((key, (1,)) for key in _keys(keys))])


def placed(rows: QuerySet[Any], procedure: str) -> QuerySet[Any]:
    """Matters of a procedure with ``late_from`` and ``is_met``."""
    return rows.annotate(**pace(bureau_clocks(procedure)))


def place_of(matter: Matter) -> Place:
    """Where it is counted as its clocks stand now; one query."""
    clocks = RunningClock.objects.filter(
        matter_id=matter.pk, code__in=bureau_clocks(matter.procedure)
    )
    return Place(matter.state, *pace_of(clocks.values_list("outcome", "due_at")))


def sums_of(procedure: str) -> Summed:
    """The sums of a procedure's matters. They are of another shape when other limits are the bureau's duty."""

    def records() -> list[QuerySet[Any]]:
        rows = placed(Matter.objects.filter(procedure=procedure), procedure)
        month = TruncMonth("opened_at", tzinfo=BEIJING, output_field=DateField())
        kinds = rows.annotate(opened=month).order_by().values(*MatterSum.KEY)
        return [kinds.annotate(count=Count("pk")).values_list(*MatterSum.KEY, "count")]

    told = json.dumps(bureau_clocks(procedure)).encode()
    shape = hashlib.sha256(told).hexdigest()
    return Summed(f"matters:{procedure}", MatterSum, {"procedure": procedure}, records, shape)


def _keys(matters: Collection[int]) -> list[Key]:
    rows = Matter.objects.filter(pk__in=matters).order_by()
    codes = set(rows.values_list("procedure", flat=True))
    some = (each for code in codes for each in placed(rows.filter(procedure=code), code))
    return [_key(each, Place(each.state, each.late_from, each.is_met)) for each in some]


def _key(matter: Matter, place: Place) -> Key:
    opened = beijing_day(matter.opened_at).replace(day=1)
    return (matter.procedure, opened, matter.town_id, *place)
