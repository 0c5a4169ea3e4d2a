"""Spatial conditions without a spatial database: points are fetched once, compared at once by GEOS,
and the ids of those that fit become the condition.

Bounded by the number of points somebody may read: a hundred thousand take a few tenths of a second.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import shapely
from django.db.models import BooleanField, F, Func, Model, QuerySet, Value

from zhihuan.web.sensorthings.odata.evaluation import geometry
from zhihuan.web.sensorthings.odata.expression import Call, Expression, Literal, Path, Wkt
from zhihuan.web.sensorthings.odata.refusal import Reason, Refusal


class AmongIds(Func):
    """Whether a column is one of many whole numbers: one parameter, however many there are."""

    output_field = BooleanField()

    def __init__(self, column: Any, ids: list[int]) -> None:
        super().__init__(column, Value(json.dumps(ids)))

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        template = "%(expressions)s))"
        return super().as_sql(
            compiler, connection, template=template, arg_joiner=" IN (SELECT value FROM json_each(",
            **more,
        )  # fmt: skip

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        joiner = " IN (SELECT value::bigint FROM json_array_elements_text("
        return super().as_sql(
            compiler, connection, template="%(expressions)s::json))", arg_joiner=joiner, **more
        )


def spatial_condition(node: Call, rows: QuerySet[Model], lon: str, lat: str) -> AmongIds:
    """The rows whose place fits. Raises ``Refusal`` for a geometry that is none."""
    ids, east, north = _places(rows, lon, lat)
    places = shapely.points(east, north)
    sides = [_side(argument, places) for argument in node.arguments[:2]]
    name = node.name.removeprefix("st_").removeprefix("geo.")
    if name == "relate":
        fits = shapely.relate_pattern(*sides, _pattern(node.arguments[2]))
    else:
        fits = getattr(shapely, name)(*sides)
    return AmongIds(F("pk"), ids[np.broadcast_to(fits, ids.shape)].tolist())


def _places(rows: QuerySet[Model], lon: str, lat: str) -> tuple[Any, Any, Any]:
    found = np.array(list(rows.order_by().values_list("pk", lon, lat)), dtype=float).reshape(-1, 3)
    return found[:, 0].astype(np.int64), found[:, 1], found[:, 2]


def _side(argument: Expression, places: Any) -> Any:
    match argument:
        case Literal(Wkt() as literal):
            fixed = geometry(literal)
            shapely.prepare(fixed)
            return fixed
        case Path():
            return places
    raise Refusal(Reason.NOT_FILTERABLE, name="st_…")


def _pattern(argument: Expression) -> str:
    text = argument.value if isinstance(argument, Literal) else None
    if not isinstance(text, str) or len(text) != 9 or not set(text) <= set("TF*012"):
        raise Refusal(Reason.BAD_GEOMETRY, text=str(text)[:60])
    return text
