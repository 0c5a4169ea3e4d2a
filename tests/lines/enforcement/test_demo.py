"""The line's part of the synthetic city."""

from __future__ import annotations

import datetime as dt

import pytest

from zhihuan.bureau.people.models import Organisation, User
from zhihuan.lines.enforcement import demo
from zhihuan.lines.enforcement.models import PenaltyCase


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
