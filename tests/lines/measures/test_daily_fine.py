"""A fine by the day: grown out of an order that was not followed, reckoned and not typed, decided by another."""

from __future__ import annotations

import datetime as dt
import sys
from decimal import Decimal
from pathlib import Path

import pytest
import test_correction_order
import test_sealing
from measures_walk import Walk, at, refused, text_of

sys.path.insert(0, str(Path(__file__).parents[2] / "indicators"))

from told import figures

from zhihuan.bureau.documents.publication import withdraw
from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.matters.engine.expiring import expire_due
from zhihuan.bureau.matters.engine.linking import link
from zhihuan.bureau.matters.models import RunningClock
from zhihuan.bureau.remedies.course import CHANGED, UPHELD
from zhihuan.lines.enforcement.money import owed_of
from zhihuan.lines.measures.daily_fine import ProposeForm

OUTCOME = RunningClock.Outcome
SAID = {
    "propose": {
        "act": "over", "penalty_number": "中（三角）环罚字〔2026〕3号", "penalty_on": "2026-03-02", "original": "100000",
        "order_number": "中（三角）环责改〔2026〕1号", "served_on": "2026-02-13", "act_on": "2026-03-10",
        "refused": "still", "facts": "复查仍超标。", "earlier_days": "0",
    },
    "speak": {"spoken": "请求从轻。"}, "decide": {"reply": "无", "discussed": "同意。"},
    "pay": {"happened": "2026-04-10", "receipt": "0001"}, "enforce": {"why": "逾期未缴。"},
    "send_back": {"why": "补证。"}, "drop": {"why": "证据不足。"},
}  # fmt: skip


@pytest.fixture
def walk(cast):
    return Walk.opened(cast, "daily_fine", "2026-03-11", SAID)


def hearing(walk, **said):
    """Proposed on 11 March, told on the 12th, served on the 13th, a Friday."""
    walk.take("propose", walk.cast.officer, "2026-03-11", **said)
    walk.take("notify", walk.cast.head, "2026-03-12")
    walk.served("notice", "2026-03-13", "served_notice")
    return walk


def paying(walk):
    hearing(walk)
    walk.take("decide", walk.cast.leader, "2026-03-23")
    walk.served("decision", "2026-03-25")
    return walk


def sealed(cast, begun="2026-02-20", over="2026-02-24", **said):
    """The same factory's line, sealed and released on these days."""
    walk = Walk.opened(cast, "sealing", "2026-02-10", test_sealing.SAID)
    walk.take("propose", cast.officer, "2026-02-10")
    walk.take("approve", cast.head, "2026-02-11")
    times = {"happened": f"{begun}T10:00", "ended": f"{begun}T11:00"}
    walk.take("carry_out", cast.officer, begun, **times, **said)
    if over:
        walk.take("release", cast.head, over)
    return walk


def test_the_fine_is_reckoned_and_kept(walk):
    walk.take("propose", walk.cast.officer, "2026-03-11")
    kept = walk.kept()
    # 14 February to 10 March: 15 + 10 days
    assert (kept.days, kept.amount) == (25, Decimal("2500000.00"))
    sheet = text_of(walk, "sheet")
    for words in ("100,000.00 元 × 25 日", "2026-02-14", "第五十九条"):
        assert words in sheet


def test_the_straight_way_to_payment(walk):
    paying(walk)
    walk.take("pay", walk.cast.officer, "2026-04-13")
    assert (walk.kept().state, walk.clock("pay").outcome) == ("settled", OUTCOME.LATE)
    walk.withheld("2026-04-13")
    walk.take("close", walk.cast.head, "2026-04-14", why="已履行。")
    assert walk.kept().state == "paid"


def test_papers_say_the_sum_in_words_the_days_and_the_law(walk):
    paying(walk)
    for code in ("notice", "decision"):
        text = text_of(walk, code)
        for words in (
            "贰佰伍拾万元整",
            "计罚25日",
            "2026年2月14日起至2026年3月10日止",
            "《中华人民共和国环境保护法》第五十九条",
        ):
            assert words in text
    assert "中环连罚〔2026〕1号" in text_of(walk, "decision")
    assert "六个月内" in text_of(walk, "decision")


