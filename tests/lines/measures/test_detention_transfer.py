"""Transfer for detention: by the law of the act, with originals in three working days, and what the police do."""

from __future__ import annotations

import datetime as dt

import pytest
from measures_walk import Walk, at, refused, text_of

from zhihuan.bureau.matters.engine.expiring import expire_due
from zhihuan.bureau.matters.models import RunningClock
from zhihuan.lines.measures.detention_transfer import MATERIALS

OUTCOME = RunningClock.Outcome
ALL = [code for code, _title in MATERIALS]
SAID = {
    "propose": {"act_on": "2026-09-01", "ground": "evasion", "degree": "normal", "person": "赵六，车间主任",
                "facts": "通过暗管排放。", "penalty_number": "中（三角）环罚字〔2026〕9号"},
    "hand_over": {"happened": "2026-09-30", "police": "市公安局三角分局", "materials": ALL, "originals": "on", "receiver": "民警甲"},
    "accept": {"happened": "2026-09-30", "number": "受〔2026〕1号"},
    "ask_more": {"happened": "2026-10-09", "asked": "补监测报告。"},
    "supplement": {"happened": "2026-10-10", "given": "监测报告。"},
    "detained": {"happened": "2026-10-12", "number": "拘〔2026〕1号", "days": "7"},
    "not_detained": {"happened": "2026-10-12", "why": "证据不足。", "returned": "on"},
    "drop": {"why": "情节显著轻微。"}, "send_back": {"why": "补证。"},
}  # fmt: skip


@pytest.fixture
def walk(cast):
    return Walk.opened(cast, "detention_transfer", "2026-09-28", SAID)


@pytest.fixture
def approved(walk):
    """Decided on Monday 28 September, three days before National Day (1 to 7 October)."""
    walk.take("propose", walk.cast.officer, "2026-09-28")
    walk.take("approve", walk.cast.head, "2026-09-28")
    return walk


@pytest.fixture
def accepted(approved):
    """Handed over and taken on by the police on 30 September."""
    approved.take("hand_over", approved.cast.officer, "2026-09-30")
    approved.take("accept", approved.cast.officer, "2026-09-30")
    return approved


def test_from_the_proposal_to_the_detention(accepted):
    accepted.take("detained", accepted.cast.officer, "2026-10-13")
    kept = accepted.kept()
    assert (kept.state, kept.days) == ("detained", 7)


def test_the_letter_cites_the_article_of_the_day_of_the_act(approved):
    letter = text_of(approved, "letter")
    for words in (
        "中（三角）环移〔2026〕1号",
        "生态环境法典》第一千一百零八条",
        "赵六",
        "环罚字〔2026〕9号",
    ):
        assert words in letter
    approval = text_of(approved, "approval")
    assert "拘留5日以上10日以下" in approval
    assert "应当移送" in approval


def test_an_act_before_the_code_is_judged_by_the_law_of_its_day(walk):
    walk.take("propose", walk.cast.officer, "2026-09-28", act_on="2026-08-14")
    walk.take("approve", walk.cast.head, "2026-09-28")
    assert "环境保护法》第六十三条第三项" in text_of(walk, "letter")
    assert "拘留10日以上15日以下" in text_of(walk, "approval")


# ---- papers: seven kinds, originals, three working days ----


def test_the_papers_are_due_in_three_working_days_over_the_month_s_end(approved):
    # 29 and 30 September; 1 to 7 October are off
    assert approved.clock("hand_over").last_day == dt.date(2026, 10, 8)


def test_late_papers_are_told_and_taken_with_the_reason(approved):
    officer = approved.cast.officer
    words = refused(approved, "hand_over", officer, "2026-10-09", happened="2026-10-09")
    assert "2026-10-08" in words
    assert "逾期" in words
    approved.take(
        "hand_over", officer, "2026-10-09", happened="2026-10-09", late_why="原件在法院。"
    )
    assert approved.clock("hand_over").outcome == OUTCOME.LATE
    assert "原件在法院" in text_of(approved, "list")


def test_papers_of_the_last_day_are_in_time_though_they_are_entered_later(approved):
    approved.take("hand_over", approved.cast.officer, "2026-10-12", happened="2026-10-08")
    assert approved.clock("hand_over").outcome == OUTCOME.MET


def test_the_list_names_seven_kinds_of_originals(accepted):
    text = text_of(accepted, "list")
    assert text.count("（原件）") == 7
    for words in ("案件移送书", "案件调查报告", "涉案物品清单", "民警甲"):
        assert words in text


