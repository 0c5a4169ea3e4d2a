"""The party's own steps in its case: within their limits, on the day they are handed in, and not before it was told."""

from __future__ import annotations

from decimal import Decimal

import pytest
from case_walk import WHY, nine, refused

from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.matters.engine.expiring import expire_due
from zhihuan.bureau.matters.engine.refusals import StepRefusedError
from zhihuan.bureau.matters.engine.refusing import offered, refusal_of
from zhihuan.bureau.matters.reach import may_view
from zhihuan.bureau.matters.sight import sight_of
from zhihuan.lines.enforcement.forms.execution import DeferForm, PayForm
from zhihuan.lines.enforcement.forms.party import PaymentProofForm

STATED = {"by": "张三", "words": "已整改，请求从轻"}


@pytest.fixture
def owner(person, cast):
    return person("enterprise_user", name="owner", at=cast.firm)


@pytest.fixture
def noticed(walk):
    """Its notice was served on Thursday 10 September 2026."""
    return walk.to_filed().to_review().to_notice()


def by_party(walk, owner, step, day, **said):
    return walk.take(step, owner, day, **said)


def refused_to(walk, owner, step, day, **said):
    with pytest.raises(StepRefusedError) as found:
        by_party(walk, owner, step, day, **said)
    return str(found.value.words)


def test_before_the_notice_the_party_knows_of_no_case(walk, owner):
    walk.to_filed().to_review()
    assert not may_view(owner, walk.matter)
    step = walk.procedure.step("state")
    walk.matter.state = "decision"
    assert refusal_of(walk.procedure, step, walk.matter, Acting(owner)) != ""
    assert offered(walk.procedure, walk.matter, Acting(owner)) == []


def test_it_learns_of_its_case_by_service_even_before_that_is_entered(walk, owner):
    from zhihuan.bureau.documents.seen import seen_documents

    walk.to_filed().to_review()
    walk.go("review_to_notice", "2026-09-10")
    walk.go("notify", "2026-09-10")
    assert not may_view(owner, walk.matter)
    walk.serve("notice", "2026-09-10", way="electronic")
    assert may_view(owner, walk.matter)
    assert [each.code for each in seen_documents(owner)] == ["notice"]


def test_once_served_it_may_speak_ask_for_a_hearing_and_apologise(noticed, owner):
    assert may_view(owner, noticed.matter)
    offers = {each.code for each in offered(noticed.procedure, noticed.matter, Acting(owner))}
    assert offers == {"state", "ask_hearing", "apologise"}


def test_its_defence_bears_the_day_it_is_handed_in(noticed, owner):
    words = refused_to(noticed, owner, "state", "2026-09-14", stated_on="2026-09-11", **STATED)
    assert "日期应为提交当日" in words
    by_party(noticed, owner, "state", "2026-09-14", stated_on="2026-09-14", **STATED)
    assert noticed.matter.state == "statement"
    assert noticed.clock("statement").outcome == "met"


def test_an_officer_enters_a_paper_of_an_earlier_day(noticed):
    noticed.go("state", "2026-09-14", stated_on="2026-09-11", **STATED)
    assert noticed.matter.state == "statement"


def test_a_hearing_is_asked_for_within_five_working_days(walk, owner):
    walk.to_filed().to_review()
    walk.go("review_to_notice", "2026-09-10")
    walk.go("notify_hearing", "2026-09-10")
    walk.serve("notice", "2026-09-10")
    walk.go("notice_served", "2026-09-10")
    late = refused_to(walk, owner, "ask_hearing", "2026-09-18", asked_on="2026-09-18", by="张三")
    assert "听证应于" in late
    by_party(walk, owner, "ask_hearing", "2026-09-17", asked_on="2026-09-17", by="张三")
    assert walk.matter.state == "hearing"
    assert walk.clock("hearing").outcome == "met"


def test_it_sees_neither_review_nor_who_decided(noticed, owner):
    sight = sight_of(owner, noticed.matter)
    assert not any(
        sight.shows_step(each) for each in ("report", "review_to_notice", "register", "ask_filing")
    )
    assert not sight.shows_clock("decision")
    assert sight.state_title("collective") == sight.state_title("case_review") == "办理中"
    assert sight.state_title("notice") == "已告知"


def test_a_payment_proof_is_no_payment_until_the_desk_enters_it(noticed, owner, cast):
    noticed.to_decision().to_pay()
    proof = {
        "amount": "50000",
        "paid_on": "2026-09-25",
        "receipt_number": "票-1",
        "receipt": cast.paper,
    }
    by_party(noticed, owner, "file_payment", "2026-09-25", **proof)
    case = noticed.kept()
    assert (case.state, case.paid) == ("pay", Decimal(0))
    shown = PayForm(matter=noticed.matter).initial
    assert shown == {"amount": "50000", "paid_on": "2026-09-25", "receipt_number": "票-1"}
    noticed.go("pay_all", "2026-09-25", **shown)
    assert noticed.kept().paid == Decimal(50000)