def test_conduct_that_reached_into_the_code_is_fined_by_the_code(cast):
    days = {"penalty_on": "2026-08-05", "served_on": "2026-08-01"}
    for checked, law in (
        ("2026-08-14", "环境保护法》第五十九条"),
        ("2026-08-15", "生态环境法典》第一千零六十条"),
    ):
        walk = Walk.opened(cast, "daily_fine", "2026-08-17", SAID)
        walk.take("propose", cast.officer, "2026-08-17", **days, act_on=checked)
        walk.take("notify", cast.head, "2026-08-18")
        assert law in text_of(walk, "notice")


# ---- the traps ----


def test_days_under_seal_are_not_fined(walk):
    seal = sealed(walk.cast)
    walk.take("propose", walk.cast.officer, "2026-03-11", spared=[str(seal.matter.pk)])
    kept = walk.kept()
    # 20 to 24 February stood under seal
    assert (kept.days, kept.amount) == (20, Decimal("2000000.00"))
    assert "2026-02-20 至 2026-02-24" in text_of(walk, "sheet")


def test_who_fines_them_nevertheless_says_why(walk):
    sealed(walk.cast)
    officer = walk.cast.officer
    assert "不扣除的请写明理由" in refused(walk, "propose", officer, "2026-03-11")
    walk.take("propose", officer, "2026-03-11", why_counted="封条被撕，夜间仍在排放，见监测报告。")
    assert walk.kept().days == 25
    assert "封条被撕" in text_of(walk, "sheet")


def test_a_seal_before_the_period_or_that_stopped_nothing_is_nobody_s_question(walk):
    sealed(walk.cast, "2026-02-12", "2026-02-13")
    sealed(walk.cast, "2026-02-20", "2026-02-24", stops_discharge="")
    walk.take("propose", walk.cast.officer, "2026-03-11")
    assert walk.kept().days == 25


def test_no_fine_rests_on_a_check_after_thirty_days(walk):
    # 13 February + 30 days: 15 March, a Sunday
    officer = walk.cast.officer
    words = refused(walk, "propose", officer, "2026-03-18", act_on="2026-03-17")
    assert "2026-03-16" in words
    assert "已逾期" in words
    walk.take("propose", officer, "2026-03-18", act_on="2026-03-16")
    assert walk.kept().days == 31


def test_there_was_a_fine_before(walk):
    words = refused(walk, "propose", walk.cast.officer, "2026-03-11", penalty_on="2026-03-11")
    assert "原处罚决定日期" in words
    assert "original" in refused(walk, "propose", walk.cast.officer, "2026-03-11", original="-1")


def test_nothing_is_decided_before_the_party_had_its_time(walk):
    hearing(walk)
    # served on Friday the 13th: five working days end on the 20th
    assert "2026-03-20" in refused(walk, "decide", walk.cast.leader, "2026-03-20")
    walk.take("decide", walk.cast.leader, "2026-03-23")


def test_who_gave_notice_does_not_decide(walk):
    hearing(walk)
    for user in (walk.cast.head, walk.cast.officer, walk.cast.owner):
        assert "权限" in refused(walk, "decide", user, "2026-03-23", officers=())


def test_what_was_said_is_heard_and_silence_is_no_delay(walk):
    hearing(walk)
    walk.take("speak", walk.cast.owner, "2026-03-17")
    assert walk.clock("speak").outcome == OUTCOME.MET
    other = hearing(Walk.opened(walk.cast, "daily_fine", "2026-03-11", SAID))
    assert expire_due(at("2026-03-23T00:01")) == 1
    assert other.renewed().clock("speak").outcome == OUTCOME.EXPIRED


def test_clocks_of_service_and_payment_over_the_month_s_end(walk):
    hearing(walk)
    walk.take("decide", walk.cast.leader, "2026-03-27")
    # seven working days over Qingming, 4 to 6 April
    assert walk.clock("serve").last_day == dt.date(2026, 4, 8)
    walk.served("decision", "2026-03-31")
    assert walk.clock("pay").last_day == dt.date(2026, 4, 15)


