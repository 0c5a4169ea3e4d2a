"""Limits and stops of production: told before, decided by another, kept and ended by the party's own filing."""

from __future__ import annotations

import datetime as dt

import pytest
from measures_walk import Walk, at, refused, text_of

from zhihuan.bureau.documents.publication import withdraw
from zhihuan.bureau.matters.engine.expiring import expire_due
from zhihuan.bureau.matters.models import RunningClock

OUTCOME = RunningClock.Outcome
PLAN = {
    "measures": "改造",
    "schedule": "一个月",
    "funds": "自筹",
    "responsible": "李四",
    "published": "公司网站",
}
DONE = {
    "finished_on": "2026-04-20", "done": "已改造。", "published": "公司网站", "power": "10/4 万度", "water": "3/1 万吨",
    "output": "90/30 吨",
}  # fmt: skip
LOOKED = {"happened": "2026-05-20", "found": "达标。"}
SAID = {
    "propose": {"act_on": "2026-02-01", "kind": "limit", "case": "over", "exempt": "none", "facts": "总排口超标。",
                "demand": "限产百分之五十。", "months": "3"},
    "decide_limit": {"reply": "无"}, "decide_stop": {"reply": "无"}, "speak": {"spoken": "请求从轻。"},
    "extend": {"why": "设备未到货。", "months": "3"}, "look_good": LOOKED, "look_bad": LOOKED, "inspect": LOOKED,
    "terminate": {"reason": "dissolved", "why": "破产。"}, "drop": {"why": "无必要。"}, "send_back": {"why": "补证。"},
}  # fmt: skip
STOP = {"kind": "stop", "case": "evasion", "months": "", "stops_discharge": "on"}


@pytest.fixture
def walk(cast):
    said = SAID | {
        "file_plan": PLAN | {"plan": cast.paper},
        "complete": DONE | {"report": cast.paper},
    }
    return Walk.opened(cast, "production_limit", "2026-02-09", said)


def told(walk, **said):
    """Proposed and told on 9 and 10 February; the notice is served on the 12th."""
    walk.take("propose", walk.cast.officer, "2026-02-09", **said)
    walk.take("notify", walk.cast.head, "2026-02-10")
    walk.served("notice", "2026-02-12", "served_notice")
    return walk


def running(walk, step="decide_limit", **said):
    """Decided on 27 February, served on 2 March."""
    told(walk, **said)
    walk.take(step, walk.cast.head, "2026-02-27")
    walk.served("decision", "2026-03-02")
    return walk


def test_a_limit_from_the_proposal_to_the_second_look(walk):
    running(walk)
    walk.take("file_plan", walk.cast.owner, "2026-03-10")
    walk.take("inspect", walk.cast.officer, "2026-03-20", happened="2026-03-19")
    walk.take("complete", walk.cast.owner, "2026-04-27")
    assert walk.clock("follow_up").last_day == dt.date(2026, 5, 27)
    assert "尚未登记公开" in refused(walk, "look_good", walk.cast.officer, "2026-05-21")
    walk.withheld("2026-05-21")
    walk.take("look_good", walk.cast.officer, "2026-05-21")
    kept = walk.kept()
    assert kept.state == "closed"
    assert (kept.in_force_from, kept.in_force_until) == (dt.date(2026, 3, 2), dt.date(2026, 4, 27))


def test_papers_say_what_is_limited_and_for_how_long(walk):
    running(walk)
    for words in (
        "拟责令你单位限制生产",
        "期限3个月",
        "五个工作日",
        "《中华人民共和国环境保护法》第六十条",
    ):
        assert words in text_of(walk, "notice")
    for words in (
        "责令限制生产决定书",
        "中（三角）环限停〔2026〕1号",
        "限产百分之五十",
        "十五个工作日",
        "六个月内",
    ):
        assert words in text_of(walk, "decision")


