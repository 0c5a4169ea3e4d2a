"""Sealing: approved before or within a day, carried out by two with a list and a seal, thirty days and thirty more."""

from __future__ import annotations

import datetime as dt

import pytest
from measures_walk import Walk, at, refused, text_of

from zhihuan.bureau.documents.publication import withdraw
from zhihuan.bureau.matters.engine.expiring import expire_due
from zhihuan.bureau.matters.models import RunningClock

OUTCOME = RunningClock.Outcome
PROPOSED = {
    "act_on": "2026-01-20", "kind": "seal", "case": "toxic", "exempt": "none", "facts": "暗排含镍废水。",
    "items": "镀镍生产线 1 条，车间一", "not_sealed": "on",
}  # fmt: skip
DONE = {
    "happened": "2026-01-30T10:00", "ended": "2026-01-30T11:30", "place": "车间一", "presence": "present",
    "stock": "镀镍生产线 1 条，总闸封条 2 张", "keeper": "当事人", "heard": "无", "stops_discharge": "on",
}  # fmt: skip
SAID = {
    "propose": PROPOSED, "carry_out": DONE,
    "seal_at_once": {**PROPOSED, **DONE, "urgency": "正在转移设备。"},
    "extend": {"why": "案情复杂。"}, "apply": {"why": "已拆除暗管。"}, "keep": {"found": "暗管尚在。"},
    "release": {"reason": "corrected", "found": "暗管已拆除。"}, "lift_at_once": {"reason": "other", "found": "无必要。"},
    "start_test": {"why": "废水成分鉴定", "until": "2026-02-20"}, "end_test": {"found": "检出镍。"},
    "send_back": {"why": "补证。"}, "reject": {"why": "无必要。"}, "hand_over": {"why": "已立案侦查。"},
}  # fmt: skip


@pytest.fixture
def walk(cast):
    return Walk.opened(cast, "sealing", "2026-01-28", SAID)


@pytest.fixture
def sealed(walk):
    """Approved on 29 January, carried out on the 30th, recorded on 2 February."""
    walk.take("propose", walk.cast.officer, "2026-01-28")
    walk.take("approve", walk.cast.head, "2026-01-29")
    walk.take("carry_out", walk.cast.officer, "2026-02-02")
    return walk


# ---- the straight way ----


def test_it_is_sealed_and_released_and_the_release_is_served(sealed):
    sealed.take("release", sealed.cast.head, "2026-02-11")
    # 12, 13 and Saturday the 14th are worked before the festival
    assert sealed.clock("serve").last_day == dt.date(2026, 2, 14)
    sealed.served("release_decision", "2026-02-12", "served_release")
    closed(sealed, "2026-02-12")
    kept = sealed.kept()
    assert kept.state == "released"
    assert (kept.in_force_from, kept.in_force_until) == (dt.date(2026, 1, 30), dt.date(2026, 2, 11))
    assert kept.stops_discharge


def test_papers_say_what_was_sealed_by_which_law_and_by_whom(sealed):
    for words in (
        "中（三角）环查（扣）字〔2026〕1号",
        "《中华人民共和国环境保护法》第二十五条",
        "实施查封",
        "有毒有害物质",
        "镀镍生产线",
        "三十日",
    ):
        assert words in text_of(sealed, "decision")
    for words in ("2026年1月30日10时00分", "officer（执法证号", "second（执法证号", "总闸封条"):
        assert words in text_of(sealed, "list")
    record = text_of(sealed, "record")
    assert "2026年1月30日11时30分" in record
    assert "到场" in record
    assert "三角分局" in text_of(sealed, "strip")


def test_from_the_fifteenth_of_august_the_decision_cites_the_code(cast):
    for day, law in (
        ("2026-08-14", "环境保护法》第二十五条"),
        ("2026-08-15", "生态环境法典》第五十二条"),
    ):
        walk = Walk.opened(cast, "sealing", "2026-08-13", SAID)
        walk.take("propose", cast.officer, "2026-08-13")
        walk.take("approve", cast.head, day)
        assert law in text_of(walk, "decision")


