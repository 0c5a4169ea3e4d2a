"""CNOSSOS-EU over sections: the worked cases, and what a section must be."""

from __future__ import annotations

import json
import math
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.errors import InputRefusedError
from zhihuan.standards.noise_propagation.cnossos import Path as SoundPath
from zhihuan.standards.noise_propagation.cnossos import Way, long_term
from zhihuan.standards.noise_propagation.cnossos_diffraction import (
    boundary_attenuation,
    pure_diffraction,
)
from zhihuan.standards.noise_propagation.cnossos_ground import (
    Stretch,
    cnossos_rule,
    ground_attenuation,
)
from zhihuan.standards.noise_propagation.cnossos_profile import (
    CutPoint,
    Plane,
    mean_plane,
    profile_of,
)
from zhihuan.standards.noise_propagation.scene import Air
from zhihuan.standards.noise_propagation.vectors import KINDS

# Both need the top of a reflecting wall, which their sections do not carry: sound that passes
# just below it is partly lost over it (retro-diffraction). Everything else in them is reproduced.
NOT_DERIVABLE = {
    "CNOSSOS-TC16": "63 Hz of the favourable reflection: retro-diffraction over a wall of unknown top",
    "CNOSSOS-TC26": "the reflection: retro-diffraction over a wall of unknown top",
}
RULE = cnossos_rule()
MIDBANDS = [63, 125, 250, 500, 1000, 2000, 4000, 8000]


def deviation(found: Any, wanted: Any) -> float:
    if isinstance(wanted, dict):
        return max(deviation(found[key], value) for key, value in wanted.items())
    return max(abs(a - b) for a, b in zip(found, wanted, strict=True))


def cases(shared: Path) -> list[dict[str, Any]]:
    lines = (shared / "data/noise/vectors.jsonl").read_text("utf-8").splitlines()
    return [case for case in map(json.loads, lines) if case["method"].startswith("CNOSSOS")]


def test_every_derivable_case_is_reproduced_within_a_tenth(shared: Path) -> None:
    found = cases(shared)
    assert len(found) >= 19
    for case in found:
        output = KINDS[case["method"]](case["input"], case["method"])
        worst = deviation(output, case["expected"])
        if case["id"] in NOT_DERIVABLE:
            assert worst > case["tolerance_dB"], f"{case['id']} passes now: take it off the list"
            assert deviation(output["Direct"], case["expected"]["Direct"]) <= case["tolerance_dB"]
        else:
            assert worst <= case["tolerance_dB"], case["id"]


def section(*points: tuple[Any, ...]) -> list[CutPoint]:
    return [CutPoint(*point) for point in points]


def flat(factor: float, zs: float, zr: float, length: float) -> list[CutPoint]:
    return section(
        ("Source", 0.0, 0.0, zs, 0.0, factor), ("Receiver", length, 0.0, zr, 0.0, factor)
    )


def slow_ground(zs: float, zr: float, dp: float, g: float, band: int, *, favourable: bool) -> float:
    """Formulas (2.5.14) to (2.5.20) once more, for even ground of one factor."""
    near = 30 * (zs + zr)
    lowest = -3 * (1 - g)
    if favourable and dp > near:
        lowest *= 1 + 2 * (1 - near / dp)
    if g == 0:
        return lowest if favourable else -3.0
    if favourable:
        both = zs + zr
        zs, zr = (h + 2e-4 * (h / both) ** 2 * dp**2 / 2 + 6e-3 * dp / both for h in (zs, zr))
    f = MIDBANDS[band]
    k = 2 * math.pi * f / 340
    w = 0.0185 * f**2.5 * g**2.6 / (f**1.5 * g**2.6 + 1.3e3 * f**0.75 * g**1.3 + 1.16e6)
    cf = dp * (1 + 3 * w * dp * math.exp(-math.sqrt(w * dp))) / (1 + w * dp)
    product = 4 * k**2 / dp**2
    for height in (zs, zr):
        product *= height**2 - math.sqrt(2 * cf / k) * height + cf / k
    return max(-10 * math.log10(product), lowest)