def test_a_stop_lasts_until_the_party_files_and_no_clock_ends_it(walk):
    running(walk, "decide_stop", **STOP)
    assert "责令停产整治决定书" in text_of(walk, "decision")
    assert walk.clock("term") is None
    assert "停产整治" in refused(walk, "extend", walk.cast.head, "2026-03-10")
    walk.take("complete", walk.cast.owner, "2026-04-27")
    kept = walk.kept()
    assert (kept.state, kept.stops_discharge) == ("lifted", True)
    assert "自备案之日起解除" in text_of(walk, "receipt")


# ---- the party is heard ----


def test_no_decision_before_the_party_had_its_five_working_days(walk):
    told(walk)
    # served on 12 February: 13, 14 (worked), 24, 25, 26
    assert walk.clock("speak").last_day == dt.date(2026, 2, 26)
    assert "2026-02-26" in refused(walk, "decide_limit", walk.cast.head, "2026-02-26")
    walk.take("decide_limit", walk.cast.head, "2026-02-27")


def test_unless_it_gave_them_up_in_writing(walk):
    told(walk)
    walk.take("decide_limit", walk.cast.head, "2026-02-13", waived="on")


def test_its_silence_is_noted_by_the_platform_and_no_delay_of_anybody(walk):
    told(walk)
    assert expire_due(at("2026-02-27T00:01")) == 1
    assert walk.renewed().clock("speak").outcome == OUTCOME.EXPIRED
    assert walk.matter.state == "hearing"


def test_what_was_proposed_is_what_is_decided(walk):
    told(walk)
    assert "限制生产" in refused(walk, "decide_stop", walk.cast.head, "2026-02-27")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"case": "evasion"}, "不适用"),
        ({"kind": "stop"}, "不适用"),
        ({"months": ""}, "三个月"),
        ({"months": "4"}, "months"),
    ],
)
def test_a_case_has_its_measure_and_a_limit_its_months(walk, said, words):
    assert words in refused(walk, "propose", walk.cast.officer, "2026-02-09", **said)


def test_a_public_utility_is_spared_unless_it_was_discussed(walk):
    walk.take("propose", walk.cast.officer, "2026-02-09", exempt="public")
    assert "第七条" in refused(walk, "notify", walk.cast.head, "2026-02-10")
    walk.take("send_back", walk.cast.head, "2026-02-10")
    walk.take("propose", walk.cast.officer, "2026-02-11", exempt="public", discussed="同意实施。")
    walk.take("notify", walk.cast.head, "2026-02-12")


# ---- clocks ----


def test_a_limit_ends_after_three_months_on_its_day(walk):
    running(walk)
    assert walk.clock("term").last_day == dt.date(2026, 5, 27)
    assert expire_due(at("2026-05-28T00:01")) == 1
    kept = walk.renewed().kept()
    assert (kept.state, kept.in_force_until) == ("over", dt.date(2026, 5, 27))
    walk.take("complete", walk.cast.owner, "2026-05-29", finished_on="2026-05-25")


@pytest.mark.parametrize(("months", "last"), [("1", "2026-03-27"), ("2", "2026-04-27"), ("3", "2026-05-27")])  # fmt: skip
def test_a_limit_lasts_as_long_as_was_decided(walk, months, last):
    """The form, the decision, the clock and the end of the measure say the same day."""
    running(walk, months=months)
    day = dt.date.fromisoformat(last)
    assert walk.clock("term").last_day == day
    words = f"期限{months}个月，至{day.year}年{day.month}月{day.day}日止"
    assert words in text_of(walk, "decision")
    assert expire_due(at(f"{day + dt.timedelta(1)}T00:01")) >= 1
    assert walk.renewed().kept().in_force_until == day


