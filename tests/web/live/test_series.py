"""Curves: complete, with their limits; long ones in buckets that lose no extreme."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import time

import numpy as np
import pytest

from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.rows import Batch, StatisticRows

pytestmark = pytest.mark.django_db
NAN = float("nan")
HOUR = 3600
LAST = int(time.time()) // HOUR * HOUR - HOUR
ADDRESS = "/live/points/WS-001/series.json?factor=w01018"


@pytest.fixture
def hours(platform_store, outlet):
    """``hours(values, …)``: hourly rows up to the last whole hour, in one batch."""

    def write(values, *, zs=None, flags=None):
        batch, mn = Batch(), outlet.devices.get().mn
        for index, value in enumerate(values):
            at = LAST - (len(values) - 1 - index) * HOUR
            row = {
                "mn": mn, "factor": "w01018", "kind": int(Kind.HOUR), "time": at, "value": value,
                "minimum": value - 1, "maximum": value + 1, "total": NAN,
                "zs_value": zs[index] if zs else NAN, "zs_minimum": NAN, "zs_maximum": NAN,
                "flag": flags[index] if flags else "N", "received": at * 1000, "frame_id": 1,
            }  # fmt: skip
            for column, cell in row.items():
                getattr(batch.measurements, column).append(cell)
        platform_store.write(batch)

    return write


def get(browser, query="") -> dict:
    response = browser.get(ADDRESS + query)
    assert response.status_code == 200, response.content
    return json.loads(response.content)


def iso(seconds: int) -> str:
    return dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat().replace("+", "%2B")


def test_rows_come_with_time_mark_limit_and_unit(hours, browser_of):
    hours([40.0, 66.6, NAN], flags=["N", "N", "D"])
    found = get(browser_of("值班员"), "&kind=hour")
    assert found["t"] == [LAST - 2 * HOUR, LAST - HOUR, LAST]
    assert found["value"] == [40.0, 66.6, None]
    assert (found["min"][1], found["max"][1]) == (65.6, 67.6)
    assert found["flag"] == ["N", "N", "D"]
    assert found["flags"] == {"D": "仪器故障"}
    assert found["factor"]["name"] == "化学需氧量"
    assert found["factor"]["unit"] == "mg/L"
    assert (found["timeMeaning"], found["bucketSeconds"]) == ("start", 0)
    (limit,) = found["limits"]
    assert (limit["upper"], limit["lower"], limit["basis"]) == (50.0, None, "GB 4287-2012")
    assert (limit["from"], limit["to"]) == ("2015-01-01", None)


def test_the_span_is_what_was_asked_for(hours, browser_of):
    hours([1.0, 2.0, 3.0, 4.0])
    query = f"&kind=hour&from={iso(LAST - 2 * HOUR)}&to={iso(LAST)}"
    assert get(browser_of("值班员"), query)["value"] == [2.0, 3.0]


def test_a_time_without_an_offset_is_beijing_time(hours, browser_of):
    hours([1.0, 2.0])
    beijing = dt.timezone(dt.timedelta(hours=8))
    start = dt.datetime.fromtimestamp(LAST, beijing).strftime("%Y-%m-%dT%H:%M:%S")
    assert get(browser_of("值班员"), f"&kind=hour&from={start}")["value"] == [2.0]


def test_a_long_span_comes_in_buckets_that_keep_the_peak(hours, browser_of):
    values = [10.0] * 500
    values[137], values[138] = 99.0, 1.0
    hours(values)
    found = get(browser_of("值班员"), f"&kind=hour&buckets=50&from={iso(LAST - 600 * HOUR)}")
    assert 0 < len(found["t"]) <= 51
    assert found["bucketSeconds"] > HOUR
    assert (max(found["max"]), min(found["min"])) == (100.0, 0.0)


def test_a_short_span_comes_as_rows_though_buckets_were_asked_for(hours, browser_of):
    hours([1.0] * 20)
    found = get(browser_of("值班员"), "&kind=hour&buckets=100")
    assert (len(found["t"]), found["bucketSeconds"]) == (20, 0)


def test_the_converted_series_is_shown_where_the_device_sends_it(hours, browser_of):
    hours([40.0, 41.0], zs=[50.0, 51.0])
    found = get(browser_of("值班员"), "&kind=hour")
    assert (found["value"], found["converted"]) == ([50.0, 51.0], True)


def test_a_row_without_a_converted_value_shows_the_measured_one(hours, browser_of):
    hours([40.0, 41.0], zs=[NAN, 51.0])
    assert get(browser_of("值班员"), "&kind=hour")["value"] == [40.0, 51.0]


def test_buckets_show_the_same_quantity_as_rows(hours, browser_of):
    hours([40.0] * 100, zs=[60.0] * 100)
    found = get(browser_of("值班员"), f"&kind=hour&buckets=10&from={iso(LAST - 200 * HOUR)}")
    assert found["bucketSeconds"] > HOUR
    assert set(found["value"]) | set(found["min"]) | set(found["max"]) == {60.0}
    assert found["converted"] is True


def test_our_own_statistics_stand_beside_the_device_s(hours, platform_store, outlet, browser_of):
    hours([40.0, 41.0])
    rows = StatisticRows()
    row = {
        "mn": outlet.devices.get().mn, "factor": "w01018", "kind": int(Kind.HOUR), "time": LAST,
        "value": 41.5, "minimum": 40.0, "maximum": 43.0, "total": NAN, "zs_value": NAN,
        "zs_minimum": NAN, "zs_maximum": NAN, "flag": "N", "valid_count": 40,
        "expected_count": 60, "valid": False, "rule": "r1", "computed": LAST * 1000,
    }  # fmt: skip
    for column, cell in row.items():
        getattr(rows, column).append(cell)
    platform_store.write_statistics(rows)
    ours = get(browser_of("值班员"), "&kind=hour")["ours"]
    assert ours == {"t": [LAST], "value": [41.5], "valid": [False], "rule": ["r1"]}


def test_a_replaced_device_s_past_is_still_shown(hours, outlet, browser_of):
    from zhihuan.bureau.registry.models import Device

    hours([40.0])
    Device.objects.create(mn="NEWER", point=outlet, system_type="32")
    assert get(browser_of("值班员"), "&kind=hour")["value"] == [40.0]


def test_nothing_measured_is_an_empty_curve(outlet, platform_store, browser_of):
    found = get(browser_of("值班员"), "&kind=day")
    assert (found["t"], found["ours"]["t"]) == ([], [])


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("factor=w01018&kind=week", "kind"),
        ("kind=hour", "factor"),
        ("factor=w01018&from=yesterday", "from"),
        ("factor=w01018&from=2026-05-03T10:00&to=2026-05-03T09:00", "时间段"),
        ("factor=w01018&from=1990-01-01T00:00", "时间段"),
        ("factor=w01018&buckets=-5", "buckets"),
        ("factor=%3Dcmd()", "factor"),
        ("factor=w01018%0D%0AX-Evil:1&format=csv", "factor"),
        ('factor=a";x="&format=csv', "factor"),
        ("factor=" + "a" * 21, "factor"),
        ("factor=w01018&to=9999-12-31T23:59:59-12:00", "to"),
        ("factor=w01018&to=9999-12-31T00:00:00", "to"),
        ("factor=w01018&from=0001-01-01T00:00:00", "from"),
        ("factor=w01018&buckets=99999", "buckets"),
    ],
)
def test_a_query_that_makes_no_sense_is_told_why(outlet, platform_store, browser_of, query, words):
    response = browser_of("值班员").get(f"/live/points/WS-001/series.json?{query}")
    assert response.status_code == 400
    assert words in json.loads(response.content)["error"]


def test_the_exported_file_holds_the_rows_of_the_curve(hours, browser_of):
    hours([40.0, 66.6, NAN], flags=["N", "N", "D"])
    response = browser_of("值班员").get(ADDRESS + "&kind=hour&format=csv")
    assert response["Content-Type"].startswith("text/csv")
    assert "WS-001-w01018-hour.csv" in response["Content-Disposition"]
    text = response.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["点位", "WS-001", "中山某印染厂总排口", "模拟数据"]
    assert rows[1] == ["监测因子", "w01018", "化学需氧量", "mg/L"]
    body = rows[3:]
    assert [row[1] for row in body] == ["40.0", "66.6", ""]
    assert [row[8] for row in body] == ["N", "N", "D"]
    beijing = dt.timezone(dt.timedelta(hours=8))
    assert body[-1][0] == dt.datetime.fromtimestamp(LAST, beijing).strftime("%Y-%m-%d %H:%M:%S")


def test_a_name_that_a_spreadsheet_would_execute_stays_text(outlet, hours, browser_of):
    outlet.name = "=cmd|' /C calc'!A0"
    outlet.save()
    hours([40.0])
    response = browser_of("值班员").get(ADDRESS + "&kind=hour&format=csv")
    first = next(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in first)


@pytest.mark.parametrize("factor", ["-1-1", "-w01018"])
def test_no_text_of_the_file_is_executed_but_a_negative_number_stays_one(
    platform_store, outlet, browser_of, factor
):
    from zhihuan.bureau.registry.models import Device

    Device.objects.create(mn="-2-3", point=outlet)
    batch = Batch()
    row = {
        "mn": "-2-3", "factor": factor, "kind": int(Kind.HOUR), "time": LAST, "value": -4.5,
        "minimum": NAN, "maximum": NAN, "total": NAN, "zs_value": NAN, "zs_minimum": NAN,
        "zs_maximum": NAN, "flag": "@", "received": LAST * 1000, "frame_id": 1,
    }  # fmt: skip
    for column, cell in row.items():
        getattr(batch.measurements, column).append(cell)
    platform_store.write(batch)
    address = f"/live/points/WS-001/series.json?factor={factor}&kind=hour&format=csv"
    text = browser_of("值班员").get(address).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[1][1] == f"'{factor}"
    assert (rows[3][1], rows[3][8], rows[3][9]) == ("-4.5", "'@", "'-2-3")


def test_no_value_is_rounded_on_its_way(hours, browser_of):
    values = np.random.default_rng(7).normal(40, 8, 50).tolist()
    hours(values)
    assert get(browser_of("值班员"), "&kind=hour")["value"] == values
