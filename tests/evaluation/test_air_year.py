"""A nation's year from one Parquet file: rows in any order, every refusal with its row."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from zhihuan.evaluation.air_hours_file import AirHoursFile
from zhihuan.evaluation.air_year import evaluate_air_year
from zhihuan.evaluation.errors import FileRefusedError
from zhihuan.standards.errors import InputRefusedError

YEAR = 2025
HOURS = 365 * 24
LEVELS = {"SO2": 6.0, "NO2": 20.0, "CO": 0.7, "O3": 90.0, "PM10": 40.0, "PM25": 22.0}
FIRST_END = np.datetime64("2024-12-31T17", "s")  # 01:00 in Beijing on 1 January 2025, in UTC

Columns = dict[str, Any]
Write = Callable[[Columns], Path]


def a_nation() -> Columns:
    """Two cities of two points and a control point each; 珠海 is the cleaner by a tenth."""
    stations = [("1001A", "中山", False, 1.0), ("1002A", "中山", False, 1.2), ("1003A", "中山", True, 9.0),
                ("2001A", "珠海", False, 0.9), ("2002A", "珠海", False, 1.1), ("2003A", "珠海", True, 9.0)]  # fmt: skip
    ends = np.tile(FIRST_END + 3600 * np.arange(HOURS), len(stations))
    factor = np.repeat([s[3] for s in stations], HOURS)
    columns: Columns = {
        "station": np.repeat([s[0] for s in stations], HOURS),
        "city": np.repeat([s[1] for s in stations], HOURS),
        "control": np.repeat([s[2] for s in stations], HOURS),
        "time": pa.array(ends).cast(pa.timestamp("s", tz="UTC")),
    }
    return columns | {name: level * factor for name, level in LEVELS.items()}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(columns: Columns) -> Path:
        path = tmp_path / "year.parquet"
        pq.write_table(pa.table(columns), path, row_group_size=7000)
        return path

    return written


def first_rows(columns: Columns, count: int) -> Columns:
    return {name: column[:count] for name, column in columns.items()}


def test_cities_are_evaluated_and_ranked_without_their_control_points(write: Write) -> None:
    told: list[str] = []
    found = evaluate_air_year(write(a_nation()), YEAR, told=told.append)
    table = found.columns()
    assert table["城市"].tolist() == ["珠海", "中山"]
    assert table["名次"].tolist() == [1, 2]
    assert table["PM2.5 年平均"].tolist() == [22, 24]
    assert table["O3 第90百分位数"].tolist() == [90, 99]
    # 珠海: 6/60 + 20/40 + 40/70 + 22/35 + 0.7/4 + 90/160, each to two decimals
    assert table["综合指数"].tolist()[0] == pytest.approx(0.10 + 0.50 + 0.57 + 0.63 + 0.18 + 0.56)
    assert table["年评价"].tolist() == ["达标", "达标"]
    assert table["优良天数比例"].tolist() == [100.0, 100.0]
    assert table["有效天数"].tolist() == [365, 365]
    assert (found.stations, found.rows, found.outside) == (6, 6 * HOURS, 0)
    assert len(told) == 7
    assert "PM2.5 平均" in found.evaluation.derivation((0, 0)).text()


def test_rows_may_stand_in_any_order(write: Write) -> None:
    straight = evaluate_air_year(write(a_nation()), YEAR).columns()
    order = np.random.default_rng(1).permutation(6 * HOURS)
    shuffled = {
        name: column.take(pa.array(order)) if isinstance(column, pa.Array) else column[order]
        for name, column in a_nation().items()
    }
    mixed = evaluate_air_year(write(shuffled), YEAR).columns()
    assert all(np.array_equal(straight[name], mixed[name]) for name in straight)


def test_hours_of_other_years_are_left_out_and_counted(write: Write) -> None:
    columns = a_nation()
    path = write(columns)
    assert evaluate_air_year(path, 2024).outside == 6 * HOURS
    assert (evaluate_air_year(path, 2024).ranking.ranks == -1).all()
    midnight = pa.array([np.datetime64("2024-12-31T16", "s"), np.datetime64("2025-12-31T16", "s")])
    two = {name: column[:2] for name, column in columns.items()} | {
        "time": midnight.cast(pa.timestamp("s", tz="UTC"))
    }
    hours = AirHoursFile.opened(write(two), YEAR)
    assert hours.outside == 1  # the year's first 00:00 is the last hour of the year before
    assert hours.grid("PM25")[0, 364, 23] == 22.0


def test_gaps_make_days_and_then_years_unjudged(write: Write) -> None:
    columns = a_nation()
    gone = columns["PM25"].copy()
    gone[: 5 * 24 + 4] = np.nan  # January keeps 26 days of this point ...
    gone[HOURS : HOURS + 5 * 24 + 4] = np.nan  # ... and of the other one
    found = evaluate_air_year(write(columns | {"PM25": gone}), YEAR)
    assert found.columns()["名次"].tolist() == [1, 0]
    assert found.columns()["年评价"].tolist() == ["达标", "无法判定"]


def test_a_pollutant_the_file_does_not_have_is_missing(write: Write) -> None:
    columns = a_nation()
    del columns["CO"]
    found = evaluate_air_year(write(columns), YEAR)
    assert (found.ranking.ranks == -1).all()
    assert found.columns()["年评价"].tolist() == ["无法判定", "无法判定"]


def test_single_precision_stands_for_the_decimals_it_was_written_from(write: Write) -> None:
    narrow = {n: c.astype(np.float32) if n in LEVELS else c for n, c in a_nation().items()}
    assert evaluate_air_year(write(narrow), YEAR).columns()["综合指数"][0] == pytest.approx(2.54)


def test_no_row_is_no_city(write: Write) -> None:
    empty = pa.table(a_nation()).slice(0, 0)
    found = evaluate_air_year(write(empty), YEAR)
    assert found.cities == ()
    assert len(found.columns()["城市"]) == 0


def test_stations_and_cities_without_a_control_column(write: Write) -> None:
    columns = first_rows(a_nation(), 48)
    del columns["control"]
    columns["station"] = pa.array(columns["station"]).dictionary_encode()
    hours = AirHoursFile.opened(write(columns), YEAR)
    assert (hours.stations, hours.cities, hours.control.tolist()) == (
        ("1001A",),
        ("中山",),
        [False],
    )


def bad_times(kind: str) -> Columns:
    columns = first_rows(a_nation(), 30)
    seconds = FIRST_END + 3600 * np.arange(30)
    if kind == "no zone":
        return columns | {"time": pa.array(seconds)}
    if kind == "text":
        return columns | {"time": np.datetime_as_string(seconds)}
    if kind == "off the hour":
        seconds[4] += 60
    if kind == "twice":
        seconds[7] = seconds[2]
    stamps = pa.array(seconds, mask=np.arange(30) == (9 if kind == "empty" else 99))
    return columns | {"time": stamps.cast(pa.timestamp("s", tz="UTC"))}


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("no zone", "带时区"),
        ("text", "带时区"),
        ("off the hour", "第 5 行：时间不在整点上"),
        ("twice", "第 8 行：点位 1001A 的这一小时已有一行"),
        ("empty", "第 10 行：时间为空"),
    ],
)
def test_times_that_cannot_be_placed_are_refused(write: Write, kind: str, words: str) -> None:
    with pytest.raises(FileRefusedError, match=words):
        AirHoursFile.opened(write(bad_times(kind)), YEAR)


def test_points_that_move_or_have_no_name_are_refused(write: Write) -> None:
    columns = first_rows(a_nation(), 30)
    city = columns["city"].copy()
    city[20] = "珠海"
    with pytest.raises(FileRefusedError, match="第 21 行：点位 1001A 的城市"):
        AirHoursFile.opened(write(columns | {"city": city}), YEAR)
    control = columns["control"].copy()
    control[3] = True
    with pytest.raises(FileRefusedError, match="第 4 行"):
        AirHoursFile.opened(write(columns | {"control": control}), YEAR)
    nameless = pa.array([None if k == 6 else "1001A" for k in range(30)])
    with pytest.raises(FileRefusedError, match="第 7 行：station 为空"):
        AirHoursFile.opened(write(columns | {"station": nameless}), YEAR)
    del columns["city"]
    with pytest.raises(FileRefusedError, match="缺少列：city"):
        AirHoursFile.opened(write(columns), YEAR)


def test_a_nation_in_milligrams_is_refused(write: Write) -> None:
    columns = a_nation()
    with pytest.raises(InputRefusedError, match="mg/m³"):
        evaluate_air_year(write(columns | {"PM25": columns["PM25"] / 1000}), YEAR)