@pytest.mark.parametrize("step", ["send_back", "drop"])
def test_it_may_be_sent_back_or_dropped(walk, step):
    walk.take("propose", walk.cast.officer, "2026-03-11")
    walk.take(step, walk.cast.head, "2026-03-12")
    assert walk.kept().state == {"send_back": "draft", "drop": "dropped"}[step]


def test_what_is_not_paid_goes_on(walk):
    paying(walk)
    # served on 25 March: to be paid by 9 April
    assert "2026-04-09 届满" in refused(walk, "enforce", walk.cast.head, "2026-04-09")
    walk.withheld("2026-04-20")
    walk.take("enforce", walk.cast.head, "2026-04-20")
    assert walk.kept().state == "enforcing"


# ---- it grows out of an order ----


def test_what_the_order_tells_stands_in_the_form_already(cast):
    order = Walk.opened(cast, "correction_order", "2026-02-12", test_correction_order.SAID)
    order.take("propose", cast.officer, "2026-02-12")
    order.take("decide", cast.head, "2026-02-12")
    order.served("correction_order", "2026-02-13")
    order.take("check_not", cast.officer, "2026-03-11")
    fine = Walk.opened(cast, "daily_fine", "2026-03-11", SAID)
    acting = Acting(cast.officer, at=at("2026-03-11"))
    link(fine.matter, "spawned_by", order.matter, acting, version=fine.matter.version)
    form = ProposeForm(matter=fine.matter)
    told = {name: form[name].value() for name in ("served_on", "act_on", "order_number")}
    assert told == {
        "served_on": "2026-02-13", "act_on": "2026-03-10", "order_number": "中（三角）环责改〔2026〕1号",
    }  # fmt: skip


def test_each_round_may_bring_another_order_and_another_fine():
    from zhihuan.lines.measures.correction_order import CORRECTION_ORDER
    from zhihuan.lines.measures.daily_fine import DAILY_FINE

    assert "daily_fine" in CORRECTION_ORDER.grows_from
    assert "correction_order" in DAILY_FINE.grows_from


def test_measures_of_another_party_are_not_offered(walk):
    seal = sealed(walk.cast)
    seal.matter.__class__.objects.filter(pk=seal.matter.pk).update(party=None)
    assert ProposeForm(matter=walk.matter).fields["spared"].choices == []


# ---- the penalty it rests on, and the party's hearing ----


def grown(cast, *, then=()):
    """A fine by the day out of an order out of a penalty case of 100,000 yuan; ``then``: what became of that penalty."""
    from zhihuan.bureau.matters.models import Matter, MatterEvent

    case = Matter.objects.create(
        procedure="penalty_case", edition="2023", state="pay", title="案件", party=cast.firm, town=cast.town
    )  # fmt: skip
    told = [("decide", {"fine": "100000.00"}), *then]
    for number, (step, said) in enumerate(told, 1):
        MatterEvent.objects.create(
            matter=case, number=number, at=at("2026-02-10"), step=step, source="pay", target="pay", said=said, digest=b"x",
        )  # fmt: skip
    order = Walk.opened(cast, "correction_order", "2026-02-12", test_correction_order.SAID)
    acting = Acting(cast.officer, at=at("2026-02-12"))
    link(order.matter, "spawned_by", case, acting, version=order.matter.version)
    fine = Walk.opened(cast, "daily_fine", "2026-03-11", SAID)
    link(fine.matter, "spawned_by", order.matter, acting, version=fine.matter.version)
    return fine


def test_the_original_penalty_is_the_one_a_review_left(cast):
    fine = grown(cast, then=[("contest", {}), ("changed_in_time", {"fine": "40000.00"})])
    assert ProposeForm(matter=fine.matter)["original"].value() == "40000.00"
    assert ProposeForm(matter=grown(cast).matter)["original"].value() == "100000.00"


def test_no_fine_rests_on_a_penalty_that_was_overturned(cast):
    fine = grown(cast, then=[("contest", {}), ("overturned", {})])
    assert "已被撤销" in refused(fine, "propose", cast.officer, "2026-03-11")


