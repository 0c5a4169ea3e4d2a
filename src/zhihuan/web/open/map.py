"""The map as a drawing (SVG) that needs no script: towns, and a mark for every station.

The same stations stand in the table below it; the drawing says nothing that the table does not.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from zhihuan.bureau.disclosure.station import TONES, StationNow
from zhihuan.bureau.places.city import city_folder
from zhihuan.web.open.words import JUDGEMENTS, told, town_name

WIDTH = 720
_MARGIN = 12
_LABELS = {"water": lambda now: now.judgement.word.removesuffix("类")[:2],
           "air": lambda now: now.judgement.figure}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TownShape:
    """A town's outline as the ``d`` of an SVG path, and where its name stands."""

    code: str
    short: str
    path: str
    x: float
    y: float

    @property
    def name(self) -> str:
        """In the reader's language."""
        return town_name(self.code, self.short)


@dataclass(frozen=True, slots=True)
class Ground:
    """The towns, drawn to scale. ``place`` projects longitude and latitude (degrees) onto it."""

    height: int
    west: float
    north: float
    scale: float
    squeeze: float
    towns: tuple[TownShape, ...]

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        x = (lon - self.west) * self.scale * self.squeeze + _MARGIN
        return round(x, 1), round((self.north - lat) * self.scale + _MARGIN, 1)


@dataclass(frozen=True, slots=True)
class Mark:
    """One station: its place, a short label, its colour (by the standard) or tone, and its words."""

    x: float
    y: float
    code: str
    label: str
    words: str
    tone: str
    fill: str
    ink: str


def marks(found: Iterable[StationNow]) -> list[Mark]:
    """The marks of these stations; the worst are drawn last, on top."""
    order = {"none": 0, "good": 1, "fair": 2, "bad": 3}
    return [_mark(each) for each in sorted(found, key=lambda now: order[now.judgement.tone])]


def _mark(now: StationNow) -> Mark:
    own, judged = now.station, now.judgement
    x, y = ground().place(own.lon, own.lat)
    label = _LABELS[own.subject](now) if own.subject in _LABELS and judged.tone != "none" else ""
    return Mark(
        x=x,
        y=y,
        code=own.code,
        label=label,
        words=_("%(name)s：%(told)s")
        % {"name": own.name, "told": f"{told(judged.word)} {judged.figure}".rstrip()},
        tone=judged.tone,
        fill=_fill(judged.rgb),
        ink=_ink(judged.rgb) if judged.rgb else "",
    )


@dataclass(frozen=True, slots=True)
class Sign:
    """What one kind of mark means: its tone, its colour where the standard gives one, and its word."""

    tone: str
    fill: str
    word: str


def legend(found: Iterable[StationNow]) -> list[Sign]:
    """The kinds of marks that are drawn, from the best to the worst; what could not be judged is one kind."""
    judged = [each.judgement for each in found]
    signs = {
        (order_of(each.tone, each.word), Sign(each.tone, _fill(each.rgb), told(each.word)))
        for each in judged
        if each.tone != "none"
    }
    signs_in_order = [sign for _order, sign in sorted(signs, key=lambda pair: pair[0])]
    if any(each.tone == "none" for each in judged):
        signs_in_order.append(Sign("none", "", _("不作评价")))
    return signs_in_order


def order_of(tone: str, word: str) -> tuple[int, int]:
    """From the best to the worst, what could not be judged last."""
    return TONES.index(tone), JUDGEMENTS.index(word) if word in JUDGEMENTS else len(JUDGEMENTS)


def _fill(rgb: tuple[int, int, int] | None) -> str:
    return "#{:02x}{:02x}{:02x}".format(*rgb) if rgb else ""


def _ink(rgb: tuple[int, int, int]) -> str:
    """Black or white, whichever stands out more on that colour: by its relative luminance (WCAG 2.2)."""
    red, green, blue = ((each / 255) ** 2.2 for each in rgb)
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#000" if (light + 0.05) ** 2 > 1.05 * 0.05 else "#fff"


@functools.cache
def ground() -> Ground:
    """The drawing of the packaged city."""
    features = json.loads((city_folder() / "towns.geojson").read_text("utf-8"))["features"]
    corners = [corner for each in features for ring in _rings(each["geometry"]) for corner in ring]
    west, east = min(lon for lon, _ in corners), max(lon for lon, _ in corners)
    south, north = min(lat for _, lat in corners), max(lat for _, lat in corners)
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = (WIDTH - 2 * _MARGIN) / ((east - west) * squeeze)
    height = math.ceil((north - south) * scale) + 2 * _MARGIN
    empty = Ground(height, west, north, scale, squeeze, ())
    shapes = tuple(_shape(each, empty) for each in features)
    return Ground(height, west, north, scale, squeeze, shapes)


def _shape(feature: dict[str, Any], on: Ground) -> TownShape:
    about = feature["properties"]
    path = "".join(_closed(ring, on) for ring in _rings(feature["geometry"]))
    x, y = on.place(*about["seat"])
    return TownShape(about["code"], about["short"], path, x, y)


def _closed(ring: Sequence[Sequence[float]], on: Ground) -> str:
    points = [on.place(corner[0], corner[1]) for corner in ring]
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z"


def _rings(geometry: dict[str, Any]) -> list[Any]:
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [ring for part in parts for ring in part]
