# ruff: noqa: ARG002 - every kind of entity keeps the same interface
"""Locations: where a monitoring point is. A point has one, of the same id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat

from zhihuan.web.sensorthings.ask import Ask
from zhihuan.web.sensorthings.collection import Row
from zhihuan.web.sensorthings.columns import Place
from zhihuan.web.sensorthings.entity import Entity, Relation
from zhihuan.web.sensorthings.odata.kinds import Kind
from zhihuan.web.sensorthings.table import Table

GEOJSON = "application/geo+json"


class Locations(Table):
    """A place in WGS-84 (EPSG:4326), longitude first, as GeoJSON (RFC 7946) has it."""

    entity = Entity(
        "Locations",
        properties={
            ("id",): Kind.WHOLE,
            ("name",): Kind.TEXT,
            ("description",): Kind.TEXT,
            ("encodingType",): Kind.TEXT,
            ("location",): Kind.PLACE,
            ("properties", "town"): Kind.TEXT,
        },
        relations={
            "Things": Relation("Things", "Things", True, "id", "id"),
            "HistoricalLocations": Relation(
                "HistoricalLocations", "HistoricalLocations", True, "id", "id"
            ),
        },
        shown=("name", "description", "encodingType", "location", "properties"),
        open_objects=frozenset({"properties"}),
    )

    def rows(self, ask: Ask) -> QuerySet[Any]:
        return ask.points()

    def fields(self, ask: Ask) -> Mapping[str, Any]:
        return {**{name: F(name) for name in ("id", "name", "lon", "lat")}, "town": F("town__name")}

    def column(self, ask: Ask, names: tuple[str, ...]) -> Any:
        match names:
            case ("location",):
                return Place()
            case ("description",):
                return Concat(F("town__name"), Value(" "), F("name"))
            case ("encodingType",):
                return Value(GEOJSON)
            case ("properties", "town"):
                return F("town__name")
        return F(names[-1])

    def described(self, row: Row) -> dict[str, Any]:
        return {
            "name": row["name"],
            "description": f"{row['town']} {row['name']}",
            "encodingType": GEOJSON,
            "location": {"type": "Point", "coordinates": [row["lon"], row["lat"]]},
            "properties": {"town": row["town"]},
        }