def test_what_only_the_code_knows_is_no_case_before_it(cast):
    walk = Walk.opened(cast, "sealing", "2026-08-14", SAID)
    assert "2026-08-15" in refused(walk, "propose", cast.officer, "2026-08-14", case="evidence")
    walk.take("propose", cast.officer, "2026-08-15", case="evidence")


# ---- approval ----


def test_what_cannot_wait_is_approved_within_twenty_four_hours(walk):
    walk.take("seal_at_once", walk.cast.officer, "2026-01-30T11:40")
    clock = walk.clock("approval")
    assert clock.due_at == at("2026-01-31T10:00")
    walk.take("approve_after", walk.cast.head, "2026-01-31T09:59")
    assert walk.clock("approval").outcome == OUTCOME.MET
    assert walk.clock("term").last_day == dt.date(2026, 3, 1)
    assert "正在转移设备" in text_of(walk, "record")


def test_an_approval_after_a_day_is_late_though_it_is_saturday(walk):
    walk.take("seal_at_once", walk.cast.officer, "2026-01-30T11:40")
    walk.take("approve_after", walk.cast.head, "2026-01-31T10:00")
    assert walk.clock("approval").outcome == OUTCOME.LATE


def test_what_is_not_approved_is_lifted_at_once(walk):
    walk.take("seal_at_once", walk.cast.officer, "2026-01-30T11:40")
    walk.take("lift_at_once", walk.cast.head, "2026-01-30T15:00")
    walk.served("release_decision", "2026-02-02", "served_release")
    closed(walk, "2026-02-02")
    kept = walk.kept()
    assert (kept.state, kept.in_force_until) == ("released", dt.date(2026, 1, 30))


@pytest.mark.parametrize(("case", "severe"), [("evasion", ""), ("event", ""), ("toxic", "on")])
def test_where_the_law_says_must_the_head_may_not_decline(walk, case, severe):
    walk.take("propose", walk.cast.officer, "2026-01-28", case=case, severe=severe)
    assert "应当实施" in refused(walk, "reject", walk.cast.head, "2026-01-29")


@pytest.mark.parametrize("said", [{"case": "toxic"}, {"case": "evasion", "exempt": "public"}])
def test_where_it_says_may_or_excepts_he_may(walk, said):
    walk.take("propose", walk.cast.officer, "2026-01-28", **said)
    walk.take("reject", walk.cast.head, "2026-01-29")
    assert walk.kept().state == "rejected"


def test_a_grave_case_is_discussed(walk):
    assert "集体审议" in refused(walk, "propose", walk.cast.officer, "2026-01-28", grave="on")
    walk.take("propose", walk.cast.officer, "2026-01-28", grave="on", discussed="同意。")


def test_who_proposed_it_neither_approves_nor_lengthens(walk):
    walk.take("propose", walk.cast.officer, "2026-01-28")
    for user in (walk.cast.officer, walk.cast.owner, walk.cast.far):
        assert "权限" in refused(walk, "approve", user, "2026-01-29", officers=())


def test_two_certified_officers_carry_it_out(walk):
    walk.take("propose", walk.cast.officer, "2026-01-28")
    walk.take("approve", walk.cast.head, "2026-01-29")
    pair = [walk.cast.officer, walk.cast.lapsed]
    assert "至少 2 名" in refused(walk, "carry_out", walk.cast.officer, "2026-02-02", officers=pair)


def test_an_absent_party_needs_a_witness(walk):
    walk.take("propose", walk.cast.officer, "2026-01-28")
    walk.take("approve", walk.cast.head, "2026-01-29")
    assert "见证人" in refused(
        walk, "carry_out", walk.cast.officer, "2026-02-02", presence="absent"
    )
    assert "不能早于" in refused(
        walk, "carry_out", walk.cast.officer, "2026-02-02", ended="2026-01-30T09:00"
    )


