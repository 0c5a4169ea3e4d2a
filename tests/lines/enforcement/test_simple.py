"""A penalty on the spot."""

from __future__ import annotations

import datetime as dt
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from case_walk import CODE_LAW, FOUND, OLD_LAW, WHY, Walk, nine, refused

sys.path.insert(0, str(Path(__file__).parents[2] / "indicators"))

from told import figures

from zhihuan.bureau.documents.consistency.gathering import findings_of
from zhihuan.bureau.documents.models import Publication
from zhihuan.bureau.documents.publication import publish, withdraw
from zhihuan.bureau.matters.engine.expiring import expire_due
from zhihuan.lines.enforcement.contesting import contesting
from zhihuan.lines.enforcement.execution import carrying_out
from zhihuan.lines.enforcement.people import LAWYER
from zhihuan.lines.enforcement.procedure import PENALTY_CASE
from zhihuan.lines.enforcement.simple import SIMPLE_CASE

PUNISH = {
    "source": "check", "found_on": FOUND, "act_until": FOUND, "case_type": "台账不全", "place": "厂区", "identity_shown": "on",
    "facts": "未按规定保存台账。", "law_broken": CODE_LAW, "law_penalty": CODE_LAW, "defence": "无", "kinds": ["fine"],
    "fine": "3000", "received_by": "张三",
}  # fmt: skip
REPORT = {"reported_on": "2026-09-01", "papers": ["paper_decision", "paper_record"]}


@pytest.fixture
def spot(cast):
    return Walk.opened(cast, code="simple_case")


def test_a_small_fine_is_decided_paid_reported_and_closed(spot):
    spot.go("punish", FOUND, **PUNISH)
    case = spot.kept()
    assert (case.number, case.fine) == ("中（三角）环当罚〔2026〕1号", Decimal(3000))
    text = spot.text_of("decision")
    for words in (
        "罚款人民币叁仟元整（￥3,000元）",
        "第五十一条",
        "jia（执法证号",
        "签收人：张三",
        "六十日内先向本级人民政府申请行政复议",
        "统一社会信用代码：",
    ):
        assert words in text
    assert "六个月" not in text  # of a penalty on the spot a review comes first
    assert spot.clock("pay") is not None
    assert "报所属机关备案" in refused(spot, "close", "2026-09-02", **WHY)
    spot.go("report_back", "2026-09-01", **REPORT)
    assert "尚未缴清" in refused(spot, "close", "2026-09-02", **WHY)
    paid = {"paid_on": "2026-09-01", "receipt_number": "T"}
    assert "仍欠 1000" in refused(spot, "pay_all", "2026-09-01", amount="2000", **paid)
    spot.go("pay_all", "2026-09-01", amount="3000", **paid)
    assert "尚未公开" in refused(spot, "close", "2026-09-02", **WHY)
    assert spot.clock("publish").last_day == dt.date(2026, 9, 9)
    spot.go("not_published", "2026-09-02", **WHY)
    assert spot.clock("publish").outcome == "met"
    spot.go("close", "2026-09-02", **WHY)
    assert spot.kept().state == "closed"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"fine": "3000.01"}, "不得超过 3000"),
        (
            {
                "fine": "201",
                "party_kind": "individual",
                "id_name": "王小二",
                "id_document": "resident_card",
                "id_number": "449900199001010017",
            },
            "不得超过 200",
        ),
        ({"law_penalty": OLD_LAW}, "已于 2026-08-14 后失效"),
        ({"found_on": "2026-08-31", "act_until": "2024-08-01"}, "追责时效"),
        ({"kinds": ["warning"]}, "请选择“罚款”"),
        ({"kinds": ["stop"], "fine": ""}, "stop"),
    ],
)
def test_what_is_not_simple_is_refused(spot, said, words):
    assert words in refused(spot, "punish", FOUND, **PUNISH | said)


def test_a_warning_owes_nothing(spot):
    spot.go("punish", FOUND, **PUNISH | {"kinds": ["warning"], "fine": ""})
    assert spot.clock("pay") is None
    spot.go("report_back", "2026-09-01", **REPORT)
    spot.go("not_published", "2026-09-02", **WHY)
    spot.go("close", "2026-09-02", **WHY)


