"""An order to correct: proposed, decided by another, served, checked on in time; no penalty."""

from __future__ import annotations

import datetime as dt

import pytest
from measures_walk import Walk, refused, text_of

from zhihuan.bureau.matters.models import RunningClock

OUTCOME = RunningClock.Outcome
SAID = {
    "propose": {
        "act_on": "2026-02-09", "act": "总排口化学需氧量超标 0.8 倍。", "violated": "《排污许可管理条例》第十七条第二款",
        "demand": "停止超标排放。", "at_once": "on", "warns_daily": "on",
    },
    "lab_report": {"happened": "2026-02-12"},
    "report": {"done": "已更换药剂。"},
    "check_corrected": {"happened": "2026-03-10", "secret": "on", "found": "已达标。"},
    "check_not": {"happened": "2026-03-10", "secret": "on", "found": "仍超标。", "how": "discharging"},
    "send_back": {"why": "补充监测报告。"}, "drop": {"why": "证据不足。"}, "revoke": {"why": "事实有误。"},
}  # fmt: skip


@pytest.fixture
def walk(cast):
    return Walk.opened(cast, "correction_order", "2026-02-12", SAID)


@pytest.fixture
def ordered(walk):
    """Proposed and decided on 12 February, a Thursday before Spring Festival."""
    walk.take("propose", walk.cast.officer, "2026-02-12")
    walk.take("decide", walk.cast.head, "2026-02-12")
    return walk


@pytest.fixture
def correcting(ordered):
    """Served on 13 February and told to the matter on the 24th."""
    ordered.serve("correction_order", "2026-02-13")
    ordered.take("served", ordered.cast.officer, "2026-02-24")
    return ordered


def test_the_straight_way(correcting):
    correcting.take("report", correcting.cast.owner, "2026-03-02")
    correcting.take("check_corrected", correcting.cast.officer, "2026-03-10")
    kept = correcting.kept()
    assert (kept.state, kept.act_on) == ("corrected", dt.date(2026, 2, 9))
    assert kept.ended_at is not None


def test_the_order_says_what_the_measures_ask_for(ordered):
    text = text_of(ordered, "correction_order")
    for words in (
        "中（三角）环责改〔2026〕1号", "中山某印染有限公司", "张三", "总排口化学需氧量超标", "立即停止违法行为",
        "《中华人民共和国行政处罚法》第二十八条", "按日连续处罚", "不是行政处罚", "六十日内", "六个月内",
        "二〇二六年二月十二日",
    ):  # fmt: skip
        assert words in text


def test_an_order_with_a_deadline_says_it_and_threatens_nothing(walk):
    walk.take(
        "propose",
        walk.cast.officer,
        "2026-02-12",
        at_once="",
        warns_daily="",
        deadline="2026-03-31",
    )
    walk.take("decide", walk.cast.head, "2026-02-12")
    text = text_of(walk, "correction_order")
    assert "2026年3月31日前改正" in text
    assert "按日连续处罚" not in text
    assert walk.kept().deadline == dt.date(2026, 3, 31)


def test_thirty_days_run_from_the_service_and_not_from_its_recording(correcting):
    clock = correcting.clock("recheck")
    # 13 February + 30 days over the month's end: 15 March, a Sunday
    assert clock.last_day == dt.date(2026, 3, 16)


def test_a_check_after_thirty_days_is_late_and_says_why(correcting):
    officer = correcting.cast.officer
    words = refused(correcting, "check_not", officer, "2026-03-20", happened="2026-03-17")
    assert "逾期" in words
    correcting.take("check_not", officer, "2026-03-20", happened="2026-03-17", late_why="台风停工")
    assert correcting.clock("recheck").outcome == OUTCOME.LATE
    assert "台风停工" in text_of(correcting, "check_record")


def test_a_check_on_the_last_day_that_is_recorded_later_is_in_time(correcting):
    correcting.take("check_not", correcting.cast.officer, "2026-03-20", happened="2026-03-16")
    assert correcting.clock("recheck").outcome == OUTCOME.MET


def test_where_a_fine_by_the_day_is_threatened_the_check_is_secret(correcting):
    words = refused(correcting, "check_not", correcting.cast.officer, "2026-03-10", secret="")
    assert "暗查" in words


