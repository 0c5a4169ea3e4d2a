"""Hours of minutes and days of hours: one short, one enough, and the slow route once more."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards.air.means import daily_means, hourly_means
from zhihuan.standards.air.reporting import reported
from zhihuan.standards.errors import InputRefusedError, OutsideEditionsError, UnknownEditionError

DAY = date(2024, 7, 1)
HOURS = st.lists(st.one_of(st.integers(1, 500), st.none()), min_size=24, max_size=24)


def with_gaps(members: int, valid: int) -> np.ndarray:
    values = np.full(members, np.nan)
    values[:valid] = np.arange(1, valid + 1)
    return values


@pytest.mark.parametrize("pollutant", ["SO2", "NO2", "CO", "PM10", "PM25", "NOX"])
def test_twenty_hours_make_a_day_and_nineteen_do_not(pollutant: str) -> None:
    assert float(daily_means(with_gaps(24, 20), pollutant, on=DAY).values) == 10.5
    short = daily_means(with_gaps(24, 19), pollutant, on=DAY)
    assert np.isnan(short.values)
    assert float(short.unjudged) == 10.0
    assert int(short.counts) == 19


@pytest.mark.parametrize("pollutant", ["TSP", "BAP", "PB"])
def test_sampled_pollutants_need_the_whole_day(pollutant: str) -> None:
    assert float(daily_means(with_gaps(24, 24), pollutant, on=DAY).values) == 12.5
    assert np.isnan(daily_means(with_gaps(24, 23), pollutant, on=DAY).values)


def test_forty_five_minutes_make_an_hour_and_forty_four_do_not() -> None:
    assert float(hourly_means(with_gaps(60, 45), "SO2", on=DAY).values) == 23.0
    assert np.isnan(hourly_means(with_gaps(60, 44), "SO2", on=DAY).values)
    one = hourly_means(with_gaps(60, 1), "SO2", on=DAY)
    assert (float(one.unjudged), int(one.counts)) == (1.0, 1)


@given(st.lists(HOURS, min_size=1, max_size=4))
def test_days_agree_with_adding_up_hour_by_hour(table: list[list[int | None]]) -> None:
    hours = np.array([[np.nan if v is None else v for v in row] for row in table])
    found = daily_means(hours, "PM25", on=DAY)
    for at, row in enumerate(table):
        known = [v for v in row if v is not None]
        assert found.counts[at] == len(known)
        if len(known) >= 20:
            assert found.values[at] == pytest.approx(sum(known) / len(known), rel=1e-12)
        else:
            assert np.isnan(found.values[at])


def test_all_missing_and_no_day_at_all() -> None:
    found = daily_means(np.full((2, 24), np.nan), "PM10", on=DAY)
    assert np.isnan(found.values).all()
    assert np.isnan(found.unjudged).all()
    assert not found.valid.any()
    assert daily_means(np.empty((0, 24)), "PM10", on=DAY).values.shape == (0,)
    assert "没有有效数据" in found.derivation(0).text()


def test_one_call_may_span_editions_and_each_day_names_its_own() -> None:
    days = np.array(["2026-02-28", "2026-03-01"], dtype="datetime64[D]")
    found = daily_means(np.full((3, 2, 24), 40.0), "PM25", on=days)
    assert found.values.shape == (3, 2)
    assert "GB 3095-2012 表4" in found.derivation((2, 0)).text()
    assert "GB 3095-2026 表4" in found.derivation((2, 1)).text()


def test_a_forced_edition_is_said_so() -> None:
    found = daily_means(np.full(24, 40.0), "PM25", edition="HJ 663-2026")
    assert "由使用者指定采用" in found.derivation().text()
    with pytest.raises(UnknownEditionError):
        daily_means(np.full(24, 40.0), "PM25", edition="HJ 663-1999")


def test_ozone_has_no_daily_mean() -> None:
    with pytest.raises(ValueError, match="MDA8"):
        daily_means(np.full(24, 40.0), "O3", on=DAY)
    with pytest.raises(ValueError, match="printed for SO2"):
        hourly_means(np.full(60, 40.0), "TSP", on=DAY)


def test_a_day_has_twenty_four_hours() -> None:
    with pytest.raises(ValueError, match="24 values"):
        daily_means(np.full(23, 40.0), "PM25", on=DAY)
    with pytest.raises(OutsideEditionsError):
        daily_means(np.full(24, 40.0), "PM25", on=date(2001, 1, 1))


def test_milligrams_negatives_and_infinities_are_refused_in_words() -> None:
    with pytest.raises(InputRefusedError, match="mg/m³"):
        daily_means(np.full((3, 24), 0.035), "PM25", on=DAY)
    with pytest.raises(InputRefusedError, match="不能为负"):
        daily_means([-1.0] * 24, "PM25", on=DAY)
    with pytest.raises(InputRefusedError, match="无穷大"):
        daily_means([np.inf] + [1.0] * 23, "PM25", on=DAY)
    with pytest.raises(InputRefusedError, match="不能为负"):
        daily_means([[1.0] * 24, [-1.0] * 24], "TSP", on=DAY)
    with pytest.raises(InputRefusedError, match="mg/m³"):
        hourly_means(np.full(60, 0.035), "PM25", on=DAY)
    assert float(daily_means(np.full(24, 0.035), "PM25", on=DAY, checked=False).values)
    assert float(hourly_means(np.full(60, -1.0), "PM25", on=DAY, checked=False).values) == -1


def test_one_clean_hour_is_not_a_unit_mixed_up() -> None:
    hours = np.full(24, 6.0)
    hours[3:6] = [0.2, 0.0, 0.4]
    assert float(daily_means(hours, "SO2", on=DAY).values) == pytest.approx(5.275)


def test_the_derivation_shows_counts_mean_and_rounding() -> None:
    text = daily_means(with_gaps(24, 20), "PM25", on=DAY).derivation().text()
    assert "有效小时值数：20 个" in text
    assert "20 个有效小时值的平均 = 10.5" in text
    assert "→ 10 µg/m³" in text  # 10.5 goes to the even ten
    assert "19 < 20" in daily_means(with_gaps(24, 19), "PM25", on=DAY).derivation().text()


def test_narrow_and_masked_hours_give_the_mean_of_their_decimals() -> None:
    hours = np.repeat([0.9, 1.0], 12)
    narrow = daily_means(hours.astype(np.float32), "CO", on=date(2025, 6, 1))
    assert reported(narrow.values, "CO", on=date(2025, 6, 1)) == 1.0
    hidden = np.ma.masked_array(hours, mask=np.arange(24) < 5)
    assert np.isnan(daily_means(hidden, "CO", on=date(2025, 6, 1)).values)
