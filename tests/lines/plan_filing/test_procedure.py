"""The whole way of a plan by the engine: who, when, in which order, and how often."""

from __future__ import annotations

import datetime as dt

import pytest
from plan_walk import Walk, nine

from zhihuan.bureau.clock import published_calendar
from zhihuan.bureau.matters.checks import faults
from zhihuan.bureau.matters.engine.expiring import expire_due
from zhihuan.bureau.matters.engine.refusals import FormRefusedError, StepRefusedError
from zhihuan.bureau.matters.engine.taking import Acting, open_matter
from zhihuan.bureau.matters.models import Matter, RunningClock
from zhihuan.bureau.vault.evidence.looking import visible
from zhihuan.lines.plan_filing.procedure import PLAN_FILING

OUTCOME = RunningClock.Outcome
MISSING = {"missing": "缺少调查日期", "refile_by": "2026-03-02"}
REFUSAL = {"ground": "incomplete", "reason": "经告知未补正"}
WHY = {"reason": "企业已搬迁"}


def refused(walk, step, by, day, **said) -> str:
    version = walk.plan.version
    with pytest.raises(StepRefusedError) as told:
        walk.take(step, by, day, **said)
    assert Matter.objects.get(pk=walk.plan.pk).version == version
    return str(told.value)


def test_the_declaration_has_no_fault():
    assert faults(PLAN_FILING) == []


# ---- the straight way ----


def test_a_plan_is_handed_in_checked_and_filed_with_its_number(filed):
    plan = filed.kept()
    assert (plan.state, plan.filed_on) == ("filed", dt.date(2026, 3, 2))
    assert plan.number == "442000-2026-001-M"
    assert [event.step for event in plan.events.all()] == ["_open", "submit", "file"]


def test_what_was_said_is_kept_in_columns_and_the_papers_in_the_event(filed):
    plan = filed.kept()
    assert (plan.plan_level, plan.risk, plan.crosses_region) == ("enterprise", "M", False)
    assert (plan.signed_on, plan.signer, plan.is_simplified) == (
        dt.date(2026, 2, 10),
        "李四",
        False,
    )
    said = plan.events.get(step="submit").said
    assert said["plan"] == said["review_opinion"] == filed.cast.paper.pk


def test_numbers_run_through_the_year_with_the_letters_of_each_risk(cast):
    numbers = []
    for risk, crosses in (("H", "on"), ("L", ""), ("M", "on")):
        walk = Walk.opened(cast, "2026-03-02")
        walk.take(
            "submit", cast.owner, "2026-03-02", **cast.plan(risk=risk, crosses_region=crosses)
        )
        walk.take("file", cast.head, "2026-03-03")
        numbers.append(walk.kept().number)
    assert numbers == ["442000-2026-001-HT", "442000-2026-002-L", "442000-2026-003-MT"]


def test_a_simplified_filing_goes_the_same_way_with_fewer_papers(walk):
    papers = ("filing_form", "plan")
    walk.take(
        "submit", walk.cast.owner, "2026-02-12", **walk.cast.plan(*papers, is_simplified="on")
    )
    walk.take("file", walk.cast.clerk, "2026-02-13")
    plan = walk.kept()
    assert (plan.is_simplified, plan.number) == (True, "442000-2026-001-L")


def test_a_town_s_plan_is_entered_by_a_clerk_and_checked_by_another(cast):
    walk = Walk.opened(cast, "2026-03-02", party=None, title="三角镇突发环境事件应急预案")
    said = cast.plan(plan_level="town", risk="M")
    walk.take("submit", cast.clerk, "2026-03-02", **said)
    assert "前序" in refused(walk, "file", cast.clerk, "2026-03-03")
    walk.take("file", cast.head, "2026-03-03")
    assert walk.kept().plan_level == "town"


# ---- clocks ----


def test_the_check_takes_five_working_days_across_spring_festival(walk):
    walk.take("submit", walk.cast.owner, "2026-02-12", **walk.cast.plan())
    clock = walk.clock("check")
    # 13 and 14 February (a Saturday made up for) are worked, 15 to 23 are not
    assert clock.last_day == naive_working_day(dt.date(2026, 2, 12), 5) == dt.date(2026, 2, 26)
    walk.take("file", walk.cast.clerk, "2026-02-26")
    assert walk.clock("check").outcome == OUTCOME.MET


