"""Rows of the store as Observations: what is told of each, chosen, ordered, counted, by whose device."""

from __future__ import annotations

import datetime as dt
import math

import pytest

from zhihuan.bureau.registry.models import Device, PastPlacement
from zhihuan.telemetry.kinds import Kind
from zhihuan.web.sensorthings.observing import edges, paging

MIDNIGHT = 1_780_243_200  # 2026-06-01 00:00:00 in Beijing
HOUR, DAY = 3600, 86_400


CHOSEN = [
    ("phenomenonTime ge 2026-06-01T21:00:00+08:00", [43, 42, 41]),
    ("phenomenonTime gt 2026-06-01T21:00:00+08:00", [43, 42]),
    ("phenomenonTime lt 2026-05-31T17:00:00Z", [20]),
    ("phenomenonTime le 2026-05-31T17:00:00Z", [21, 20]),
    ("2026-05-31T17:00:00.5Z ge phenomenonTime", [21, 20]),
    ("phenomenonTime eq 2026-05-31T17:00:00Z", [21]),
    ("phenomenonTime eq 2026-05-31T17:00:00.5Z", []),
    ("phenomenonTime ge 2026-05-31T16:00:00Z add duration'PT22H'", [43, 42]),
    ("phenomenonTime gt now()", []),
    ("hour(phenomenonTime) eq 3", [31]),
    ("day(phenomenonTime) eq 31 and result lt 22", [21, 20]),
    ("result gt 41.5", [43, 42]),
    ("result ge 41 and result lt 43", [42, 41]),
    ("result mod 10 eq 0 or result eq 43", [43, 40, 30, 20]),
    ("not (result gt 21)", [21, 20]),
    ("resultQuality/flag eq 'D'", []),
    ("resultQuality/normal and round(result div 10) eq 2", [24, 23, 22, 21, 20]),
    ("parameters/max eq 99 and result eq 20", [20]),
    ("parameters/total ne null", []),
    ("resultTime lt 2026-05-31T16:01:01Z", [20]),
    ("resultTime sub phenomenonTime eq duration'PT60S' and result gt 42", [43]),
    ("Datastream/properties/kind eq 'hour' and result eq 20", [20]),
    ("Datastream/properties/kind eq 'minute'", []),
    ("FeatureOfInterest/name eq '点位 KQ-1' and result eq 20", [20]),
    ("Datastream/properties/kind eq 'minute' or result eq 20", [20]),
]
REFUSED = [
    ({"skip": 10_001}, 400, "nextLink"),
    ({"skiptoken": "nonsense"}, 400, "$skiptoken"),
    ({"skiptoken": "s1.2"}, 400, "$skiptoken"),
    ({"skiptoken": "1." + "9" * 30}, 400, "$skiptoken"),
    ({"resultFormat": "dataArray", "expand": "Datastream"}, 501, "$expand"),
    ({"resultFormat": "csv"}, 501, "csv"),
    ({"orderby": "Datastream/name"}, 501, "$orderby"),
    ({"filter": "phenomenonTime ge 2026-06-01T00:00:00"}, 400, "+08:00"),
    ({"filter": "phenomenonTime ge '2026-06-01T00:00:00Z'"}, 400, "$filter"),
]


@pytest.fixture
def hours(series):
    return f"/Datastreams({series('KQ-1', 'a34004', 'hour')})/Observations"


@pytest.fixture
def minutes(series):
    return f"/Datastreams({series('KQ-1', 'a34004', 'minute')})/Observations"


def results(document) -> list[float | None]:
    return [entity["result"] for entity in document["value"]]


def test_what_is_told_of_a_row(read, city, series, hours):
    first, second = read(hours, top=2)["value"]
    stream = series("KQ-1", "a34004", "hour")
    last = MIDNIGHT + 23 * HOUR
    assert first["@iot.id"] == f"{stream}-{last}"
    assert first["phenomenonTime"] == "2026-06-01T15:00:00Z/2026-06-01T16:00:00Z"
    assert first["resultTime"] == "2026-06-01T15:01:00.000Z"
    assert (first["result"], second["result"]) == (43, 42)
    assert first["parameters"] == {"min": 1.5, "max": 99.0}
    assert first["resultQuality"]["flag"] == "N"
    assert first["resultQuality"]["normal"] is True


