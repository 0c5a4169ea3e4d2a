"""Levels of ISO 9613-2: the worked cases, and every formula by the slow route."""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from zhihuan.standards.errors import InputRefusedError, UnknownEditionError
from zhihuan.standards.noise_propagation import (
    ALTERNATIVE,
    Air,
    Building,
    Ground,
    Patch,
    Points,
    Scene,
    Sources,
    Wall,
    attenuation,
    levels,
    meteorological_correction,
)
from zhihuan.standards.noise_propagation import levels as _levels_function
from zhihuan.standards.noise_propagation.patches import zone_factors

_file = Path(__file__).with_name("slow_route.py")
_spec = importlib.util.spec_from_file_location("noise_slow_route", _file)
assert _spec is not None
assert _spec.loader is not None
slow = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(slow)

PLACE = st.tuples(
    st.floats(min_value=-300, max_value=-5),
    st.floats(min_value=-200, max_value=200),
    st.floats(min_value=0.1, max_value=20),
)
OTHER = st.tuples(
    st.floats(min_value=45, max_value=400),
    st.floats(min_value=-200, max_value=200),
    st.floats(min_value=0.5, max_value=30),
)
TOP = st.floats(min_value=0.5, max_value=25)
WALL = st.tuples(
    st.floats(min_value=0, max_value=40),
    st.floats(min_value=-150, max_value=-0.5),
    TOP,
    st.floats(min_value=0, max_value=40),
    st.floats(min_value=0.5, max_value=150),
    TOP,
)
HUNDRED = [100.0] * 8


def one_level(source: object, receiver: object, scene: Scene, **more: object) -> list[float]:
    sources, receivers = Sources.at([source], power=HUNDRED), Points.at([receiver])
    return levels(sources, receivers, scene, **more).octaves[0].tolist()


@settings(max_examples=40)
@given(
    source=PLACE,
    receiver=OTHER,
    g=st.floats(min_value=0, max_value=1),
    celsius=st.floats(min_value=-10, max_value=40),
    humidity=st.floats(min_value=10, max_value=100),
)
def test_open_ground_equals_the_slow_route(
    source: tuple[float, ...],
    receiver: tuple[float, ...],
    g: float,
    celsius: float,
    humidity: float,
) -> None:
    air = Air(celsius, humidity, 101.325)
    found = one_level(source, receiver, Scene(air, Ground(g)))
    wanted = [
        slow.level(band, source, receiver, g=g, air=(celsius, humidity, 101.325))
        for band in range(8)
    ]
    assert found == pytest.approx(wanted, abs=1e-9)


def touches(source: Sequence[float], receiver: Sequence[float], corner: Sequence[float]) -> bool:
    """Whether the line passes a corner within a micrometre: met or missed, who knows."""
    way_x, way_y = receiver[0] - source[0], receiver[1] - source[1]
    aside = way_x * (corner[1] - source[1]) - way_y * (corner[0] - source[0])
    return abs(aside) / math.hypot(way_x, way_y) < 1e-6


def grazes(
    source: Sequence[float], receiver: Sequence[float], a: Sequence[float], b: Sequence[float]
) -> bool:
    """Whether the line of sight touches an edge but for rounding: cut or in sight, who knows."""
    at = slow.crossing(source, receiver, a, b)
    if at is None:
        return False
    sight = source[2] + at[0] * (receiver[2] - source[2])
    return abs(a[2] + at[1] * (b[2] - a[2]) - sight) < 1e-6


@settings(max_examples=200)
@given(source=PLACE, receiver=OTHER, walls=st.lists(WALL, min_size=1, max_size=4))
def test_walls_equal_the_slow_route(
    source: tuple[float, ...], receiver: tuple[float, ...], walls: list[tuple[float, ...]]
) -> None:
    outlines = [[wall[:3], wall[3:]] for wall in walls]
    assume(not any(grazes(source, receiver, a, b) for a, b in outlines))
    assume(not any(touches(source, receiver, end) for outline in outlines for end in outline))
    scene = Scene(ground=Ground(0.5), obstacles=tuple(Wall(outline) for outline in outlines))
    found = one_level(source, receiver, scene)
    wanted = [slow.level(b, source, receiver, g=0.5, outlines=outlines) for b in range(8)]
    assert found == pytest.approx(wanted, abs=1e-6)


