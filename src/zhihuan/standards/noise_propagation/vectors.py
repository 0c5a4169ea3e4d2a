"""Worked propagation cases recomputed: one function a method of the vector files.

    KINDS["ISO 9613-2:1996"](case["input"], case["method"])["LA_total"]

It refuses other methods by not holding them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from zhihuan.standards.noise_propagation.attenuation import ALTERNATIVE, GENERAL
from zhihuan.standards.noise_propagation.cnossos import Path, Way, long_term
from zhihuan.standards.noise_propagation.cnossos_profile import CutPoint
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


def _cnossos(given: Mapping[str, Any], _standard: str) -> dict[str, Any]:
    paths = _paths(given["cut_profiles"])
    found = long_term(
        paths,
        power=given["lw_per_octave"],
        air=Air(given["temp_C"], given["rh_pct"], given.get("p_kPa", 101.325)),
        favourable_share=given["favourable_share"],
    )
    output: dict[str, Any] = {
        "PL": given["lw_per_octave"],
        "LA": found.a_weighted_octaves.tolist(),
        "LA_WL": found.without_lateral.tolist(),
    }
    levels_of_paths = zip(paths, found.homogeneous, found.favourable, strict=True)
    for path, straight, bent in levels_of_paths:
        output[path.way.capitalize()] = {"LH": straight.tolist(), "LF": bent.tolist()}
    return output


def _paths(profiles: Mapping[str, Any]) -> list[Path]:
    """Sections by name; one called …_Curved is the bent one of its neighbour."""
    sections = {name: _points(profile["cut_points"]) for name, profile in profiles.items()}
    return [
        Path(Way(profiles[name]["profile"]), points, sections.get(f"{name}_Curved"))
        for name, points in sections.items()
        if not name.endswith("_Curved")
    ]


def _points(rows: list[Mapping[str, Any]]) -> list[CutPoint]:
    return [
        CutPoint(
            kind=row["t"],
            x=row["x"],
            y=row["y"],
            z=row["z"],
            ground_z=row["zg"],
            factor=row["G"],
            side=row.get("intersectionType", ""),
            absorption=row.get("wallAlpha", ()),
        )
        for row in rows
    ]


_CNOSSOS = "CNOSSOS-EU (Directive 2015/996 as amended), ISO/TR 17534-4:2020"

KINDS: Mapping[str, Callable[[Mapping[str, Any], str], dict[str, Any]]] = {
    "ISO 9613-2:1996": _iso_9613_2,
    _CNOSSOS: _cnossos,
}
