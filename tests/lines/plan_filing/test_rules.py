"""The line's own judgements: pure, so asked without a platform."""

from __future__ import annotations

import datetime as dt

import pytest

from zhihuan.bureau.clock import published_calendar
from zhihuan.lines.plan_filing import rules
from zhihuan.standards.errors import OutsideEditionsError

NOW = dt.date(2026, 3, 2)


@pytest.mark.parametrize(
    ("risk", "crosses", "may"),
    [("L", False, True), ("L", True, False), ("M", False, False), ("H", False, False)],
)
def test_only_a_general_risk_within_the_region_may_be_filed_simply(risk, crosses, may):
    words = rules.not_simplified_for(risk, crosses, NOW)
    assert (words == "") == may
    assert may or "分类管理办法" in words


def test_before_the_city_made_classes_nobody_could():
    assert rules.not_simplified_for("L", False, dt.date(2024, 4, 25))
    assert not rules.not_simplified_for("L", False, dt.date(2024, 4, 26))


def test_the_simplified_way_asks_for_less():
    whole, less = rules.asked_papers(False, NOW), rules.asked_papers(True, NOW)
    assert len(whole) == 6
    assert set(less) < set(whole)
    assert {"filing_form", "plan"} <= set(less)


def test_papers_are_asked_by_names_the_form_knows():
    from zhihuan.lines.plan_filing.forms import PlanForm

    for edition in rules.classes().editions:
        table = edition.table
        assert {*table["full"], *table["simplified"]} <= set(PlanForm.base_fields)


def test_before_the_measures_there_is_no_filing():
    with pytest.raises(OutsideEditionsError):
        rules.asked_papers(False, dt.date(2015, 1, 7))


def test_what_was_not_read_in_the_text_itself_says_so():
    newest = rules.classes().on(NOW)
    assert newest.confidence == "unconfirmed"
    assert "推定" in newest.note


@pytest.mark.parametrize(
    ("signed_on", "last_day"),
    [
        # twenty working days over Spring Festival (15 to 23 February off, Saturdays 14 and 28 worked)
        ("2026-02-10", "2026-03-16"),
        ("2026-03-02", "2026-03-30"),
    ],
)
@pytest.mark.parametrize("limit", ["M01", "M04"])
def test_a_plan_is_handed_in_within_twenty_working_days_of_its_signing(signed_on, last_day, limit):
    found = rules.file_by(dt.date.fromisoformat(signed_on), limit, published_calendar())
    assert found == dt.date.fromisoformat(last_day)


@pytest.mark.parametrize(
    ("steps", "corrected"),
    [
        ((), False),
        (("submit",), False),
        (("submit", "correct"), True),
        (("submit", "correct", "resubmit"), True),
        (("submit", "correct", "resubmit", "file", "revise"), False),
        (("submit", "correct", "resubmit", "refuse", "submit"), False),
        (("submit", "file", "revise", "correct", "resubmit"), True),
    ],
)
def test_what_was_corrected_is_the_plan_handed_in_last(steps, corrected):
    assert rules.is_corrected(steps) is corrected
