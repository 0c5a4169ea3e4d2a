# ruff: noqa: ARG002 - every kind of entity keeps the same interface
"""Datastreams: one factor at one point in one kind of data, once such data have come.

Its Sensor is the point's device in use, the newest when there are several; what an earlier device of
the point measured belongs to the same Datastream.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from zhihuan.bureau.acquisition.models import ReportedSeries
from zhihuan.bureau.registry.models import Device
from zhihuan.web.sensorthings.ask import Ask
from zhihuan.web.sensorthings.collection import Row
from zhihuan.web.sensorthings.entity import Entity, Relation
from zhihuan.web.sensorthings.odata.kinds import Kind
from zhihuan.web.sensorthings.table import Table
from zhihuan.web.sensorthings.words_of_series import (
    KIND_NAMES,
    by_factor,
    by_kind,
    factor_name,
    kind_words,
    unit_of,
)

MEASUREMENT = "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement"
_FACTOR = "point_factor__factor"
_POINT = "point_factor__point"


class Datastreams(Table):
    """``result`` is what the device sent as Avg (Rtd of an instant), in the factor's unit."""

    entity = Entity(
        "Datastreams",
        properties={
            ("id",): Kind.WHOLE,
            ("name",): Kind.TEXT,
            ("description",): Kind.TEXT,
            ("observationType",): Kind.TEXT,
            ("unitOfMeasurement", "name"): Kind.TEXT,
            ("unitOfMeasurement", "symbol"): Kind.TEXT,
            ("unitOfMeasurement", "definition"): Kind.TEXT,
            ("properties", "kind"): Kind.TEXT,
            ("properties", "factor"): Kind.TEXT,
            ("properties", "synthetic"): Kind.TRUTH,
        },
        relations={
            "Thing": Relation("Thing", "Things", False, _POINT + "_id", "id"),
            "Sensor": Relation("Sensor", "Sensors", False, "sensor", "id"),
            "ObservedProperty": Relation(
                "ObservedProperty", "ObservedProperties", False, _FACTOR, "id"
            ),
            "Observations": Relation("Observations", "Observations", True, "id", "datastream"),
        },
        shown=("name", "description", "observationType", "unitOfMeasurement", "properties"),
        open_objects=frozenset({"properties"}),
    )

    def rows(self, ask: Ask) -> QuerySet[Any]:
        newest = Device.objects.filter(point=OuterRef(_POINT)).order_by(
            "-enabled", "-registered", "mn"
        )
        rows = ReportedSeries.objects.filter(ask.readable(_POINT))
        return rows.annotate(sensor=Subquery(newest.values("pk")[:1]))

    def fields(self, ask: Ask) -> Mapping[str, Any]:
        return {
            "id": F("id"),
            "kind": F("kind"),
            _FACTOR: F(_FACTOR),
            _POINT + "_id": F(_POINT + "_id"),
            "sensor": F("sensor"),
            "point": F(_POINT + "__name"),
            "synthetic": F(_POINT + "__synthetic"),
        }

    def column(self, ask: Ask, names: tuple[str, ...]) -> Any:  # noqa: PLR0911 - one a property
        match names:
            case ("name",):
                return _named(ask, F(_POINT + "__name"))
            case ("description",):
                return _named(ask, F(_FACTOR))
            case ("observationType",):
                return Value(MEASUREMENT)
            case ("unitOfMeasurement", part):
                return by_factor(ask, _FACTOR, lambda code: unit_of(code)[part])
            case ("properties", "kind"):
                return by_kind("kind", lambda kind: KIND_NAMES[kind])
            case ("properties", "factor"):
                return F(_FACTOR)
        return F(_POINT + "__synthetic")

    def described(self, row: Row) -> dict[str, Any]:
        code, kind = row[_FACTOR], row["kind"]
        words = f"{factor_name(code)} {kind_words(kind)}"
        return {
            "name": f"{row['point']} {words}",
            "description": f"{code} {words}",
            "observationType": MEASUREMENT,
            "unitOfMeasurement": unit_of(code),
            "properties": {
                "kind": KIND_NAMES[kind],
                "factor": code,
                "synthetic": row["synthetic"],
            },
        }


def _named(ask: Ask, first: F) -> Concat:
    return Concat(
        first,
        Value(" "),
        by_factor(ask, _FACTOR, factor_name),
        Value(" "),
        by_kind("kind", kind_words),
    )
