"""Air, lines, reflections, maps and derivations."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.errors import InputRefusedError, UnknownEditionError
from zhihuan.standards.noise_propagation import (
    A_WEIGHTS,
    ALTERNATIVE,
    Air,
    Building,
    Ground,
    Patch,
    Points,
    Scene,
    Sources,
    Wall,
    a_weighted,
    absorption_db_m,
    absorption_of_table_db_m,
    inside_buildings,
    levels,
    line_source,
    noise_map,
    pair_derivation,
    receiver_grid,
    sources_together,
)
from zhihuan.standards.noise_propagation.rule import rule

HUNDRED = [100.0] * 8


def test_the_formula_of_air_gives_the_printed_table(shared: Path) -> None:
    """ISO 9613-2, table 2, has two significant digits at least; 1 kHz at 15 °C and 80 % is a slip."""
    with (shared / "data/standards/iso9613_2_alpha.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            celsius, humidity = float(row["temp_C"]), float(row["rh_pct"])
            printed = [float(row[f"f{hz}"]) for hz in (63, 125, 250, 500, 1000, 2000, 4000, 8000)]
            exact = 1000 * absorption_db_m(celsius, humidity)
            for wanted, found in zip(printed, exact.tolist(), strict=True):
                margin = 0.052 if wanted < 100 else 0.51
                assert abs(wanted - found) <= margin, row
            table = 1000 * absorption_of_table_db_m(celsius, humidity)
            assert table.tolist() == pytest.approx(printed)


def test_the_table_of_air_is_not_interpolated() -> None:
    with pytest.raises(InputRefusedError, match=r"12 ℃、70%.*10 ℃/70%"):
        absorption_of_table_db_m(12.0, 70.0)


def test_a_weights_are_those_of_the_shared_table(shared: Path) -> None:
    with (shared / "data/standards/noise_a_weighting_octave.csv").open(encoding="utf-8") as file:
        assert A_WEIGHTS.tolist() == [float(row["A_dB"]) for row in csv.DictReader(file)]
    assert np.isnan(a_weighted([np.nan] + [60.0] * 7))


def test_a_line_of_points_carries_the_power_of_the_line() -> None:
    road = line_source(
        [[0, 0, 0.5], [100, 0, 0.5], [100, 0, 0.5], [100, 45, 0.5]],
        power_per_metre=[60.0] * 8,
        spacing_m=10.0,
    )
    assert len(road.position) == 10 + 5
    total = 10 * math.log10((10 ** (road.power[:, 0] / 10)).sum())
    assert total == pytest.approx(60 + 10 * math.log10(145))
    assert road.position[-1].tolist() == pytest.approx([100, 40.5, 0.5])
    both = sources_together(road, Sources.at([[0, 0, 1]], power=HUNDRED))
    assert len(both.power) == len(both.height) == 16
    with pytest.raises(ValueError, match="positive length"):
        line_source([[0, 0, 1], [9, 0, 1]], power_per_metre=HUNDRED, spacing_m=0.0)


def test_finer_points_bring_a_road_to_its_limit() -> None:
    receivers = Points.at([[50.0, 40.0, 4.0]])

    def level(spacing: float) -> float:
        road = line_source(
            [[0, 0, 0.5], [100, 0, 0.5]], power_per_metre=[60.0] * 8, spacing_m=spacing
        )
        return float(levels(road, receivers, Scene()).a_weighted[0])

    finest = level(0.5)
    assert abs(level(20.0) - finest) < 0.1  # half the distance
    assert abs(level(5.0) - finest) < abs(level(50.0) - finest)


@settings(max_examples=60)
@given(
    x=st.floats(min_value=-150, max_value=150),
    away=st.floats(min_value=2, max_value=90),
    loss=st.floats(min_value=0, max_value=0.9),
)
def test_a_long_high_wall_doubles_the_source(x: float, away: float, loss: float) -> None:
    """Against a second source set behind the wall by hand, in bands that see it as large."""
    wall = Wall([[-2000, 0, 200], [2000, 0, 200]], absorption=loss)
    source, receiver = [0.0, 10.0, 1.0], [x, 10.0 + away, 4.0]
    sources = Sources.at([source], power=HUNDRED)
    found = levels(sources, Points.at([receiver]), Scene(obstacles=(wall,)), reflections=True)
    two = Sources.at(
        [source, [0.0, -10.0, 1.0]], power=[HUNDRED, [100 + 10 * math.log10(1 - loss)] * 8]
    )
    wanted = levels(two, Points.at([receiver]), Scene())
    assert found.octaves == pytest.approx(wanted.octaves, abs=1e-9)


def reflected(
    wall: Wall, receiver: list[float], *others: Wall | Building, c0: float = 0.0
) -> float:
    """What the reflection adds at a receiver, 1 kHz energy."""
    sources, receivers = Sources.at([[0, 10, 1]], power=HUNDRED), Points.at([receiver])
    scene = Scene(ground=Ground(0.5), obstacles=(wall, *others))
    with_it, without = (
        levels(sources, receivers, scene, reflections=flag, c0=c0).octaves[0, 4]
        for flag in (True, False)
    )
    return float(10 ** (with_it / 10) - 10 ** (without / 10))


def test_reflections_need_a_surface_where_the_line_meets_it() -> None:
    receiver = [40.0, 10.0, 4.0]
    assert reflected(Wall([[0, 0, 20], [40, 0, 20]], absorption=0.2), receiver) > 0
    assert reflected(Wall([[0, 0, 20], [40, 0, 20]]), receiver) == 0  # it states no absorption
    assert reflected(Wall([[60, 0, 20], [99, 0, 20]], absorption=0.2), receiver) == 0
    assert reflected(Wall([[0, 0, 2], [40, 0, 2]], absorption=0.2), receiver) == 0  # passes above
    assert reflected(Wall([[0, 0, 20], [40, 0, 20]], absorption=0.2), [40.0, -9.0, 4.0]) == 0
    tiny = Wall([[19.8, 0, 3.0], [20.2, 0, 3.0]], absorption=0.2)
    assert reflected(tiny, receiver) == 0  # too small for the wavelength
    assert reflected(Wall([[0, 0, 20], [40, 0, 20]], absorption=1.0), receiver) == 0


def test_a_reflection_that_is_cut_is_left_out() -> None:
    wall = Wall([[0, 0, 20], [40, 0, 20]], absorption=[0.1] * 8)
    receiver = [40.0, 10.0, 4.0]
    screen = Wall([[10, 2, 9], [10, 8, 9]])
    low = Wall([[10, 2, 0.5], [10, 8, 0.5]])
    assert reflected(wall, receiver, screen) == 0
    assert reflected(wall, receiver, low) > 0
    longer, far = Wall([[0, 0, 20], [99, 0, 20]], absorption=0.1), [90.0, 10.0, 4.0]
    assert 0 < reflected(longer, far, c0=3.0) < reflected(longer, far)
    beside = Wall([[-50, 5, 9], [-50, 15, 9]])
    assert reflected(wall, receiver, beside) == pytest.approx(reflected(wall, receiver))


def test_a_map_is_quiet_behind_a_barrier_and_empty_in_a_building() -> None:
    grid = receiver_grid((0.0, -30.0), (60.0, 30.0), step_m=10.0)
    house = Building([[15, -12], [15, 12], [35, 12], [35, -12]], 6.0)
    source = Sources.at([[-20.0, 0.0, 0.5]], power=HUNDRED)
    found = noise_map(source, grid, Scene(ground=Ground(0.5), obstacles=(house,)))
    empty = noise_map(source, grid, Scene(ground=Ground(0.5)))
    assert found.a_weighted.shape == (7, 7)
    inside = np.isnan(found.a_weighted)
    assert np.argwhere(inside).tolist() == [[r, c] for r in (2, 3, 4) for c in (2, 3)]
    assert found.a_weighted[3, 4] < empty.a_weighted[3, 4] - 5
    assert found.a_weighted[0, 0] == pytest.approx(empty.a_weighted[0, 0])
    assert found.octaves.shape == (7, 7, 8)
    assert not np.isnan(empty.a_weighted).any()


def test_footprints_of_any_shape_know_their_inside() -> None:
    hook = Building([[0, 0], [4, 0], [4, 4], [3, 4], [3, 1], [0, 1]], 5.0)
    places = np.array([[0.5, 0.5], [3.5, 3.0], [1.0, 3.0], [5.0, 0.5]])
    assert inside_buildings((hook, Wall([[0, 0, 3], [9, 9, 3]])), places).tolist() == [
        True, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("high", "step"), [((-10.0, 5.0), 1.0), ((1e6, 1e6), 1.0), ((9.0, 9.0), 0.0)]
)
def test_grids_without_sense_are_refused(high: tuple[float, float], step: float) -> None:
    with pytest.raises(ValueError, match=r"corners|positive"):
        receiver_grid((0.0, 0.0), high, step_m=step)


def test_the_derivation_of_a_pair_adds_up_to_its_level() -> None:
    patch = Patch([[0, -9], [30, -9], [30, 9], [0, 9]], 1.0)
    scene = Scene(
        Air(20, 70), Ground(0.5, (patch,)), (Building([[40, -9], [55, -9], [55, 9], [40, 9]], 8.0),)
    )
    sources = Sources.at([[0, 0, 1], [5, 5, 1]], power=HUNDRED)
    receivers = Points.at([[0, 90, 4], [100, 0, 4]])
    found = pair_derivation(sources, receivers, scene, source=1, receiver=1)
    one = Sources.at([[5, 5, 1]], power=HUNDRED)
    level = levels(one, Points.at([[100, 0, 4]]), scene).a_weighted[0]
    assert found.conclusion == f"受声点 A 声级 {level:.2f} dB(A)"
    text = found.text()
    for words in (
        "几何发散",
        "大气吸收",
        "地面效应",
        "顶边声程差",
        "左侧边",
        "右侧边",
        "另有 1 个分区",
    ):
        assert words in text
    assert found.basis[0].standard == "ISO 9613-2:1996"
    assert not found.to_json()["cautions"][0].startswith("距离")
    unscreened = pair_derivation(sources, receivers, scene)
    assert "屏障衰减" not in unscreened.text()


def test_the_derivation_says_what_the_stated_accuracy_does_not_cover() -> None:
    sources = Sources.at([[0, 0, 40]], power=HUNDRED)
    found = pair_derivation(sources, Points.at([[1500, 0, 60]]), Scene(), ground=ALTERNATIVE)
    assert [words[:2] for words in found.cautions] == ["距离", "平均"]
    assert "立体角修正" in found.text()


def test_only_packaged_editions_have_numbers() -> None:
    assert rule().cap_single == 20.0
    with pytest.raises(UnknownEditionError, match="ISO 9613-2:1996"):
        rule("ISO 9613-2:2024")
