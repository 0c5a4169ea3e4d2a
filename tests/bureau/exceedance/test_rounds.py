"""From rows in a real store to kept episodes: found, grown, moved by late data, never twice."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from stack_cases import MN, SO2, at, course

from zhihuan.bureau.exceedance.models import Episode, Look
from zhihuan.bureau.exceedance.rounds import judge_arrivals
from zhihuan.bureau.registry.models import (
    Device,
    MonitoringPoint,
    PastPlacement,
    Permit,
    PointLimit,
)

pytestmark = pytest.mark.django_db
NAN = float("nan")
Stage, Outcome = Episode.Stage, Episode.Outcome


def test_exceeding_hours_become_one_episode_with_its_reasons(stack: Any) -> None:
    stack.sends(at("03-01 00:00"), [10, 40, 50, 10])
    stack.judged(at("03-01 00:00"), at("03-01 04:00"))
    found = stack.episode
    assert (found.first_at, found.end_at) == (at("03-01 01:00"), at("03-01 03:00"))
    assert (found.periods, found.standing, found.worst_value) == (2, 2, 50.0)
    assert found.multiple == pytest.approx(50 / 35 - 1)
    assert found.basis == "GB 13223-2011 表1"
    assert "GB 13223-2011" in str(found.derivation["basis"])
    assert (found.stage, found.due_at) == (Stage.EXPLAINING, at("03-02 05:00"))
    assert course(found) == ["found", "told"]


def test_a_limit_of_a_permit_is_cautioned_as_registered_from_it(stack: Any) -> None:
    permit = Permit.objects.create(
        enterprise=stack.enterprise, number="914420001V", valid_from=dt.date(2020, 1, 1)
    )
    PointLimit.objects.update(permit=permit)
    stack.sends(at("03-01 00:00"), [10, 40, 50, 10])
    stack.judged(at("03-01 00:00"), at("03-01 04:00"))
    kept = stack.episode.derivation
    said = "按排污许可证登记，请与许可证副本载明的许可排放浓度限值核对"
    assert kept["basis"][0]["confidence"] == "registered"
    assert f"排污许可证 914420001V（GB 13223-2011） 表1：{said}" in kept["cautions"]
    assert not [each for each in kept["cautions"] if "914420001V" in each and "证实" in each]


def test_judging_again_changes_nothing(stack: Any) -> None:
    stack.sends(at("03-01 00:00"), [10, 40, 50, 10])
    stack.judged(at("03-01 00:00"), at("03-01 04:00"))
    before = Episode.objects.values().get()
    done = stack.judged(at("03-01 00:00"), at("03-01 04:00"), at("03-01 09:00"))
    assert (done.found, done.changed, done.gone) == (0, 0, 0)
    assert Episode.objects.values().get() == before


def test_an_episode_grows_over_midnight_and_stays_itself(stack: Any) -> None:
    stack.sends(at("03-01 22:00"), [40, 40])
    stack.judged(at("03-01 22:00"), at("03-02 00:00"))
    number = stack.episode.pk
    stack.sends(at("03-02 00:00"), [45, 10])
    stack.judged(at("03-02 00:00"), at("03-02 02:00"))
    grown = stack.episode
    assert (grown.pk, grown.periods, grown.worst_value) == (number, 3, 45.0)
    assert grown.end_at == at("03-02 01:00")
    assert course(grown) == ["found", "told", "grew"]


def test_late_data_join_two_episodes_into_the_earlier_one(stack: Any) -> None:
    stack.sends(at("03-01 00:00"), [40, *[NAN] * 5, 40])
    stack.judged(at("03-01 00:00"), at("03-01 07:00"))
    first, second = Episode.objects.order_by("first_at")
    stack.sends(at("03-01 01:00"), [40] * 5)
    stack.judged(at("03-01 00:00"), at("03-01 07:00"))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.periods, first.stage) == (7, Stage.EXPLAINING)
    assert (second.stage, second.outcome) == (Stage.CLOSED, Outcome.MERGED)


def test_a_corrected_value_withdraws_the_episode_and_a_worse_one_brings_it_back(stack: Any) -> None:
    start, end = at("03-01 00:00"), at("03-01 02:00")
    stack.sends(start, [40])
    stack.judged(start, end)
    stack.sends(start, [20], received=2_000_000_000_000)
    stack.judged(start, end)
    assert (stack.episode.stage, stack.episode.outcome) == (Stage.CLOSED, Outcome.WITHDRAWN)
    stack.sends(start, [41], received=2_000_000_000_001)
    stack.judged(start, end, at("03-01 06:00"))
    assert (stack.episode.stage, stack.episode.outcome) == (Stage.EXPLAINING, "")
    assert course(stack.episode)[-3:] == ["grew", "reopened", "told"]


@pytest.mark.parametrize("flag", ["D", "M", "C", "T", "B", "S", "F"])
def test_what_the_device_marked_is_no_exceedance(stack: Any, flag: str) -> None:
    stack.sends(at("03-01 00:00"), [90] * 4, flag=flag)
    stack.judged(at("03-01 00:00"), at("03-01 04:00"))
    assert not Episode.objects.exists()


def test_an_hour_of_which_we_know_too_few_valid_minutes_is_no_exceedance(stack: Any) -> None:
    from zhihuan.telemetry.rows import StatisticRows

    start = at("03-01 00:00")
    stack.sends(start, [90, 90])
    ours, nan = StatisticRows(), NAN
    row = {
        "mn": MN, "factor": SO2, "kind": 3, "time": int(start.timestamp()), "value": 90.0,
        "minimum": nan, "maximum": nan, "total": nan, "zs_value": nan, "zs_minimum": nan,
        "zs_maximum": nan, "flag": "N", "valid_count": 44, "expected_count": 60, "valid": False,
        "rule": "flue_gas/2026-01-01", "computed": 1,
    }  # fmt: skip
    for column, cell in row.items():
        getattr(ours, column).append(cell)
    stack.store.write_statistics(ours)
    stack.judged(start, at("03-01 02:00"))
    assert (stack.episode.periods, stack.episode.first_at) == (1, at("03-01 01:00"))


def test_the_limit_of_each_day_is_read_in_an_episode_across_its_change(stack: Any) -> None:
    stack.limit(60.0, valid_from=dt.date(2026, 3, 2), basis="新标准")
    stack.sends(at("03-01 22:00"), [50, 50, 50, 50])
    stack.judged(at("03-01 22:00"), at("03-02 02:00"))
    assert (stack.episode.periods, stack.episode.end_at) == (2, at("03-02 00:00"))


def test_hours_belong_to_where_the_device_stood(stack: Any) -> None:
    other = MonitoringPoint.objects.create(
        code="FG-2", name="2号炉", kind="flue_gas", site=stack.point.site, town=stack.point.town,
        lon=113.4, lat=22.6,
    )  # fmt: skip
    device = Device.objects.get(mn=MN)
    PastPlacement.objects.create(
        device=device, point=stack.point, placed=dt.date(2020, 1, 1), removed=dt.date(2026, 3, 1)
    )
    Device.objects.filter(pk=device.pk).update(point=other, placed=dt.date(2026, 3, 2))
    stack.sends(at("03-01 22:00"), [40, 40, 40, 40])
    stack.judged(at("03-01 22:00"), at("03-02 02:00"))
    assert (stack.episode.periods, stack.episode.point) == (2, stack.point)


def test_waste_water_warns_by_the_hour_and_exceeds_by_the_day(
    outlet: Any, platform_store: Any
) -> None:
    from stack_cases import Stack

    from zhihuan.bureau.registry.models import PointLimit

    Device.objects.filter(point=outlet).update(placed=dt.date(2020, 1, 1))
    PointLimit.objects.create(
        point=outlet, factor="w01018", kind="day", upper=50, basis="GB 4287-2012",
        valid_from=dt.date(2015, 1, 1),
    )  # fmt: skip
    works = Stack(outlet, *[None] * 6, platform_store)
    mn = Device.objects.get(point=outlet).mn
    works.sends(at("03-01 00:00"), [60] * 24, mn=mn, factor="w01018")
    works.judged(at("03-01 00:00"), at("03-01 12:00"))
    warning = Episode.objects.get()
    assert (warning.warning, warning.span, warning.stage) == (True, "hour", Stage.WARNED)
    assert warning.due_at is None
    works.judged(at("03-01 00:00"), at("03-02 00:00"))
    day = Episode.objects.get(span="day")
    assert (day.warning, day.periods, day.stage) == (False, 1, Stage.EXPLAINING)


def test_a_round_judges_what_arrived_and_brings_late_hours_back(stack: Any) -> None:
    now = at("03-01 04:00")
    stack.sends(at("03-01 00:00"), [40, 10])
    judge_arrivals(now)
    assert (stack.episode.periods, Look.objects.get().received_ms) == (
        1,
        int(now.timestamp()) * 1000,
    )
    late = int(at("03-03 09:00").timestamp() * 1000)
    stack.sends(at("03-01 01:00"), [50], received=late)
    assert judge_arrivals(at("03-03 09:10")).changed == 1
    assert stack.episode.periods == 2
    again = judge_arrivals(at("03-03 09:20"))
    assert (again.found, again.changed, again.gone) == (0, 0, 0)


def test_an_hour_that_has_not_settled_waits_for_the_next_round(stack: Any) -> None:
    stack.sends(at("03-01 00:00"), [40])
    judge_arrivals(at("03-01 01:04"))
    assert not Episode.objects.exists()
    judge_arrivals(at("03-01 01:14"))
    assert stack.episode.periods == 1


def test_a_failing_store_leaves_the_look_where_it_was(stack: Any, monkeypatch: Any) -> None:
    from zhihuan.telemetry.store import StoreUnavailable

    stack.sends(at("03-01 00:00"), [40])

    def broken(*_args: object, **_kwargs: object) -> None:
        raise StoreUnavailable("away")

    with monkeypatch.context() as patch:
        patch.setattr(type(stack.store), "measurements", broken)
        with pytest.raises(StoreUnavailable):
            judge_arrivals(at("03-01 04:00"))
    assert not Look.objects.exists()
    judge_arrivals(at("03-01 04:10"))
    assert stack.episode.periods == 1


def test_queries_do_not_grow_with_outlets(stack: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counted = []
    for number in range(2, 12):
        point = MonitoringPoint.objects.create(
            code=f"FG-{number}", name="炉", kind="flue_gas", site=stack.point.site,
            town=stack.point.town, lon=113.4, lat=22.6,
        )  # fmt: skip
        Device.objects.create(mn=f"GAS{number}", point=point, placed=dt.date(2020, 1, 1))
        stack.point = point
        stack.limit(35.0)
        stack.sends(at("03-01 00:00"), [10, 10], mn=f"GAS{number}")
        if number in (2, 11):
            with CaptureQueriesContext(connection) as queries:
                judge_arrivals(at("03-01 04:00"))
            Look.objects.all().delete()
            counted.append(len(queries))
    assert counted[0] == counted[1]