def test_a_payment_to_come_or_without_proof_is_no_proof(noticed, owner, cast):
    noticed.to_decision().to_pay()
    told = {
        "amount": "50000",
        "paid_on": "2026-09-26",
        "receipt_number": "票-1",
        "receipt": cast.paper,
    }
    assert "不能晚于今天" in refused_to(noticed, owner, "file_payment", "2026-09-25", **told)
    form = PaymentProofForm({"amount": "0", "paid_on": "2026-09-25", "receipt_number": "1"})
    assert set(form.errors) == {"amount", "receipt"}


PLAN = "2026-10-15：20000\n2026-11-15：30000"


def test_instalments_are_asked_for_refused_asked_for_again_and_granted_as_asked(noticed, owner):
    noticed.to_decision().to_pay()
    short = {"applied_on": "2026-09-21", "why": "资金困难", "plan": "2026-10-15：20000"}
    assert "各期合计" in refused_to(noticed, owner, "ask_deferral", "2026-09-21", **short)
    assert "没有待批准" in refused(noticed, "refuse_deferral", "2026-09-21", **WHY)
    by_party(noticed, owner, "ask_deferral", "2026-09-21", **short | {"plan": PLAN})
    noticed.go("refuse_deferral", "2026-09-22", **WHY)
    assert "没有待批准" in refused(noticed, "refuse_deferral", "2026-09-22", **WHY)
    by_party(
        noticed,
        owner,
        "ask_deferral",
        "2026-09-23",
        **short | {"plan": PLAN, "applied_on": "2026-09-23"},
    )
    form = DeferForm(matter=noticed.matter)
    assert form.initial["applied_on"] == "2026-09-23"
    assert form["plan"].value() == "2026-10-15：20000\n2026-11-15：30000"
    noticed.go(
        "defer",
        "2026-09-24",
        **WHY,
        **{name: form[name].value() for name in ("applied_on", "plan")},
    )
    assert noticed.kept().state == "installment"


def test_a_correction_is_reported_with_its_proof(noticed, owner, cast):
    noticed.to_decision().to_pay()
    told = {"reported_on": "2026-09-28", "done": "已安装在线监控"}
    assert "更正" in refused_to(noticed, owner, "report_correction", "2026-09-28", **told)
    by_party(noticed, owner, "report_correction", "2026-09-28", **told, proof=cast.paper)
    assert noticed.matter.state == "pay"


def test_the_party_is_told_and_tells(owner, noticed, cast):
    from zhihuan.bureau.inbox.models import Receipt

    assert Receipt.objects.filter(user=owner, message__words__contains="已送达处罚告知书").exists()
    by_party(noticed, owner, "state", "2026-09-14", stated_on="2026-09-14", **STATED)
    for one in (cast.officer, cast.head, cast.reviewer):
        assert Receipt.objects.filter(user=one, message__words__contains="已陈述申辩").exists()


def test_what_waits_for_the_party_is_ranked_by_its_own_clocks(noticed, owner):
    (to_do,) = noticed.matter.to_dos.filter(role="enterprise_user")
    assert to_do.clock.code == "statement"


def test_until_the_decision_the_party_may_go_on_and_between_it_and_its_service_nothing_waits(
    noticed, owner
):
    """A hearing may be asked for wherever the case is by then, so it stays among what the party can do."""
    noticed.go("state", "2026-09-14", stated_on="2026-09-11", **STATED)
    noticed.go("reply", "2026-09-15", adopted="no", why="不影响认定")
    assert noticed.matter.to_dos.filter(role="enterprise_user").exists()
    noticed.go("decide", "2026-09-18")
    assert not noticed.matter.to_dos.filter(role="enterprise_user").exists()


def test_a_stranger_s_firm_sees_nothing(noticed, person):
    from zhihuan.bureau.people.models import Organisation

    other = Organisation.objects.create(name="别的企业", kind="enterprise")
    stranger = person("enterprise_user", name="stranger", at=other)
    assert not may_view(stranger, noticed.matter)
    assert offered(noticed.procedure, noticed.matter, Acting(stranger)) == []


def test_time_goes_on_without_the_party(noticed, owner):
    expire_due(nine("2026-09-18"))
    case = noticed.kept()
    assert case.state == "decision"
    assert sight_of(owner, case).state_title(case.state) == "办理中"