def test_it_goes_over_to_the_ordinary_procedure(spot):
    spot.go("to_ordinary", FOUND, **WHY)
    assert spot.kept().state == "ordinary"


def test_the_sheet_is_served_by_its_signature_and_the_party_reads_it(spot, person):
    from zhihuan.bureau.documents.seen import seen_documents
    from zhihuan.bureau.documents.serving.served import served_on

    owner = person("enterprise_user", name="owner", at=spot.cast.firm)
    assert not seen_documents(owner).exists()
    spot.go("punish", FOUND, **PUNISH)
    assert served_on(spot.matter, "decision") == dt.date(2026, 8, 31)
    (receipt,) = spot.matter.documents.get(code="decision").receipts.all()
    assert (receipt.received_by, receipt.served_by, receipt.place) == ("张三", "jia、yi", "厂区")
    assert [each.code for each in seen_documents(owner)] == ["decision"]


def test_older_conduct_is_punished_on_the_spot_when_both_laws_were_compared(spot):
    older = PUNISH | {
        "found_on": "2026-08-31",
        "act_until": "2026-08-10",
        "law_penalty": OLD_LAW,
        "law_broken": OLD_LAW,
    }
    assert "新旧法比较" in refused(spot, "punish", FOUND, **older)
    spot.go("punish", FOUND, **older, comparison="旧法较轻，从旧")


# ---- carried out, contested, withdrawn: as any other fine ----

PAID = {"receipt_number": "T"}
REVIEW = {"kind": "review", "body": "市人民政府"}


@pytest.fixture
def fined(spot):
    """3,000 yuan, decided and served on Monday 31 August: to be paid by 15 September, reviewed until 30 October."""
    spot.go("punish", FOUND, **PUNISH)
    return spot


@pytest.fixture
def overdue(fined):
    assert expire_due(nine("2026-09-16")) == 1
    fined.matter = fined.kept()
    return fined


def test_its_steps_limits_and_papers_are_those_of_the_ordinary_procedure():
    """One declaration: what differs is where a matter stands while nothing is overdue, and where it ends."""
    ordinary = {each.code: each for each in PENALTY_CASE.steps}
    shared = {each.code for each in contesting("decided", "closed")} | {
        each.code for each in carrying_out("decided", LAWYER)
    }
    assert shared <= {each.code for each in SIMPLE_CASE.steps}
    for step in (each for each in SIMPLE_CASE.steps if each.code in shared):
        other = ordinary[step.code]
        assert step.who.reaches == other.who.reaches
        assert step.form == other.form
        own = {each.code for each in step.guards} - {each.code for each in other.guards}
        assert own == ({"reviewed_first"} if step.code == "contest" else set())
        assert step.documents == other.documents
    limits = {each.code: each.limit for each in PENALTY_CASE.clocks}
    differing = {
        each.code: each.limit for each in SIMPLE_CASE.clocks if limits.get(each.code) != each.limit
    }
    assert differing == {"contest": "E14", "report": "E56"}
    assert {"contest", "sue", "urged", "court", "unpublish"} <= {
        each.code for each in SIMPLE_CASE.clocks
    }


def test_its_service_is_its_decision(fined):
    case = fined.kept()
    assert (case.served_on, case.pay_by) == (dt.date(2026, 8, 31), dt.date(2026, 9, 15))
    assert fined.clock("pay").last_day == dt.date(2026, 9, 15)
    assert fined.clock("contest").last_day == dt.date(2026, 10, 30)


