"""Months, quarters and years of daily means: minima at their edges, and the slow route once more."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.air.periods import PERIODS, period_means, slices_of
from zhihuan.standards.errors import InputRefusedError, OutsideEditionsError


def calendar(first: str, count: int) -> np.ndarray:
    return np.datetime64(first, "D") + np.arange(count)


YEAR = calendar("2023-01-01", 365)


def a_year(missing: int = 0, *, month: str = "") -> np.ndarray:
    """A year of 30s without the first ``missing`` days of a month, or spread over the months."""
    values = np.full(365, 30.0)
    if month:
        inside = np.flatnonzero(YEAR.astype("datetime64[M]") == np.datetime64(month))
        values[inside[:missing]] = np.nan
        return values
    spread = np.concatenate([calendar_rows(k) for k in range(12)])
    values[spread[:missing]] = np.nan
    return values


def calendar_rows(month: int) -> np.ndarray:
    """Rows of the days a month may lose without falling short: all above 27 (25)."""
    inside = np.flatnonzero(YEAR.astype("datetime64[M]").astype(int) % 12 == month)
    return inside[25 if month == 1 else 27 :]


@pytest.mark.parametrize("pollutant", ["SO2", "NO2", "PM10", "PM25", "NOX", "CO", "O3"])
def test_a_year_needs_27_days_a_month_and_25_in_february(pollutant: str) -> None:
    values = a_year(41)  # every month at its minimum
    found = period_means(values, YEAR, pollutant, period="year", checked=False)
    assert int(found.days.counts[0]) >= 324
    assert float(found.values[0]) == 30.0


def test_twenty_six_days_in_one_month_spoil_the_year() -> None:
    assert float(period_means(a_year(4, month="2023-05"), YEAR, "PM25", period="year").values[0])
    spoilt = period_means(a_year(5, month="2023-05"), YEAR, "PM25", period="year")
    assert np.isnan(spoilt.values[0])
    assert float(spoilt.unjudged[0]) == 30.0
    assert "2023-05（26 天，需 27）" in spoilt.derivation(0).text()


def test_twenty_four_days_in_february_spoil_the_year() -> None:
    assert float(period_means(a_year(3, month="2023-02"), YEAR, "PM25", period="year").values[0])
    assert np.isnan(period_means(a_year(4, month="2023-02"), YEAR, "PM25", period="year").values[0])


def test_323_days_are_one_too_few_however_the_months_stand() -> None:
    """12 months at 27 (25) make 322: the sum is a test of its own."""
    values = a_year(365)  # all months at their minimum: 11·27 + 25 = 322
    assert int(period_means(values, YEAR, "PM25", period="year").days.counts[0]) == 322
    assert np.isnan(period_means(values, YEAR, "PM25", period="year").values[0])
    values[calendar_rows(0)[0]] = 30.0
    assert np.isnan(period_means(values, YEAR, "PM25", period="year").values[0])
    values[calendar_rows(2)[0]] = 30.0
    assert float(period_means(values, YEAR, "PM25", period="year").values[0]) == 30.0


def five_a_month() -> np.ndarray:
    """Lead on the 1st, 7th, 13th, 19th and 25th of every month: 60 days."""
    day_of_month = (YEAR - YEAR.astype("datetime64[M]")).astype(int) + 1
    return np.where(np.isin(day_of_month, [1, 7, 13, 19, 25]), 0.2, np.nan)


@pytest.mark.parametrize("pollutant", ["TSP", "BAP", "PB"])
def test_sampled_pollutants_need_sixty_days_and_five_a_month(pollutant: str) -> None:
    values = five_a_month()
    found = period_means(values, YEAR, pollutant, period="year")
    assert int(found.days.counts[0]) == 60
    assert float(found.values[0]) == pytest.approx(0.2)
    values[0], values[1:6] = np.nan, np.nan
    assert np.isnan(period_means(values, YEAR, pollutant, period="year").values[0])
    values[32] = 0.2  # sixty again, but January has four
    assert np.isnan(period_means(values, YEAR, pollutant, period="year").values[0])


def test_a_quarter_of_lead_needs_fifteen_days() -> None:
    values = five_a_month()
    quarters = period_means(values, YEAR, "PB", period="quarter")
    assert quarters.days.counts.tolist() == [15, 15, 15, 15]
    assert not np.isnan(quarters.values).any()
    values[0] = np.nan
    assert np.isnan(period_means(values, YEAR, "PB", period="quarter").values).tolist() == [
        True, False, False, False,
    ]  # fmt: skip


def test_other_quarters_need_each_of_their_months() -> None:
    found = period_means(a_year(5, month="2023-05"), YEAR, "PM25", period="quarter")
    assert np.isnan(found.values).tolist() == [False, True, False, False]
    halves = period_means(a_year(5, month="2023-05"), YEAR, "PM25", period="half_year")
    assert np.isnan(halves.values).tolist() == [True, False]


def test_until_now_only_finished_months_are_asked() -> None:
    days = calendar("2023-01-01", 31 + 28 + 3)
    found = period_means(np.full(62, 30.0), days, "PM25", period="year_to_date")
    assert float(found.values[0]) == 30.0
    assert str(found.last_day[0]) == "2023-03-03"
    assert np.isnan(period_means(np.full(62, 30.0), days, "PM25", period="year").values[0])


def test_a_month_without_rows_is_a_month_without_data() -> None:
    days = np.concatenate([calendar("2023-01-01", 31), calendar("2023-12-01", 31)])
    found = period_means(np.full(62, 30.0), days, "PM25", period="year")
    assert int(found.days.short_months[0]) == 10
    assert int(found.days.counts[0]) == 62
    assert float(found.unjudged[0]) == 30.0


def test_no_day_has_no_period() -> None:
    for period in PERIODS:
        found = period_means(np.empty((2, 0)), YEAR[:0], "PM25", period=period)
        assert found.values.shape == (2, 0)


def test_all_missing_is_no_mean() -> None:
    found = period_means(np.full((2, 365), np.nan), YEAR, "PM25", period="month")
    assert np.isnan(found.values).all()
    assert np.isnan(found.unjudged).all()


@settings(max_examples=40)
@given(
    st.dates(date(2014, 1, 1), date(2027, 12, 1)),
    st.lists(st.one_of(st.integers(1, 300), st.none()), min_size=1, max_size=200),
    st.sampled_from(["month", "quarter", "half_year"]),
)
def test_periods_agree_with_going_through_the_calendar(
    first: date, series: list[int | None], period: str
) -> None:
    days = [first + timedelta(days=k) for k in range(len(series))]
    length = {"month": 1, "quarter": 3, "half_year": 6}[period]
    groups: dict[tuple[int, int], list[tuple[date, int]]] = {}
    for day, value in zip(days, series, strict=True):
        group = groups.setdefault((day.year, (day.month - 1) // length), [])
        if value is not None:
            group.append((day, value))
    values = np.array([np.nan if v is None else v for v in series])
    found = period_means(values, np.array(days, "datetime64[D]"), "PM10", period=period)
    for at, ((_, block), members) in enumerate(sorted(groups.items())):
        per_month = [
            sum(d.month == block * length + k + 1 for d, _ in members) for k in range(length)
        ]
        needed = [25 if block * length + k + 1 == 2 else 27 for k in range(length)]
        if all(n >= least for n, least in zip(per_month, needed, strict=True)):
            mean = sum(v for _, v in members) / len(members)
            assert found.values[at] == pytest.approx(mean, rel=1e-12)
        else:
            assert np.isnan(found.values[at])
        assert found.days.counts[at] == len(members)


def test_a_year_is_judged_by_the_law_of_its_last_day() -> None:
    days = calendar("2025-01-01", 730)
    found = period_means(np.full((2, 730), 30.0), days, "PM25", period="year")
    assert "GB 3095-2012" in found.derivation((1, 0)).text()
    assert "GB 3095-2026" in found.derivation((1, 1)).text()
    assert "有效日均值数：365 天" in found.derivation((0, 1)).text()


def test_disorder_is_refused_with_the_row() -> None:
    days = calendar("2023-01-01", 3)[[0, 2, 1]]
    with pytest.raises(InputRefusedError, match=r"第 3 行.*早于上一行"):
        period_means(np.ones(3), days, "PM25", period="month")
    with pytest.raises(InputRefusedError, match=r"第 2 行.*日期重复"):
        slices_of(days[[0, 0]], "month")
    with pytest.raises(InputRefusedError, match="个数不一致"):
        period_means(np.ones(2), days, "PM25", period="month")
    with pytest.raises(ValueError, match="month, quarter"):
        slices_of(YEAR, "week")
    with pytest.raises(InputRefusedError, match="不能为负"):
        period_means(-np.ones(365), YEAR, "PM25", period="month")
    with pytest.raises(OutsideEditionsError):
        period_means(np.ones(31), calendar("2001-01-01", 31), "PM25", period="month")