@settings(max_examples=60)
@given(
    g=st.sampled_from([0.0, 0.1, 0.5, 1.0]),
    zs=st.floats(min_value=0.05, max_value=10),
    zr=st.floats(min_value=0.5, max_value=30),
    dp=st.floats(min_value=5, max_value=1500),
    favourable=st.booleans(),
)
def test_even_ground_equals_the_slow_route(
    g: float, zs: float, zr: float, dp: float, favourable: bool
) -> None:
    found = boundary_attenuation(profile_of(flat(g, zs, zr, dp)), RULE, favourable=favourable)
    wanted = [slow_ground(zs, zr, dp, g, band, favourable=favourable) for band in range(8)]
    assert found.attenuation.tolist() == pytest.approx(wanted)
    assert not found.diffracts.any()
    assert math.isnan(found.excess)


@settings(max_examples=60)
@given(heights=st.lists(st.floats(min_value=-5, max_value=20), min_size=2, max_size=6))
def test_the_mean_plane_is_the_least_squares_line(heights: list[float]) -> None:
    points = [("Topography", 10.0 * n, 0.0, z, z, 0.5) for n, z in enumerate(heights)]
    points[0] = ("Source", *points[0][1:])
    points[-1] = ("Receiver", *points[-1][1:])
    profile = profile_of(section(*points))
    # the normal equations of the continuous line, integrals exact by Simpson's rule
    moments = {"one": 0.0, "x": 0.0, "xx": 0.0, "z": 0.0, "xz": 0.0}
    for (x1, z1), (x2, z2) in pairwise(profile.ground):
        for x, z, weight in ((x1, z1, 1), ((x1 + x2) / 2, (z1 + z2) / 2, 4), (x2, z2, 1)):
            share = weight * (x2 - x1) / 6
            for name, value in (("one", 1.0), ("x", x), ("xx", x * x), ("z", z), ("xz", x * z)):
                moments[name] += share * value
    slope, offset = np.linalg.solve(
        [[moments["xx"], moments["x"]], [moments["x"], moments["one"]]],
        [moments["xz"], moments["z"]],
    )
    found = mean_plane(profile, 0.0, profile.length)
    assert (found.slope, found.offset) == pytest.approx((slope, offset), abs=1e-9)


def test_a_plane_measures_and_mirrors_at_right_angles() -> None:
    plane = Plane(1.0, 0.0)
    assert plane.height((0.0, 2.0)) == pytest.approx(math.sqrt(2))
    assert plane.mirrored((0.0, 2.0)) == pytest.approx((2.0, 0.0))
    assert plane.mirrored((2.0, 0.0)) == (2.0, 0.0)  # below: its own image


def test_pure_diffraction_is_bounded_below_and_grows_with_two_edges() -> None:
    for excess in (-0.5, -0.01, 0.0, 0.3):
        for band, found in enumerate(pure_diffraction(excess, 0.0, RULE).tolist()):
            phase = 40 / (340 / MIDBANDS[band]) * excess
            assert found == pytest.approx(10 * math.log10(3 + phase) if phase >= -2 else 0.0)
    two, one = pure_diffraction(0.3, 8.0, RULE), pure_diffraction(0.3, 0.0, RULE)
    assert (two > one).all()


def test_a_thin_wall_on_hard_ground_takes_no_more_than_its_cap() -> None:
    points = flat(0.0, 1.0, 1.5, 60.0)
    wall = CutPoint("Wall", 30.0, 0.0, 25.0, 0.0, 0.0, "THIN_WALL_ENTER_EXIT")
    profile = profile_of([points[0], wall, points[1]])
    found = boundary_attenuation(profile, RULE, favourable=False)
    assert found.diffracts.all()
    assert found.edges == ((30.0, 25.0),)
    assert found.excess == pytest.approx(
        math.hypot(30, 24) + math.hypot(30, 23.5) - math.hypot(60, 0.5)
    )
    assert (found.attenuation < 25.0).all()  # the ground on both sides only adds sound
    bent = boundary_attenuation(profile, RULE, favourable=True)
    assert bent.excess < found.excess
    assert bent.edges == found.edges


