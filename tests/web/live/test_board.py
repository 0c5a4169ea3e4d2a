"""One snapshot of the city: right, fresh, cheap."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from django.utils import timezone

from zhihuan.bureau.registry.models import Device, MonitoringPoint, PointFactor, PointLimit
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.point_state import PointState
from zhihuan.telemetry.store import StoreUnavailable
from zhihuan.web.live.board import board
from zhihuan.web.live.catalogue import read_catalogue

pytestmark = pytest.mark.django_db


def now(code: str = "WS-001"):
    snapshot = board().snapshot()
    index = snapshot.catalogue.index_of[code]
    return PointState(int(snapshot.state[index])), snapshot.headline[index]


def test_a_point_that_never_reported_is_offline(outlet, platform_store):
    assert now() == (PointState.OFFLINE, "")


def test_a_value_makes_a_point_normal_and_a_higher_one_exceeding(outlet, report):
    report("w01018", 32.14, age_seconds=20)
    assert now() == (PointState.NORMAL, "化学需氧量 32.1 mg/L")
    report("w01018", 66.6, age_seconds=10)
    assert now() == (PointState.EXCEEDING, "化学需氧量 66.6 mg/L")


def test_a_late_old_value_does_not_hide_the_newer_one(outlet, report):
    report("w01018", 66.6, age_seconds=10)
    assert now()[0] is PointState.EXCEEDING
    report("w01018", 20.0, age_seconds=600, received=int(time.time() * 1000))
    assert now()[0] is PointState.EXCEEDING


def test_an_hour_that_exceeds_counts_though_the_instant_has_come_down(outlet, report):
    report("w01018", 20.0)
    start = int(time.time()) // 3600 * 3600 - 3600
    report("w01018", 60.0, kind=Kind.HOUR, time=start)
    assert now()[0] is PointState.EXCEEDING


def test_a_stale_hour_says_nothing_about_now(outlet, report):
    report("w01018", 20.0)
    report("w01018", 60.0, kind=Kind.HOUR, time=int(time.time()) - 6 * 3600)
    assert now()[0] is PointState.NORMAL


def test_an_instant_is_not_judged_by_the_limit_of_an_hour(outlet, report):
    PointLimit.objects.filter(kind="realtime").delete()
    report("w01018", 66.6)
    assert now()[0] is PointState.NORMAL


def test_the_converted_value_is_the_one_judged(outlet, report):
    report("w01018", 20.0, zs_value=60.0)
    assert now() == (PointState.EXCEEDING, "化学需氧量 60.0 mg/L")


def test_a_marked_value_is_abnormal(outlet, report):
    report("w01018", 66.6, flag="D")
    assert now()[0] is PointState.ABNORMAL


def test_silence_makes_a_point_offline(outlet, report):
    report("w01018", 20.0, age_seconds=301)
    assert now()[0] is PointState.OFFLINE


def test_a_slow_device_may_be_silent_longer(outlet, report):
    Device.objects.update(realtime_seconds=600)
    report("w01018", 20.0, age_seconds=1500)
    assert now()[0] is PointState.NORMAL


def test_a_limit_not_yet_or_no_longer_in_force_does_not_judge(outlet, report):
    today = timezone.localdate()
    PointLimit.objects.filter(kind="realtime").update(valid_from=today + dt.timedelta(days=1))
    report("w01018", 66.6)
    assert now()[0] is PointState.NORMAL
    PointLimit.objects.filter(kind="realtime").update(
        valid_from=today - dt.timedelta(days=9), valid_until=today - dt.timedelta(days=1)
    )
    assert now()[0] is PointState.NORMAL
    PointLimit.objects.filter(kind="realtime").update(valid_until=today)
    assert now()[0] is PointState.EXCEEDING


def test_the_newest_of_several_limits_judges(outlet, report):
    PointLimit.objects.create(
        point=outlet,
        factor="w01018",
        kind="realtime",
        upper=80,
        basis="x",
        valid_from=dt.date(2020, 1, 1),
    )
    report("w01018", 66.6)
    assert now()[0] is PointState.NORMAL


def test_a_change_of_the_registry_is_seen_at_once(outlet, report):
    report("w01018", 66.6)
    assert now()[0] is PointState.EXCEEDING
    PointLimit.objects.update(upper=100)
    assert now()[0] is PointState.NORMAL
    MonitoringPoint.objects.update(name="改名")
    assert board().snapshot().catalogue.points.name == ["改名"]


def test_of_two_devices_the_newer_word_counts(outlet, report):
    Device.objects.create(mn="SECOND", point=outlet, system_type="32")
    report("w01018", 66.6, age_seconds=100)
    report("w01018", 20.0, mn="SECOND", age_seconds=5)
    assert now() == (PointState.NORMAL, "化学需氧量 20.0 mg/L")


def test_the_newer_word_counts_whatever_the_devices_are_called(outlet, report):
    Device.objects.create(mn="ZZZ-OLD", point=outlet, system_type="32")
    report("w01018", 66.6, mn="ZZZ-OLD", age_seconds=100)
    report("w01018", 20.0, age_seconds=5)
    assert now() == (PointState.NORMAL, "化学需氧量 20.0 mg/L")


@pytest.mark.parametrize(("days", "watched"), [(-1, False), (0, False), (1, True)])
def test_a_device_is_watched_until_it_retires(outlet, report, days, watched):
    report("w01018", 20.0)
    outlet.devices.update(retired=timezone.localdate() + dt.timedelta(days=days))
    assert (now()[0] is PointState.NORMAL) is watched


def test_a_device_that_is_disabled_is_not_watched(outlet, report):
    report("w01018", 66.6)
    outlet.devices.update(enabled=False)
    assert now()[0] is PointState.OFFLINE


@pytest.mark.parametrize("registered", [Device, PointFactor, PointLimit])
def test_a_point_registered_while_the_registry_is_read_waits_for_the_next_reading(
    outlet, monkeypatch, registered
):
    from zhihuan.web.live import catalogue

    read = catalogue._read_points

    def then_register():
        found = read()
        new = MonitoringPoint.objects.create(
            code="NEW", name="x", kind="river", town_id="442000118", lon=113, lat=22
        )
        given = {
            Device: {"mn": "NEW"},
            PointFactor: {"factor": "w01018"},
            PointLimit: {
                "factor": "w01018", "kind": "hour", "upper": 1, "basis": "x",
                "valid_from": dt.date(2020, 1, 1),
            },
        }[registered]  # fmt: skip
        registered.objects.create(point=new, **given)
        return found

    monkeypatch.setattr(catalogue, "_read_points", then_register)
    assert read_catalogue(1, timezone.localdate()).points.code == ["WS-001"]


def test_a_store_that_fails_is_not_papered_over(outlet, platform_store, monkeypatch):
    board().snapshot()

    def down(*_args, **_given):
        raise StoreUnavailable("down")

    monkeypatch.setattr(platform_store, "latest", down)
    monkeypatch.setattr(platform_store, "latest_since", down)
    with pytest.raises(StoreUnavailable):
        board().snapshot()


def test_within_its_time_a_snapshot_costs_nothing(
    outlet, platform_store, settings, django_assert_num_queries
):
    settings.ZHIHUAN_LIVE_SECONDS = 60
    first = board().snapshot()
    with django_assert_num_queries(0):
        assert board().snapshot() is first


@pytest.mark.parametrize("points", [1, 40])
def test_the_registry_is_read_in_four_queries_however_large(
    outlet, points, django_assert_num_queries
):
    made = MonitoringPoint.objects.bulk_create(
        [
            MonitoringPoint(
                code=f"P{n}", name="x", kind="river", town_id="442000118", lon=113, lat=22
            )
            for n in range(points)
        ]
    )
    Device.objects.bulk_create([Device(mn=f"M{point.code}", point=point) for point in made])
    PointFactor.objects.bulk_create([PointFactor(point=point, factor="w01018") for point in made])
    with django_assert_num_queries(4):
        assert len(read_catalogue(1, timezone.localdate())) == points + 1


def test_a_city_without_any_factor_takes_what_comes(outlet, report):
    PointFactor.objects.all().delete()
    report("w01018", 20.0)
    assert now()[0] is not PointState.EXCEEDING
