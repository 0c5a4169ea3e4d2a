"""The line's part of the synthetic city."""

from __future__ import annotations

import datetime as dt

import pytest

from zhihuan.bureau.people.models import Organisation, User
from zhihuan.demo.past_cases import _FINES
from zhihuan.lines.enforcement import demo
from zhihuan.lines.enforcement.demo_courses import About, Ending
from zhihuan.lines.enforcement.demo_law import ACTS, AUTOMATIC, LEAST_FINE, REGISTRATION, cited
from zhihuan.lines.enforcement.models import PenaltyCase
from zhihuan.lines.enforcement.rules.citations import citation_faults


@pytest.fixture
def staffed(cast):
    """The trial's people under the names of the demo's, at as many factories as there are standings."""
    from zhihuan.bureau.registry.models import Enterprise

    User.objects.update(synthetic=True)
    for number in range(2, 7):
        Enterprise.objects.create(
            code=f"F{number}", name=f"模拟企业{number}", kind=Organisation.Kind.ENTERPRISE,
            no_code_reason="模拟", town=cast.town, synthetic=True,
        )  # fmt: skip
    return cast


@pytest.mark.parametrize("today", ["2026-11-29", "2026-03-20"])
def test_cases_stand_in_every_phase_and_loading_twice_changes_nothing(staffed, today):
    day = dt.date.fromisoformat(today)
    demo.load(day)
    cases = PenaltyCase.objects.filter(procedure="penalty_case")
    states = sorted(cases.values_list("state", flat=True))
    assert states == ["case_review", "close", "filed", "notice", "pay", "verify"]
    assert all("模拟" in each.title and each.synthetic for each in cases)
    assert PenaltyCase.objects.get(procedure="simple_case").state == "perform"
    demo.load(day)
    assert PenaltyCase.objects.count() == 7


@pytest.mark.parametrize(("conduct", "on", "law", "compared"), [
    ("2026-08-14", "2026-08-14", "水污染防治法", False),
    ("2026-08-14", "2026-08-15", "水污染防治法", True),
    ("2026-08-15", "2026-08-15", "生态环境法典", False),
])  # fmt: skip
def test_a_paper_cites_the_law_of_the_conduct_in_full(conduct, on, law, compared):
    days = [dt.date.fromisoformat(each) for each in (conduct, on)]
    for act in (*ACTS, REGISTRATION):
        found = cited(act, *days)
        text = f"{found['law_broken']}\n{found['law_penalty']}"
        assert citation_faults(text, days[1], days[0], bool(found["comparison"])) == []
        assert bool(found["comparison"]) is compared
        assert "第" in found["law_broken"]
    assert law in cited(AUTOMATIC, *days)["law_penalty"]


@pytest.mark.parametrize("code", ["JC01", "JC02", "DQ04"])
def test_synthetic_fines_lie_within_the_range_of_the_code(code):
    from zhihuan.bureau.discretion import case_type

    bound = case_type(code).tiers[0].bound
    act = ACTS[{"JC02": 0, "JC01": 1, "DQ04": 3}[code]]
    assert case_type(code).clause.removeprefix("生态环境法典")[:10] in act.after[1]
    for fine in (*_FINES, About().fine):
        for decided in (fine, About(fine=fine, ending=Ending.APOLOGY).decided_fine):
            assert bound.low <= decided <= bound.high
    assert bound.low == LEAST_FINE


def test_decisions_of_the_demo_say_who_the_party_is_and_where_it_may_turn(staffed):
    from zhihuan.bureau.documents.docx.reading import text_of_document
    from zhihuan.bureau.documents.kept import read

    demo.load(dt.date(2026, 11, 29))
    case = PenaltyCase.objects.filter(procedure="penalty_case", state="close").get()
    text = text_of_document(read(case.documents.get(code="decision").digest))
    for words in (
        "统一社会信用代码：",
        "人民政府申请行政复议",
        "第一千零八十六条第一款第二项",
        "第一百八十四条第一款",
    ):
        assert words in text, words


def test_electronic_service_was_agreed_to_before_it_was_used(staffed):
    from zhihuan.bureau.documents.models import ServiceConsent, ServiceReceipt
    from zhihuan.bureau.documents.serving.consenting import ELECTRONIC
    from zhihuan.bureau.registry.models import Enterprise

    for firm in Enterprise.objects.all():
        party = User.objects.create(
            username=f"party-{firm.pk}", organisation_id=firm.pk, synthetic=True
        )
        party.grants.create(role="enterprise_user", organisation_id=firm.pk)
    demo.load(dt.date(2026, 11, 29))
    agreed = {each.organisation_id: each.agreed_at.date() for each in ServiceConsent.objects.all()}
    served = ServiceReceipt.objects.filter(way=ELECTRONIC).select_related("document__matter")
    assert served
    for receipt in served:
        assert agreed[receipt.document.matter.party_id] <= receipt.tried_on
        if receipt.acknowledged_at is not None:
            assert receipt.acknowledged_at.date() == receipt.tried_on
    assert served.filter(acknowledged_at__isnull=False).exists()