def test_who_does_not_pay_is_told_of_the_surcharge_urged_and_brought_to_court(overdue):
    assert overdue.matter.state == "overdue"
    assert "中（三角）环当罚〔2026〕1号" in overdue.text_of("late_fee_notice")
    overdue.go("urge", "2026-09-17", reckoned_to="2026-09-17")
    said = overdue.matter.events.get(step="urge").said
    assert (said["principal_left"], said["surcharge"]) == ("3000.00", "180.00")
    overdue.serve("demand_letter", "2026-09-17")
    overdue.go("urge_served", "2026-09-17")
    court = {"court": "市第一人民法院", "facts": "未履行。"}
    early = refused(overdue, "apply_court", "2026-10-12", **court, reckoned_to="2026-10-12")
    # nobody sues before a review: the three months to go to court begin after sixty days and not after six months
    assert "复议、诉讼期限至 2026-10-30 届满" in early
    expire_due(nine("2026-10-31"))
    overdue.matter = overdue.kept()
    assert overdue.clock("court").last_day == dt.date(2027, 2, 1)
    overdue.go("apply_court", "2026-11-02", **court, reckoned_to="2026-11-02")
    assert "合计人民币陆仟元整" in overdue.text_of("court_application")
    overdue.go("pay_all", "2026-12-01", amount="6000", paid_on="2026-12-01", **PAID)
    assert overdue.kept().state == "perform"


def test_it_is_contested_and_its_days_bear_no_surcharge(overdue):
    overdue.go("contest", "2026-09-18", **REVIEW, filed_on="2026-09-18")
    told = {"ruled_on": "2026-11-02", "ruling": "复议决定 1 号"}
    assert "继续履行" in refused(overdue, "upheld_in_time", "2026-11-02", **told)
    overdue.go("upheld", "2026-11-02", **told)
    assert overdue.clock("sue").last_day == dt.date(2026, 11, 17)
    # 16 and 17 September bear 90 yuan each
    overdue.go("pay_all", "2026-11-02", amount="3180", paid_on="2026-11-02", **PAID)


def test_within_its_fifteen_days_they_go_on_to_run(fined):
    fined.go("contest", "2026-09-02", **REVIEW, filed_on="2026-09-02")
    told = {"ruled_on": "2026-09-10", "ruling": "复议决定 1 号"}
    fined.go("changed_in_time", "2026-09-10", **told, fine="1000")
    case = fined.kept()
    assert (case.state, case.fine) == ("decided", Decimal(1000))
    assert fined.clock("pay").last_day == dt.date(2026, 9, 15)


def test_paid_closed_contested_and_overturned_it_is_withdrawn_and_counts_no_more(fined):
    publish(fined.matter.documents.get(code="decision"), fined.cast.head)
    fined.go("publish", "2026-09-02")
    fined.go("report_back", "2026-09-02", **REPORT)
    fined.go("pay_all", "2026-09-02", amount="3000", paid_on="2026-09-02", **PAID)
    fined.go("close", "2026-09-03", **WHY)
    told = figures()
    assert (told["penalty_decisions"], told["penalties_published"]) == (1, 1)
    suit = {"kind": "suit", "body": "某法院"}
    early = refused(fined, "contest", "2026-10-08", **suit, filed_on="2026-10-08")
    assert "须先申请行政复议" in early
    fined.go("contest", "2026-10-08", **REVIEW, filed_on="2026-10-08")
    fined.go("upheld_paid", "2026-10-20", ruled_on="2026-10-20", ruling="复议决定 1 号")
    fined.go("contest", "2026-10-28", **suit, filed_on="2026-10-28")
    assert fined.kept().contested
    fined.go("overturned", "2026-12-01", ruled_on="2026-12-01", ruling="（2026）粤行终1号")
    assert fined.clock("unpublish").last_day == dt.date(2026, 12, 4)
    told = figures()
    assert (told["suits"], told["contests_lost"]) == (1, 1)
    assert "penalty_decisions" not in told
    assert "先撤回公开" in refused(fined, "close", "2026-12-02", **WHY)
    withdraw(Publication.objects.get(), fined.cast.head, "决定被撤销")
    fined.go("unpublish", "2026-12-02", **WHY)
    fined.go("close", "2026-12-03", **WHY)
    assert (fined.kept().state, fined.kept().overturned) == ("closed", True)


def test_a_warning_is_contested_too(spot):
    spot.go("punish", FOUND, **PUNISH | {"kinds": ["warning"], "fine": ""})
    spot.go("contest", "2026-09-02", **REVIEW, filed_on="2026-09-02")
    spot.go("upheld_paid", "2026-09-10", ruled_on="2026-09-10", ruling="复议决定 1 号")
    assert spot.kept().state == "perform"


