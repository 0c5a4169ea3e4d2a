# ruff: noqa: ARG002 - every kind of entity keeps the same interface
"""HistoricalLocations: since when a point is known to be where it is.

Points do not move; a point that has a device has one entry, of the point's id, on the day its first
device was registered (midnight in Beijing). A point that never had a device has none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import F, Min, QuerySet
from django.db.models.lookups import (
    Exact,
    GreaterThan,
    GreaterThanOrEqual,
    LessThan,
    LessThanOrEqual,
)
from django.utils import timezone

from zhihuan.web.sensorthings.ask import Ask
from zhihuan.web.sensorthings.collection import Row
from zhihuan.web.sensorthings.entity import Entity, Relation
from zhihuan.web.sensorthings.moments import shown
from zhihuan.web.sensorthings.odata.expression import Literal, Operation, Path
from zhihuan.web.sensorthings.odata.kinds import Kind
from zhihuan.web.sensorthings.odata.refusal import Reason, Refusal
from zhihuan.web.sensorthings.table import Table

_TURNED = {"gt": "lt", "ge": "le", "lt": "gt", "le": "ge"}


class HistoricalLocations(Table):
    """The entry of a point."""

    entity = Entity(
        "HistoricalLocations",
        properties={("id",): Kind.WHOLE, ("time",): Kind.MOMENT},
        relations={
            "Thing": Relation("Thing", "Things", False, "id", "id"),
            "Locations": Relation("Locations", "Locations", True, "id", "id"),
        },
        shown=("time",),
    )

    def rows(self, ask: Ask) -> QuerySet[Any]:
        return ask.points().annotate(since=Min("devices__registered")).filter(since__isnull=False)

    def fields(self, ask: Ask) -> Mapping[str, Any]:
        return {"id": F("id"), "since": F("since")}

    def column(self, ask: Ask, names: tuple[str, ...]) -> Any:
        return F("since")

    def compared(self, ask: Ask, node: Operation) -> Any | None:
        """``time`` is a day's first moment, so a moment is compared as the day it lies in."""
        left, right, name = node.left, node.right, node.name
        if isinstance(right, Path):
            left, right, name = right, left, _TURNED.get(name, name)
        if left != Path(("time",)) or not isinstance(right, Literal) or right.value is None:
            return None
        if not isinstance(right.value, dt.datetime):
            raise Refusal(Reason.NOT_FILTERABLE, name="time")
        return _compared(name, right.value)

    def described(self, row: Row) -> dict[str, Any]:
        midnight = dt.datetime.combine(row["since"], dt.time(), timezone.get_default_timezone())
        return {"time": shown(int(midnight.timestamp()))}


def _compared(name: str, moment: dt.datetime) -> Any:
    local = moment.astimezone(timezone.get_default_timezone())
    day, is_midnight = local.date(), local.time() == dt.time()
    since = F("since")
    exact = Exact(since, day)
    match name:
        case "gt":
            return GreaterThan(since, day)
        case "ge":
            return GreaterThanOrEqual(since, day) if is_midnight else GreaterThan(since, day)
        case "lt":
            return LessThan(since, day) if is_midnight else LessThanOrEqual(since, day)
        case "le":
            return LessThanOrEqual(since, day)
    never = LessThan(since, dt.date.min)
    held = exact if is_midnight else never
    return held if name == "eq" else ~held
