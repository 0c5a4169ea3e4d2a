"""Two real years of eleven stations: gaps as they happen, against a slow loop over the rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from zhihuan.standards.air.annual import evaluate_annual
from zhihuan.standards.air.city_means import city_means
from zhihuan.standards.air.means import daily_means
from zhihuan.standards.air.ozone_8h import mda8
from zhihuan.standards.air.periods import period_means

POLLUTANTS = {"so2": "SO2", "no2": "NO2", "co_ug": "CO", "o3": "O3", "pm10": "PM10", "pm25": "PM25"}
DAYS = np.datetime64("2014-01-01", "D") + np.arange(730)


@pytest.fixture(scope="module")
def beijing(shared: Path) -> dict[str, np.ndarray]:
    """Pollutant to (stations, days, 24); the file's hour 0 is taken as the first of its day."""
    table = pq.read_table(shared / "data/air/beijing_prsa_hourly_2014_2015.parquet")
    station = table["station"].combine_chunks().indices.to_numpy()
    times = table["time"].to_numpy().astype("datetime64[h]")
    hour = (times - np.datetime64("2014-01-01T00", "h")).astype(int)
    found = {}
    for column, name in POLLUTANTS.items():
        grid = np.full((station.max() + 1, 730 * 24), np.nan)
        measured = table[column].to_numpy(zero_copy_only=False).astype(np.float64)
        values = np.round(measured, 4)  # the decimals that were written, not their float32
        grid[station, hour] = values / 1000 if name == "CO" else values
        found[name] = grid.reshape(-1, 730, 24)
    return found


def known(row: np.ndarray) -> list[float]:
    return [value for value in row.tolist() if value == value]


def slow_mda8(row: np.ndarray) -> float | None:
    windows = []
    for label in range(8, 25):
        inside = known(row[label - 8 : label])
        if len(inside) >= 6:
            windows.append(sum(inside) / len(inside))
    if not windows or (len(windows) < 14 and round(max(windows)) <= 160):
        return None
    return max(windows)


def station_days(values: np.ndarray) -> Iterator[tuple[int, int, np.ndarray]]:
    for station in range(0, values.shape[0], 3):
        for day in range(values.shape[1]):
            yield station, day, values[station, day]


@pytest.mark.parametrize("pollutant", ["SO2", "NO2", "CO", "PM10", "PM25"])
def test_real_days_are_valid_when_twenty_real_hours_are(
    beijing: dict[str, np.ndarray], pollutant: str
) -> None:
    found = daily_means(beijing[pollutant], pollutant, on=DAYS)
    short = 0
    for station, day, row in station_days(beijing[pollutant]):
        hours = known(row)
        if len(hours) >= 20:
            assert found.values[station, day] == pytest.approx(sum(hours) / len(hours), rel=1e-9)
        else:
            short += 1
            assert np.isnan(found.values[station, day])
    assert short > 10  # the data do hold days that are too short


def test_real_ozone_days_agree_with_the_windows_looked_at_one_by_one(
    beijing: dict[str, np.ndarray],
) -> None:
    found = mda8(beijing["O3"], on=DAYS)
    kept = 0
    for station, day, row in station_days(beijing["O3"]):
        expected = slow_mda8(row)
        if expected is None:
            assert np.isnan(found.values[station, day])
        else:
            assert found.values[station, day] == pytest.approx(expected, rel=1e-9)
            kept += bool(found.kept[station, day])
    assert np.count_nonzero(found.kept) >= kept


def test_real_months_and_years_count_their_days(beijing: dict[str, np.ndarray]) -> None:
    daily = daily_means(beijing["PM25"], "PM25", on=DAYS).values
    months = period_means(daily, DAYS, "PM25", period="month")
    years = period_means(daily, DAYS, "PM25", period="year")
    calendar = [day.astype(object) for day in DAYS]
    for station in range(daily.shape[0]):
        valid_months: dict[int, int] = {}
        for at, (year, month) in enumerate((y, m) for y in (2014, 2015) for m in range(1, 13)):
            inside = [
                daily[station, k]
                for k, day in enumerate(calendar)
                if (day.year, day.month) == (year, month) and daily[station, k] == daily[station, k]
            ]
            enough = len(inside) >= (25 if month == 2 else 27)
            assert np.isnan(months.values[station, at]) == (not enough)
            valid_months[year] = valid_months.get(year, 0) + enough
        for at, year in enumerate((2014, 2015)):
            total = sum(
                1
                for k, day in enumerate(calendar)
                if day.year == year and daily[station, k] == daily[station, k]
            )
            assert np.isnan(years.values[station, at]) == (total < 324 or valid_months[year] < 12)


def test_beijings_years_fail_on_particles_and_their_means_are_plausible(
    beijing: dict[str, np.ndarray],
) -> None:
    """Published means of the whole city: PM2.5 85.9 in 2014 and 80.6 in 2015 (all its stations)."""
    city = {
        name: city_means(
            (mda8(hours, on=DAYS) if name == "O3" else daily_means(hours, name, on=DAYS)).values,
            ["北京"] * len(hours),
            on=DAYS,
        ).of("北京")
        for name, hours in beijing.items()
    }
    found = evaluate_annual(city, DAYS)
    assert found.attained.tolist() == [0, 0]
    assert found.pollutant_attained["PM25"].tolist() == [0, 0]
    assert found.statistics.figures("PM25") == pytest.approx([85.9, 80.6], abs=4)
    assert DAYS[-1] - DAYS[0] == timedelta(days=729)
