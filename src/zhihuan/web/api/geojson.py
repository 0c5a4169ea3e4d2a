"""``/places.geojson``: what the registry knows the place of, as GeoJSON (RFC 7946), WGS-84.

One layer a call, in pages of at most a thousand features. Town cells come from the packaged city;
where they are stand-ins for the legal boundaries each says so (``approximate``).
"""

from __future__ import annotations

import functools
import json
from dataclasses import replace
from typing import Any, Literal

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import BaseModel, Field

from zhihuan.bureau.places.city import city_folder
from zhihuan.web.api.answer import answer
from zhihuan.web.api.cursor import CURSOR, question_of, read_cursor, write_cursor
from zhihuan.web.api.document import documents
from zhihuan.web.api.door import require
from zhihuan.web.api.problem import INVALID, FieldError, Problem
from zhihuan.web.api.reading import next_address, refuse_unknown
from zhihuan.web.api.resource import Resource
from zhihuan.web.api.resources import RESOURCES

CONTENT_TYPE = "application/geo+json"
#: The layers of points, and which attributes a feature tells beside its place.
_LAYERS: dict[str, tuple[str, ...]] = {
    "points": ("code", "name", "kind", "town", "synthetic"),
    "enterprises": ("code", "name", "industry", "level", "status", "town", "synthetic"),
    "sections": ("code", "name", "river", "level", "town"),
    "construction-sites": ("code", "name", "kind", "town", "begun", "finished", "synthetic"),
}
_BOX = r"^-?\d{1,3}(\.\d{1,9})?(,-?\d{1,3}(\.\d{1,9})?){3}$"


class PlacesQuestion(BaseModel):
    """What is asked for."""

    layer: Literal["points", "enterprises", "sections", "construction-sites", "towns"] = Field(
        ..., title="图层", description="Which places"
    )
    bbox: str = Field(
        "", title="范围", description="west,south,east,north in degrees", pattern=f"^$|{_BOX}"
    )
    town: list[str] = Field(
        default_factory=list, title="镇街", description="Division codes", max_length=50
    )
    cursor: str = CURSOR
    limit: int = Field(500, title="每页个数", description="Features a page", ge=1, le=1000)


def add_geojson(router: Router) -> None:
    """Put the operation into the router."""
    router.add_api_operation(
        "/places.geojson",
        ["GET"],
        places,
        operation_id="read_places",
        url_name="places",
        summary="地图图层（GeoJSON）",
        description="Places within scope as a FeatureCollection; `next` leads to the next page.",
        openapi_extra={"responses": {200: DOCUMENTED}},
    )


def places(request: HttpRequest, asked: PlacesQuestion = Query(...)) -> HttpResponse:  # noqa: B008
    """The operation."""
    resource = RESOURCES[asked.layer]
    caller: Any = request.caller  # type: ignore[attr-defined]
    require(caller, resource.view)
    refuse_unknown(request, PlacesQuestion)
    if asked.layer == "towns":
        return _collection(request, _town_cells(frozenset(asked.town)), "")
    question = question_of("places", asked.model_dump())
    rows = resource.rows_for(caller).filter(lon__isnull=False).filter(_within(asked))
    if asked.cursor:
        rows = rows.filter(**{f"{resource.key}__gt": read_cursor(question, asked.cursor)})
    found = documents(_flat(resource), rows.order_by(resource.key)[: asked.limit + 1])
    following = ""
    if len(found) > asked.limit:
        last = found[asked.limit - 1][resource.key]
        following = next_address(request, write_cursor(question, last))
    features = [_feature(document, _LAYERS[asked.layer]) for document in found[: asked.limit]]
    return _collection(request, features, following)


def _flat(resource: Resource) -> Resource:
    """The resource without what hangs on its records: a map does not need it."""
    return replace(resource, nested=())


def _within(asked: PlacesQuestion) -> Q:
    wanted = Q(town__in=asked.town) if asked.town else Q()
    if not asked.bbox:
        return wanted
    west, south, east, north = map(float, asked.bbox.split(","))
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        what, how = _("范围不成立"), _("依次填写西、南、东、北的度数，西小于东，南小于北")
        raise Problem(INVALID, what, [FieldError("bbox", what, how)])
    return wanted & Q(lon__gte=west, lon__lte=east, lat__gte=south, lat__lte=north)


def _feature(document: dict[str, Any], told: tuple[str, ...]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": document["code"],
        "geometry": {"type": "Point", "coordinates": [document["lon"], document["lat"]]},
        "properties": {name: document[name] for name in told},
    }


@functools.cache
def _town_cells(wanted: frozenset[str]) -> list[dict[str, Any]]:
    layer = json.loads((city_folder() / "towns.geojson").read_text("utf-8"))["features"]
    return [
        {
            "type": "Feature",
            "id": each["properties"]["code"],
            "geometry": each["geometry"],
            "properties": {
                "code": each["properties"]["code"],
                "name": each["properties"]["name"],
                "approximate": bool(each["properties"].get("synthetic")),
            },
        }
        for each in layer
        if not wanted or each["properties"]["code"] in wanted
    ]


def _collection(request: HttpRequest, features: list[Any], following: str) -> HttpResponse:
    document: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    headers = {}
    if following:
        document["next"] = following
        headers["Link"] = f'<{following}>; rel="next"'
    return answer(request, document, content_type=CONTENT_TYPE, headers=headers)


DOCUMENTED = {
    "description": "A FeatureCollection",
    "content": {
        CONTENT_TYPE: {
            "schema": {
                "type": "object",
                "required": ["type", "features"],
                "properties": {
                    "type": {"const": "FeatureCollection"},
                    "next": {"type": "string"},
                    "features": {
                        "type": "array",
                        "maxItems": 1000,
                        "items": {
                            "type": "object",
                            "required": ["type", "id", "geometry", "properties"],
                            "properties": {
                                "type": {"const": "Feature"},
                                "id": {"type": "string"},
                                "geometry": {
                                    "type": "object",
                                    "required": ["type", "coordinates"],
                                    "properties": {"type": {"type": "string"}},
                                },
                                "properties": {"type": "object"},
                            },
                        },
                    },
                },
            }
        }
    },
}