def test_without_the_threat_no_thirty_days_run_and_the_check_may_be_open(walk):
    walk.take("propose", walk.cast.officer, "2026-02-12", warns_daily="")
    walk.take("decide", walk.cast.head, "2026-02-12")
    walk.served("correction_order", "2026-02-13")
    assert walk.clock("recheck") is None
    walk.take("check_corrected", walk.cast.officer, "2026-03-10", secret="")
    assert walk.kept().state == "corrected"


def test_a_party_that_reports_is_looked_at_within_five_working_days(correcting):
    correcting.take("report", correcting.cast.owner, "2026-02-26")
    # Saturday the 28th is worked for the festival
    assert correcting.clock("verify").last_day == dt.date(2026, 3, 4)


def test_a_laboratory_s_report_leaves_three_working_days_to_serve(walk):
    walk.take("lab_report", walk.cast.officer, "2026-02-13")
    # 13 and 14 February (a Saturday made up for), then the festival until the 23rd
    assert walk.clock("serve").last_day == dt.date(2026, 2, 24)
    walk.take("propose", walk.cast.officer, "2026-02-13")
    walk.take("decide", walk.cast.head, "2026-02-13")
    walk.served("correction_order", "2026-02-25")
    assert walk.clock("serve").outcome == OUTCOME.LATE


def test_nothing_is_served_without_a_receipt(ordered):
    assert "送达回证" in refused(ordered, "served", ordered.cast.officer, "2026-02-13")


def test_a_public_notice_takes_effect_when_its_days_are_over(ordered):
    ordered.serve("correction_order", "2999-03-25")
    words = refused(ordered, "served", ordered.cast.officer, "2026-03-20")
    assert "自 2999-03-25 起视为送达" in words


def test_nothing_is_checked_on_a_day_to_come(correcting):
    words = refused(
        correcting, "check_not", correcting.cast.officer, "2026-03-10", happened="2999-03-10"
    )
    assert "不能晚于现在" in words


def test_who_proposes_does_not_decide(walk):
    walk.take("propose", walk.cast.officer, "2026-02-12")
    for user in (walk.cast.officer, walk.cast.far, walk.cast.owner):
        assert "权限" in refused(walk, "decide", user, "2026-02-12", officers=())


def test_two_with_valid_certificates_propose(walk):
    cast = walk.cast
    for pair in ([], [cast.officer], [cast.officer, cast.lapsed]):
        assert "至少 2 名" in refused(walk, "propose", cast.officer, "2026-02-12", officers=pair)


def test_an_order_has_a_deadline_or_is_to_be_followed_at_once(walk):
    assert "改正期限" in refused(walk, "propose", walk.cast.officer, "2026-02-12", at_once="")
    assert "不能早于" in refused(
        walk, "propose", walk.cast.officer, "2026-02-12", deadline="2026-02-08"
    )


def test_what_is_sent_back_is_proposed_anew(walk):
    walk.take("propose", walk.cast.officer, "2026-02-12")
    walk.take("send_back", walk.cast.head, "2026-02-12")
    walk.take("propose", walk.cast.officer, "2026-02-13", demand="安装在线监测。")
    walk.take("decide", walk.cast.head, "2026-02-13")
    assert "安装在线监测" in text_of(walk, "correction_order")


@pytest.mark.parametrize(("state", "step"), [("deciding", "drop"), ("issued", "revoke")])
def test_it_may_end_without_a_check(walk, state, step):
    walk.take("propose", walk.cast.officer, "2026-02-12")
    if state == "issued":
        walk.take("decide", walk.cast.head, "2026-02-12")
    walk.take(step, walk.cast.head, "2026-02-13")
    assert walk.kept().ended_at is not None


def test_revoking_it_ends_its_clocks_without_blame(correcting):
    correcting.take("revoke", correcting.cast.head, "2026-04-30")
    assert correcting.clock("recheck").outcome == OUTCOME.LAPSED


def test_a_neighbour_reports_nothing(correcting):
    assert "权限" in refused(correcting, "report", correcting.cast.neighbour, "2026-03-02")


@pytest.mark.parametrize("step", ["decide", "served", "report", "check_not", "revoke"])
def test_nothing_is_done_before_its_turn(walk, step):
    assert "现处于“拟办”" in refused(walk, step, walk.cast.head, "2026-02-12")