def test_days_to_come_are_not_fined(walk):
    officer = walk.cast.officer
    assert "不能晚于今天" in refused(walk, "propose", officer, "2026-03-11", act_on="2026-03-12")
    walk.take("propose", officer, "2026-03-11", act_on="2026-03-11")


HELD = {"told_on": "2026-03-18", "held_on": "2026-03-27", "attended": "甲、乙", "opinion": "维持"}


def test_who_asked_for_a_hearing_is_heard_before_the_decision(walk, person):
    lawyer = person("legal_reviewer", name="lawyer", at=walk.cast.leader.organisation)
    hearing(walk)
    minutes = {"minutes": walk.cast.paper}
    assert "没有要求听证" in refused(walk, "hold_hearing", lawyer, "2026-03-27", **HELD, **minutes)
    walk.take("speak", walk.cast.owner, "2026-03-17", asks_hearing="on")
    assert "请先举行听证" in refused(walk, "decide", walk.cast.leader, "2026-03-23")
    late = HELD | {"told_on": "2026-03-19"}
    assert "不足七个工作日" in refused(
        walk, "hold_hearing", lawyer, "2026-03-27", **late, **minutes
    )
    assert "权限" in refused(walk, "hold_hearing", walk.cast.head, "2026-03-27", **HELD, **minutes)
    walk.take("hold_hearing", lawyer, "2026-03-27", **HELD, **minutes)
    walk.take("decide", walk.cast.leader, "2026-03-30")


def test_a_hearing_is_asked_for_within_five_working_days(walk):
    hearing(walk)
    assert "只能陈述申辩" in refused(
        walk, "speak", walk.cast.owner, "2026-03-23", asks_hearing="on"
    )
    walk.take("speak", walk.cast.owner, "2026-03-23")
    walk.take("decide", walk.cast.leader, "2026-03-24")


# ---- contested in its own matter ----

REVIEW = {"kind": "review", "filed_on": "2026-04-13", "body": "市人民政府"}
RULED = {"ruled_on": "2026-05-11", "ruling": "复议决定 1 号"}


def contested(walk):
    """Served on 25 March; a review was asked for on 13 April, when the fine was overdue."""
    paying(walk)
    walk.take("contest", walk.cast.officer, "2026-04-13", **REVIEW)
    return walk


def test_it_is_contested_by_the_steps_of_every_penalty(walk):
    from zhihuan.bureau.matters.catalogue import edition_of

    ours, theirs = (
        {each.code: each for each in edition_of(*which).steps}
        for which in (("daily_fine", "2015"), ("penalty_case", "2023"))
    )
    for code in ("contest", *UPHELD, *CHANGED, "overturned"):
        assert ours[code].title == theirs[code].title
    paying(walk)
    assert walk.clock("contest").last_day == dt.date(2026, 9, 28)
    assert "不能晚于今天" in refused(walk, "contest", walk.cast.officer, "2026-04-10", **REVIEW)


def test_upheld_it_goes_on_where_it_stood(walk):
    contested(walk)
    assert (walk.kept().state, walk.kept().contested) == ("contested", True)
    officer = walk.cast.officer
    assert "期限已满" in refused(walk, "upheld_in_time", officer, "2026-05-11", **RULED)
    assert "尚未缴清" in refused(walk, "upheld_paid", officer, "2026-05-11", **RULED)
    walk.take("upheld", officer, "2026-05-11", **RULED)
    assert (walk.kept().state, walk.kept().contested) == ("paying", False)
    assert walk.clock("sue").last_day == dt.date(2026, 5, 26)
    walk.withheld("2026-05-12")
    walk.take("enforce", walk.cast.head, "2026-05-12")


def test_within_its_fifteen_days_they_go_on_to_run(walk):
    paying(walk)
    officer = walk.cast.officer
    walk.take("contest", officer, "2026-03-30", **REVIEW | {"filed_on": "2026-03-30"})
    assert walk.clock("pay").outcome == OUTCOME.MET
    early = RULED | {"ruled_on": "2026-04-07"}
    assert "缴款期限至 2026-04-09 届满" in refused(walk, "upheld", officer, "2026-04-07", **early)
    walk.take("upheld_in_time", officer, "2026-04-07", **early)
    assert walk.clock("pay").last_day == dt.date(2026, 4, 9)