def test_an_edge_just_below_the_line_of_sight_diffracts_in_some_bands() -> None:
    points = flat(0.5, 1.0, 4.0, 100.0)
    low = CutPoint("Wall", 50.0, 0.0, 2.45, 0.0, 0.5, "THIN_WALL_ENTER_EXIT")
    profile = profile_of([points[0], low, points[1]])
    found = boundary_attenuation(profile, RULE, favourable=False)
    assert found.edges == ((50.0, 2.45),)
    assert -340 / 8000 / 20 < found.excess < 0
    images = math.hypot(50, 3.45) + math.hypot(50, 6.45) - math.hypot(100, 3.0)
    wanted = [found.excess > 340 / f / 4 - images for f in MIDBANDS]
    assert found.diffracts.tolist() == wanted
    assert len(set(wanted)) == 2
    deep = CutPoint("Wall", 50.0, 0.0, 0.2, 0.0, 0.5, "THIN_WALL_ENTER_EXIT")
    ignored = boundary_attenuation(profile_of([points[0], deep, points[1]]), RULE, favourable=False)
    assert ignored.edges == ()


def test_source_and_receiver_on_the_ground_have_a_ground_all_the_same() -> None:
    stretch = Stretch(zs=-1.0, zr=0.0, dp=50.0, path=0.5, source=0.2)
    for favourable in (False, True):
        assert np.isfinite(ground_attenuation(stretch, RULE, favourable=favourable)).all()


def test_a_wall_over_the_source_leaves_a_stretch_without_length() -> None:
    points = flat(0.5, 1.0, 4.0, 50.0)
    profile = profile_of(points)
    assert profile.factor_between(10.0, 10.0) == 0.5
    assert mean_plane(profile, 0.0, 0.0) == Plane(0.0, 0.0)


def test_paths_add_up_and_lateral_ones_can_be_left_out() -> None:
    direct = SoundPath(Way.DIRECT, flat(0.5, 1.0, 4.0, 100.0))
    corner = CutPoint("VEdgeDiffraction", 50.0, 20.0, 2.5, 0.0, 0.5)
    ends = flat(0.5, 1.0, 4.0, 100.0)
    side = SoundPath(Way.LEFT, [ends[0], corner, ends[1]])
    power, air = [93.0] * 8, Air(10.0, 70.0)
    both = long_term([direct, side], power=power, air=air, favourable_share=0.3)
    one = long_term([direct], power=power, air=air, favourable_share=0.3)
    assert both.without_lateral.tolist() == pytest.approx(one.a_weighted_octaves.tolist())
    assert (both.a_weighted_octaves > one.a_weighted_octaves).all()
    assert one.a_weighted == pytest.approx(
        10 * math.log10((10 ** (one.a_weighted_octaves / 10)).sum())
    )
    never = long_term([direct], power=power, air=air, favourable_share=0.0)
    weights = never.a_weighted_octaves - never.homogeneous[0]
    assert weights.tolist() == pytest.approx([-26.2, -16.1, -8.6, -3.2, 0.0, 1.2, 1.0, -1.1])


@pytest.mark.parametrize("kinds", [[], ["Source"], ["Receiver", "Source"]])
def test_a_section_goes_from_source_to_receiver(kinds: list[str]) -> None:
    points = section(*((kind, 9.0 * n, 0.0, 1.0, 0.0, 0.5) for n, kind in enumerate(kinds)))
    with pytest.raises(InputRefusedError, match="不是从声源到受声点"):
        profile_of(points)
