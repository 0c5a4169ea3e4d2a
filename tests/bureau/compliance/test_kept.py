"""Past quarters stay on their shelf until what they were judged by changes or data arrive for them."""

from __future__ import annotations

import datetime as dt

import pytest

from zhihuan.bureau.compliance import of_points
from zhihuan.bureau.compliance.ahead import keep_ahead
from zhihuan.bureau.compliance.kept import forget_quarters
from zhihuan.bureau.compliance.models import KeptQuarter
from zhihuan.bureau.compliance.of_points import Records, forget, judged_points, quarterly
from zhihuan.bureau.compliance.quarter import Quarter, last_quarters
from zhihuan.bureau.registry.models import Device, PointFactor, PointLimit

NOW = dt.datetime(2026, 11, 29, 12, tzinfo=dt.UTC)
QUARTERS = last_quarters(4, NOW.date())
PAST, RUNNING = QUARTERS[:-1], QUARTERS[-1]


@pytest.fixture
def reads(platform_store, monkeypatch):
    """The quarters' spans that the store was asked for."""
    forget()
    seen = []
    read = of_points._rows

    def counted(judged, start, end):
        seen.append((start, end))
        return read(judged, start, end)

    monkeypatch.setattr(of_points, "_rows", counted)
    yield seen
    forget()


@pytest.fixture
def point(outlet):
    """An outlet whose device stands there since long ago."""
    Device.objects.filter(point=outlet).update(placed=dt.date(2020, 1, 1))
    return outlet


def figures(point, *, keeps=True):
    """As a process that knows nothing finds them."""
    forget()
    records = Records(
        Device.objects.filter(point=point), (), PointFactor.objects.filter(point=point),
        PointLimit.objects.filter(point=point),
    )  # fmt: skip
    judged = judged_points([point.pk], records)
    return quarterly(judged, QUARTERS, int(NOW.timestamp()), keeps=keeps)[point.pk]


def test_a_second_process_reads_the_running_quarter_alone(point, reads):
    first = figures(point)
    assert figures(point) == first
    assert reads[0][0] == PAST[0].start
    assert reads[1][0] == RUNNING.start
    assert {(row.year, row.number) for row in KeptQuarter.objects.all()} == {
        (each.year, each.number) for each in PAST
    }


def test_what_is_kept_is_what_is_reckoned(point, report, reads):
    from zhihuan.telemetry.kinds import Kind

    mn = point.devices.get().mn
    for hour in range(5):
        report("w01018", 60.0 + hour, kind=Kind.HOUR, time=PAST[1].start + 3600 * hour, mn=mn)
    reckoned = figures(point, keeps=False)
    assert reckoned[1].received == 5
    figures(point)
    assert figures(point) == reckoned


def test_another_limit_of_one_quarter_leaves_the_others_where_they_are(point, reads):
    figures(point)
    first_day = PAST[1].first
    PointLimit.objects.create(
        point=point, factor="w01018", kind="hour", upper=1, basis="试", valid_from=first_day,
        valid_until=first_day + dt.timedelta(days=20),
    )  # fmt: skip
    reads.clear()
    figures(point)
    assert reads[0][0] == PAST[1].start


def test_late_data_clear_their_quarter_and_no_other(point, reads):
    figures(point)
    span = (PAST[1].start + 86_400, PAST[1].start + 2 * 86_400)
    assert forget_quarters([point.pk], span, NOW) == 1
    assert forget_quarters([point.pk], (RUNNING.start, RUNNING.start + 86_400), NOW) == 0
    reads.clear()
    figures(point)
    assert reads == [(PAST[1].start, int(NOW.timestamp()) // 3600 * 3600)]


def test_data_that_arrive_late_are_counted(point, report, reads):
    """Through the round that looks at what arrived."""
    from zhihuan.bureau.exceedance.rounds import judge_arrivals
    from zhihuan.telemetry.kinds import Kind

    assert figures(point)[1].received == 0
    mn, at = point.devices.get().mn, PAST[1].start + 86_400
    report("w01018", 60.0, kind=Kind.HOUR, time=at, mn=mn, received=int(NOW.timestamp()) * 1000 - 5)
    judge_arrivals(NOW)
    assert figures(point)[1].received == 1


def test_quarters_are_reckoned_before_anybody_asks(point, enterprise_of, reads):
    enterprise_of(point)
    assert keep_ahead(NOW) == 1
    assert keep_ahead(NOW) == 0
    assert KeptQuarter.objects.count() == 7
    reads.clear()
    figures(point)
    assert [start for start, _end in reads] == [RUNNING.start]


@pytest.fixture
def enterprise_of():
    """Puts a point on an enterprise's site."""
    from zhihuan.bureau.registry.models import Enterprise, Site

    def place(point):
        firm = Enterprise.objects.create(
            code="ENT-9", name="模拟厂", kind="enterprise", town=point.town, no_code_reason="模拟"
        )
        point.site = Site.objects.create(
            code="SITE-9", name="厂区", enterprise=firm, town=point.town
        )
        point.save()

    return place


def test_a_quarter_tells_only_what_bears_on_it(point):
    records = Records(Device.objects.filter(point=point), (), (), ())
    judged = judged_points([point.pk], records)[point.pk]
    quarter = Quarter(2025, 1)
    assert judged.within(quarter.start, quarter.end).stays[0].end == quarter.end
    assert judged.within(0, 1).stays == ()