# ---- thirty days, and thirty more, and no more ----


def test_thirty_days_end_on_their_day_though_it_is_no_working_day(sealed):
    # 30 January + 30 days over the end of February: Sunday, the first of March; terms of coercion do not move
    assert sealed.clock("term").last_day == dt.date(2026, 3, 1)


def test_once_more_thirty_days_and_not_twice(sealed):
    sealed.take("extend", sealed.cast.head, "2026-02-27")
    assert sealed.clock("term").last_day == dt.date(2026, 3, 31)
    assert "2026年3月31日" in text_of(sealed, "extension")
    assert "法定次数" in refused(sealed, "extend", sealed.cast.head, "2026-03-30")


def test_what_is_over_is_not_lengthened(sealed):
    assert "已届满" in refused(sealed, "extend", sealed.cast.head, "2026-03-02")


@pytest.mark.parametrize(
    ("extended", "over", "last"),
    [(False, "2026-03-02", dt.date(2026, 3, 1)), (True, "2026-04-01", dt.date(2026, 3, 31))],
)
def test_beyond_its_days_the_platform_says_that_it_must_be_released(sealed, extended, over, last):
    if extended:
        sealed.take("extend", sealed.cast.head, "2026-02-27")
    assert expire_due(at(f"{last}T23:59")) == 0
    assert expire_due(at(f"{over}T00:01")) == 1
    kept = sealed.renewed().kept()
    assert (kept.state, kept.in_force_until) == ("over", last)
    for step in ("extend", "keep", "apply", "start_test"):
        assert "现处于" in refused(sealed, step, sealed.cast.head, over)
    sealed.take("release", sealed.cast.head, over, reason="over", found="期限届满")
    assert sealed.kept().in_force_until == last


def test_days_of_testing_do_not_count(sealed):
    sealed.take("start_test", sealed.cast.officer, "2026-02-10")
    assert sealed.clock("term").due_at is None
    assert "已在检测" in refused(sealed, "start_test", sealed.cast.officer, "2026-02-11")
    assert expire_due(at("2026-03-05")) == 0
    told = {"happened": "2026-02-20"}
    sealed.take("end_test", sealed.cast.officer, "2026-02-20", **told)
    assert sealed.clock("term").last_day == dt.date(2026, 3, 11)
    assert "没有进行中" in refused(sealed, "end_test", sealed.cast.officer, "2026-02-21", **told)


# ---- the party asks for its release ----


def test_a_request_is_looked_into_within_five_working_days_over_the_festival(sealed):
    sealed.take("apply", sealed.cast.owner, "2026-02-12")
    clock = sealed.clock("check")
    # 13 and 14 February are worked, 15 to 23 are not
    assert clock.last_day == dt.date(2026, 2, 26)
    sealed.take("keep", sealed.cast.head, "2026-02-26")
    assert (sealed.kept().state, sealed.clock("check").outcome) == ("sealed", OUTCOME.MET)
    assert "2026年3月1日" in text_of(sealed, "keep_notice")


def test_a_request_that_nobody_answers_is_late(sealed):
    sealed.take("apply", sealed.cast.owner, "2026-02-12")
    sealed.take("release", sealed.cast.head, "2026-02-27")
    assert sealed.clock("check").outcome == OUTCOME.LATE


def test_a_request_nobody_answers_before_the_end_does_not_lengthen_it(sealed):
    sealed.take("apply", sealed.cast.owner, "2026-02-27")
    assert expire_due(at("2026-03-02T00:01")) == 1
    assert sealed.kept().state == "over"


def test_only_the_party_asks(sealed):
    for user in (sealed.cast.neighbour, sealed.cast.head):
        assert "权限" in refused(sealed, "apply", user, "2026-02-12")