def test_before_it_was_decided_there_is_nothing_to_contest(spot):
    spot.go("to_ordinary", FOUND, **WHY)
    codes = {each.code for each in spot.procedure.steps_from("ordinary")}
    assert "contest" not in codes


def test_instalments_are_granted_of_it(fined):
    plan = {"applied_on": "2026-09-02", **WHY}
    fined.go("defer", "2026-09-03", **plan, plan="2026-10-20：1000\n2026-11-20：2000")
    fined.go("miss", "2026-10-21")
    assert fined.kept().state == "overdue"


def test_the_party_reads_its_limits_and_rulings(overdue, person):
    from zhihuan.bureau.matters.sight import sight_of

    owner = person("enterprise_user", name="owner", at=overdue.cast.firm)
    sight = sight_of(owner, overdue.matter)
    assert all(sight.shows_clock(each) for each in ("pay", "contest", "sue", "urged"))
    assert sight.state_title("overdue") == "逾期加处罚款"
    assert sight.shows_step("overturned")


def test_the_self_check_sees_a_surcharge_that_was_not_told(overdue):
    overdue.go("urge", "2026-09-17", reckoned_to="2026-09-17")
    found = {each.rule for each in findings_of(overdue.kept(), nine("2026-09-18"))}
    assert "late_fee_untold" in found


def test_a_payment_entered_before_these_steps_were_shared_still_counts(fined):
    from zhihuan.bureau.matters.models import MatterEvent
    from zhihuan.lines.enforcement.money import owed_of

    said = {"amount": "3000.00", "paid_on": "2026-09-01", "receipt_number": "T"}
    event = MatterEvent(step="collect", said=said)
    assert owed_of(fined.kept(), [event], dt.date(2026, 9, 30)).left == 0


# ---- reported for the record (生态环境行政处罚办法 §68) ----


@pytest.mark.parametrize(
    ("decided", "last"),
    [
        (FOUND, dt.date(2026, 9, 3)),  # Monday: the third day after it
        ("2026-09-02", dt.date(2026, 9, 7)),  # ends on a Saturday, so with Monday
        ("2026-09-30", dt.date(2026, 10, 8)),  # ends amid the National Day holidays
    ],
)
def test_it_is_to_be_reported_within_three_days_of_the_decision(spot, decided, last):
    spot.go("punish", decided, **PUNISH)
    clock = spot.clock("report")
    assert (clock.limit, clock.last_day) == ("E56", last)


def test_that_these_are_no_working_days_is_read_and_called_so():
    from zhihuan.bureau.clock import time_limit

    limit = time_limit("E56", on=dt.date(2026, 8, 31))
    assert limit.basis.clause == "§68"
    assert limit.basis.confidence == "unconfirmed"
    assert "待核" in limit.note


def test_the_report_has_its_paper_with_what_was_decided_by_whom_and_what_goes_with_it(fined):
    fined.go("report_back", "2026-09-03", **REPORT | {"reported_on": "2026-09-03"})
    assert fined.clock("report").outcome == "met"
    text = fined.text_of("report")
    for words in (
        "当场行政处罚决定备案表",
        "中（三角）环当罚〔2026〕1号",
        "2026年8月31日",
        "2026年9月3日",
        "罚款￥3,000元",
        "jia（执法证号",
        "yi（执法证号",
        "当场行政处罚决定书、当场处罚笔录",
        "接收人",
    ):
        assert words in text
    (declared,) = SIMPLE_CASE.step("report_back").documents
    assert declared.inner  # the bureau's own volume


def test_the_head_is_told_that_it_was_reported_and_the_officers_that_it_is_due(fined):
    from zhihuan.bureau.inbox.models import Message, ToDo

    waiting = ToDo.objects.get(matter=fined.matter.pk, role="field_officer")
    assert waiting.clock.code == "report"
    fined.go("report_back", "2026-09-01", **REPORT)
    told = Message.objects.filter(receipts__user=fined.cast.head)
    assert any("当场处罚决定已报备案" in str(each.words) for each in told)


