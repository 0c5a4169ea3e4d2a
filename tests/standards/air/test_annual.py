"""A year evaluated: items, limits, multiples, verdicts, and the whole once more by the slow route."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from math import floor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.air.annual import (
    day_attainment,
    evaluate_annual,
    evaluate_statistics,
    exceedance_multiple,
    three_year_means,
)
from zhihuan.standards.air.period_statistics import period_statistics
from zhihuan.standards.errors import InputRefusedError, OutsideEditionsError

YEAR = np.datetime64("2023-01-01", "D") + np.arange(365)
CLEAN = {"SO2": 8.0, "NO2": 22.0, "PM10": 40.0, "PM25": 22.0, "CO": 0.8, "O3": 110.0}
LIMITS_2012 = {
    "SO2": (60, 98, 150), "NO2": (40, 98, 80), "PM10": (70, 95, 150), "PM25": (35, 95, 75),
    "CO": (None, 95, 4), "O3": (None, 90, 160),
}  # fmt: skip


def a_year(**instead: float | np.ndarray) -> dict[str, np.ndarray]:
    return {name: np.full(365, value) for name, value in (CLEAN | instead).items()}


def rounded(value: Decimal, pollutant: str) -> Decimal:
    return value.quantize(Decimal("0.1" if pollutant == "CO" else "1"), ROUND_HALF_EVEN)


def by_the_text(series: list[Decimal | None], pollutant: str) -> tuple[bool | None, list[Decimal]]:
    """The verdict on one pollutant of a year of 365 days, and its reported figures."""
    limit, percent, daily_limit = LIMITS_2012[pollutant]
    known = [v for v in series if v is not None]
    lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    starts = [sum(lengths[:m]) for m in range(12)]
    months = [
        sum(v is not None for v in series[s : s + n]) for s, n in zip(starts, lengths, strict=True)
    ]
    if len(known) < 324 or any(n < (25 if m == 1 else 27) for m, n in enumerate(months)):
        return None, []
    x = sorted(rounded(v, pollutant) for v in known)
    k = 1 + (len(x) - 1) * Decimal(percent) / 100
    s = floor(k)
    upper = x[s] if s < len(x) else x[-1]
    figures = [(rounded(x[s - 1] + (upper - x[s - 1]) * (k - s), pollutant), daily_limit)]
    if limit is not None:
        figures.append((rounded(sum(known) / len(known), pollutant), limit))
    return all(value <= bound for value, bound in figures), [value for value, _ in figures]


@settings(max_examples=40)
@given(
    st.sampled_from(sorted(LIMITS_2012)),
    st.integers(1, 40),
    st.integers(0, 45),
    st.randoms(use_true_random=False),
)
def test_a_pollutants_year_agrees_with_the_text_followed_day_by_day(
    pollutant: str, level: int, gaps: int, chance: object
) -> None:
    scale = {"CO": 5}.get(pollutant, 250)
    series: list[Decimal | None] = [
        Decimal(chance.randint(1, level * scale)).scaleb(-2 if pollutant == "CO" else -1)  # type: ignore[attr-defined]
        for _ in range(365)
    ]
    for at in chance.sample(range(365), gaps):  # type: ignore[attr-defined]
        series[at] = None
    values = np.array([np.nan if v is None else float(v) for v in series])
    found = evaluate_annual({pollutant: values}, YEAR, checked=False)
    verdict, figures = by_the_text(series, pollutant)
    expected = -1 if verdict is None else int(verdict)
    assert found.pollutant_attained[pollutant].tolist() == [expected]
    if verdict is not None:
        assert found.statistics.figures(pollutant, "percentile")[0] == float(figures[0])
        if len(figures) > 1:
            assert found.statistics.figures(pollutant)[0] == float(figures[1])


def test_a_clean_city_attains() -> None:
    found = evaluate_annual(a_year(), YEAR)
    assert found.attained.tolist() == [1]
    assert [item.multiple[0] for item in found.items] == [0.0] * 10
    assert "结论：\n  1. 达标" in found.derivation(0).text()


def test_one_failing_item_is_enough() -> None:
    found = evaluate_annual(a_year(PM25=36.0), YEAR)
    assert found.attained.tolist() == [0]
    assert found.pollutant_attained["PM25"].tolist() == [0]
    text = found.derivation(0).text()
    assert "不达标：PM2.5超标" in text
    assert "36 > 35 µg/m³，(36−35)÷35（GB/T 8170，2 位小数） → 超标 0.03 倍【决定项】" in text


def test_the_percentile_alone_can_fail() -> None:
    values = np.full(365, 20.0)
    values[:20] = 120.0
    found = evaluate_annual(a_year(PM25=values), YEAR)
    assert found.statistics.figures("PM25")[0] <= 35
    assert found.statistics.figures("PM25", "percentile")[0] > 75
    assert found.attained.tolist() == [0]


def test_a_missing_pollutant_is_never_compliant() -> None:
    daily = a_year()
    del daily["CO"]
    found = evaluate_annual(daily, YEAR)
    assert found.attained.tolist() == [-1]
    assert found.pollutant_attained["CO"].tolist() == [-1]
    assert "无法判定" in found.derivation(0).text()
    assert np.isnan(found.statistics.figures("CO", "percentile")).all()


def test_failing_outweighs_lacking() -> None:
    daily = a_year(O3=200.0)
    daily["CO"] = np.full(365, np.nan)
    found = evaluate_annual(daily, YEAR)
    assert found.attained.tolist() == [0]
    assert "CO 无有效统计值" in found.derivation(0).text()


def test_too_few_days_leave_the_item_unjudged_and_kept() -> None:
    values = np.full(365, 50.0)
    values[:5] = np.nan
    found = evaluate_annual(a_year(PM25=values), YEAR)
    assert found.pollutant_attained["PM25"].tolist() == [-1]
    item = next(i for i in found.items if i.statistic.item.name == "PM2.5 平均")
    assert float(item.statistic.unjudged[0]) == 50.0
    assert np.isnan(item.multiple).all()
    assert "有效天数不足" in found.derivation(0).text()


def test_the_limit_is_met_as_reported() -> None:
    assert evaluate_annual(a_year(O3=160.5), YEAR).attained.tolist() == [1]
    assert evaluate_annual(a_year(O3=160.6), YEAR).attained.tolist() == [0]


def test_class_one_zones_have_their_own_limits() -> None:
    assert evaluate_annual(a_year(), YEAR, area_class=1).attained.tolist() == [0]
    with pytest.raises(ValueError, match="1 and 2"):
        evaluate_annual(a_year(), YEAR, area_class=3)


def test_two_years_are_judged_by_the_law_of_their_own_last_day() -> None:
    days = np.datetime64("2025-01-01", "D") + np.arange(730)
    daily = {name: np.full((2, 730), value) for name, value in (CLEAN | {"PM25": 33.0}).items()}
    found = evaluate_annual(daily, days)
    assert found.attained.tolist() == [[1, 0], [1, 0]]
    assert "GB 3095-2012" in found.derivation((0, 0)).text()
    assert "GB 3095-2026" in found.derivation((1, 1)).text()
    kept = evaluate_annual(daily, days, limits_edition="GB 3095-2012")
    assert kept.attained.tolist() == [[1, 1], [1, 1]]
    forced = evaluate_annual(daily, days, edition="HJ 663-2013")
    assert "HJ 663-2013 表1 基本评价项目" in forced.derivation((0, 1)).text()
    final = np.datetime64("2031-01-01", "D") + np.arange(365)
    assert evaluate_annual(a_year(PM25=26.0), final).attained.tolist() == [0]


def test_months_have_statistics_too() -> None:
    found = period_statistics(a_year(), YEAR, period="month")
    assert found.figures("PM25").tolist() == [22.0] * 12
    assert found.figures("O3", "percentile").tolist() == [110.0] * 12
    assert str(found.first_day[1]) == "2023-02-01"
    assert found.index_figures()["CO"].tolist() == [0.8] * 12
    assert evaluate_statistics(found).attained.tolist() == [1] * 12


def test_no_day_no_period_and_no_pollutant() -> None:
    found = evaluate_annual({name: [] for name in CLEAN}, YEAR[:0])
    assert found.attained.shape == (0,)
    nothing = evaluate_annual({}, YEAR)
    assert nothing.attained.tolist() == [-1]
    assert "无法判定" in nothing.derivation(0).text()


def test_all_missing_cannot_be_judged() -> None:
    found = evaluate_annual({name: np.full(365, np.nan) for name in CLEAN}, YEAR)
    assert found.attained.tolist() == [-1]
    assert "没有有效数据" in found.derivation(0).text()


def test_bad_input_is_refused_in_words() -> None:
    with pytest.raises(InputRefusedError, match="mg/m³"):
        evaluate_annual(a_year(PM25=0.022), YEAR)
    with pytest.raises(InputRefusedError, match="个数不一致"):
        evaluate_annual({"PM25": np.ones(3)}, YEAR)
    with pytest.raises(ValueError, match="TSP"):
        evaluate_annual({"TSP": np.ones(365)}, YEAR)
    with pytest.raises(OutsideEditionsError):
        evaluate_annual(a_year(), np.datetime64("2001-01-01", "D") + np.arange(365))


@given(st.integers(0, 900), st.integers(1, 300))
def test_multiples_are_the_decimal_quotient_rounded_once(value: int, limit: int) -> None:
    exact = max((Decimal(value) - limit) / limit, Decimal(0))
    expected = float(exact.quantize(Decimal("0.01"), ROUND_HALF_EVEN))
    assert float(exceedance_multiple(value, limit)) == expected


def test_a_missing_value_has_no_multiple() -> None:
    assert np.isnan(exceedance_multiple(np.nan, 35))


def test_three_years_need_three_years() -> None:
    assert np.isnan(three_year_means([30.0, 31.0])).all()
    assert three_year_means([[30.0, 33.0, 36.0], [30.0, np.nan, 30.0]])[0, 2] == 33.0
    assert np.isnan(three_year_means([30.0, np.nan, 30.0, 30.0])).all()


def test_days_are_held_against_the_limit_of_their_own_day() -> None:
    days = np.array(["2026-02-28", "2026-03-01", "2026-03-02"], dtype="datetime64[D]")
    found = day_attainment([[70.0, 70.0, np.nan], [60.5, 60.4, 60.6]], days, "PM25")
    assert found.exceeds.tolist() == [[0, 1, -1], [0, 0, 1]]
    assert found.valid.tolist() == [2, 3]
    assert found.ratio_percent.tolist() == [50.0, 66.7]
    ozone = day_attainment([160.5, 160.6], days[:2], "O3")
    assert ozone.exceeds.tolist() == [0, 1]
    assert np.isnan(day_attainment([], days[:0], "O3").ratio_percent)
    assert day_attainment([50.0], days[:1], "PM25", area_class=1).attained.tolist() == 0


def test_a_year_before_the_limits_is_an_error() -> None:
    with pytest.raises(OutsideEditionsError):
        day_attainment([50.0], [date(2001, 1, 1)], "PM25")
