# ruff: noqa: ARG002 - every kind of entity keeps the same interface
"""Things: monitoring points (监测点位)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat

from zhihuan.web.sensorthings.ask import Ask
from zhihuan.web.sensorthings.collection import Row
from zhihuan.web.sensorthings.entity import Entity, Relation
from zhihuan.web.sensorthings.odata.kinds import Kind
from zhihuan.web.sensorthings.table import Table


class Things(Table):
    """A monitoring point; what an enterprise's point hangs on is its site's name."""

    entity = Entity(
        "Things",
        properties={
            ("id",): Kind.WHOLE,
            ("name",): Kind.TEXT,
            ("description",): Kind.TEXT,
            ("properties", "code"): Kind.TEXT,
            ("properties", "kind"): Kind.TEXT,
            ("properties", "town"): Kind.TEXT,
            ("properties", "site"): Kind.TEXT,
            ("properties", "synthetic"): Kind.TRUTH,
        },
        relations={
            "Locations": Relation("Locations", "Locations", True, "id", "id"),
            "HistoricalLocations": Relation(
                "HistoricalLocations", "HistoricalLocations", True, "id", "id"
            ),
            "Datastreams": Relation(
                "Datastreams", "Datastreams", True, "id", "point_factor__point_id"
            ),
        },
        shown=("name", "description", "properties"),
        open_objects=frozenset({"properties"}),
    )

    def rows(self, ask: Ask) -> QuerySet[Any]:
        return ask.points()

    def fields(self, ask: Ask) -> Mapping[str, Any]:
        names = ("id", "code", "name", "kind", "synthetic")
        return {
            **{name: F(name) for name in names},
            "town": F("town__name"),
            "site": F("site__name"),
        }

    def column(self, ask: Ask, names: tuple[str, ...]) -> Any:
        match names:
            case ("description",):
                return Concat(F("town__name"), Value(" "), F("name"))
            case ("properties", "town" | "site" as place):
                return F(f"{place}__name")
        return F(names[-1])

    def described(self, row: Row) -> dict[str, Any]:
        return {
            "name": row["name"],
            "description": f"{row['town']} {row['name']}",
            "properties": {
                "code": row["code"],
                "kind": row["kind"],
                "town": row["town"],
                "site": row["site"],
                "synthetic": row["synthetic"],
            },
        }
