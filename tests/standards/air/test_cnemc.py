"""The national feed: swapped ozone fields, marks for missing, words for pollutants."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import numpy as np
import pytest

from zhihuan.standards.air.cnemc import ozone_evidence, primary_items, read_feed
from zhihuan.standards.errors import InputRefusedError

FIELDS = {
    "SO2": ["9", "—"], "PM2_5": ["56", "0"], "PM2_5_24h": ["44", ""], "CO": ["0.8", "NA"],
    "O3": ["250", "90"], "O3_24h": ["227", "81"], "O3_8h": ["180", "70"], "O3_8h_24h": ["171", "-;"],
    "StationCode": ["1380A", "1381A"],
}  # fmt: skip


def test_the_live_feed_carries_the_hour_under_the_other_name() -> None:
    read = read_feed(FIELDS, ozone="swapped")
    assert read["O3"].tolist() == [227, 81]
    assert read["O3_max24"].tolist() == [250, 90]
    assert read["O3_8h"][0] == 171
    assert read["O3_8h_max24"].tolist() == [180, 70]


def test_files_put_straight_are_left_alone() -> None:
    read = read_feed(FIELDS, ozone="straight")
    assert read["O3"].tolist() == [250, 90]
    assert read["O3_max24"].tolist() == [227, 81]


def test_the_caller_must_say_which_kind_it_is() -> None:
    with pytest.raises(TypeError):
        read_feed(FIELDS)  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="'swapped'"):
        read_feed(FIELDS, ozone="maybe")  # type: ignore[arg-type]


def test_marks_for_missing_are_missing_and_zero_is_a_value() -> None:
    read = read_feed(FIELDS, ozone="swapped")
    assert np.isnan(read["SO2"][1])
    assert np.isnan(read["CO"][1])
    assert np.isnan(read["PM25_24h"][1])
    assert read["PM25"].tolist() == [56, 0]
    assert "StationCode" not in read


def test_numbers_are_taken_as_they_are() -> None:
    read = read_feed({"pm2.5": np.array([1, 2]), "aqi": [3.0, np.nan]}, ozone="straight")
    assert read["PM25"].tolist() == [1, 2]
    assert np.isnan(read["AQI"][1])


def test_what_is_neither_number_nor_mark_is_refused_with_its_row() -> None:
    with pytest.raises(InputRefusedError, match="第 2 行，SO2 = 12µg：不是数字"):
        read_feed({"SO2": ["9", "12µg"]}, ozone="swapped")


def test_the_numbers_themselves_tell_swapped_from_straight() -> None:
    swapped = ozone_evidence([250, 90, np.nan], [227, 90, 3])
    assert (swapped.greater, swapped.equal, swapped.smaller) == (1, 1, 0)
    assert swapped.verdict == "swapped"
    assert ozone_evidence([227], [250]).verdict == "straight"
    assert ozone_evidence([227], [227]).verdict == ""
    assert ozone_evidence([1, 5], [3, 3]).verdict == ""


@pytest.mark.parametrize(
    ("words", "items"),
    [
        ("细颗粒物(PM2.5)", ("PM25",)),
        ("颗粒物(PM10)", ("PM10",)),
        ("臭氧1小时", ("O3",)),
        ("二氧化氮，二氧化硫", ("NO2", "SO2")),
        ("一氧化碳,臭氧8小时", ("CO", "O3")),
        ("—", ()),
        ("", ()),
    ],
)
def test_the_feeds_words_for_primary_pollutants_are_read(words: str, items: tuple[str]) -> None:
    assert primary_items(words) == items


def test_unknown_words_are_refused() -> None:
    with pytest.raises(InputRefusedError, match="不认得这种写法"):
        primary_items("苯")


@pytest.mark.shared
def test_published_hours_with_ozone_put_straight_say_so_themselves(shared: Path) -> None:
    raw = (shared / "data/air/cnemc_hourly_snapshots.csv.gz").read_bytes()
    rows = list(csv.DictReader(io.StringIO(gzip.decompress(raw).decode())))
    hour, most = ([float(row[k] or "nan") for row in rows] for k in ("o3", "o3_max24"))
    assert ozone_evidence(hour, most).verdict == "straight"
    # as the live feed would have carried them
    fields = {"O3": [row["o3_max24"] for row in rows], "O3_24h": [row["o3"] for row in rows]}
    np.testing.assert_array_equal(read_feed(fields, ozone="swapped")["O3"], hour)
