"""Old law and Code side by side: which one governs, which one is lighter, and what is left to people."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from zhihuan.bureau.discretion import (
    AnswerRefusedError,
    Asked,
    Governs,
    Lighter,
    Span,
    compare,
)
from zhihuan.bureau.discretion.comparing import lighter_of, with_condition

SPRING, SUMMER, AUTUMN, WINTER = (date(2026, 3, 1), date(2026, 7, 1), date(2026, 9, 1), date(2026, 11, 2))  # fmt: skip


def laws(number, code, began, ended, decided=WINTER, **more):
    return compare(
        Asked(number, {}, began, **more), Asked(code, {}, ended), began_on=began, ended_on=ended, decided_on=decided
    )  # fmt: skip


def test_an_act_of_the_old_law_falls_under_the_code_where_that_punishes_less():
    """危废标识: 10 to 100万 before, 5 to 20万 now."""
    found = laws("4.12", "WF01", SPRING, SUMMER)
    assert (found.lighter, found.governs) == (Lighter.CODE, Governs.CODE)
    assert any("第一千零五十七条" in each for each in found.reasons)
    assert any("没收所得" in each for each in found.warnings)


def test_an_act_of_the_old_law_stays_with_it_where_that_punishes_less():
    """未批先建: 1 to 5 % of a small investment before, 20 to 100万 now."""
    small = {"建设项目总投资额": Decimal(1_000_000)}
    found = laws("1.1", "HP01", SPRING, SUMMER, bases=small)
    assert (found.lighter, found.governs) == (Lighter.OLD, Governs.OLD)


def test_a_range_that_hangs_on_an_unknown_base_leaves_it_open():
    found = laws("1.1", "HP01", SPRING, SUMMER)
    assert (found.lighter, found.governs) == (Lighter.OPEN, Governs.OPEN)
    assert any("法制审核" in each for each in found.warnings)


def test_equal_ranges_stay_with_the_law_of_the_act():
    found = laws("2.7", "PW08", SPRING, SUMMER)
    assert (found.lighter, found.governs) == (Lighter.SAME, Governs.OLD)


@pytest.mark.parametrize(
    ("number", "code", "condition"),
    [("1.3", "HP03", "可以罚"), ("4.8", "GF07", "拒不改正方罚")],
)
def test_equal_ranges_decide_nothing_where_the_code_may_not_fine_at_all(number, code, condition):
    """登记表未备案: fined before, may be fined now; 台账: fined before, now only after a refusal to correct."""
    wide = (Decimal(50_000), Decimal(200_000)) if code == "GF07" else None
    found = laws(number, code, SPRING, SUMMER, law_range=wide)
    assert (found.lighter, found.governs) == (Lighter.OPEN, Governs.OPEN)
    assert any(condition in each for each in found.reasons)
    assert any("法制审核" in each for each in found.warnings)


@pytest.mark.parametrize("by_range", Lighter)
@pytest.mark.parametrize("condition", ["", "可以罚", "拒不改正方罚"])
def test_a_condition_weighs_against_whatever_would_keep_the_old_law(by_range, condition):
    undecided = {"": set(), "可以罚": {Lighter.SAME}, "拒不改正方罚": {Lighter.SAME, Lighter.OLD}}
    expected = Lighter.OPEN if by_range in undecided[condition] else by_range
    assert with_condition(by_range, condition) is expected


def test_conduct_across_the_day_falls_under_the_code_and_is_marked_unconfirmed():
    found = laws("4.12", "WF01", SPRING, AUTUMN)
    assert found.governs is Governs.CODE
    assert any("第八条第二款" in each for each in found.reasons)
    assert any(each.startswith("待核实") for each in found.warnings)
    assert found.old.act_on == date(2026, 8, 14)
    assert found.new.act_on == AUTUMN


def test_conduct_under_the_code_alone():
    assert laws("4.12", "WF01", AUTUMN, AUTUMN).governs is Governs.CODE


def test_a_decision_before_the_code_knows_the_old_law_alone():
    assert laws("4.12", "WF01", SPRING, SUMMER, decided=date(2026, 8, 14)).governs is Governs.OLD


def test_a_side_that_cannot_be_reckoned_says_why():
    found = laws("4.12", "WF01", SPRING, SUMMER, decided=date(2027, 1, 4))
    assert found.old is None
    assert "有效期已届满" in found.old_refusal
    assert found.governs is Governs.OPEN
    assert found.as_values()["old_refusal"] == found.old_refusal


@pytest.mark.parametrize(
    ("began", "ended", "decided"), [(SUMMER, SPRING, WINTER), (SPRING, WINTER, AUTUMN)]
)
def test_days_out_of_order_are_refused(began, ended, decided):
    with pytest.raises(AnswerRefusedError, match="依次"):
        laws("4.12", "WF01", began, ended, decided)


def span(low, high):
    return Span(None if low is None else Decimal(low), None if high is None else Decimal(high), "")


@pytest.mark.parametrize(
    ("old", "new", "which"),
    [
        (span(10, 100), span(5, 20), Lighter.CODE),
        (span(10, 100), span(5, 100), Lighter.CODE),
        (span(10, 100), span(10, 80), Lighter.CODE),
        (span(5, 20), span(10, 100), Lighter.OLD),
        (span(10, 100), span(10, 100), Lighter.SAME),
        (span(10, 100), span(20, 80), Lighter.OPEN),
        (span(20, 80), span(10, 100), Lighter.OPEN),
        (span(None, 50), span(10, 50), Lighter.OLD),
        (span(10, None), span(10, 50), Lighter.OPEN),
        (None, span(10, 50), Lighter.OPEN),
    ],
)
def test_which_range_is_lighter(old, new, which):
    assert lighter_of(old, new) is which
