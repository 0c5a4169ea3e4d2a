"""Daily means and their judgement: counts, weights, and the twentieth hour."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.data_validity import Subject
from zhihuan.standards.emission import (
    HourState,
    Limit,
    Period,
    Verdict,
    day_means,
    hours_of_days,
    judge_days,
)
from zhihuan.standards.errors import InputRefusedError, OutsideEditionsError
from zhihuan.standards.hours import epoch_seconds, on_hours

Maker = Callable[..., Limit]
DAY = date(2026, 3, 1)


def _flue_day(valid: int) -> np.ndarray:
    return np.array([[40.0] * valid + [np.nan] * (24 - valid)])


@pytest.mark.parametrize(("valid", "verdict"), [(24, 1), (20, 1), (19, -1), (0, -1)])
def test_flue_gas_needs_twenty_hours(limit: Maker, valid: int, verdict: int) -> None:
    daily = limit(35.0, Period.DAY)
    found = judge_days(_flue_day(valid), DAY, [daily], subject=Subject.FLUE_GAS)
    assert found.judged.verdict.tolist() == [verdict]
    assert found.mean.valid_hours.tolist() == [valid]
    assert found.mean.invalid_hours.tolist() == [24 - valid]


@pytest.mark.parametrize(("valid", "known"), [(1, True), (0, False)])
def test_waste_water_needs_one_hour(valid: int, known: bool) -> None:
    found = day_means(_flue_day(valid), DAY, subject=Subject.WASTEWATER)
    assert np.isfinite(found.value).tolist() == [known]


_hour = st.tuples(
    st.one_of(st.just(math.nan), st.integers(0, 200).map(float)),
    st.one_of(st.just(math.nan), st.integers(0, 9).map(float)),
    st.sampled_from(HourState),
)


@settings(max_examples=60)
@given(hours=st.lists(_hour, min_size=24, max_size=24))
def test_the_flow_weighted_mean_is_mass_over_water(
    hours: list[tuple[float, float, HourState]],
) -> None:
    values, flow, states = (np.array(one)[None] for one in zip(*hours, strict=True))
    found = day_means(
        values, DAY, subject=Subject.WASTEWATER, flow=flow, states=states, exempts_start_stop=True
    )
    used = [
        (value, water)
        for value, water, state in hours
        if state is HourState.NORMAL and not math.isnan(value) and not math.isnan(water)
    ]
    water = sum(one for _, one in used)
    mean = sum(value * one for value, one in used) / water if water else math.nan
    assert float(found.value[0]) == pytest.approx(mean, nan_ok=True)
    assert int(found.valid_hours[0]) == len(used)
    exempt = sum(state in (HourState.STOPPED, HourState.STARTING) for *_, state in hours)
    assert int(found.exempt_hours[0]) == exempt
    assert int(found.invalid_hours[0]) == 24 - exempt - len(used)


def test_ph_of_waste_water_is_averaged_plainly_though_others_are_weighted() -> None:
    values, flow = np.array([[6.0] * 12 + [8.0] * 12]), np.array([[1.0] * 12 + [3.0] * 12])
    plain = day_means(values, DAY, subject=Subject.WASTEWATER, factor="w01001", flow=flow)
    weighted = day_means(values, DAY, subject=Subject.WASTEWATER, factor="w01018", flow=flow)
    assert plain.value.tolist() == [7.0]
    assert weighted.value.tolist() == [7.5]


def test_without_flow_the_plain_mean_is_taken_and_said(limit: Maker) -> None:
    daily = limit(40.0, Period.DAY, item="化学需氧量", unit="mg/L")
    found = judge_days(np.full((1, 24), 30.0), DAY, [daily], subject=Subject.WASTEWATER)
    assert "没有小时流量，以算术平均代替流量加权平均。" in found.derivation(0).cautions
    weighed = judge_days(
        np.full((1, 24), 30.0), DAY, [daily], subject=Subject.WASTEWATER, flow=np.ones((1, 24))
    )
    assert "流量加权平均" in weighed.derivation(0).text()
    assert not any("代替" in one for one in weighed.derivation(0).cautions)


@pytest.mark.parametrize(("hours", "says"), [(1, True), (11, True), (12, False), (24, False)])
def test_a_day_of_few_hours_of_waste_water_says_so(limit: Maker, hours: int, says: bool) -> None:
    """A mean of one hour is a mean by the formulas of HJ 212; what it tells of a day is another question."""
    daily = limit(40.0, Period.DAY, item="化学需氧量", unit="mg/L")
    values = np.full((1, 24), np.nan)
    values[0, :hours] = 90.0
    found = judge_days(values, DAY, [daily], subject=Subject.WASTEWATER).derivation(0)
    assert any(f"只有 {hours} 个有效小时" in one for one in found.cautions) is says


def test_a_day_without_water_has_no_mean() -> None:
    found = day_means(
        np.full((1, 24), 30.0), DAY, subject=Subject.WASTEWATER, flow=np.zeros((1, 24))
    )
    assert np.isnan(found.value).all()
    assert found.dry.all()


def test_a_day_without_water_is_not_judged(limit: Maker) -> None:
    daily = limit(40.0, Period.DAY, item="化学需氧量", unit="mg/L")
    flow = np.zeros((2, 24))
    flow[1, 0] = 1.0
    found = judge_days(np.full((2, 24), 30.0), DAY, [daily], subject=Subject.WASTEWATER, flow=flow)
    assert found.judged.verdict.tolist() == [Verdict.EXEMPT, Verdict.WITHIN]
    assert "当日无排水" in found.derivation(0).text()


def test_a_standing_plant_is_exempt_and_a_start_up_only_if_its_limit_says_so(limit: Maker) -> None:
    values = np.full((2, 24), 40.0)
    states = np.full((2, 24), HourState.STOPPED)
    states[1] = HourState.STARTING
    for exempts, verdicts in [(True, [-2, -2]), (False, [-2, 1])]:
        daily = limit(35.0, Period.DAY, exempts_start_stop=exempts)
        found = judge_days(values, DAY, [daily], subject=Subject.FLUE_GAS, states=states)
        assert found.judged.verdict.tolist() == verdicts


def test_one_call_spans_editions_of_the_rules_and_of_the_limit(limit: Maker) -> None:
    days = np.array(["2025-12-31", "2026-01-01"], dtype="datetime64[D]")
    history = [
        limit(50.0, Period.DAY), limit(35.0, Period.DAY, in_force_from=date(2026, 1, 1))
    ]  # fmt: skip
    found = judge_days(np.full((2, 24), 40.0), days, history, subject=Subject.FLUE_GAS)
    assert found.judged.verdict.tolist() == [Verdict.WITHIN, Verdict.EXCEEDS]
    standards = [{basis.standard for basis in found.derivation(place).basis} for place in range(2)]
    assert "HJ 212-2017" in standards[0]
    assert not any(one == "HJ 212-2017" for one in standards[1])
    assert "有效 24，无效或缺测 0，不计入 0" in found.derivation(0).text()


def test_days_before_any_rule_are_refused(limit: Maker) -> None:
    with pytest.raises(OutsideEditionsError, match="2016-01-01"):
        day_means(np.full((1, 24), 1.0), date(2016, 1, 1), subject=Subject.FLUE_GAS)


def test_values_must_come_by_24_hours_and_be_averageable() -> None:
    with pytest.raises(InputRefusedError, match="最后一维不是 24 小时"):
        day_means(np.ones(23), DAY, subject=Subject.FLUE_GAS)
    with pytest.raises(InputRefusedError, match="不按日均浓度评价"):
        day_means(np.ones((1, 24)), DAY, subject=Subject.WASTEWATER, factor="w00000")
    with pytest.raises(InputRefusedError, match="小时流量"):
        day_means(np.ones((1, 24)), DAY, subject=Subject.WASTEWATER, flow=np.full((1, 24), -1.0))


def test_hydrogen_ions_are_averaged_where_the_rule_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    from zhihuan.standards.data_validity import Mean, ValidityRules

    monkeypatch.setattr(ValidityRules, "mean_of", lambda self, factor: Mean.HYDROGEN_ION)
    found = day_means(np.array([[6.0] * 12 + [8.0] * 12]), DAY, subject=Subject.WASTEWATER)
    assert found.value[0] == pytest.approx(-math.log10((1e-6 + 1e-8) / 2))


def test_a_day_of_too_few_hours_says_so(limit: Maker) -> None:
    found = judge_days(_flue_day(19), DAY, [limit(35.0, Period.DAY)], subject=Subject.FLUE_GAS)
    text = found.derivation(0).text()
    assert "日均值至少需要 20 个有效小时" in text
    assert "不足，无日均值" in text
    assert found.derivation(0).conclusion == "无法判定"


def test_an_hourly_grid_is_cut_at_midnight_of_beijing() -> None:
    start = datetime(2026, 2, 28, 14, tzinfo=UTC)  # 22:00 in Beijing
    times = epoch_seconds([start + timedelta(hours=hour) for hour in range(30)])
    days, values = hours_of_days(on_hours(times, np.arange(30.0)))
    assert [str(day) for day in days] == ["2026-02-28", "2026-03-01", "2026-03-02"]
    assert values[0, 22:].tolist() == [0.0, 1.0]
    assert values[1].tolist() == list(range(2, 26))
    assert values[2, :4].tolist() == [26.0, 27.0, 28.0, 29.0]
    assert np.isnan(values).sum() == 72 - 30
    empty = hours_of_days(on_hours([], np.empty(0)))
    assert (empty.days.shape, empty.values.shape) == ((0,), (0, 24))