def test_a_check_that_comes_too_late_is_called_so(filed):
    assert filed.clock("check").outcome == OUTCOME.LATE


@pytest.mark.parametrize(("risk", "runs"), [("L", False), ("M", True), ("H", True)])
def test_only_larger_and_major_risks_start_the_clock_of_reporting(walk, risk, runs):
    walk.take("submit", walk.cast.owner, "2026-02-12", **walk.cast.plan(risk=risk))
    walk.take("file", walk.cast.clerk, "2026-02-13")
    clock = walk.clock("report")
    assert (clock is not None) == runs
    assert not runs or clock.last_day == naive_working_day(dt.date(2026, 2, 13), 5)


def test_three_years_are_three_years_though_the_day_is_no_working_day(filed):
    clock = filed.clock("review")
    assert (clock.last_day, clock.provisional) == (dt.date(2029, 3, 2), False)


def naive_working_day(start: dt.date, count: int) -> dt.date:
    """The count-th working day after a day, walked day by day over the published calendar."""
    calendar, day = published_calendar(), start
    while count:
        day += dt.timedelta(days=1)
        count -= calendar.works(day)
    return day


# ---- correction, once ----


def test_a_correction_is_told_once_and_stops_the_check(walk):
    cast = walk.cast
    walk.take("submit", cast.owner, "2026-02-12", **cast.plan())
    walk.take("correct", cast.clerk, "2026-02-13", **MISSING)
    assert (walk.plan.state, walk.clock("check").outcome) == ("correcting", OUTCOME.MET)
    walk.take("resubmit", cast.owner, "2026-02-24", **cast.plan("plan", note="已补"))
    assert walk.clock("check").last_day == dt.date(2026, 3, 2)
    words = refused(walk, "correct", cast.clerk, "2026-02-25", **MISSING)
    assert words == "已告知过一次补正，不能再次退回；请准予备案或不予备案。"
    walk.take("file", cast.clerk, "2026-02-25")
    assert walk.kept().number


@pytest.mark.parametrize(
    ("day", "outcome"), [("2026-03-01", OUTCOME.MET), ("2026-03-02", OUTCOME.LATE)]
)
def test_the_day_to_file_again_is_the_party_s_clock_and_the_one_that_was_told(walk, day, outcome):
    cast = walk.cast
    walk.take("submit", cast.owner, "2026-02-12", **cast.plan())
    walk.take("correct", cast.clerk, "2026-02-13", **MISSING | {"refile_by": "2026-03-01"})
    clock = walk.clock("refile")
    # a Sunday: the notice says that day, and nothing moves it
    assert (clock.last_day, clock.provisional) == (dt.date(2026, 3, 1), False)
    walk.take("resubmit", cast.owner, day, **cast.plan("plan", note="已补"))
    assert walk.clock("refile").outcome == outcome


def test_a_revised_plan_may_be_corrected_once_again(filed):
    cast = filed.cast
    revise(filed, "2026-05-06")
    filed.take("correct", cast.clerk, "2026-05-07", **MISSING | {"refile_by": "2026-05-20"})
    filed.take("resubmit", cast.owner, "2026-05-08", **cast.plan("plan", note="已补"))
    refused(filed, "correct", cast.clerk, "2026-05-09", **MISSING | {"refile_by": "2026-05-20"})


# ---- refusal, withdrawal, late plans ----


def test_a_refusal_says_why_and_leaves_the_duty(walk):
    cast = walk.cast
    walk.take("submit", cast.owner, "2026-02-12", **cast.plan())
    with pytest.raises(FormRefusedError):
        walk.take("refuse", cast.head, "2026-02-13")
    words = refused(walk, "refuse", cast.head, "2026-02-13", **REFUSAL)
    assert words == "备案文件不齐全的，须先一次告知补正；请办理“告知补正”。"
    walk.take("correct", cast.clerk, "2026-02-13", **MISSING)
    walk.take("refuse", cast.head, "2026-03-03", **REFUSAL)
    plan = walk.kept()
    assert (plan.state, plan.ended_at, plan.number) == ("refused", None, "")
    walk.take("submit", cast.owner, "2026-03-04", **cast.plan())
    walk.take("file", cast.clerk, "2026-03-05")
    assert walk.kept().state == "filed"


