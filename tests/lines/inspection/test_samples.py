"""What visits sampled is told to whoever verifies an exceedance: outlet, factor, hours, report."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from zhihuan.bureau.clock.history import BEIJING
from zhihuan.bureau.registry.models import MonitoringPoint, Outlet
from zhihuan.lines.inspection.samples import codes_in, samples_of_visits

pytestmark = pytest.mark.django_db
DAY = "2026-02-13"


def at(clock: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{DAY}T{clock}").replace(tzinfo=BEIJING)


@pytest.fixture
def point(cast: Any) -> MonitoringPoint:
    """The firm's point of waste water, at its outlet."""
    outlet = Outlet.objects.get(site__enterprise=cast.firm.pk)
    found = MonitoringPoint.objects.filter(site__enterprise=cast.firm.pk).first()
    found.outlet = outlet
    found.save()
    return MonitoringPoint.objects.select_related("site").get(pk=found.pk)


def sampled(
    point: MonitoringPoint, since: str = "08:00", until: str = "10:00", factor: str = "w01018"
):
    return list(samples_of_visits(point, factor, at(since), at(until)))


def test_a_sampling_record_of_the_outlet_is_told_and_later_its_report(
    visiting: Any, cast: Any, point: Any
) -> None:
    visiting.take("sample", cast.first, DAY, **cast.sample(DAY))
    [one] = sampled(point)
    assert (one.code, one.sampled_at, one.method) == ("S-1", at("08:40"), "HJ 91.1-2019")
    assert (one.is_certain, one.matter, one.agency, one.report) == (
        True,
        visiting.visit.pk,
        "",
        None,
    )
    visiting.take("record", cast.first, DAY, **cast.record(DAY))
    visiting.take("leave", cast.first, DAY, left_at=f"{DAY}T09:00")
    visiting.take("report", cast.first, "2026-02-26", **cast.report())
    [one] = sampled(point)
    assert (one.agency, one.conclusion) == ("市监测站", "化学需氧量 160 mg/L")
    assert one.report is not None


def test_another_time_factor_or_outlet_is_not_told(visiting: Any, cast: Any, point: Any) -> None:
    visiting.take("sample", cast.first, DAY, **cast.sample(DAY))
    assert sampled(point, "08:40", "08:41")
    assert not sampled(point, "08:41")
    assert not sampled(point, until="08:40")
    assert not sampled(point, factor="w21003")
    other = Outlet.objects.create(site=point.site, number="DW099", name="另一排口", medium="water")
    point.outlet = other
    assert not sampled(point)


def test_a_place_in_free_words_is_uncertain(visiting: Any, cast: Any, point: Any) -> None:
    said = cast.sample(DAY) | {"outlet": "", "other_place": "总排口下游 5 米"}
    visiting.take("sample", cast.first, DAY, **said)
    [one] = sampled(point)
    assert (one.is_certain, one.place) == (False, "总排口下游 5 米")


def test_a_point_of_nobody_has_none(point: Any) -> None:
    point.site = None
    assert sampled(point) == []


def test_codes_are_told_apart_however_they_are_set() -> None:
    assert codes_in("S-1、S-2, S-3；S-4\nS-5") == ["S-1", "S-2", "S-3", "S-4", "S-5"]
