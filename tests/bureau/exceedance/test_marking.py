"""Marks of the enterprise: in time, late, superseded, taken back, refused; each judged anew at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from stack_cases import SO2, at, course

from zhihuan.bureau.exceedance.marking import Wanted, make_mark, review_mark, take_back
from zhihuan.bureau.exceedance.models import DataMark, Episode, MarkReview
from zhihuan.bureau.exceedance.refusals import RefusedError

pytestmark = pytest.mark.django_db
Stage, Outcome = Episode.Stage, Episode.Outcome
START, END = at("03-01 01:00"), at("03-01 03:00")
IN_TIME, LATE = at("03-02 12:00"), at("03-02 12:01")


@pytest.fixture
def marked(stack: Any) -> Any:
    """Two exceeding hours, found; marked by ``marked.by(now, …)``."""
    stack.sends(at("03-01 00:00"), [10, 40, 40, 10])
    stack.judged(at("03-01 00:00"), at("03-01 04:00"))

    def by(now: dt.datetime, **fields: Any) -> DataMark:
        given = {"kind": "fault", "start": START, "end": END, "reason": "采样泵故障"} | fields
        return make_mark(Wanted(stack.point, **given), stack.firm, now=now)

    stack.by = by
    return stack


def test_a_mark_in_time_leaves_nothing_standing_and_the_branch_verifies(marked: Any) -> None:
    row = marked.by(IN_TIME)
    found = marked.episode
    assert (row.late, row.deadline_at) == (False, IN_TIME)
    assert (found.periods, found.standing, found.stage) == (2, 0, Stage.VERIFYING)
    assert (found.answered_at, found.late_mark) == (IN_TIME, False)
    assert course(found)[-1] == "marked"
    assert "设备故障" in str(found.derivation["facts"])


def test_a_mark_made_before_the_hours_were_judged_closes_the_episode_quietly(stack: Any) -> None:
    wanted = Wanted(stack.point, "calibration", START, END, "季度校准")
    make_mark(wanted, stack.firm, now=at("02-28 20:00"))
    stack.sends(at("03-01 00:00"), [10, 40, 40, 10])
    stack.judged(at("03-01 00:00"), at("03-01 04:00"))
    found = stack.episode
    assert (found.stage, found.outcome, found.standing) == (Stage.CLOSED, Outcome.MARKED, 0)
    assert course(found) == ["found"]


@pytest.mark.parametrize("kind", ["start_up", "stopped"])
def test_a_working_condition_that_nobody_accepted_is_looked_at_by_the_branch(
    stack: Any, kind: str
) -> None:
    """Which hours of it are exempt stands in permit or standard; what discharges does not stand still."""
    wanted = Wanted(stack.point, kind, START, END, "冷态启动")
    row = make_mark(wanted, stack.firm, now=at("02-28 20:00"))
    stack.sends(at("03-01 00:00"), [10, 40, 40, 10])
    stack.judged(at("03-01 00:00"), at("03-01 04:00"))
    found = stack.episode
    assert (found.stage, found.standing) == (Stage.VERIFYING, 0)
    assert found.due_at == at("03-04 05:00")
    assert row.kind == kind
    # a branch that accepted a mark beforehand has looked already
    again = Wanted(stack.point, kind, at("03-03 01:00"), at("03-03 03:00"), "冷态启动")
    known = make_mark(again, stack.firm, now=at("03-02 20:00"))
    review_mark(known, stack.officer, "许可证载明启动 8 小时", accepted=True)
    stack.sends(at("03-03 00:00"), [10, 40, 40, 10])
    stack.judged(at("03-03 00:00"), at("03-03 04:00"))
    newest = Episode.objects.latest("first_at")
    assert (newest.stage, newest.outcome) == (Stage.CLOSED, Outcome.MARKED)


#: Start-up of furnaces is left out until the end of June 2026, and judged from July on.
ENDED_IN_JUNE = """
title: 启停时段是否不作超标评价
unit: table
editions:
  - in_force_from: 2017-05-01
    value: {flue_gas: true, wastewater: false, other: false}
    reference: {title: 旧规定, clause: 一}
    confidence: unconfirmed
    last_checked: 2026-11-29
  - in_force_from: 2026-07-01
    value: {flue_gas: false, wastewater: false, other: false}
    reference: {title: 新规定, clause: 一}
    confidence: unconfirmed
    last_checked: 2026-11-29