@settings(max_examples=100)
@given(source=PLACE, receiver=OTHER, top=TOP, north=st.floats(min_value=-80, max_value=60))
def test_a_building_equals_the_slow_route(
    source: tuple[float, ...], receiver: tuple[float, ...], top: float, north: float
) -> None:
    assume(abs(top - source[2]) > 1e-3 < abs(top - receiver[2]))  # grazing a roof: one edge or two
    footprint = [(5.0, north), (25.0, north - 3), (30.0, north + 17), (8.0, north + 21)]
    assume(not any(touches(source, receiver, corner) for corner in footprint))
    outline = [(*corner, top) for corner in [*footprint, footprint[0]]]
    scene = Scene(ground=Ground(0.2), obstacles=(Building(footprint, top),))
    found = one_level(source, receiver, scene)
    wanted = [slow.level(b, source, receiver, g=0.2, outlines=[outline]) for b in range(8)]
    assert found == pytest.approx(wanted, abs=1e-6)


@settings(max_examples=40)
@given(source=PLACE, receiver=OTHER, g=st.lists(st.floats(0, 1), min_size=3, max_size=3))
def test_zone_factors_are_means_along_the_path(
    source: tuple[float, ...], receiver: tuple[float, ...], g: list[float]
) -> None:
    """Against ten thousand points on the path."""
    strips = [((-400, -50), g[0]), ((-50, 100), g[1]), ((100, 500), g[2])]
    patches = tuple(
        Patch([[a, -999], [b, -999], [b, 999], [a, 999]], factor) for (a, b), factor in strips
    )
    near, far = 0.3, 0.8
    start, end = np.array([source[:2]]), np.array([receiver[:2]])
    found = zone_factors(Ground(0.0, patches), start, end, np.array([near]), np.array([far]))
    share = (np.arange(10_000) + 0.5) / 10_000
    x = source[0] + share * (receiver[0] - source[0])
    along = np.select([x < -50, x < 100], g[:2], g[2])
    parts = (share < near, (share >= near) & (share < far), share >= far)
    assert [float(zone[0]) for zone in found] == pytest.approx(
        [float(along[part].mean()) for part in parts], abs=1e-3
    )


def test_a_line_through_a_corner_does_not_slip_into_the_building() -> None:
    """Straight through two corners of a square, and through one corner and the side beyond."""
    square = Building([[40, -10], [50, 0], [60, -10], [50, -20]], 9.0)
    through = Building([[40, 0], [50, 10], [60, 0], [50, -10]], 9.0)
    open_field = one_level([0, 0, 1], [100, 0, 4], Scene())
    behind = one_level([0, 0, 1], [100, 0, 4], Scene(obstacles=(through,)))
    assert behind[4] < open_field[4] - 5
    grazed = one_level([0, 0, 1], [100, 0, 4], Scene(obstacles=(square,)))
    assert grazed[4] <= open_field[4]


def test_a_path_beside_a_patch_knows_nothing_of_it() -> None:
    patch = Patch([[0, 10], [0, 20], [50, 20], [50, 10]], 1.0)  # clockwise, north of the path
    scene = Scene(ground=Ground(0.0, (patch,)))
    assert one_level([0, 0, 1], [50, 0, 4], scene) == one_level([0, 0, 1], [50, 0, 4], Scene())


def test_a_source_right_below_the_receiver_is_no_special_case() -> None:
    patch = Patch([[-5, -5], [5, -5], [5, 5], [-5, 5]], 1.0)
    found = one_level([0, 0, 1], [0, 0, 11], Scene(ground=Ground(0.0, (patch,))))
    assert all(math.isfinite(level) for level in found)


def test_concave_patches_are_refused() -> None:
    patch = Patch([[0, 0], [10, 0], [2, 2], [0, 10]], 1.0)
    with pytest.raises(InputRefusedError, match="凸多边形"):
        one_level([0, 0, 1], [50, 0, 4], Scene(ground=Ground(0.0, (patch,))))


def test_the_alternative_ground_is_formula_10_with_its_solid_angle() -> None:
    found = one_level([0, 0, 1], [300, 0, 4], Scene(), ground=ALTERNATIVE)
    d = math.dist((0, 1), (300, 4))
    agr = max(0.0, 4.8 - 2 * 2.5 / d * (17 + 300 / d))
    angle = 10 * math.log10(1 + (300**2 + 3**2) / (300**2 + 5**2))
    wanted = [
        100 - (20 * math.log10(d) + 11 + slow.alpha(b, 10, 70, 101.325) * d + agr) + angle
        for b in range(8)
    ]
    assert found == pytest.approx(wanted)
    with pytest.raises(ValueError, match="'general' or 'alternative'"):
        one_level([0, 0, 1], [300, 0, 4], Scene(), ground="porous")