def test_a_release_served_after_three_working_days_is_late(sealed):
    sealed.take("release", sealed.cast.head, "2026-02-02")
    sealed.served("release_decision", "2026-02-06", "served_release")
    assert sealed.clock("serve").outcome == OUTCOME.LATE


def test_what_goes_to_the_police_ends_here(sealed):
    assert "尚未登记公开" in refused(sealed, "hand_over", sealed.cast.head, "2026-02-10")
    sealed.withheld("2026-02-10")
    sealed.take("hand_over", sealed.cast.head, "2026-02-10")
    assert (sealed.kept().state, sealed.clock("term").outcome) == ("handed_over", OUTCOME.MET)


def test_what_was_sealed_before_anybody_approved_it_was_sealed_at_once(walk):
    walk.take("propose", walk.cast.officer, "2026-01-28")
    walk.take("approve", walk.cast.head, "2026-01-29T10:00")
    early = {"happened": "2026-01-29T09:59", "ended": "2026-01-29T11:00"}
    assert "实施时间早于批准时间" in refused(
        walk, "carry_out", walk.cast.officer, "2026-01-29T12:00", **early
    )
    walk.take(
        "carry_out",
        walk.cast.officer,
        "2026-01-29T12:00",
        **early | {"happened": "2026-01-29T10:00"},
    )


def test_an_act_to_come_seals_nothing(walk):
    assert "不能晚于今天" in refused(
        walk, "propose", walk.cast.officer, "2026-01-28", act_on="2026-01-29"
    )


# ---- made public, and withdrawn ----


def closed(walk, day):
    walk.withheld(day)
    walk.take("close", walk.cast.head, day, why="已解除。")


def test_decision_and_release_are_made_public_within_twenty_working_days_for_they_are_no_penalty(
    sealed,
):
    publish = sealed.clock("publish")
    assert (publish.limit, publish.started.step) == ("E16M", "approve")
    about = str(sealed_step(sealed, "publish").about)
    assert "不适用行政处罚的七个工作日" in about
    head = sealed.cast.head
    sealed.public("decision", "2026-02-11")
    sealed.take("publish", head, "2026-02-11")
    assert sealed.clock("publish").outcome == OUTCOME.MET
    sealed.take("release", head, "2026-02-11")
    assert sealed.clock("publish_lifting").limit == "E16M"
    sealed.served("release_decision", "2026-02-12", "served_release")
    words = refused(sealed, "close", head, "2026-02-12", why="已解除。")
    assert "“解除查封（扣押）决定书”尚未登记公开" in words
    sealed.public("release_decision", "2026-02-12")
    sealed.take("publish", head, "2026-02-12")
    sealed.take("close", head, "2026-02-12", why="已解除。")
    assert sealed.kept().state == "released"


def test_a_seal_that_was_overturned_must_be_released_and_is_withdrawn(sealed):
    head = sealed.cast.head
    copy = sealed.public("decision", "2026-02-05")
    sealed.take("publish", head, "2026-02-05")
    told = {"ruled_on": "2026-02-09", "ruling": "复议决定 1 号"}
    sealed.take("overturned", sealed.cast.officer, "2026-02-09", **told)
    kept = sealed.kept()
    assert (kept.state, kept.in_force_until) == ("over", dt.date(2026, 2, 9))
    assert sealed.clock("unpublish").last_day == dt.date(2026, 2, 12)
    sealed.take("release", head, "2026-02-09")
    sealed.served("release_decision", "2026-02-10", "served_release")
    assert "须先撤回" in refused(sealed, "close", head, "2026-02-10", why="已解除。")
    withdraw(copy, head, "决定被撤销")
    sealed.take("unpublish", head, "2026-02-10", why="撤销。")
    sealed.take("close", head, "2026-02-10", why="已解除。")


def sealed_step(walk, code):
    from zhihuan.bureau.matters.catalogue import edition_of

    return edition_of("sealing", walk.matter.edition).step(code)
