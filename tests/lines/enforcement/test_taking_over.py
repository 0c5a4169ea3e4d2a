"""An unpaid consecutive-day fine goes on as a case: nothing is typed twice, and the case ends like any other."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from case_walk import nine, refused

from zhihuan.bureau.documents.models import DocumentNumber
from zhihuan.bureau.matters.catalogue import edition_of
from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.matters.engine.linking import link
from zhihuan.bureau.matters.models import Matter, MatterEvent

UNPAID = {"unpaid": "多次催缴未缴"}


@pytest.fixture
def fine(cast):
    """As its own line leaves it: decided on 1 September, served on the 2nd, passed on to be enforced."""
    matter = Matter.objects.create(
        procedure="daily_fine", edition="2015", state="enforcing", title="按日连续处罚", party=cast.firm, town=cast.town
    )  # fmt: skip
    told = {
        "propose": {"amount": "300000.00"},
        "decide": {},
        "served": {"happened": "2026-09-02"},
        "enforce": {"why": "未缴"},
    }
    for number, (step, said) in enumerate(told.items(), 1):
        MatterEvent.objects.create(
            matter=matter, number=number, at=nine("2026-09-01"), step=step, source="paying", target="paying", said=said, digest=b"x",
        )  # fmt: skip
    return matter


def numbered(fine, cast):
    from zhihuan.bureau.documents.models import MatterDocument

    number = DocumentNumber.objects.create(rule="daily_penalty_decision", organisation=cast.officer.organisation, year=2026, number=1, text="中（三角）环连罚〔2026〕1号")  # fmt: skip
    MatterDocument.objects.create(
        matter=fine, event=fine.events.get(step="decide"), code="decision", title="按日连续处罚决定书", number=number,
        issuer=cast.officer.organisation, template="x", template_version="x", facts={}, digest="0" * 64, size_bytes=1,
        made_at=nine("2026-09-01"), is_served=True,
    )  # fmt: skip


def grown(walk, fine, cast):
    link(walk.matter, "spawned_by", fine, Acting(None), version=walk.matter.version)
    return walk


def test_the_line_of_daily_fines_has_what_is_read_there():
    procedure = edition_of("daily_fine", "2015")
    assert procedure.state("enforcing").end
    assert "amount" in procedure.step("propose").form.base_fields
    assert "happened" in procedure.step("served").form.base_fields
    assert procedure.step("decide").documents[0].code == "decision"
    assert "daily_fine" in edition_of("penalty_case", "2023").grows_from


def test_it_is_overdue_at_once_with_number_amount_and_days_of_the_fine(walk, fine, cast):
    numbered(fine, cast)
    grown(walk, fine, cast).go("take_over", "2026-09-18", **UNPAID)
    case = walk.kept()
    assert (case.state, case.fine, case.number) == (
        "overdue",
        Decimal(300000),
        "中（三角）环连罚〔2026〕1号",
    )
    assert (case.decided_on, case.served_on) == (dt.date(2026, 9, 1), dt.date(2026, 9, 2))
    assert case.pay_by == dt.date(2026, 9, 17)
    assert walk.clock("contest").last_day == dt.date(2027, 3, 2)


def test_it_is_urged_with_a_surcharge_paid_and_closed(walk, fine, cast):
    numbered(fine, cast)
    grown(walk, fine, cast).go("take_over", "2026-09-18", **UNPAID)
    walk.go("urge", "2026-09-20", reckoned_to="2026-09-19")
    said = walk.matter.events.get(step="urge").said
    assert (said["surcharge"], said["total"]) == ("18000.00", "318000.00")
    assert "中（三角）环连罚〔2026〕1号" in walk.text_of("demand_letter")
    walk.serve("demand_letter", "2026-09-21")
    walk.go("urge_served", "2026-09-21")
    walk.go("pay_all", "2026-09-22", amount="345000", paid_on="2026-09-22", receipt_number="T")
    walk.go("close", "2026-09-23", ending="performed", summary="已缴清", archived="2026-1")
    assert walk.kept().state == "close"


def test_out_of_nothing_or_too_early_it_does_not_begin(walk, fine, cast):
    assert "须由" in refused(walk, "take_over", "2026-09-18", **UNPAID)
    grown(walk, fine, cast)
    assert "尚不完整" in refused(walk, "take_over", "2026-09-18", **UNPAID)
    numbered(fine, cast)
    assert "2026-09-17 届满" in refused(walk, "take_over", "2026-09-17", **UNPAID)
    Matter.objects.filter(pk=fine.pk).update(state="paid")
    assert "须由" in refused(walk, "take_over", "2026-09-18", **UNPAID)


def test_of_another_line_s_fine_nothing_can_be_typed(walk, fine, cast):
    numbered(fine, cast)
    grown(walk, fine, cast).go("take_over", "2026-09-18", **UNPAID, fine="1", number="另一号")
    assert walk.kept().fine == Decimal(300000)
