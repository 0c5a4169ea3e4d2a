"""Worked propagation cases recomputed: one function a method of the vector files.

    KINDS["ISO 9613-2:1996"](case["input"], case["method"])["LA_total"]

It refuses other methods by not holding them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from zhihuan.standards.noise_propagation.attenuation import ALTERNATIVE, GENERAL
from zhihuan.standards.noise_propagation.levels import levels
from zhihuan.standards.noise_propagation.scene import (
    Air,
    Building,
    Ground,
    Patch,
    Points,
    Scene,
    Sources,
    Wall,
)

__all__ = ["KINDS"]


def _iso_9613_2(given: Mapping[str, Any], _standard: str) -> dict[str, Any]:
    sources = Sources.at(
        [given["source"]], height=given.get("hs_above_ground"), power=given["lw_per_octave"]
    )
    receivers = Points.at([given["receiver"]], height=given.get("hr_above_ground"))
    way = ALTERNATIVE if "alternative" in given.get("ground_method", "") else GENERAL
    found = levels(sources, receivers, _scene(given), ground=way)
    return {"lp_unweighted": found.octaves[0].tolist(), "LA_total": float(found.a_weighted[0])}


def _scene(given: Mapping[str, Any]) -> Scene:
    air = Air(given["temp_C"], given["rh_pct"], given.get("p_kPa", 101.325))
    patches = tuple(_patch(area) for area in given.get("ground_areas", ()))
    return Scene(air, Ground(given.get("ground_G", 0.0), patches), tuple(_obstacles(given)))


def _patch(area: Mapping[str, Any]) -> Patch:
    (x1, x2), (y1, y2) = area["x"], area["y"]
    return Patch([[x1, y1], [x2, y1], [x2, y2], [x1, y2]], area["G"])


def _obstacles(given: Mapping[str, Any]) -> list[Wall | Building]:
    walls = _several(given, "wall", "walls")
    buildings = _several(given, "building", "buildings")
    return [
        *(Wall(vertices) for vertices in walls),
        *(Building(block["footprint"], block["height"]) for block in buildings),
    ]


def _several(given: Mapping[str, Any], one: str, many: str) -> list[Any]:
    return [*([given[one]] if one in given else []), *given.get(many, ())]


KINDS: Mapping[str, Callable[[Mapping[str, Any], str], dict[str, Any]]] = {
    "ISO 9613-2:1996": _iso_9613_2,
}
