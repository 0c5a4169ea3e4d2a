"""What points measured, for programs: bounded, within scope, missing told as null, no secret."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from django.utils import timezone

from zhihuan.bureau.registry.models import MonitoringPoint, PastPlacement
from zhihuan.hj212.encoder import encode
from zhihuan.telemetry.digest import frame_id, sm3
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.rows import Batch
from zhihuan.telemetry.store import StoreUnavailable

API = "/api/v1"
DAY = 86_400


def iso(seconds: float) -> str:
    return (
        dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat(timespec="seconds").replace("+", "%2B")
    )


@pytest.fixture
def hours(report, here) -> int:
    """Ten hours of COD, the last one missing; the first hour's epoch second."""
    first = int(time.time()) // 3600 * 3600 - 20 * 3600
    for n in range(10):
        value = float("nan") if n == 9 else 40.0 + n
        report("w01018", value, mn=here.device.mn, kind=Kind.HOUR, time=first + 3600 * n)
    return first


def test_a_series_has_every_row_and_missing_is_null(hours, program_of, here):
    span = f"start={iso(hours)}&end={iso(hours + 10 * 3600)}"
    told = program_of("值班员").get(f"{API}/points/WS-1/series?factor=w01018&{span}").json()
    assert (told["name"], told["unit"], told["kind"]) == ("化学需氧量", "mg/L", "hour")
    assert [row["value"] for row in told["items"]] == [40.0 + n for n in range(9)] + [None]
    first = dt.datetime.fromisoformat(told["items"][0]["time"])
    assert first.timestamp() == hours
    assert first.utcoffset() == dt.timedelta(hours=8)
    assert told["items"][0]["mn"] == here.device.mn


def test_a_span_is_half_open_and_a_bare_moment_is_beijing_s(hours, program_of):
    beijing = dt.timezone(dt.timedelta(hours=8))
    bare = dt.datetime.fromtimestamp(hours, beijing).strftime("%Y-%m-%dT%H:%M:%S")
    asked = f"factor=w01018&start={bare}&end={iso(hours + 3600)}"
    told = program_of("值班员").get(f"{API}/points/WS-1/series?{asked}").json()
    assert [row["value"] for row in told["items"]] == [40.0]


@pytest.mark.parametrize(("asked", "field"), [
    ("kind=realtime&start=2026-01-01T00:00:00Z&end=2026-01-04T00:00:00Z", "start"),
    ("kind=hour&start=2026-01-02T00:00:00Z&end=2026-01-01T00:00:00Z", "start"),
    ("start=0001-01-01T00:00:00Z", "start"), ("start=yesterday", "start"), ("kind=year", "kind"),
    ("factor=a;b", "factor"), ("bucket=5", "bucket"),
])  # fmt: skip
def test_a_span_without_bounds_or_sense_is_refused(here, platform_store, program_of, asked, field):
    refused = program_of("值班员").get(f"{API}/points/WS-1/series?factor=w01018&{asked}")
    assert refused.status_code == 422
    assert field in [error["field"] for error in refused.json()["errors"]]


def test_what_a_device_sent_belongs_to_where_it_stood(report, here, there, program_of):
    """The device stood at the other point until yesterday."""
    today = int(time.time()) // DAY * DAY
    moved = timezone.localdate() - dt.timedelta(days=1)
    device = here.device
    device.placed = moved
    device.save()
    PastPlacement.objects.create(
        device=device, point=there.point, placed=moved - dt.timedelta(days=30),
        removed=moved - dt.timedelta(days=1),
    )  # fmt: skip
    for days in range(5):
        report("w01018", days, mn=device.mn, kind=Kind.DAY, time=today - days * DAY)
    program = program_of("值班员")
    asked = f"factor=w01018&kind=day&start={iso(today - 9 * DAY)}"
    now, before = (
        program.get(f"{API}/points/{code}/series?{asked}").json()["items"]
        for code in ("WS-1", "WS-2")
    )
    assert {row["value"] for row in now}.isdisjoint({row["value"] for row in before})
    assert len(now) + len(before) == 5
    assert max(row["value"] for row in now) < min(row["value"] for row in before)


