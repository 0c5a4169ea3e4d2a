"""AQI, primary and exceeding pollutants, levels: by the text, and as published."""

from __future__ import annotations

import csv
import gzip
import io
import math
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.air.aqi import daily_aqi, hourly_aqi
from zhihuan.standards.air.breakpoints import curve
from zhihuan.standards.air.hour_labels import days_of_hours
from zhihuan.standards.errors import (
    InputRefusedError,
    OutsideEditionsError,
    UnknownEditionError,
)

OLD, NEW = "HJ 633-2012", "HJ 633-2026"
HOURLY = {
    "SO2": "SO2_1h", "NO2": "NO2_1h", "CO": "CO_1h", "O3": "O3_1h",
    "PM10": "PM10_24h", "PM25": "PM25_24h",
}  # fmt: skip
DAILY = {
    "SO2": "SO2_24h", "NO2": "NO2_24h", "CO": "CO_24h", "O3_8h": "O3_8h",
    "PM10": "PM10_24h", "PM25": "PM25_24h", "O3_1h": "O3_1h",
}  # fmt: skip


def slow(record: dict[str, float], columns: dict[str, str], edition: str) -> dict[str, Any]:
    """Clauses 4.4.1 and 4.4.2 (2012), 4.2.4 and 4.3.1 (2026), one record at a time."""
    indices = {}
    for item, value in record.items():
        column = columns[item]
        found = curve(column, edition=edition)
        one = np.empty(1, dtype=np.float32)
        found.fill(np.array([value]), one, rounded=edition == NEW)
        if not math.isnan(one[0]):
            indices[item] = float(one[0])
    aqi = max(indices.values(), default=math.nan)
    return {
        "aqi": aqi,
        "primary": {item for item, index in indices.items() if aqi > 50 and index == aqi},
        "exceeding": {item for item, index in indices.items() if index > 100},
        "level": 0 if math.isnan(aqi) else sum(aqi > end for end in (50, 100, 150, 200, 300)) + 1,
    }


concentrations = st.fixed_dictionaries(
    {},
    optional={
        "SO2": st.integers(0, 800).map(float),
        "NO2": st.integers(0, 4000).map(float),
        "CO": st.integers(0, 1400).map(lambda n: n / 10),
        "O3": st.integers(0, 1300).map(float),
        "PM10": st.integers(0, 700).map(float) | st.just(math.nan),
        "PM25": st.integers(0, 5200).map(lambda n: n / 10),
    },
).filter(bool)


@settings(max_examples=150)
@given(records=st.lists(concentrations, min_size=1, max_size=5), new=st.lists(st.booleans()))
def test_records_of_both_editions_agree_with_the_clauses_read_one_by_one(
    records: list[dict[str, float]], new: list[bool]
) -> None:
    names = list(dict.fromkeys(name for record in records for name in record))
    columns = {name: [record.get(name, math.nan) for record in records] for name in names}
    chosen = [(new[k] if k < len(new) else False) for k in range(len(records))]
    days = [date(2026, 3, 1) if late else date(2026, 2, 28) for late in chosen]
    judged = hourly_aqi(columns, on=days, checked=False)
    for place, record in enumerate(records):
        expected = slow(record, HOURLY, NEW if chosen[place] else OLD)
        assert judged.aqi[place] == expected["aqi"] or math.isnan(expected["aqi"])
        assert set(judged.primary_at(place)) == expected["primary"]
        assert judged.level[place] == expected["level"]
        exceeding = judged.exceeding_at(place)
        assert exceeding is None if chosen[place] else set(exceeding or ()) == expected["exceeding"]


def test_one_call_spans_the_editions_to_the_day() -> None:
    days = np.arange("2025-12-01", "2026-04-01", dtype="datetime64[D]")
    judged = hourly_aqi({"PM25": 80.0}, on=days)
    change = int(np.argmax(days == np.datetime64("2026-03-01")))
    assert set(judged.aqi[:change].tolist()) == {107}
    assert set(judged.aqi[change:].tolist()) == {119}
    assert judged.exceeding_at(change - 1) == ("PM25",)
    assert judged.exceeding_at(change) is None
    assert judged.exceeding[change] == 0
    assert judged.rules_at(change - 1).editions["breakpoints"].name == OLD
    assert judged.rules_at(change).editions["breakpoints"].name == NEW


