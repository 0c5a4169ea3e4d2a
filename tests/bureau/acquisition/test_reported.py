"""Which series have data is remembered from the store: once, at once, and for good."""

from __future__ import annotations

import datetime as dt

import pytest

from zhihuan.bureau.acquisition import reported
from zhihuan.bureau.acquisition.models import ReportedSeries
from zhihuan.bureau.acquisition.reported import forget_reported, remember_reported
from zhihuan.bureau.registry.models import Device, PastPlacement, PointFactor
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.store import StoreUnavailable


@pytest.fixture(autouse=True)
def every_look_is_fresh(monkeypatch):
    monkeypatch.setattr(reported, "FRESH_SECONDS", 0)


def known() -> set[tuple[str, int]]:
    remember_reported()
    return set(ReportedSeries.objects.values_list("point_factor__factor", "kind"))


def test_a_series_is_there_once_a_row_of_a_registered_factor_has_come(outlet, report):
    assert known() == set()
    report("w01018", 1.0)
    report("w99999", 1.0)  # nobody registered it
    assert known() == {("w01018", Kind.REALTIME)}
    report("w01018", 1.0, kind=Kind.HOUR)
    report("w21003", 1.0, kind=Kind.CHECK)  # no kind of data to be asked for
    assert known() == {("w01018", Kind.REALTIME), ("w01018", Kind.HOUR)}


def test_a_factor_registered_later_finds_what_had_come_before(outlet, report):
    report("w00000", 1.0)
    assert known() == set()
    PointFactor.objects.create(point=outlet, factor="w00000", position=9)
    assert known() == {("w00000", Kind.REALTIME)}


def test_the_same_series_keeps_its_id(outlet, report):
    report("w01018", 1.0)
    known()
    before = ReportedSeries.objects.get().pk
    ReportedSeries.objects.all().delete()
    forget_reported()
    known()
    assert ReportedSeries.objects.get().pk == before


def test_the_keys_are_read_only_when_they_changed(outlet, report, platform_store, monkeypatch):
    report("w01018", 1.0)
    known()
    monkeypatch.setattr(platform_store, "reported", _refuses)
    report("w01018", 2.0)
    assert known() == {("w01018", Kind.REALTIME)}
    report("w21003", 1.0)
    with pytest.raises(StoreUnavailable):
        known()


def _refuses(_kinds):
    raise StoreUnavailable("asked once too often")


def test_a_store_that_was_down_is_asked_again(outlet, report, platform_store, monkeypatch):
    report("w01018", 1.0)
    with monkeypatch.context() as down:
        down.setattr(platform_store, "reported_digest", _refuses)
        with pytest.raises(StoreUnavailable):
            known()
    assert known() == {("w01018", Kind.REALTIME)}


def test_where_a_device_stood_before_it_counts_too(outlet, report):
    from zhihuan.bureau.registry.models import MonitoringPoint

    before = MonitoringPoint.objects.create(
        code="WS-OLD", name="旧点位", kind="wastewater", town=outlet.town, lon=113.4, lat=22.6
    )
    PointFactor.objects.create(point=before, factor="w01018", position=0)
    PastPlacement.objects.create(
        device=Device.objects.get(), point=before, placed=dt.date(2020, 1, 1),
        removed=dt.date(2021, 1, 1),
    )  # fmt: skip
    report("w01018", 1.0)
    remember_reported()
    points = set(ReportedSeries.objects.values_list("point_factor__point__code", flat=True))
    assert points == {"WS-001", "WS-OLD"}


def test_whoever_comes_within_a_minute_takes_what_is_there(outlet, report, monkeypatch):
    known()
    monkeypatch.setattr(reported, "FRESH_SECONDS", 60)
    report("w01018", 1.0)
    assert known() == set()
    forget_reported()
    assert known() == {("w01018", Kind.REALTIME)}