def test_the_newest_values_of_many_points_come_page_by_page(report, here, there, program_of):
    report("w01018", 66.6, mn=here.device.mn)
    report("w01018", 12.5, mn=there.device.mn, zs_value=float("nan"))
    program = program_of("值班员")
    first = program.get(f"{API}/latest?limit=1").json()
    second = program.get(first["next"]).json()
    told = [page["items"][0] for page in (first, second)]
    assert [(each["point"], each["values"][0]["value"]) for each in told] == [
        ("WS-1", 66.6), ("WS-2", 12.5),
    ]  # fmt: skip
    assert told[0]["last_seen"]
    assert told[0]["state"] in {"normal", "exceeding"}


def test_a_page_of_newest_values_costs_the_same_for_one_point_and_for_many(
    report, here, program_of, django_assert_max_num_queries
):
    MonitoringPoint.objects.bulk_create(
        MonitoringPoint(code=f"P{n}", name="点", kind="noise", town=here.town, lon=113, lat=22)
        for n in range(60)
    )
    program = program_of("企业用户", at=here.enterprise)
    program.get(f"{API}/latest")
    with django_assert_max_num_queries(12):
        assert program.get(f"{API}/latest?limit=200").status_code == 200


@pytest.mark.parametrize("what", ["series?factor=w01018", "frames"])
def test_another_enterprise_s_point_is_not_found(here, there, platform_store, program_of, what):
    program = program_of("企业用户", at=here.enterprise)
    assert program.get(f"{API}/points/WS-1/{what}").status_code == 200
    assert program.get(f"{API}/points/WS-2/{what}").status_code == 404


@pytest.fixture
def frames(platform_store, here) -> list[bytes]:
    """Five frames a minute apart, each with the device's password in it, newest first."""
    batch, now = Batch(), int(time.time())
    for age in range(5):
        raw = encode(
            qn=f"2026010112000000{age}", st="32", cn="2011", pw="s3cret", mn=here.device.mn, flag=5,
            cp=f"w01018-Rtd={age}.5,w01018-Flag=N",
        )  # fmt: skip
        digest = sm3(raw)
        row = {
            "mn": here.device.mn, "received": (now - age * 60) * 1000, "frame_id": frame_id(digest),
            "cn": "2011", "st": "32", "qn": "", "data_time": now - age * 60, "raw": raw, "sm3": digest,
        }  # fmt: skip
        for column, cell in row.items():
            getattr(batch.frames, column).append(cell)
    platform_store.write(batch)
    return batch.frames.raw


def test_frames_come_newest_first_page_by_page_with_their_digest(frames, program_of):
    program, address, found = program_of("值班员"), f"{API}/points/WS-1/frames?limit=2", []
    while address:
        page = program.get(address).json()
        found += page["items"]
        address = page["next"]
    assert [each["sm3"] for each in found] == [sm3(raw).hex() for raw in frames]
    assert [each["bytes"] for each in found] == [len(raw) for raw in frames]
    assert "实时" in found[0]["name"]


def test_no_frame_shows_the_password(frames, program_of):
    text = program_of("值班员").get(f"{API}/points/WS-1/frames").content.decode()
    assert "w01018-Rtd" in text
    assert "s3cret" not in text


def test_frames_of_a_long_span_are_refused(here, platform_store, program_of):
    asked = "start=2026-01-01T00:00:00Z&end=2026-01-20T00:00:00Z"
    assert program_of("值班员").get(f"{API}/points/WS-1/frames?{asked}").status_code == 422


def test_a_store_that_does_not_answer_is_told_as_that(
    here, platform_store, program_of, monkeypatch
):
    def down(*_args, **_given):
        raise StoreUnavailable("secret host")

    monkeypatch.setattr("zhihuan.web.api.telemetry.series.the_store", down)
    answer = program_of("值班员").get(f"{API}/points/WS-1/series?factor=w01018")
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "secret" not in answer.content.decode()