@pytest.mark.parametrize("lacking", ALL[:-1])
def test_six_kinds_must_be_there(approved, lacking):
    given = [each for each in ALL if each != lacking]
    words = refused(approved, "hand_over", approved.cast.officer, "2026-09-30", materials=given)
    assert "还缺" in words


def test_copies_are_no_originals(approved):
    assert "originals" in refused(
        approved, "hand_over", approved.cast.officer, "2026-09-30", originals=""
    )


# ---- grounds and degrees ----


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"degree": "light"}, "只分"),
        ({"ground": "farmland"}, "只分"),
        ({"ground": "build", "degree": "light"}, "拒不执行"),
        ({"ground": "unlicensed"}, "拒不执行"),
        ({"penalty_number": ""}, "行政处罚决定"),
        ({"act_on": "2018-06-01", "ground": "farmland", "degree": "serious"}, "没有规定"),
        ({"act_on": "2014-12-31"}, "没有规定"),
    ],
)
def test_what_the_law_of_the_act_does_not_know_is_refused(walk, said, words):
    assert words in refused(walk, "propose", walk.cast.officer, "2026-09-28", **said)


def test_waste_cases_need_no_penalty_before(walk):
    walk.take("propose", walk.cast.officer, "2026-09-28", ground="waste", penalty_number="")


def test_where_the_law_says_shall_nobody_declines(walk):
    walk.take("propose", walk.cast.officer, "2026-09-28")
    assert "应当移送" in refused(walk, "drop", walk.cast.head, "2026-09-28")


def test_where_it_leaves_it_the_head_may(walk):
    walk.take("propose", walk.cast.officer, "2026-09-28", ground="build", refusal="仍在施工。")
    walk.take("drop", walk.cast.head, "2026-09-28")
    assert walk.kept().state == "dropped"


@pytest.mark.parametrize(("days", "fits"), [("4", False), ("5", True), ("10", True), ("11", False)])
def test_a_detention_lies_within_its_range(accepted, days, fits):
    if fits:
        accepted.take("detained", accepted.cast.officer, "2026-10-13", days=days)
    else:
        words = refused(accepted, "detained", accepted.cast.officer, "2026-10-13", days=days)
        assert "5 至 10 日" in words


# ---- the police's own clocks ----


def test_the_police_have_three_working_days_to_ask_and_five_to_decline(accepted):
    # taken on on 30 September: 8, 9, and 10 October, a Saturday that is worked
    assert accepted.clock("ask").last_day == dt.date(2026, 10, 10)
    assert accepted.clock("answer").last_day == dt.date(2026, 10, 13)


def test_papers_they_ask_for_are_supplied(accepted):
    accepted.take("ask_more", accepted.cast.officer, "2026-10-09")
    assert accepted.clock("ask").outcome == OUTCOME.MET
    accepted.take("supplement", accepted.cast.officer, "2026-10-10")
    accepted.take("not_detained", accepted.cast.officer, "2026-10-12")
    assert accepted.kept().state == "not_detained"


def test_when_they_ask_for_nothing_the_platform_notes_it(accepted):
    assert expire_due(at("2026-10-11T00:01")) == 1
    assert accepted.renewed().clock("ask").outcome == OUTCOME.EXPIRED
    assert accepted.matter.state == "accepted"


def test_their_delay_is_not_the_bureau_s(accepted):
    from zhihuan.bureau.matters.catalogue import edition_of

    duties = {each.code: each.duty for each in edition_of("detention_transfer", "2015").clocks}
    assert duties == {"hand_over": "bureau", "ask": "other", "answer": "other"}


# ---- who ----


def test_who_proposes_does_not_decide_and_the_party_sees_nothing(walk):
    from zhihuan.bureau.matters.reach import may_view

    walk.take("propose", walk.cast.officer, "2026-09-28")
    for user in (walk.cast.officer, walk.cast.far, walk.cast.owner):
        assert "权限" in refused(walk, "approve", user, "2026-09-28", officers=())
    assert not may_view(walk.cast.owner, walk.matter)


@pytest.mark.parametrize("step", ["approve", "hand_over", "accept", "detained", "not_detained"])
def test_nothing_is_done_before_its_turn(walk, step):
    assert "现处于“拟办”" in refused(walk, step, walk.cast.officer, "2026-09-28")