def test_editions_interleaved_in_a_long_array_are_each_judged_by_their_own() -> None:
    count = 40_001  # several chunks, each with both editions
    days = np.where(np.arange(count) % 3, "2026-02-28", "2026-03-01").astype("datetime64[D]")
    values = np.arange(count) % 500.0
    judged = hourly_aqi({"PM25": values, "CO": 0.4}, on=days)
    late = days == np.datetime64("2026-03-01")
    for where, edition in ((late, NEW), (~late, OLD)):
        alone = hourly_aqi({"PM25": values[where], "CO": 0.4}, edition=edition)
        np.testing.assert_array_equal(judged.aqi[where], alone.aqi)
        np.testing.assert_array_equal(judged.primary[where], alone.primary)
        np.testing.assert_array_equal(judged.exceeding[where], alone.exceeding)
        np.testing.assert_array_equal(judged.level[where], alone.level)
        for item, indices in alone.iaqi.items():
            np.testing.assert_array_equal(judged.iaqi[item][where], indices)


def test_a_long_series_in_order_changes_edition_once() -> None:
    hours = np.arange("2024-01-01T01", "2027-12-31T23", dtype="datetime64[h]")
    judged = hourly_aqi({"PM10": 130.0}, on=days_of_hours(hours))
    late = hours > np.datetime64("2026-03-01T00", "h")
    assert set(judged.aqi[~late].tolist()) == {90}
    assert set(judged.aqi[late].tolist()) == {104}


def test_a_scalar_a_column_and_a_table_have_the_shapes_of_their_input() -> None:
    assert hourly_aqi({"PM25": 40}, on=date(2024, 1, 1)).aqi.shape == ()
    assert float(hourly_aqi({"PM25": 40}, on=date(2024, 1, 1)).aqi) == 57
    table = hourly_aqi({"PM25": np.full((3, 4), 40.0), "O3": np.ones((4,))}, on=date(2024, 1, 1))
    assert table.shape == table.level.shape == table.iaqi["O3"].shape == (3, 4)
    assert table.primary_at((2, 3)) == ("PM25",)


def test_nothing_in_gives_nothing_out() -> None:
    empty = hourly_aqi({"PM25": []}, on=np.array([], dtype="datetime64[D]"))
    assert empty.shape == (0,)
    assert hourly_aqi({"PM25": []}, edition=OLD).aqi.size == 0


def test_a_record_brings_its_level_and_since_2026_its_sensitive_groups() -> None:
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 1)]
    judged = hourly_aqi({"O3": [260, 260, np.nan], "PM25": [20, 20, np.nan]}, on=days)
    old, new = judged.level_at(0), judged.level_at(1)
    assert old is not None
    assert new is not None
    assert (old.name, new.name) == ("轻度污染", "轻度污染")
    assert old.advice != new.advice
    assert judged.level_at(2) is None
    assert judged.sensitive_at(0) == {} == judged.sensitive_at(2)
    assert list(judged.sensitive_at(1)) == ["O3"]


def test_a_record_without_any_pollutant_cannot_be_judged() -> None:
    judged = hourly_aqi({"PM25": [np.nan], "O3": [np.nan]}, on=date(2024, 1, 1))
    assert np.isnan(judged.aqi[0])
    assert judged.level[0] == 0
    assert judged.primary_at(0) == () == judged.exceeding_at(0)


def test_missing_pollutants_have_no_index_and_do_not_count() -> None:
    judged = hourly_aqi({"PM25": [40.0, np.nan], "O3": [np.nan, 210.0]}, on=date(2024, 1, 1))
    assert judged.aqi.tolist() == [57, 105]
    assert np.isnan(judged.iaqi["O3"][0])
    assert np.isnan(judged.iaqi["SO2"]).all()


def test_ties_are_listed_together_and_up_to_fifty_there_is_no_primary() -> None:
    judged = daily_aqi({"PM10": [120, 50], "PM25": [60, 35]}, edition=NEW)
    assert judged.aqi.tolist() == [100, 50]
    assert judged.primary_at(0) == ("PM10", "PM25")
    assert judged.primary_at(1) == ()
    assert judged.names_in(int(judged.primary[0])) == ("PM10", "PM25")


def test_so2_above_800_reports_the_daily_index_in_2012_and_200_in_2026() -> None:
    record = {"SO2": [900.0, 900.0, 700.0], "SO2_24h": [475.0, np.nan, 475.0]}
    old = hourly_aqi(record, edition=OLD)
    assert old.aqi.tolist()[::2] == [150, 167]
    assert np.isnan(old.aqi[1])
    assert hourly_aqi(record, edition=NEW).aqi.tolist() == [200, 200, 167]
    assert np.isnan(hourly_aqi({"SO2": 900.0}, edition=OLD).aqi)


def test_ozone_of_the_day_counts_by_hour_only_in_2012() -> None:
    record = {"O3_8h": [160.0, 900.0, 900.0], "O3_1h": [300.0, 1000.0, np.nan]}
    old, new = daily_aqi(record, edition=OLD), daily_aqi(record, edition=NEW)
    assert old.aqi.tolist()[:2] == [150, 400]
    assert old.primary_at(0) == ("O3_1h",)
    assert np.isnan(old.aqi[2])
    assert new.aqi.tolist() == [100, 300, 300]
    assert np.isnan(new.iaqi["O3_1h"]).all()


