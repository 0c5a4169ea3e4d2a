"""Tonnes: measured and substituted apart, each substitution found again by looking back by hand."""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.emission import HourState, flue_gas_tonnage, wastewater_tonnage
from zhihuan.standards.emission.substitution import _rolling_largest
from zhihuan.standards.errors import InputRefusedError, OutsideEditionsError

NORMAL, INVALID, STOPPED = HourState.NORMAL, HourState.INVALID, HourState.STOPPED


def _hours(start: date, count: int) -> np.ndarray:
    first = np.datetime64(start, "h")
    return (first + np.arange(count)).astype("datetime64[D]")


def _substitute_2017(kg: list[float], stopped: list[bool], capture: float) -> list[float]:
    """HJ 75-2017, tables 5 and 6, one hour after the other."""
    found = [math.nan] * len(kg)
    for place, value in enumerate(kg):
        if stopped[place] or not math.isnan(value):
            continue
        first = last = place
        while first > 0 and math.isnan(kg[first - 1]) and not stopped[first - 1]:
            first -= 1
        while last + 1 < len(kg) and math.isnan(kg[last + 1]) and not stopped[last + 1]:
            last += 1
        length = last - first + 1
        before = [one for one in kg[:first] if not math.isnan(one)]
        if capture >= 0.9:
            before = before[-180:] if length <= 24 else before[-720:]
        elif capture >= 0.75:
            before = before[-2160:]
        else:
            continue
        if before:
            found[place] = max(before)
    return found


@settings(max_examples=40)
@given(
    pieces=st.lists(st.tuples(st.integers(1, 60), st.sampled_from(["run", "run", "run", "gap", "stop"])),
                    min_size=1, max_size=25),
    seed=st.integers(0, 99),
)  # fmt: skip
def test_gaps_of_flue_gas_take_the_largest_of_the_hours_before(
    pieces: list[tuple[int, str]], seed: int
) -> None:
    kinds = [kind for length, kind in pieces for _ in range(length)][:2000]
    rng = np.random.default_rng(seed)
    concentration = rng.integers(1, 1000, len(kinds)).astype(float)
    states = [{"run": NORMAL, "gap": INVALID, "stop": STOPPED}[kind] for kind in kinds]
    days = _hours(date(2026, 1, 1), len(kinds))  # at most 2000 hours: inside one quarter
    found = flue_gas_tonnage(concentration, 1e6, days, states=states)
    kg = [
        value if kind == "run" else math.nan
        for value, kind in zip(concentration, kinds, strict=True)
    ]
    stopped = [kind == "stop" for kind in kinds]
    running = len(kinds) - sum(stopped)
    capture = kinds.count("run") / running if running else math.nan
    by_hand = _substitute_2017(kg, stopped, capture)
    np.testing.assert_allclose(found.substituted_kg, by_hand)
    assert float(found.measured_t) == pytest.approx(np.nansum(kg) / 1000)
    uncovered = sum(
        math.isnan(one) and math.isnan(two) and not stands
        for one, two, stands in zip(kg, by_hand, stopped, strict=True)
    )
    assert int(found.uncovered_hours) == uncovered
    assert float(found.total_t) == pytest.approx((np.nansum(kg) + np.nansum(by_hand)) / 1000)


@given(st.lists(st.integers(0, 50), max_size=40), st.integers(1, 12))
def test_the_rolling_largest_is_the_largest_of_the_last(values: list[int], window: int) -> None:
    found = _rolling_largest(np.array(values, dtype=float), window)
    assert found.tolist() == [
        max(values[max(0, place - window + 1) : place + 1]) for place in range(len(values))
    ]


def _quarter(lost: int, *, gap: int) -> tuple[np.ndarray, np.ndarray]:
    """A whole first quarter of 2026 (2160 h) with ``lost`` invalid hours, a gap of ``gap`` last
    and the others alone; the hourly amount grows backwards in time."""
    kg = np.arange(2160.0, 0.0, -1.0)
    kg[2160 - gap :] = np.nan
    alone = np.arange(1, 2 * (lost - gap), 2)
    kg[alone] = np.nan
    return kg, _hours(date(2026, 1, 1), 2160)


@pytest.mark.parametrize(
    ("lost", "gap", "back"), [(24, 24, 180), (25, 25, 720), (216, 30, 720), (217, 30, 2160)]
)
def test_capture_rate_and_length_of_the_gap_choose_how_far_to_look_back(
    lost: int, gap: int, back: int
) -> None:
    kg, days = _quarter(lost, gap=gap)
    found = flue_gas_tonnage(kg, 1e6, days)
    valid = kg[~np.isnan(kg)]
    assert found.substituted_kg[-1] == valid[-back:].max()
    assert found.capture[-1] == pytest.approx(1 - lost / 2160)


def test_below_three_quarters_nothing_is_substituted() -> None:
    kg, days = _quarter(541, gap=30)
    found = flue_gas_tonnage(kg, 1e6, days)
    assert found.substituted_t == 0
    assert found.uncovered_hours == 541
    derivation = found.derivation()
    assert "另有 541 小时无法核算" in derivation.conclusion
    assert any("只是下限" in one for one in derivation.cautions)


