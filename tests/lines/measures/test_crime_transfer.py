"""Transfer of a suspected crime: three days to decide, a day to hand over, a copy to the procuratorate, and the set-off."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from measures_walk import Walk, at, refused, text_of

from zhihuan.bureau.matters.engine.expiring import expire_due
from zhihuan.bureau.matters.models import RunningClock
from zhihuan.lines.measures.crime_transfer import MATERIALS, offset

OUTCOME = RunningClock.Outcome
ALL = [code for code, _title in MATERIALS]
SAID = {
    "report": {"act_on": "2026-09-01", "crime": "338", "facts": "排放含镍废水超标十倍。", "evidence": "监测报告。",
               "suspects": "孙七，负责人", "fined": "200000"},
    "hand_over": {"happened": "2026-09-25T20:00", "police": "市公安局", "materials": ALL, "procuratorate": "市人民检察院"},
    "receive": {"happened": "2026-09-28", "number": "受〔2026〕2号"},
    "ask_more": {"happened": "2026-09-29", "why": "补认定意见。"}, "supplement": {"happened": "2026-09-30", "given": "认定意见。"},
    "file": {"happened": "2026-10-09", "number": "立〔2026〕1号", "why": "立案侦查。"},
    "not_file": {"happened": "2026-10-09", "why": "情节显著轻微。"},
    "hand_items": {"happened": "2026-10-12", "given": "镀槽。"}, "ask_review": {"happened": "2026-10-12", "given": "复议申请。"},
    "ask_procurator": {"happened": "2026-10-20", "given": "立案监督建议书。"},
    "judge": {"happened": "2026-11-20", "result": "有期徒刑六个月，罚金三十万元。", "criminal_fine": "300000", "paid": "200000",
              "sentence_days": "180", "detained_days": "10"},
    "refuse": {"why": "尚不构成犯罪。"}, "take_back": {"why": "不予立案，依法处罚。"}, "extend": {"why": "重大疑难。"},
    "send_back": {"why": "补证。"},
}  # fmt: skip


@pytest.fixture
def walk(cast):
    return Walk.opened(cast, "crime_transfer", "2026-09-24", SAID)


@pytest.fixture
def approved(walk):
    """Reported on Thursday the 24th, approved on Friday the 25th of September at half past nine in the evening."""
    walk.take("report", walk.cast.officer, "2026-09-24")
    walk.take("approve", walk.cast.leader, "2026-09-25T09:30")
    return walk


@pytest.fixture
def received(approved):
    approved.take("hand_over", approved.cast.officer, "2026-09-25T21:00")
    approved.take("receive", approved.cast.officer, "2026-09-28")
    return approved


def test_from_the_report_to_the_judgment(received):
    received.take("file", received.cast.officer, "2026-10-09")
    received.take("hand_items", received.cast.officer, "2026-10-12")
    received.take("judge", received.cast.officer, "2026-11-23")
    assert received.kept().state == "judged"
    text = text_of(received, "offset")
    for words in ("折抵200,000元", "余100,000元", "折抵10日", "生态环境法典》第一千零五十八条"):
        assert words in text


def test_papers_name_crime_and_procuratorate(received):
    assert "污染环境罪" in text_of(received, "letter")
    listed = text_of(received, "list")
    assert "市人民检察院" in listed
    assert listed.count(".") >= 7


# ---- three days, twenty-four hours ----


def test_the_leader_has_three_days_and_the_last_moves_off_the_sunday(walk):
    walk.take("report", walk.cast.officer, "2026-09-24")
    # 24 September + 3 days: Sunday the 27th
    assert walk.clock("decide").last_day == dt.date(2026, 9, 28)


def test_a_late_decision_is_called_so(walk):
    walk.take("report", walk.cast.officer, "2026-09-24")
    walk.take("approve", walk.cast.leader, "2026-09-29")
    assert walk.clock("decide").outcome == OUTCOME.LATE


def test_twenty_four_hours_run_through_the_night_and_the_holiday(approved):
    assert approved.clock("hand_over").due_at == at("2026-09-26T09:30")


def test_late_by_a_minute_is_late_and_says_why(approved):
    officer = approved.cast.officer
    late = {"happened": "2026-09-26T09:30"}
    assert "逾期" in refused(approved, "hand_over", officer, "2026-09-27", **late)
    approved.take("hand_over", officer, "2026-09-27", **late, late_why="台风。")
    assert approved.clock("hand_over").outcome == OUTCOME.LATE


def test_a_minute_before_is_in_time_whenever_it_is_entered(approved):
    approved.take("hand_over", approved.cast.officer, "2026-09-28", happened="2026-09-26T09:29")
    assert approved.clock("hand_over").outcome == OUTCOME.MET


@pytest.mark.parametrize("lacking", ["procuratorate", "police"])
def test_the_copy_to_the_procuratorate_is_no_choice(approved, lacking):
    words = refused(
        approved, "hand_over", approved.cast.officer, "2026-09-25T21:00", **{lacking: ""}
    )
    assert lacking in words


@pytest.mark.parametrize("lacking", ALL[:-1])
def test_six_kinds_of_papers_must_be_there(approved, lacking):
    given_ones = [each for each in ALL if each != lacking]
    words = refused(
        approved, "hand_over", approved.cast.officer, "2026-09-25T21:00", materials=given_ones
    )
    assert "还缺" in words


# ---- the police ----


def test_the_police_decide_in_three_days_or_thirty(received):
    # 28 September + 3 days: 1 October, off until the 7th
    assert received.clock("answer").last_day == dt.date(2026, 10, 8)
    received.take("extend", received.cast.officer, "2026-09-30")
    assert received.clock("answer").last_day == dt.date(2026, 10, 28)


def test_papers_they_miss_are_supplied_in_three_days(received):
    received.take("ask_more", received.cast.officer, "2026-09-29")
    assert received.clock("supplement").last_day == dt.date(2026, 10, 8)
    received.take("supplement", received.cast.officer, "2026-09-30")
    assert received.clock("supplement").outcome == OUTCOME.MET


def test_objects_follow_in_three_days(received):
    received.take("file", received.cast.officer, "2026-10-12")
    # told on the 9th, a Friday
    assert received.clock("items").last_day == dt.date(2026, 10, 12)


def test_no_case_may_be_asked_about_within_three_working_days_and_comes_back(received):
    received.take("not_file", received.cast.officer, "2026-10-09")
    # Saturday 10 October is worked
    assert received.clock("review").last_day == dt.date(2026, 10, 13)
    received.take("ask_review", received.cast.head, "2026-10-12")
    received.take("ask_procurator", received.cast.head, "2026-10-20")
    received.take("take_back", received.cast.head, "2026-10-30")
    assert received.kept().state == "returned"


def test_reconsideration_may_make_it_a_case(received):
    received.take("not_file", received.cast.officer, "2026-10-09")
    received.take("ask_review", received.cast.head, "2026-10-12")
    received.take("file", received.cast.officer, "2026-10-16", happened="2026-10-15")
    assert received.kept().state == "filed"


def test_when_nobody_asks_the_platform_notes_that_the_time_is_over(received):
    received.take("not_file", received.cast.officer, "2026-10-09")
    assert expire_due(at("2026-10-14T00:01")) == 1
    assert received.renewed().clock("review").outcome == OUTCOME.EXPIRED


# ---- who ----


def test_the_leader_alone_decides(walk):
    walk.take("report", walk.cast.officer, "2026-09-24")
    for user in (walk.cast.head, walk.cast.officer, walk.cast.owner):
        assert "权限" in refused(walk, "approve", user, "2026-09-25", officers=())
    walk.take("refuse", walk.cast.leader, "2026-09-25")
    assert walk.kept().state == "refused"


def test_two_look_into_it(walk):
    words = refused(walk, "report", walk.cast.officer, "2026-09-24", officers=[walk.cast.officer])
    assert "至少 2 名" in words


# ---- set-off ----

MONEY = st.decimals(0, 10_000_000, places=2)


@given(MONEY, MONEY)
def test_a_fine_is_set_off_as_far_as_there_is_one(paid, criminal):
    taken = offset(paid, criminal)
    assert Decimal(0) <= taken <= criminal
    assert taken in (paid, criminal)
    assert taken <= paid