def test_a_changed_fine_is_the_one_that_counts(walk):
    contested(walk)
    officer = walk.cast.officer
    more = RULED | {"fine": "2500000.01"}
    assert "不得高于" in refused(walk, "changed", officer, "2026-05-11", **more)
    walk.take("changed", officer, "2026-05-11", **RULED, fine="1000000")
    assert walk.kept().amount == Decimal(1000000)
    told = figures()
    assert (told["daily_fine_amount"], told["daily_fines_lost"]) == (1000000, 1)
    assert told["daily_fines_contested"] == 1


def test_an_overturned_fine_is_over_and_counts_no_more(walk):
    contested(walk)
    head = walk.cast.head
    assert "没有被撤销" in refused(walk, "close_overturned", head, "2026-05-11", why="撤销。")
    walk.take("overturned", walk.cast.officer, "2026-05-11", **RULED)
    assert walk.kept().overturned
    assert "已被撤销" in refused(walk, "upheld", walk.cast.officer, "2026-05-12", **RULED)
    walk.take("close_overturned", head, "2026-05-12", why="复议撤销。")
    assert walk.kept().state == "overturned"
    assert "daily_fines" not in figures()


def test_a_fine_that_was_paid_is_contested_within_six_months(walk):
    paying(walk)
    walk.take("pay", walk.cast.officer, "2026-04-13")
    walk.withheld("2026-04-13")
    walk.take("close", walk.cast.head, "2026-04-14", why="已履行。")
    walk.take("contest", walk.cast.officer, "2026-04-20", **REVIEW)
    walk.take("upheld_paid", walk.cast.officer, "2026-05-11", **RULED)
    assert walk.kept().state == "settled"


def test_nobody_contests_after_six_months_and_the_platform_says_so(walk):
    paying(walk)
    assert expire_due(at("2026-09-29T00:01")) == 1
    assert walk.renewed().clock("contest").outcome == OUTCOME.EXPIRED


# ---- carried out by a case, and contested there ----


def case_of(walk):
    """The case that carries the fine out, as its own line opens it."""
    from zhihuan.bureau.matters.engine.taking import open_matter

    about = {"title": "催告案", "party": walk.cast.firm, "town": walk.cast.town}
    acting = Acting(walk.cast.officer, at=at("2026-05-12"))
    case = open_matter("penalty_case", acting, **about)
    link(case, "spawned_by", walk.matter, acting, version=case.version)
    take_in_case(walk, case, "take_over", "2026-05-12", unpaid="催缴未缴")
    return case


def take_in_case(walk, case, step, day, **said):
    from zhihuan.bureau.matters.engine.acting import Said
    from zhihuan.bureau.matters.engine.taking import take

    acting = Acting(walk.cast.officer, at=at(day))
    return take(case, step, acting, Said(said), version=case.version)


def test_the_case_takes_over_the_fine_as_the_ruling_left_it_and_the_days_that_do_not_count(walk):
    contested(walk)
    walk.take("changed", walk.cast.officer, "2026-05-11", **RULED, fine="1000000")
    walk.withheld("2026-05-12")
    walk.take("enforce", walk.cast.head, "2026-05-12")
    case = case_of(walk)
    row = penalty(case)
    assert (row.fine, row.pay_by) == (Decimal(1000000), dt.date(2026, 4, 9))
    owed = owed_of(row, row.events.order_by("number"), dt.date(2026, 5, 13))
    # 10 to 12 April, and 12 and 13 May: the review's own days bear nothing
    assert owed.surcharge.days == 5
    clocks = {each.code: each for each in case.clocks.all()}
    assert clocks["sue"].last_day == dt.date(2026, 5, 26)
    assert not {"contest", "court"} & set(clocks)