def test_what_is_not_ours_is_refused_at_once(walk):
    walk.take("submit", walk.cast.owner, "2026-02-12", **walk.cast.plan())
    walk.take("refuse", walk.cast.head, "2026-02-13", **REFUSAL | {"ground": "not_ours"})
    assert walk.kept().state == "refused"


def test_a_day_to_file_again_is_not_past(walk):
    walk.take("submit", walk.cast.owner, "2026-02-12", **walk.cast.plan())
    past = MISSING | {"refile_by": "2026-02-12"}
    assert "不能早于今天" in refused(walk, "correct", walk.cast.clerk, "2026-02-13", **past)


def test_who_answers_no_correction_is_refused_too(walk):
    cast = walk.cast
    walk.take("submit", cast.owner, "2026-02-12", **cast.plan())
    walk.take("correct", cast.clerk, "2026-02-13", **MISSING)
    walk.take("refuse", cast.head, "2026-04-13", **REFUSAL)
    assert walk.kept().state == "refused"


def test_nobody_is_refused_for_what_is_missing_before_the_day_to_file_again_is_over(walk):
    cast = walk.cast
    walk.take("submit", cast.owner, "2026-02-12", **cast.plan())
    walk.take("correct", cast.clerk, "2026-02-13", **MISSING)
    assert "再次备案期限尚未届满" in refused(walk, "refuse", cast.head, "2026-03-02", **REFUSAL)
    walk.take("resubmit", cast.owner, "2026-03-02", **cast.plan("plan", note="已补"))
    walk.take("refuse", cast.head, "2026-03-02", **REFUSAL)  # it came, and is incomplete still
    assert walk.kept().state == "refused"


def test_what_turns_out_not_to_be_ours_is_refused_while_a_correction_is_awaited(walk):
    walk.take("submit", walk.cast.owner, "2026-02-12", **walk.cast.plan())
    walk.take("correct", walk.cast.clerk, "2026-02-13", **MISSING)
    walk.take("refuse", walk.cast.head, "2026-02-24", **REFUSAL | {"ground": "not_ours"})
    assert walk.kept().state == "refused"


def test_who_checks_a_plan_reads_what_was_handed_in_and_nobody_elsewhere_does(walk):
    walk.take("submit", walk.cast.owner, "2026-02-12", **walk.cast.plan())
    for user, count in ((walk.cast.clerk, 6), (walk.cast.head, 6), (walk.cast.stranger, 0)):
        assert visible(user, walk.plan).count() == count


def test_a_plan_is_withdrawn_by_its_owner_before_it_is_filed_and_not_after(walk):
    cast = walk.cast
    walk.take("submit", cast.owner, "2026-02-12", **cast.plan())
    assert "权限" in refused(walk, "withdraw", cast.head, "2026-02-12", **WHY)
    walk.take("withdraw", cast.owner, "2026-02-12", **WHY)
    assert (walk.kept().state, walk.clock("check").outcome) == ("withdrawn", OUTCOME.MET)


def test_what_was_filed_once_is_not_withdrawn_while_its_revision_is_checked(filed):
    revise(filed, "2026-05-06")
    assert "不能撤回" in refused(filed, "withdraw", filed.cast.owner, "2026-05-06", **WHY)
    assert "不能办理" in refused(filed, "close", filed.cast.head, "2026-05-06", **WHY)


def test_a_late_plan_is_taken_with_the_reason(walk):
    said = walk.cast.plan(signed_on="2026-01-05")
    assert "最迟应于 2026-02-02 报送" in refused(
        walk, "submit", walk.cast.owner, "2026-02-12", **said
    )
    walk.take("submit", walk.cast.owner, "2026-02-12", **said, late_reason="评审延期")
    assert walk.plan.events.get(step="submit").said["late_reason"] == "评审延期"


def test_a_plan_is_not_signed_in_the_future(walk):
    said = walk.cast.plan(signed_on="2026-02-13")
    assert "不能晚于今天" in refused(walk, "submit", walk.cast.owner, "2026-02-12", **said)


