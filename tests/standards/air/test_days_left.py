"""Budgets for the rest of the year: each proved by living through that rest."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from math import floor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.air.days_left import good_day_budget, mean_budget, percentile_budget
from zhihuan.standards.errors import InputRefusedError, OutsideEditionsError

DAY = date(2025, 12, 31)
SERIES = st.lists(st.integers(1, 300), min_size=1, max_size=120)


def p90(values: list[int], percent: int) -> int:
    x = sorted(map(Decimal, values))
    k = 1 + (len(x) - 1) * Decimal(percent) / 100
    s = floor(k)
    upper = x[s] if s < len(x) else x[-1]
    return int((x[s - 1] + (upper - x[s - 1]) * (k - s)).quantize(Decimal(1), ROUND_HALF_EVEN))


@settings(max_examples=150)
@given(SERIES, st.integers(0, 120), st.sampled_from([90, 95, 98]))
def test_the_days_allowed_never_cost_the_target_and_one_more_always_may(
    so_far: list[int], left: int, percent: int
) -> None:
    found = percentile_budget(so_far, percent, 160, "O3", remaining=left, on=DAY)
    allowed = int(found.days_allowed)
    assert int(found.exceeding_so_far) == sum(v > 160 for v in so_far)
    if allowed >= 0:
        worst = so_far + [1999] * allowed + [160] * (left - allowed)
        assert p90(worst, percent) <= 160
    if allowed < left:  # the neighbours at the target itself: one more day is one too many
        high = sum(v > 160 for v in so_far) + max(allowed, 0) + 1
        n = len(so_far) + left
        assert p90([1999] * min(high, n) + [160] * (n - high), percent) > 160


@settings(max_examples=100)
@given(st.integers(1, 120), st.integers(0, 60), st.integers(0, 120), st.sampled_from([90, 95, 98]))
def test_beyond_the_days_possible_nothing_helps(
    low: int, high: int, left: int, percent: int
) -> None:
    so_far = [1] * low + [161] * high
    found = percentile_budget(so_far, percent, 160, "O3", remaining=left, on=DAY)
    possible = int(found.days_possible)
    if possible >= 0:
        assert p90(so_far + [161] * possible + [1] * (left - possible), percent) <= 160
    if possible < left:
        more = possible + 1
        assert p90(so_far + [161] * more + [1] * (left - more), percent) > 160
    assert possible >= int(found.days_allowed)


def test_a_whole_year_ahead_bears_thirty_six_ozone_days() -> None:
    found = percentile_budget(np.full(365, np.nan), 90, 160, "O3", on=DAY)
    assert (int(found.days_allowed), int(found.days_possible)) == (36, 37)
    assert int(found.remaining) == 365


def test_the_last_day_of_the_year_leaves_nothing() -> None:
    values = np.full(365, 100.0)
    values[:37] = 200.0
    found = percentile_budget(values, 90, 160, "O3", on=DAY)
    assert (int(found.remaining), int(found.days_allowed), int(found.days_possible)) == (0, -1, 0)
    assert "两侧的浓度" in found.derivation().text()
    values[:38] = 200.0
    assert "已无法达到目标" in percentile_budget(values, 90, 160, "O3", on=DAY).derivation().text()


def test_missing_days_before_today_do_not_come_back() -> None:
    values = np.full((2, 10), np.nan)
    values[0, [0, 5]] = 100.0
    found = percentile_budget(values, 90, 160, "O3", on=DAY)
    assert found.valid_so_far.tolist() == [2, 0]
    assert found.remaining.tolist() == [4, 10]


def test_a_day_exceeds_by_its_reported_value() -> None:
    found = percentile_budget([160.5, 160.6], 90, 160, "O3", remaining=0, on=DAY)
    assert int(found.exceeding_so_far) == 1


def test_the_percentile_budgets_derivation_counts() -> None:
    year = np.full(365, np.nan)
    year[:200] = 120.0
    year[:20] = 180.0
    text = percentile_budget(year, 90, 160, "O3", on=DAY).derivation().text()
    assert "还可以有 16 天超过 160 µg/m³" in text
    assert "k = 1+(365−1)×90%" in text
    assert "剩余天数：165 天" in text


@settings(max_examples=150)
@given(st.lists(st.integers(1, 90), max_size=200), st.integers(0, 200))
def test_remaining_days_at_the_highest_mean_still_meet_the_target(
    so_far: list[int], left: int
) -> None:
    found = mean_budget(np.array(so_far, float), 30, "PM25", remaining=left, on=DAY)
    highest, n = float(found.highest_mean), len(so_far) + left
    if bool(found.lost):
        rest = [0] * left
        mean = Decimal(sum(so_far) + sum(rest)) / n
        assert mean.quantize(Decimal(1), ROUND_HALF_EVEN) > 30
    elif left:
        mean = (sum(so_far) + highest * left) / n
        assert mean == pytest.approx(30.5)
    elif so_far:
        assert bool(found.met)
        assert sum(so_far) / n <= 30.5
    else:
        assert not bool(found.met)


def test_a_target_whose_tie_rounds_up_is_met_below_it_only() -> None:
    found = mean_budget([], 35, "PM25", remaining=10, on=DAY)  # 35.5 is reported as 36
    assert 35.499 < float(found.highest_mean) < 35.5


def test_the_mean_budgets_derivation_says_what_is_left() -> None:
    text = mean_budget([40.0] * 100, 30, "PM25", remaining=265, on=DAY).derivation().text()
    assert "(30.5×365−40×100)÷265" in text
    assert "剩余各日平均不高于 26.9151 µg/m³" in text
    lost = mean_budget([400.0] * 100, 30, "PM25", remaining=1, on=DAY)
    assert "已无法达到目标" in lost.derivation().text()
    assert "已达到目标" in mean_budget([20.0], 30, "PM25", remaining=0, on=DAY).derivation().text()
    assert (
        "没有有效数据" in mean_budget([np.nan], 30, "PM25", remaining=0, on=DAY).derivation().text()
    )


@settings(max_examples=150)
@given(
    st.lists(st.one_of(st.integers(1, 200), st.none()), max_size=60),
    st.integers(0, 60),
    st.sampled_from([80.0, 90.0, 91.8, 92.5, 100.0]),
)
def test_good_days_agree_with_trying_every_number(
    series: list[int | None], left: int, target: float
) -> None:
    good = sum(1 for v in series if v is not None and v <= 100)
    valid = sum(1 for v in series if v is not None)
    found = good_day_budget(
        [np.nan if v is None else v for v in series], target, remaining=left, on=DAY
    )
    reaching = [
        k
        for k in range(left + 1)
        if valid + left
        and (Decimal(100 * (good + k)) / (valid + left)).quantize(Decimal("0.1"), ROUND_HALF_EVEN)
        >= Decimal(str(target))
    ]
    if reaching:
        assert int(found.must_be_good) == reaching[0]
        assert int(found.may_lose) == left - reaching[0]
    elif valid + left:
        assert int(found.may_lose) == -1


def test_a_ratio_that_rounds_up_to_the_target_reaches_it() -> None:
    found = good_day_budget(np.full(2000, np.nan), 90.2, on=DAY)
    assert int(found.must_be_good) == 1803  # 90.15 % is reported as 90.2 %


def test_the_good_day_budgets_derivation_counts() -> None:
    aqi = np.full(365, np.nan)
    aqi[:200] = 60.0
    aqi[:15] = 130.0
    found = good_day_budget(aqi, 92.0, on=DAY)
    assert (int(found.must_be_good), int(found.may_lose)) == (151, 14)
    text = found.derivation().text()
    assert "剩余 165 天中还可以有 14 天不是优良" in text
    assert "336−185" in text
    assert "已无法达到目标" in good_day_budget(aqi, 99.0, on=DAY).derivation().text()


def test_bad_input_is_refused() -> None:
    with pytest.raises(InputRefusedError, match="mg/m³"):
        mean_budget([0.035] * 9, 30, "PM25", on=DAY)
    with pytest.raises(InputRefusedError, match="不能为负"):
        percentile_budget([-1.0], 90, 160, "O3", on=DAY)
    with pytest.raises(ValueError, match="negative"):
        good_day_budget([50], 90, remaining=-1, on=DAY)
    with pytest.raises(OutsideEditionsError):
        mean_budget([35.0], 30, "PM25", on=date(2001, 1, 1))
    assert mean_budget([0.035], 30, "PM25", remaining=1, on=DAY, checked=False).valid_so_far == 1
    budget = percentile_budget([0.1], 90, 160, "O3", remaining=1, on=DAY, checked=False)
    assert budget.valid_so_far == 1