"""


@pytest.fixture
def _rule_ends_in_june(monkeypatch: pytest.MonkeyPatch) -> None:
    from zhihuan.bureau.exceedance import outlets
    from zhihuan.standards.parameters import parameter_from

    dated = parameter_from("exceedance/start_stop_exempt", ENDED_IN_JUNE)
    monkeypatch.setattr(outlets, "parameter", lambda _name: dated)


def starting(stack: Any, start: dt.datetime, hours: int) -> None:
    """Exceeding hours in which the furnace was started, marked beforehand and accepted by the branch."""
    end = start + dt.timedelta(hours=hours)
    wanted = Wanted(stack.point, "start_up", start, end, "冷态启动")
    row = make_mark(wanted, stack.firm, now=start - dt.timedelta(hours=4))
    review_mark(row, stack.officer, "许可证载明启动 8 小时", accepted=True)
    stack.sends(start, [40] * hours)


@pytest.mark.usefixtures("_rule_ends_in_june")
@pytest.mark.parametrize("judged_on", ["03-01 06:00", "07-01 06:00", "11-30 06:00"])
def test_start_up_is_judged_by_the_rule_of_its_own_day_whenever_it_is_judged(
    stack: Any, judged_on: str
) -> None:
    """A past year judged again stays what it was: neither the day of judging nor the newest rule counts."""
    starting(stack, at("03-01 01:00"), 2)
    stack.judged(at("03-01 00:00"), at("03-01 04:00"), at(judged_on))
    assert (stack.episode.periods, stack.episode.standing) == (2, 0)


@pytest.mark.usefixtures("_rule_ends_in_june")
@pytest.mark.parametrize("judged_on", ["07-01 06:00", "11-30 06:00"])
def test_start_up_after_the_rule_ended_stands(stack: Any, judged_on: str) -> None:
    starting(stack, at("07-01 01:00"), 2)
    stack.judged(at("07-01 00:00"), at("07-01 04:00"), at(judged_on))
    assert (stack.episode.periods, stack.episode.standing) == (2, 2)


@pytest.mark.usefixtures("_rule_ends_in_june")
@pytest.mark.parametrize("first", ["06-30 00:00", "07-01 00:00"])
def test_an_episode_across_the_change_keeps_each_hour_s_rule_whatever_day_was_asked_for(
    stack: Any, first: str
) -> None:
    """Two hours of June are left out, two of July stand, also where only July is judged again."""
    starting(stack, at("06-30 22:00"), 4)
    stack.judged(at("06-30 22:00"), at("07-01 04:00"))
    stack.judged(at(first), at("07-01 04:00"), at("11-30 06:00"))
    assert (stack.episode.periods, stack.episode.standing) == (4, 2)
    assert stack.episode.first_at == at("06-30 22:00")


def test_a_mark_of_the_branch_or_the_device_is_no_answer_of_the_enterprise(marked: Any) -> None:
    given = {"kind": "fault", "start": START, "end": at("03-01 02:00"), "reason": "电话报告"}
    for actor in (marked.officer, None):
        make_mark(Wanted(marked.point, **given), actor, now=at("03-01 09:00"))
    assert marked.episode.answered_at is None


def test_a_late_mark_is_seen_and_counts_once_accepted(marked: Any) -> None:
    row = marked.by(LATE)
    assert row.late
    found = marked.episode
    assert (found.standing, found.late_mark, found.stage) == (2, True, Stage.EXPLAINING)
    review_mark(row, marked.officer, "维修记录属实", accepted=True, now=at("03-02 15:00"))
    found.refresh_from_db()
    assert (found.standing, found.late_mark, found.stage) == (0, True, Stage.VERIFYING)


def test_a_refused_mark_brings_the_hours_back(marked: Any) -> None:
    row = marked.by(IN_TIME)
    review_mark(row, marked.officer, "当时设备正常", accepted=False)
    assert (marked.episode.standing, marked.episode.stage) == (2, Stage.VERIFYING)
    review_mark(row, marked.officer, "补交记录属实", accepted=True)
    assert marked.episode.standing == 0
    assert MarkReview.objects.count() == 2


def test_a_mark_that_supersedes_narrows_what_is_out(marked: Any) -> None:
    first = marked.by(IN_TIME)
    marked.by(IN_TIME, end=at("03-01 02:00"), supersedes=first)
    assert marked.episode.standing == 1
    with pytest.raises(RefusedError, match="已被取代"):
        marked.by(IN_TIME, supersedes=first)


def test_taking_a_mark_back_leaves_none_and_both_rows_stay(marked: Any) -> None:
    first = marked.by(IN_TIME)
    second = take_back(first, marked.firm, "标记错点位", now=IN_TIME)
    assert marked.episode.standing == 2
    assert DataMark.objects.count() == 2
    with pytest.raises(RefusedError):
        take_back(second, marked.firm, "again", now=IN_TIME)


def test_a_mark_of_another_factor_changes_nothing(marked: Any) -> None:
    marked.by(IN_TIME, factor="a21002")
    assert marked.episode.standing == 2
    marked.by(IN_TIME, factor=SO2)
    assert marked.episode.standing == 0


def test_marks_outside_the_rule_are_refused_with_the_remedy(marked: Any) -> None:
    day = dt.timedelta(days=1)
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"end": START}, "晚于开始"),
        ({"end": START + 93 * day}, "92 天"),
        ({"end": IN_TIME + 32 * day}, "31 天"),
        ({"kind": "holiday"}, "清单"),
        ({"start": START.replace(year=2022), "end": END.replace(year=2022)}, "2023-01-01"),
    ]
    for fields, words in wrong:
        with pytest.raises(RefusedError, match=words):
            marked.by(IN_TIME, **fields)
    assert not DataMark.objects.exists()


def test_marks_and_reviews_are_appended_only(marked: Any) -> None:
    row = marked.by(IN_TIME)
    review = review_mark(row, marked.officer, "属实", accepted=True)
    row.reason = "something else"
    for change in (
        row.save, row.delete, review.save, review.delete,
        DataMark.objects.all().delete, lambda: MarkReview.objects.update(accepted=False),
    ):  # fmt: skip
        with pytest.raises(PermissionDenied):
            change()


def test_making_the_mark_and_judging_stand_or_fall_together(marked: Any, monkeypatch: Any) -> None:
    from zhihuan.telemetry.store import StoreUnavailable

    def broken(*_args: object, **_kwargs: object) -> None:
        raise StoreUnavailable("away")

    monkeypatch.setattr(type(marked.store), "measurements", broken)
    with pytest.raises(StoreUnavailable):
        marked.by(IN_TIME)
    assert not DataMark.objects.exists()