def test_an_instant_is_a_moment_and_its_mark_is_told(read, city, series):
    (row,) = read(f"/Datastreams({series('ZS-1', 'Leq', 'realtime')})/Observations")["value"]
    assert row["phenomenonTime"] == "2026-05-31T16:00:05Z"
    assert row["resultQuality"]["normal"] is False
    assert row["resultQuality"]["meaning"]


def test_what_is_missing_is_null_and_a_correction_is_one_row(read, city, rows, series, hours):
    late = (MIDNIGHT + 9 * DAY) * 1000 + 250
    rows("MNKQ-1", "a34004", Kind.HOUR, [(MIDNIGHT + 23 * HOUR, math.nan)], received=late)
    rows("MNKQ-1", "a34004", Kind.HOUR, [(MIDNIGHT + 22 * HOUR, -1.0)], received=1)  # older news
    document = read(hours, count="true")
    assert results(document)[:2] == [None, 42]
    assert document["value"][0]["resultTime"] == "2026-06-09T16:00:00.250Z"
    assert document["@iot.count"] == 24
    assert results(read(hours, filter="result eq null")) == [None]
    assert len(read(hours, filter="result ne null")["value"]) == 23


def test_a_filter_chooses_rows(read, city, hours):
    wrong = {
        said: found
        for said, wanted in CHOSEN
        if (found := results(read(hours, filter=said))) != wanted
    }
    assert wrong == {}


def test_order_by_time_or_by_anything_while_rows_are_few(read, get, city, hours, monkeypatch):
    assert results(read(hours, orderby="phenomenonTime", top=2)) == [20, 21]
    assert results(read(hours, orderby="phenomenonTime desc", top=2, skip=1)) == [42, 41]
    assert results(read(hours, orderby="result", top=2)) == [20, 21]
    assert results(read(hours, orderby="result mod 10 desc,result", top=3)) == [29, 39, 28]
    document = read(hours, orderby="result desc", top=20)
    assert "$skip=20" in document["@iot.nextLink"]
    monkeypatch.setattr(paging, "MOST_SORTED", 10)
    refused = get(hours, orderby="result")
    assert refused.status_code == 501
    assert "phenomenonTime" in refused.json()["detail"]


def test_a_count_is_exact_until_its_bound_and_says_so_beyond(read, city, minutes, monkeypatch):
    assert read(minutes, count="true", top=1)["@iot.count"] == 144
    assert read(minutes, count="true", filter="result ge 30")["@iot.count"] == 24
    assert read("/Observations", count="true", top=0)["@iot.count"] == 4 * 24 + 144 + 1 + 1
    monkeypatch.setattr(paging, "MOST_COUNTED", 50)
    document = read(minutes, count="true", top=1)
    assert (document["@iot.count"], document["@zhihuan.countIsLeast"]) == (50, True)
    found = read(minutes, count="true", top=1, filter="result ge 1")
    assert (found["@iot.count"], found["@zhihuan.countIsLeast"]) == (50, True)


@pytest.mark.parametrize("order", ["phenomenonTime desc", "phenomenonTime"])
def test_pages_hold_every_row_once_while_new_ones_come_in(
    read, city, minutes, rows, all_pages, order
):
    document = read(minutes, orderby=order, top=7)
    rows("MNKQ-1", "a34004", Kind.MINUTE, [(MIDNIGHT + 2 * DAY, 99.0)])
    paged = [entity["result"] for entity in all_pages(document)]
    wanted = [minute / 4 for minute in range(144)]
    assert paged == (wanted[::-1] if "desc" in order else [*wanted, 99.0])


def test_all_observations_come_datastream_by_datastream_or_by_time(read, city, all_pages):
    whole = 4 * 24 + 144 + 1 + 1
    by_stream = all_pages(read("/Observations", top=9))
    assert len(by_stream) == len({each["@iot.id"] for each in by_stream}) == whole
    streams = [each["@iot.id"].split("-")[0] for each in by_stream]
    assert streams == sorted(streams, key=int)
    by_time = all_pages(read("/Observations", top=9, orderby="phenomenonTime"))
    assert {each["@iot.id"] for each in by_time} == {each["@iot.id"] for each in by_stream}
    times = [int(each["@iot.id"].split("-")[1]) for each in by_time]
    assert times == sorted(times)


