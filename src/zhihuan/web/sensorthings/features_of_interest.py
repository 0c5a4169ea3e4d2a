"""FeaturesOfInterest: the air, water or place whose state a monitoring point measures.

One a point, of the same id: a point samples what is where it stands.
"""

from __future__ import annotations

from typing import Any

from zhihuan.web.sensorthings.ask import Ask
from zhihuan.web.sensorthings.collection import Row
from zhihuan.web.sensorthings.entity import Entity, Relation
from zhihuan.web.sensorthings.locations import Locations
from zhihuan.web.sensorthings.odata.kinds import Kind


class FeaturesOfInterest(Locations):
    """As a Location, under the names of a feature."""

    entity = Entity(
        "FeaturesOfInterest",
        properties={
            ("id",): Kind.WHOLE,
            ("name",): Kind.TEXT,
            ("description",): Kind.TEXT,
            ("encodingType",): Kind.TEXT,
            ("feature",): Kind.PLACE,
            ("properties", "town"): Kind.TEXT,
        },
        relations={"Observations": Relation("Observations", "Observations", True, "id", "thing")},
        shown=("name", "description", "encodingType", "feature", "properties"),
        open_objects=frozenset({"properties"}),
    )

    def column(self, ask: Ask, names: tuple[str, ...]) -> Any:
        return super().column(ask, ("location",) if names == ("feature",) else names)

    def described(self, row: Row) -> dict[str, Any]:
        place = super().described(row)
        return {("feature" if name == "location" else name): place[name] for name in place}
