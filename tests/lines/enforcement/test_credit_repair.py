"""Credit is repaired after the duty is done and the least publicity is over, and the decision is not shown any more then."""

from __future__ import annotations

import datetime as dt

import pytest
from case_walk import WHY, Walk, refused

from zhihuan.bureau.documents.models import Publication
from zhihuan.bureau.documents.publication import publish, withdraw
from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.matters.engine.linking import link
from zhihuan.bureau.matters.reach import may_view
from zhihuan.bureau.matters.sight import sight_of
from zhihuan.lines.enforcement.rules.credit import repairable_from
from zhihuan.standards.errors import OutsideEditionsError

ASKED = "2026-12-10"
GRANT = {"severity": "general", "opinion": "已履行"}


@pytest.fixture
def closed(walk):
    """Fined on 18 September 2026, paid, checked, public and closed."""
    walk.to_filed().to_review().to_notice().to_decision().to_pay()
    publish(walk.matter.documents.get(code="decision"), walk.cast.head)
    walk.go("publish", "2026-09-25")
    walk.go("pay_all", "2026-09-28", amount="50000", paid_on="2026-09-28", receipt_number="T1")
    walk.go("recheck", "2026-10-20")
    walk.go("close", "2026-10-21")
    return walk


def repair_of(case, day=ASKED):
    repair = Walk.opened(case.cast, day, "credit_repair")
    link(repair.matter, "spawned_by", case.matter, Acting(None), version=repair.matter.version)
    return repair


def told(cast, **said):
    papers = {"proof": cast.paper, "promise": cast.paper}
    return {"asked_on": ASKED, "channel": "credit_china", "done": "已缴清并改正", **papers} | said


def test_from_the_application_to_the_end_of_publicity(closed):
    repair = repair_of(closed)
    repair.go("ask", ASKED, **told(closed.cast))
    assert repair.matter.events.get(step="ask").said["number"] == "中环罚字〔2026〕1号"
    # ten working days after Thursday 10 December: the 24th
    assert repair.clock("answer").last_day == dt.date(2026, 12, 24)
    repair.go("grant", "2026-12-18", **GRANT)
    text = repair.text_of("opinion")
    for words in ("中环罚字〔2026〕1号", "一般失信信息", "信用中国", "2026年9月18日"):
        assert words in text
    ended = {"ended_on": "2026-12-21", "where": "已撤下"}
    assert "请先在决定书页面撤下" in refused(repair, "end_publicity", "2026-12-21", **ended)
    withdraw(Publication.objects.get(), closed.cast.head, "信用修复")
    repair.go("end_publicity", "2026-12-21", **ended)
    assert repair.kept().state == "repaired"
    assert closed.kept().state == "close", "the case stays as it was"


def test_the_least_publicity_counts_from_the_decision(closed):
    repair = repair_of(closed)
    repair.go("ask", ASKED, **told(closed.cast))
    assert "2026-12-18" in refused(repair, "grant", "2026-12-17", **GRANT)
    assert "2027-09-18" in refused(repair, "grant", "2026-12-18", **GRANT | {"severity": "serious"})
    repair.go("grant", "2026-12-17", **GRANT | {"severity": "minor"})


@pytest.mark.parametrize(
    ("severity", "decided", "begins"),
    [("minor", "2026-11-30", "2026-11-30"), ("general", "2026-11-30", "2027-02-28"), ("serious", "2026-09-18", "2027-09-18")],
)  # fmt: skip
def test_months_end_with_their_last_day(severity, decided, begins):
    day = dt.date.fromisoformat(decided)
    assert repairable_from(severity, day, dt.date(2026, 12, 1)).isoformat() == begins


def test_before_the_rule_there_is_none():
    with pytest.raises(OutsideEditionsError):
        repairable_from("minor", dt.date(2026, 1, 1), dt.date(2026, 3, 31))


def test_what_is_not_carried_out_is_not_repaired(walk):
    walk.to_filed().to_review().to_notice().to_decision().to_pay()
    repair = repair_of(walk, "2026-09-21")
    said = told(walk.cast, asked_on="2026-09-21")
    assert "尚未履行完毕" in refused(repair, "ask", "2026-09-21", **said)


def test_out_of_nothing_there_is_nothing_to_repair(cast):
    repair = Walk.opened(cast, ASKED, "credit_repair")
    assert "须由已作出处罚决定的案件发起" in refused(repair, "ask", ASKED, **told(cast))


@pytest.mark.parametrize("lacking", ["proof", "promise"])
def test_both_proofs_are_asked_for(closed, lacking):
    repair = repair_of(closed)
    assert refused(repair, "ask", ASKED, **told(closed.cast, **{lacking: ""}))


def test_it_may_be_sent_back_and_refused(closed):
    repair = repair_of(closed)
    repair.go("ask", ASKED, **told(closed.cast))
    repair.go("send_back", "2026-12-11", **WHY)
    repair.go("ask", "2026-12-14", **told(closed.cast, asked_on="2026-12-14"))
    repair.go("refuse", "2026-12-15", **WHY)
    assert repair.kept().state == "refused"


def test_the_party_asks_by_itself_and_reads_the_answer(closed, person):
    owner = person("enterprise_user", name="owner", at=closed.cast.firm)
    repair = repair_of(closed)
    assert may_view(owner, repair.matter)
    repair.take("ask", owner, ASKED, **told(closed.cast, channel="direct"))
    repair.go("grant", "2026-12-18", **GRANT)
    sight = sight_of(owner, repair.matter)
    assert sight.shows_step("grant")
    assert sight.said("grant", {"severity": "general", "opinion": "x"}) == {"severity": "general"}


def test_leaders_look_and_decide_nothing_here(closed):
    repair = repair_of(closed)
    assert may_view(closed.cast.leader, repair.matter)
