"""Rules of lines and shares once more, one datum at a time, as the texts put them.

The numbers stand here as the standards print them, not read from the packaged tables: a slip in either is a
failing test. Formulas of indices, means and amounts are tested so beside each of them.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards.mobile import Fuel, judge_inspection, judge_machines
from zhihuan.standards.noise import indoor_structure_borne
from zhihuan.standards.surface_water import (
    basin_change,
    body_grade,
    keeps_temperature,
    point_grade,
    rural_black_odour,
    section_change,
)

DAY = date(2026, 9, 30)
CLASSES = ["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "劣Ⅴ"]
maybe = st.one_of(st.none(), st.integers(0, 60).map(lambda n: n / 2))


@given(st.sampled_from(CLASSES), st.sampled_from(CLASSES))
def test_the_change_of_a_section_counts_classes(before: str, after: str) -> None:
    gained = CLASSES.index(before) - CLASSES.index(after)
    words = "无明显变化"
    if abs(gained) == 1:
        words = "有所变好" if gained > 0 else "有所变差"
    elif abs(gained) >= 2:
        words = "明显变好" if gained > 0 else "明显变差"
    assert str(section_change(before, after, on=DAY).names) in {
        words,
        words.replace("变好", "变好"),
    }


@given(*[st.integers(0, 500).map(lambda n: n / 10)] * 4)
def test_the_change_of_a_basin_is_what_good_gained_less_what_bad_gained(
    good_before: float, bad_before: float, good_after: float, bad_after: float
) -> None:
    tenths = [round(10 * share) for share in (good_before, bad_before, good_after, bad_after)]
    amount = (tenths[2] - tenths[0]) - (tenths[3] - tenths[1])
    size = 0 if abs(amount) <= 100 else 1 if abs(amount) <= 200 else 2
    words = str(basin_change(good_before, bad_before, good_after, bad_after, on=DAY).names)
    assert ("无明显" in words, "有所" in words) == (size == 0, size == 1)
    assert ("变差" in words) == (size > 0 and amount < 0)


@given(st.integers(-40, 40).map(lambda n: n / 10))
def test_water_may_warm_by_one_degree_and_cool_by_two(change: float) -> None:
    keeps = change <= 1 if change >= 0 else -change <= 2
    assert bool(keeps_temperature(change, on=DAY)) == keeps


@given(
    st.one_of(st.none(), st.integers(1, 60)), maybe, maybe, st.one_of(st.none(), st.integers(1, 50))
)
def test_rural_water_is_black_odorous_by_any_of_three_items(
    clear_cm: int | None, oxygen: float | None, ammonia: float | None, depth_cm: int | None
) -> None:
    beyond = []
    if clear_cm is not None:
        shallow = depth_cm is not None and depth_cm < 25
        beyond.append(10 * clear_cm < 4 * depth_cm if shallow else clear_cm < 25)  # type: ignore[operator]
    if oxygen is not None:
        beyond.append(oxygen < 2)
    if ammonia is not None:
        beyond.append(ammonia > 15)
    values = {
        item: np.nan if value is None else value
        for item, value in (("sd", clear_cm), ("do", oxygen), ("nh3n", ammonia))
    }
    found = rural_black_odour(values, on=DAY, depth_cm=np.nan if depth_cm is None else depth_cm)
    assert int(found.codes) == (0 if not beyond else 2 if any(beyond) else 1)


@given(st.lists(st.lists(st.integers(0, 3), min_size=6, max_size=6), min_size=1, max_size=4))
def test_a_point_is_severe_by_one_item_often_or_by_two_at_times(items: list[list[int]]) -> None:
    shares = []
    for codes in items:
        data = [code for code in codes if code]
        shares.append(data.count(3) / len(data) if data else 0.0)
    severe = any(share > 0.6 for share in shares) or sum(share > 0.3 for share in shares) >= 2
    every = [code for codes in items for code in codes if code]
    plain = 0 if not every else 2 if max(every) > 1 else 1
    assert int(point_grade(items, on=DAY)) == (3 if severe else plain)


@given(st.lists(st.integers(0, 3), max_size=12))
def test_a_body_is_severe_by_its_points_and_three_neighbours_make_a_stretch(
    points: list[int],
) -> None:
    known = [point for point in points if point]
    whole = bool(known) and known.count(3) / len(known) >= 0.6
    found = body_grade(points, on=DAY)
    assert found.grade == (3 if whole else min(max(points, default=0), 2))
    inside = {at for first, last in found.stretches for at in range(first, last + 1)}
    for at in range(len(points)):
        runs = [range(at - back, at - back + 3) for back in range(3)]
        within = [run for run in runs if run[0] >= 0 and run[-1] < len(points)]
        assert (at in inside) == any(all(points[i] == 3 for i in run) for run in within)


def _smoke_limit(category: str, power: float) -> float | None:
    if category == "I":
        return 3.0 if power < 19 else 2.0 if power < 37 else 1.61 if power < 560 else None
    if category == "II":
        return 2.0 if power < 19 else 1.0 if power < 37 else 0.8
    return 0.8 if power < 37 else 0.5


@given(
    st.sampled_from(["I", "II", "III"]),
    st.sampled_from([5.0, 18.9, 19.0, 36.9, 37.0, 200.0, 559.9, 560.0, 800.0]),
    st.integers(1, 400).map(lambda n: n / 100),
    st.sampled_from([None, 0.0, 1.0, 2.0]),
)
def test_a_machine_keeps_the_smoke_limit_of_its_category_and_power(
    category: str, power: float, absorption: float, ringelmann: float | None
) -> None:
    limit = _smoke_limit(category, power)
    expected = -1
    if limit is not None:
        expected = int(absorption > limit or (ringelmann or 0) > 1)
    grade = np.nan if ringelmann is None else ringelmann
    found = judge_machines([category], [power], absorption=[absorption], ringelmann=grade, on=DAY)
    assert int(found.verdict[0]) == expected


@given(
    st.integers(0, 100).map(lambda n: n / 100),
    st.integers(0, 1000),
    st.integers(0, 1000),
    st.sampled_from(["a", "b"]),
)
def test_a_vehicle_passes_when_every_item_keeps_its_limit(
    co: float, hc: int, no: int, limit_set: str
) -> None:
    limits = {"a": (0.5, 90, 700), "b": (0.35, 47, 420)}[limit_set]  # ASM 5025
    passes = all(value <= most for value, most in zip((co, hc, no), limits, strict=True))
    found = judge_inspection(
        Fuel.PETROL,
        "asm5025",
        {"co": [co], "hc": [hc], "no": [no]},
        on=DAY,
        limit_set=limit_set,  # type: ignore[arg-type]
    )
    assert (int(found.verdict[0]) == 0) == passes


@pytest.mark.parametrize("night", [False, True])
@given(
    st.sampled_from(["0", "1", "2", "3", "4a"]), st.sampled_from(["A", "B"]), st.integers(20, 60)
)
def test_a_room_keeps_its_level(night: bool, zone: str, room: str, level: int) -> None:
    if zone == "0" or (zone == "1" and room == "A"):
        limit = 40
    elif zone == "1" or room == "A":
        limit = 45
    else:
        limit = 50
    limit -= 10 if night else 0
    found = indoor_structure_borne(float(level), zone, room, "夜间" if night else "昼间", on=DAY)
    assert int(found.verdict) == int(level <= limit)
