"""What a penalty case counts as on its way, and what falls out again."""

from __future__ import annotations

import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "indicators"))

from told import counts_the_same_anew, figures

from zhihuan.indicators.models import CountedAct


@pytest.fixture(autouse=True)
def _anew(db):
    """After every test."""
    yield
    counts_the_same_anew()


def test_a_case_counts_when_it_is_filed_decided_served_and_paid(walk):
    walk.to_filed()
    assert figures() == {"cases_filed": 1}
    row = CountedAct.objects.get(acts="case_filed")
    assert (row.day, row.case_type, row.source, row.law) == (
        date(2026, 9, 1),
        "超标排放水污染物",
        "check",
        "",
    )
    walk.to_review().to_notice().to_decision().to_pay()
    told = figures()
    assert told["penalty_decisions"] == told["penalties_served"] == told["penalties_fined"] == 1
    assert told["penalty_amount"] == told["penalty_mean"] == 50000
    assert told["decision_days"] == 17
    assert "payment_rate" not in told or told["payment_rate"] == 0
    assert set(CountedAct.objects.values_list("law", flat=True)) == {"code"}
    walk.go("pay_part", "2026-09-25", amount="20000", paid_on="2026-09-25", receipt_number="T1")
    told = figures()
    assert (told["fines_paid"], told["payment_rate"]) == (Decimal(20000), Decimal("40.0"))
    assert figures("2026-08") == {}
    assert figures("2026-Q3") == figures()


def test_a_case_whose_filing_was_withdrawn_was_not_filed(walk):
    walk.to_filed()
    walk.go("withdraw_case", "2026-09-03", ground="not_ours", why="不属于本机关管辖")
    assert "cases_filed" not in figures()


def test_an_overturned_decision_falls_out_of_the_year_it_was_counted_in(walk):
    walk.to_filed().to_review().to_notice().to_decision().to_pay()
    walk.go("contest", "2026-10-12", kind="suit", filed_on="2026-10-12", body="某法院")
    told = figures()
    assert (told["suits"], told["penalty_decisions"]) == (1, 1)
    walk.go("overturned", "2026-12-01", ruled_on="2026-11-30", ruling="（2026）粤行终1号")
    told = figures()
    assert told["contests_lost"] == 1
    assert not {"penalty_decisions", "penalty_amount", "penalties_served", "penalties_fined"} & set(
        told
    )
    assert told["cases_filed"] == 1
    assert CountedAct.objects.get(acts="contest_lost").day == date(2026, 11, 30)


def test_who_is_let_go_counts_with_the_fine_that_was_not_imposed(walk):
    walk.to_filed().to_review().to_notice().to_decision()
    walk.go(
        "decide_nothing", "2026-09-18", ground="minor", facts="轻微超标", law_penalty="《中华人民共和国行政处罚法》第三十三条",
        why="轻微并及时改正", education="已教育", known=["minor", "corrected", "harmless"],
    )  # fmt: skip
    told = figures()
    assert told["no_penalty_all"] == told["no_penalty_decisions"] == 1
    assert told["no_penalty_amount"] == 50000
    assert "penalty_decisions" not in told


def test_a_penalty_on_the_spot_is_a_decision_and_no_filing(cast):
    from case_walk import CODE_LAW, FOUND, Walk

    walk = Walk.opened(cast, code="simple_case")
    walk.go(
        "punish", FOUND, source="check", found_on=FOUND, act_until=FOUND, case_type="台账不全", place="厂区",
        identity_shown="on", facts="台账不全", law_broken=CODE_LAW, law_penalty=CODE_LAW, defence="无", kinds=["fine"],
        fine="2000", received_by="张三",
    )  # fmt: skip
    told = figures()
    assert told["penalty_decisions"] == told["penalties_at_once"] == 1
    assert told["penalty_amount"] == 2000
    assert "cases_filed" not in told