def test_concentrations_are_rounded_first_only_since_2026() -> None:
    record = {"PM25": [60.5, 35.5, 60.11], "CO": [0.25, 5.05, 0.0]}
    assert daily_aqi({"PM25": [60.5, 60.6, 35.5]}, edition=NEW).aqi.tolist() == [100, 101, 52]
    assert daily_aqi({"PM25": [75.1]}, edition=OLD).aqi.tolist() == [101]
    assert hourly_aqi(record, edition=NEW).iaqi["CO"].tolist() == [2, 50, 0]
    assert hourly_aqi(record, edition=OLD).iaqi["CO"].tolist() == [3, 51, 0]


def test_single_precision_input_is_judged_by_its_decimals() -> None:
    values = np.round(np.arange(0, 60, 0.1), 1)
    wide = hourly_aqi({"CO": values}, edition=OLD)
    narrow = hourly_aqi({"CO": values.astype(np.float32)}, edition=OLD)
    np.testing.assert_array_equal(wide.aqi, narrow.aqi)


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ({"PM25": [12.0, -3.0]}, "第 2 行，PM2.5 = -3 µg/m³：浓度或数值不能为负"),
        ({"PM25": [0.035, 0.06]}, "可能是以 mg/m³ 为单位"),
        ({"CO": [900.0]}, "可能是以 µg/m³ 为单位"),
        ({"O3": [np.inf]}, "不是有限的数"),
        ({"PM2.5": [3.0]}, "本报告没有这一项目；请使用：SO2"),
        ({"O3_8h": [3.0]}, "本报告没有这一项目"),
        ({}, "本报告没有这一项目"),
    ],
)
def test_bad_input_is_refused_with_words(record: dict[str, list[float]], words: str) -> None:
    with pytest.raises(InputRefusedError) as caught:
        hourly_aqi(record, on=date(2024, 1, 1))
    assert words in str(caught.value)


def test_problems_of_two_ozone_items_are_both_told() -> None:
    with pytest.raises(InputRefusedError) as caught:
        daily_aqi({"O3_8h": [-1.0], "O3_1h": [-2.0]}, on=date(2024, 1, 1))
    assert len(caught.value.problems) == 2


def test_unchecked_bad_values_are_missing_not_compliant() -> None:
    judged = hourly_aqi({"PM25": [-3.0, -0.2]}, edition=OLD, checked=False)
    assert np.isnan(judged.aqi).all()


def test_a_day_outside_all_editions_or_none_at_all_is_an_error() -> None:
    with pytest.raises(OutsideEditionsError, match="2012-12-31"):
        hourly_aqi({"PM25": [3.0]}, on=[date(2012, 12, 31)])
    with pytest.raises(OutsideEditionsError, match="say on which day"):
        hourly_aqi({"PM25": [3.0]})
    with pytest.raises(UnknownEditionError, match="HJ 633-2012"):
        hourly_aqi({"PM25": [3.0]}, edition="HJ 633-2019")


@pytest.mark.shared
@pytest.mark.parametrize("name", ["cnemc_hourly_snapshots.csv.gz", "prd_hourly_snapshots.csv"])
def test_every_published_hour_comes_out_in_index_and_primary_pollutant(
    shared: Path, name: str
) -> None:
    raw = (shared / "data" / "air" / name).read_bytes()
    text = (gzip.decompress(raw) if name.endswith(".gz") else raw).decode()
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["aqi"]]
    columns = {
        item: [float(row[item.lower()] or "nan") for row in rows]
        for item in ("SO2", "NO2", "CO", "O3", "PM10", "PM25")
    }
    judged = hourly_aqi(columns, on=days_of_hours([row["time"] for row in rows]))
    assert judged.aqi.tolist() == [float(row["aqi"]) for row in rows]
    published = [set(filter(None, row["primary"].split("+"))) for row in rows]
    assert [set(judged.primary_at(place)) for place in range(len(rows))] == published
    assert len(rows) > 300


@pytest.mark.shared
def test_published_dust_days_come_out_of_what_was_left_after_deduction(shared: Path) -> None:
    """Rows whose category and index follow from the printed concentrations: those of April 2025."""
    text = (shared / "data/air/gd_dust_days_city_daily.csv").read_text("utf-8-sig")
    rows = [
        row
        for row in csv.DictReader(io.StringIO(text))
        if row["date"].startswith("2025-04") and row["aqi"]
    ]
    columns = {
        item: [float(row[item.lower()] or "nan") for row in rows]
        for item in ("SO2", "NO2", "CO", "O3_8h", "PM10", "PM25")
    }
    judged = daily_aqi(columns, on=[date.fromisoformat(row["date"]) for row in rows])
    assert judged.aqi.tolist() == [float(row["aqi"]) for row in rows]
    assert len(rows) > 50