def test_rows_years_apart_are_found_from_either_end(read, city, rows, hours, all_pages):
    old = [(MIDNIGHT - years * 365 * DAY, float(-years)) for years in (1, 5, 11)]
    rows("MNKQ-1", "a34004", Kind.HOUR, old)
    newest = [each["result"] for each in all_pages(read(hours, top=5))]
    assert newest == [*range(43, 19, -1), -1, -5, -11]
    oldest = [each["result"] for each in all_pages(read(hours, top=5, orderby="phenomenonTime"))]
    assert oldest == newest[::-1]


def test_a_filter_that_lets_nearly_all_fall_goes_on_over_pages(
    read, city, minutes, all_pages, monkeypatch
):
    monkeypatch.setattr(edges, "LOOKED_AT", 20)
    document = read(minutes, filter="result eq 0 or result eq 35.75", top=1)
    assert [each["result"] for each in all_pages(document)] == [35.75, 0]


def test_what_a_device_sent_belongs_to_the_point_it_stood_at(read, city, rows, point, series):
    old = point("KQ-9", "ambient_air", "a34004")
    device = Device.objects.get(mn="MNKQ-1")
    PastPlacement.objects.create(
        device=device, point=old, placed=dt.date(2026, 1, 1), removed=dt.date(2026, 5, 31)
    )
    device.placed = dt.date(2026, 6, 1)
    device.save()
    rows("MNKQ-1", "a34004", Kind.HOUR, [(MIDNIGHT - HOUR, 7.0), (MIDNIGHT - 400 * DAY, 1.0)])
    here = read(f"/Datastreams({series('KQ-1', 'a34004', 'hour')})/Observations", count="true")
    assert results(here) == list(range(43, 19, -1))
    assert here["@iot.count"] == 24
    there = read(f"/Datastreams({series('KQ-9', 'a34004', 'hour')})/Observations", count="true")
    assert (results(there), there["@iot.count"]) == ([7], 1)


def test_of_two_devices_at_a_point_the_newer_has_the_word(read, city, rows, hours):
    Device.objects.filter(mn="MNKQ-1").update(registered="2020-01-01")
    Device.objects.create(mn="MNKQ-1B", point=city["KQ-1"], version=1, registered="2026-01-01")
    rows("MNKQ-1B", "a34004", Kind.HOUR, [(MIDNIGHT + 23 * HOUR, 500.0), (MIDNIGHT + DAY, 501.0)])
    document = read(hours, top=3, count="true")
    assert results(document) == [501, 500, 42]
    assert document["@iot.count"] == 25


def test_a_data_array_holds_the_same(read, city, series, hours):
    document = read(hours, top=2, resultFormat="dataArray", count="true")
    (table,) = document["value"]
    assert document["@iot.count"] == 24
    assert table["dataArray@iot.count"] == 2
    assert table["components"][:2] == ["id", "phenomenonTime"]
    plain = read(hours, top=2)["value"]
    for array, entity in zip(table["dataArray"], plain, strict=True):
        told = dict(zip(table["components"], array, strict=True))
        assert told.pop("id") == entity["@iot.id"]
        assert told == {name: entity[name] for name in told}
    chosen = read(hours, top=1, resultFormat="dataArray", select="result,phenomenonTime")
    assert chosen["value"][0]["components"] == ["phenomenonTime", "result"]
    both = read("/Observations", top=30, resultFormat="dataArray")["value"]
    assert sum(each["dataArray@iot.count"] for each in both) == 30


def test_what_cannot_be_asked_of_rows_is_said(get, city, hours, officer):
    for options, status, said in REFUSED:
        refused = get(hours, **options)
        assert refused.status_code == status, (options, refused.content.decode())
        assert said in refused.json()["detail"], options


def test_too_many_datastreams_are_not_ordered_by_time(get, city, officer, monkeypatch):
    monkeypatch.setattr(paging, "MOST_TOGETHER", 3)
    refused = get("/Observations", orderby="phenomenonTime")
    assert refused.status_code == 400
    assert "Datastream" in refused.json()["detail"]