def test_once_it_is_reported_nobody_is_sent_to_report_it_again(fined):
    from django.test import Client

    officer, matter = Client(), f"/matters/{fined.matter.pk}/"
    officer.force_login(fined.cast.officers[0])

    def offered() -> tuple[bool, bool, bool]:
        """In the inbox; first and done already on the matter's page."""
        page = officer.get(matter).context["possible"]
        titles, about = [str(each.title) for each in page.offers], str(page.offers[-1].about)
        waits = "报所属机关备案" in officer.get("/inbox/").content.decode()
        return (
            waits,
            titles[0] == "报所属机关备案",
            (titles[-1], about) == ("报所属机关备案", "已办理。"),
        )

    assert offered() == (True, True, False)
    fined.go("report_back", "2026-09-01", **REPORT)
    assert offered() == (False, False, True)


def test_the_day_on_which_it_was_reported_counts_and_not_that_of_its_entry(fined):
    fined.go("report_back", "2026-09-07", **REPORT | {"reported_on": "2026-09-03"})
    assert fined.clock("report").outcome == "met"


def test_reported_after_the_third_day_is_late_and_the_file_says_so(fined):
    late = REPORT | {"reported_on": "2026-09-04"}
    assert "已于 2026-09-03 届满" in refused(fined, "report_back", "2026-09-04", **late)
    fined.go("report_back", "2026-09-04", **late, note="漏报")
    assert fined.clock("report").outcome == "late"
    found = findings_of(fined.kept(), nine("2026-09-05"))
    assert any(each.rule == "limit_passed" and "报备案期限" in each.what for each in found)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"reported_on": "2026-09-02"}, "不能晚于今天"),
        ({"reported_on": "2026-08-30"}, "不能早于作出决定的日期（2026-08-31）"),
        ({"papers": ["paper_record"]}, "须有当场行政处罚决定书"),
        ({"papers": []}, "papers"),
    ],
)
def test_a_report_that_cannot_be_is_refused(fined, said, words):
    from zhihuan.bureau.matters.engine.refusals import FormRefusedError, StepRefusedError

    with pytest.raises(StepRefusedError) as found:
        fined.go("report_back", "2026-09-01", **REPORT | said)
    errors = found.value.errors if isinstance(found.value, FormRefusedError) else {}
    assert words in f"{found.value.words}{errors}"


def test_who_decided_reports_it_and_somebody_else_only_when_none_of_them_serves_any_more(fined):
    from zhihuan.bureau.matters.engine.refusals import StepRefusedError

    other = fined.cast.lapsed
    with pytest.raises(StepRefusedError, match="由作出决定的执法人员报备案：jia、yi"):
        fined.take("report_back", other, "2026-09-01", **REPORT)
    type(other).objects.filter(username="jia").update(is_active=False)
    with pytest.raises(StepRefusedError, match="jia、yi"):
        fined.take("report_back", other, "2026-09-01", **REPORT)
    type(other).objects.filter(username="yi").update(is_active=False)
    fined.take("report_back", other, "2026-09-01", **REPORT)


def test_the_second_of_the_two_may_report_it_as_well(fined):
    fined.take("report_back", fined.cast.officers[1], "2026-09-01", **REPORT)
    assert fined.clock("report").outcome == "met"


def test_what_was_decided_before_this_limit_was_kept_goes_on_without_it(fined):
    """It stays with its edition and the clocks it has: nothing begins in the past."""
    fined.clock("report").delete()
    told = {"reported_on": "2026-09-20", "note": "漏报"}
    fined.go("report_back", "2026-09-20", **REPORT | told)
    assert fined.clock("report") is None
    assert fined.matter.edition == SIMPLE_CASE.edition


def test_the_party_is_not_shown_what_the_body_is_told(fined, person):
    from zhihuan.bureau.documents.seen import seen_documents
    from zhihuan.bureau.matters.sight import sight_of

    fined.go("report_back", "2026-09-01", **REPORT)
    owner = person("enterprise_user", name="owner", at=fined.cast.firm)
    sight = sight_of(owner, fined.matter)
    assert not sight.shows_clock("report")
    assert not sight.shows_step("report_back")
    assert [each.code for each in seen_documents(owner)] == ["decision"]