def test_it_is_lengthened_by_as_much_as_was_decided_and_before_it_is_over(walk):
    running(walk, months="1")
    head = walk.cast.head
    assert "months" in refused(walk, "extend", head, "2026-03-20", months="4")
    assert "已于 2026-03-27 届满" in refused(walk, "extend", head, "2026-03-28", months="2")
    walk.take("extend", head, "2026-03-20", months="2")
    assert walk.clock("term").last_day == dt.date(2026, 5, 27)
    assert "2026年5月27日" in text_of(walk, "extension")
    assert "法定次数" in refused(walk, "extend", head, "2026-05-01", months="1")


def test_once_three_more_and_not_twice(walk):
    running(walk)
    walk.take("extend", walk.cast.head, "2026-05-20")
    assert walk.clock("term").last_day == dt.date(2026, 8, 27)
    assert "2026年8月27日" in text_of(walk, "extension")
    assert "法定次数" in refused(walk, "extend", walk.cast.head, "2026-08-01")


def test_three_months_from_the_last_of_november_end_with_february(cast):
    walk = Walk.opened(cast, "production_limit", "2025-11-03", SAID)
    walk.take("propose", cast.officer, "2025-11-03", act_on="2025-10-31")
    walk.take("notify", cast.head, "2025-11-04")
    walk.served("notice", "2025-11-05", "served_notice")
    walk.take("decide_limit", cast.head, "2025-11-30")
    assert walk.clock("term").last_day == dt.date(2026, 2, 28)


def test_a_decision_served_after_seven_working_days_is_late(walk):
    told(walk)
    walk.take("decide_limit", walk.cast.head, "2026-02-27")
    assert walk.clock("serve").last_day == dt.date(2026, 3, 10 - 1)
    walk.served("decision", "2026-03-11")
    assert walk.clock("serve").outcome == OUTCOME.LATE


def test_a_late_plan_is_taken_with_its_reason(walk):
    running(walk)
    assert walk.clock("plan").last_day == dt.date(2026, 3, 23)
    assert "逾期" in refused(walk, "file_plan", walk.cast.owner, "2026-03-24")
    walk.take("file_plan", walk.cast.owner, "2026-03-24", late_why="资金未落实")
    assert walk.clock("plan").outcome == OUTCOME.LATE


def test_completion_is_filed_within_fifteen_working_days_of_the_day_told(walk):
    running(walk)
    owner = walk.cast.owner
    assert "不能晚于今天" in refused(walk, "complete", owner, "2026-04-19")
    # 20 April + 15 working days over the first of May (1 to 5 off, Saturday 9 worked): 14 May
    words = refused(walk, "complete", owner, "2026-05-15", finished_on="2026-04-20")
    assert "逾期" in words
    walk.take("complete", owner, "2026-05-15", late_why="监测报告未出")


def test_it_is_lifted_with_a_report_and_the_comparison_and_not_without(walk):
    running(walk)
    for lacking in ("report", "power", "water", "output", "published"):
        assert lacking in refused(walk, "complete", walk.cast.owner, "2026-04-27", **{lacking: ""})


def test_a_look_after_thirty_days_is_late_and_says_why(walk):
    running(walk)
    walk.take("complete", walk.cast.owner, "2026-04-27")
    officer = walk.cast.officer
    assert "逾期" in refused(walk, "look_good", officer, "2026-05-29", happened="2026-05-28")
    walk.withheld("2026-05-29")
    walk.take("look_bad", officer, "2026-05-29", happened="2026-05-28", late_why="台风")
    assert (walk.kept().state, walk.clock("follow_up").outcome) == ("relapsed", OUTCOME.LATE)


# ---- who, and other ends ----


def test_steps_of_one_side_are_refused_to_the_other(walk):
    running(walk)
    for user in (walk.cast.neighbour, walk.cast.far, walk.cast.head):
        assert "权限" in refused(walk, "file_plan", user, "2026-03-10")
    for step in ("extend", "terminate", "inspect"):
        assert "权限" in refused(walk, step, walk.cast.owner, "2026-03-10")