# ---- reporting upward ----


def test_a_larger_risk_is_reported_to_the_city_in_time(filed):
    filed.take("report_up", filed.cast.head, "2026-03-04", reported_to=["city"])
    assert (filed.plan.state, filed.clock("report").outcome) == ("filed", OUTCOME.MET)


def test_a_major_risk_is_reported_to_the_province_too_and_a_general_one_to_nobody(cast):
    for risk, words in (("H", "须同时报省级"), ("L", "不需上报")):
        walk = Walk.opened(cast, "2026-02-12")
        walk.take("submit", cast.owner, "2026-02-12", **cast.plan(risk=risk))
        walk.take("file", cast.clerk, "2026-02-13")
        assert words in refused(walk, "report_up", cast.head, "2026-02-14", reported_to=["city"])


# ---- three years ----


def test_after_three_years_the_platform_says_so_once(filed):
    assert expire_due(nine("2029-03-02")) == 0
    assert expire_due(nine("2029-03-03")) == 1
    plan = filed.kept()
    assert (plan.state, plan.ended_at) == ("lapsed", None)
    assert plan.events.last().actor is None
    assert filed.clock("review").outcome == OUTCOME.EXPIRED
    assert expire_due(nine("2029-03-04")) == 0


def test_an_assessment_lets_three_years_begin_anew(filed):
    told = {"conclusion": "预案仍然适用", "assessment": filed.cast.paper}
    filed.take("assess", filed.cast.owner, "2028-12-01", **told)
    assert filed.clock("review").last_day == dt.date(2031, 12, 1)
    assert expire_due(nine("2029-03-03")) == 0


def test_a_lapsed_plan_is_assessed_or_revised(filed):
    expire_due(nine("2029-03-03"))
    filed.plan = filed.kept()
    revise(filed, "2029-04-02")
    filed.take("file", filed.cast.clerk, "2029-04-03")
    plan = filed.kept()
    assert (plan.state, plan.number) == ("filed", "442000-2029-001-M")
    assert filed.clock("review").last_day == dt.date(2032, 4, 3)


def revise(walk, day: str) -> None:
    """A revision that was signed that very day."""
    said = walk.cast.plan(risk="M", signed_on=day, triggers=["risk"], changes="新增储罐")
    walk.take("revise", walk.cast.owner, day, **said)


# ---- who and in which order ----


def test_steps_of_one_side_are_refused_to_the_other(walk):
    cast = walk.cast
    for user in (cast.head, cast.stranger, cast.neighbour):
        assert "权限" in refused(walk, "submit", user, "2026-02-12", **cast.plan())
    walk.take("submit", cast.owner, "2026-02-12", **cast.plan())
    for user in (cast.owner, cast.neighbour, cast.stranger):
        for step, said in (("file", {}), ("correct", MISSING), ("refuse", REFUSAL)):
            assert "权限" in refused(walk, step, user, "2026-02-13", **said)
    assert "权限" in refused(walk, "refuse", cast.clerk, "2026-02-13", **REFUSAL)


def test_the_platform_s_step_is_nobody_s(filed):
    for user in (filed.cast.head, filed.cast.owner):
        assert "权限" in refused(filed, "expire", user, "2029-03-03")


@pytest.mark.parametrize(
    "step", ["file", "correct", "resubmit", "refuse", "revise", "assess", "close"]
)
def test_nothing_is_done_before_its_turn(walk, step):
    assert "现处于“填报”" in refused(walk, step, walk.cast.head, "2026-02-12")


def test_a_stranger_opens_no_plan_for_a_factory(cast):
    fields = {"title": "x", "party": cast.firm, "town": cast.town}
    for user in (cast.neighbour, cast.stranger, cast.head):
        with pytest.raises(StepRefusedError):
            open_matter("plan_filing", Acting(user), **fields)


def test_a_plan_ends_when_the_factory_does(filed):
    filed.take("close", filed.cast.head, "2026-05-06", **WHY)
    plan = filed.kept()
    assert (plan.state, plan.ended_at) == ("closed", nine("2026-05-06"))
    running = RunningClock.objects.filter(matter=plan, outcome=OUTCOME.RUNNING)
    assert not running.exists()