def test_after_a_judgement_the_court_may_be_asked_at_once(walk):
    paying(walk)
    officer = walk.cast.officer
    walk.take("contest", officer, "2026-04-13", **REVIEW | {"kind": "suit"})
    walk.take("upheld", officer, "2026-05-11", **RULED)
    walk.withheld("2026-05-12")
    walk.take("enforce", walk.cast.head, "2026-05-12")
    clocks = {each.code: each for each in case_of(walk).clocks.all()}
    assert clocks["court"].last_day == dt.date(2026, 8, 11)
    assert not {"contest", "sue"} & set(clocks)


def test_a_ruling_in_the_case_comes_back_to_the_fine_and_to_its_figures(walk):
    paying(walk)
    walk.withheld("2026-05-11")
    walk.take("enforce", walk.cast.head, "2026-05-11")
    case = case_of(walk)
    words = refused(walk, "contest", walk.cast.officer, "2026-05-13", **REVIEW)
    assert "已由案件“催告案”接续执行" in words
    take_in_case(walk, case, "contest", "2026-05-13", **REVIEW | {"filed_on": "2026-05-13"})
    assert walk.kept().contested
    assert figures()["daily_fines"] == 1
    told = {"ruled_on": "2026-06-11", "ruling": "复议决定 2 号"}
    take_in_case(walk, case, "overturned", "2026-06-11", **told)
    assert (walk.kept().overturned, walk.kept().contested) == (True, False)
    assert "daily_fines" not in figures()


def penalty(case):
    from zhihuan.lines.enforcement.models import PenaltyCase

    return PenaltyCase.objects.get(pk=case.pk)


# ---- made public ----


def test_its_decision_is_public_within_seven_working_days_and_nothing_ends_before(walk):
    paying(walk)
    # decided on 23 March; seven working days over to April
    assert walk.clock("publish").last_day == dt.date(2026, 4, 1)
    head = walk.cast.head
    assert "请先在“按日连续处罚决定书”页面公开" in refused(walk, "publish", head, "2026-04-01")
    assert "尚未登记公开" in refused(walk, "enforce", head, "2026-04-10")
    walk.take("pay", walk.cast.officer, "2026-04-10")
    assert "尚未登记公开" in refused(walk, "close", head, "2026-04-13", why="已履行。")
    copy = walk.public("decision", "2026-04-01")
    assert copy.hidden  # the head of the party is a natural person
    walk.take("publish", head, "2026-04-13")
    assert walk.clock("publish").outcome == OUTCOME.MET
    walk.take("close", head, "2026-04-13", why="已履行。")


def test_an_overturned_decision_is_withdrawn_within_three_working_days(walk):
    paying(walk)
    head, officer = walk.cast.head, walk.cast.officer
    copy = walk.public("decision", "2026-04-01")
    walk.take("publish", head, "2026-04-01")
    walk.take("contest", officer, "2026-04-13", **REVIEW)
    walk.take("overturned", officer, "2026-05-11", **RULED)
    assert walk.clock("unpublish").last_day == dt.date(2026, 5, 14)
    assert "须先撤回" in refused(walk, "close_overturned", head, "2026-05-12", why="撤销。")
    assert "仍在公开" in refused(walk, "unpublish", head, "2026-05-12", why="撤销。")
    withdraw(copy, head, "决定被撤销")
    walk.take("unpublish", head, "2026-05-12", why="撤销。")
    assert walk.clock("unpublish").outcome == OUTCOME.MET
    walk.take("close_overturned", head, "2026-05-12", why="撤销。")


def test_of_a_changed_decision_no_older_copy_stays_public(walk):
    paying(walk)
    head, officer = walk.cast.head, walk.cast.officer
    copy = walk.public("decision", "2026-04-01")
    walk.take("publish", head, "2026-04-01")
    walk.take("contest", officer, "2026-04-13", **REVIEW)
    walk.take("changed", officer, "2026-05-11", **RULED, fine="1000000")
    assert "已被变更" in refused(walk, "enforce", head, "2026-05-12")
    withdraw(copy, head, "决定被变更")
    walk.take("unpublish", head, "2026-05-12", why="变更。")
    walk.take("enforce", head, "2026-05-12")