def test_a_bankrupt_party_ends_it(walk):
    running(walk)
    walk.withheld("2026-04-01")
    walk.take("terminate", walk.cast.head, "2026-04-01")
    assert walk.kept().state == "terminated"


@pytest.mark.parametrize("until", ["propose", "notify", "served_notice"])
def test_it_may_be_dropped_before_it_is_decided(walk, until):
    walk.take("propose", walk.cast.officer, "2026-02-09")
    if until != "propose":
        walk.take("notify", walk.cast.head, "2026-02-10")
    if until == "served_notice":
        walk.served("notice", "2026-02-12", "served_notice")
    walk.take("drop", walk.cast.head, "2026-02-13")
    assert walk.kept().state == "dropped"


def test_who_asked_for_a_hearing_is_heard_before_the_decision(walk, person):
    presider = person("case_reviewer", name="reviewer", at=walk.cast.leader.organisation)
    told(walk)
    walk.take("speak", walk.cast.owner, "2026-02-13", asks_hearing="on")
    assert "请先举行听证" in refused(walk, "decide_limit", walk.cast.head, "2026-02-27")
    held = {"told_on": "2026-02-14", "held_on": "2026-03-06", "attended": "甲", "opinion": "维持"}
    walk.take("hold_hearing", presider, "2026-03-06", **held, minutes=walk.cast.paper)
    walk.take("decide_limit", walk.cast.head, "2026-03-09")


def test_a_limit_stops_no_discharge(walk):
    """Only days of a stop are spared from a fine by the day."""
    words = refused(walk, "propose", walk.cast.officer, "2026-02-09", stops_discharge="on")
    assert "不从按日连续处罚中扣除" in words


# ---- made public, and withdrawn ----


def test_decision_extension_and_lifting_are_made_public_each_within_seven_working_days(walk):
    running(walk)
    head = walk.cast.head
    # decided on Friday 27 February; Saturday the 28th is worked
    assert walk.clock("publish").last_day == dt.date(2026, 3, 9)
    walk.public("decision", "2026-03-09")
    walk.take("publish", head, "2026-03-10")
    assert walk.clock("publish").outcome == OUTCOME.MET
    walk.take("extend", head, "2026-05-20")
    assert walk.clock("publish_extension").last_day == dt.date(2026, 5, 29)
    assert "延长限制生产期限决定书" in refused(walk, "publish", head, "2026-05-25")
    walk.public("extension", "2026-05-29")
    walk.take("publish", head, "2026-05-29")
    assert walk.clock("publish_extension").outcome == OUTCOME.MET
    walk.take("complete", walk.cast.owner, "2026-06-01", finished_on="2026-05-29")
    assert walk.clock("publish_lifting").last_day == dt.date(2026, 6, 10)
    walk.public("receipt", "2026-06-11")
    walk.take("publish", head, "2026-06-12")
    assert walk.clock("publish_lifting").outcome == OUTCOME.LATE


def test_a_decision_that_is_overturned_binds_no_more_and_is_withdrawn(walk):
    running(walk)
    head = walk.cast.head
    copy = walk.public("decision", "2026-03-03")
    walk.take("publish", head, "2026-03-03")
    told = {"ruled_on": "2026-04-08", "ruling": "复议决定 1 号"}
    walk.take("overturned", walk.cast.officer, "2026-04-08", **told)
    kept = walk.kept()
    assert (kept.state, kept.overturned) == ("voided", True)
    assert walk.clock("term").outcome == OUTCOME.MET
    assert walk.clock("unpublish").last_day == dt.date(2026, 4, 13)
    assert "须先撤回" in refused(walk, "close_voided", head, "2026-04-09", why="撤销。")
    withdraw(copy, head, "决定被撤销")
    walk.take("unpublish", head, "2026-04-09", why="撤销。")
    walk.take("close_voided", head, "2026-04-09", why="撤销。")
    assert walk.kept().state == "revoked"