def test_sources_add_by_energy_whatever_the_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(7)
    sources = Sources.at(
        np.column_stack([chance.uniform(-100, 0, (30, 2)), np.full(30, 0.5)]),
        power=chance.uniform(60, 100, (30, 8)),
    )
    receivers = Points.at(np.column_stack([chance.uniform(10, 90, (17, 2)), np.full(17, 4.0)]))
    scene = Scene(ground=Ground(0.3), obstacles=(Wall([[5, -50, 5], [5, 90, 5]]),))
    whole = levels(sources, receivers, scene)
    pairs = attenuation(sources, receivers, scene)
    by_hand = 10 * np.log10((10 ** ((sources.power - pairs) / 10)).sum(axis=1))
    assert whole.octaves == pytest.approx(by_hand)
    import sys

    module = sys.modules[_levels_function.__module__]
    monkeypatch.setattr(module, "_PAIRS_A_BLOCK", 20)
    monkeypatch.setattr(module, "_SOURCES_A_BLOCK", 7)
    assert levels(sources, receivers, scene).octaves == pytest.approx(whole.octaves)


def test_long_term_levels_are_lower_far_away_only() -> None:
    sources = Sources.at([[0, 0, 1]], power=HUNDRED)
    receivers = Points.at([[40, 0, 4], [200, 0, 4]])
    downwind = levels(sources, receivers, Scene()).a_weighted
    longer = levels(sources, receivers, Scene(), c0=2.0).a_weighted
    assert (downwind - longer).tolist() == pytest.approx([0.0, 2 * (1 - 50 / 200)])
    corrections = meteorological_correction(1.0, 4.0, [50.0, np.nan, 500.0], c0=2.0)
    assert corrections[0] == 0.0
    assert np.isnan(corrections[1])
    assert corrections[2] == pytest.approx(1.8)


def test_no_source_no_receiver() -> None:
    nobody = Points.at(np.empty((0, 3)))
    assert levels(Sources.at([[0, 0, 1]], power=HUNDRED), nobody, Scene()).octaves.shape == (0, 8)
    silent = Sources.at(np.empty((0, 3)), power=np.empty((0, 8)))
    assert np.isneginf(levels(silent, Points.at([[9, 9, 4]]), Scene()).a_weighted).all()


def test_bad_scenes_are_refused_with_words() -> None:
    good = Sources.at([[0, 0, 1]], power=HUNDRED)
    with pytest.raises(InputRefusedError, match="开尔文"):
        levels(good, Points.at([[9, 9, 4]]), Scene(Air(293.15)))
    with pytest.raises(InputRefusedError, match="小数比例"):
        levels(good, Points.at([[9, 9, 4]]), Scene(Air(20, 0.7)))
    with pytest.raises(InputRefusedError, match="Pa 或 hPa"):
        levels(good, Points.at([[9, 9, 4]]), Scene(Air(20, 70, 1013.25)))
    with pytest.raises(InputRefusedError, match="同一位置"):
        levels(good, Points.at([[0, 0, 1]]), Scene())
    with pytest.raises(InputRefusedError, match="第 2 行，声功率级"):
        levels(Sources.at([[0, 0, 1], [1, 0, 1]], power=[HUNDRED, [np.nan] * 8]),
               Points.at([[9, 9, 4]]), Scene())  # fmt: skip
    with pytest.raises(InputRefusedError, match="八个倍频带"):
        Sources.at([[0, 0, 1]], power=[90, 90])
    with pytest.raises(InputRefusedError, match="x、y、z"):
        Points.at([[1.0, 2.0]])
    with pytest.raises(InputRefusedError, match="第 1 行，坐标"):
        Points.at([[1.0, np.nan, 2.0]])
    with pytest.raises(InputRefusedError, match="离地高度"):
        Points.at([[1.0, 2.0, -2.0]])
    with pytest.raises(InputRefusedError, match="%"):
        Ground(50.0)
    with pytest.raises(UnknownEditionError):
        levels(good, Points.at([[9, 9, 4]]), Scene(), edition="ISO 9613-2:2024")