def test_before_2018_a_short_gap_takes_its_neighbours_and_a_long_one_nothing() -> None:
    kg = np.full(100, 10.0)
    kg[3:5] = np.nan
    kg[5] = 30.0
    kg[20:45] = np.nan  # 25 hours
    kg[99] = np.nan  # no neighbour after it
    found = flue_gas_tonnage(kg, 1e6, _hours(date(2017, 5, 1), 100))
    assert found.substituted_kg[3:5].tolist() == [20.0, 20.0]
    assert np.isnan(found.substituted_kg[[20, 44, 99]]).all()
    assert found.uncovered_hours == 26


def test_each_hour_of_a_gap_follows_the_edition_of_its_own_day() -> None:
    kg = np.full(96, 10.0)
    kg[0], kg[71], kg[72 - 4 : 72 + 4] = 99.0, 10.0, np.nan  # four hours on either side
    days = _hours(date(2018, 2, 26), 96)  # midnight of 1 March is hour 72
    found = flue_gas_tonnage(kg, 1e6, days)
    assert found.substituted_kg[68:72].tolist() == [10.0] * 4
    assert found.substituted_kg[72:76].tolist() == [99.0] * 4
    assert len(found.derivation().basis) == 2
    forced = flue_gas_tonnage(kg, 1e6, days, edition="HJ 75-2017")
    assert forced.substituted_kg[68:76].tolist() == [99.0] * 8
    assert forced.derivation().basis[0].forced


def test_waste_water_takes_the_mean_of_the_span_before_and_keeps_what_was_measured() -> None:
    mg_l = np.array([10.0, 20.0, 40.0, np.nan, np.nan, 50.0])
    flow = np.array([1.0, 1.0, 1.0, 2.0, 3.0, np.nan])
    found = wastewater_tonnage(mg_l, flow, date(2026, 3, 1))
    # two hours without concentration: (20+40)/2 = 30; one without flow: the hour before, 3
    assert found.substituted_kg[3:].tolist() == pytest.approx([0.06, 0.09, 0.15])
    assert found.measured_kg[:3].tolist() == pytest.approx([0.01, 0.02, 0.04])
    assert float(found.total_t) == pytest.approx(0.37 / 1000)


def test_an_invalid_hour_of_waste_water_keeps_its_flow() -> None:
    found = wastewater_tonnage(
        [10.0, 999.0], [1.0, 5.0], date(2026, 3, 1), states=[NORMAL, INVALID]
    )
    assert found.substituted_kg[1] == pytest.approx(0.05)


def test_a_gap_at_the_very_start_cannot_be_filled() -> None:
    for tonnage in (flue_gas_tonnage, wastewater_tonnage):
        found = tonnage([np.nan, 10.0], 1000.0, date(2026, 3, 1))
        assert found.uncovered_hours == 1


def test_outlets_are_filled_each_on_its_own() -> None:
    rows = np.array([[[10.0, np.nan]], [[30.0, np.nan]]])
    found = flue_gas_tonnage(rows, 1e6, date(2018, 3, 1), edition="HJ 75-2017")
    assert found.uncovered_hours.tolist() == [[1], [1]]  # capture rate 50 %
    water = wastewater_tonnage(rows, 1000.0, date(2026, 3, 1))
    assert water.substituted_kg[:, 0, 1].tolist() == [10.0, 30.0]
    assert water.derivation((1, 0)).conclusion == "排放量 0.06 t"


def test_a_standing_plant_emits_nothing_and_lacks_nothing() -> None:
    found = flue_gas_tonnage(np.nan, np.nan, _hours(date(2026, 1, 1), 48), states=STOPPED)
    assert found.measured_kg.shape == (48,)
    found = flue_gas_tonnage(np.full(48, np.nan), 1.0, _hours(date(2026, 1, 1), 48), states=STOPPED)
    assert (found.total_t, found.uncovered_hours) == (0, 0)
    assert "2026 年第 1 季度 全停运" in found.derivation().text()


def test_no_hours_no_tonnes() -> None:
    found = flue_gas_tonnage(np.empty(0), np.empty(0), np.empty(0, "datetime64[D]"))
    assert found.total_t == 0


def test_quarters_have_their_own_capture_rate() -> None:
    days = _hours(date(2026, 3, 31), 48)
    kg = np.full(48, 10.0)
    kg[24:30] = np.nan  # 75 % in the second quarter
    found = flue_gas_tonnage(kg, 1e6, days)
    assert found.capture[[0, -1]].tolist() == [1.0, 0.75]
    text = found.derivation().text()
    assert "2026 年第 1 季度 100.00%，2026 年第 2 季度 75.00%" in text


def test_days_before_the_rules_and_negative_flows_are_refused() -> None:
    with pytest.raises(OutsideEditionsError):
        flue_gas_tonnage([1.0], [1.0], date(2007, 8, 1) - timedelta(days=1))
    with pytest.raises(InputRefusedError, match="小时流量"):
        flue_gas_tonnage([1.0], [-1.0], date(2026, 1, 1))


def test_an_invalid_hour_of_a_stack_may_hold_rubbish() -> None:
    found = flue_gas_tonnage(
        [10.0, -9999.0], [1e6, -9999.0], date(2026, 1, 1), states=[NORMAL, INVALID]
    )
    assert found.uncovered_hours == 1


def test_outlets_share_one_axis_of_time() -> None:
    days = np.full((2, 3), np.datetime64("2026-01-01"))
    with pytest.raises(InputRefusedError, match="各排放口共用同一时间轴"):
        flue_gas_tonnage(np.ones((2, 3)), 1.0, days)
