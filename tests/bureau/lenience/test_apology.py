"""Public apology: all four duties, none of eleven exclusions, 30 to 50 % less, never below the law's minimum."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from zhihuan.bureau.discretion.errors import AnswerRefusedError
from zhihuan.bureau.lenience import Outcome, exclusions, judge_apology, reduce_fine
from zhihuan.bureau.lenience.apology import DUTIES

DAY = date(2026, 5, 1)
DONE = dict.fromkeys(DUTIES, True)
TENTH = Fraction(1, 10)


def judged(duties=DONE, excluded=(), day=DAY):
    return judge_apology(duties, excluded=excluded, decided_on=day)


def test_all_duties_and_no_exclusion():
    assert judged().outcome is Outcome.YES
    assert len(exclusions()) == 11


@pytest.mark.parametrize("duty", DUTIES)
def test_every_duty_is_needed(duty):
    assert judged(DONE | {duty: False}).outcome is Outcome.NO
    unknown = {name: done for name, done in DONE.items() if name != duty}
    assert judged(unknown).outcome is Outcome.OPEN
    assert DUTIES[duty] in judged(unknown).missing


@pytest.mark.parametrize("number", range(1, 12))
def test_every_exclusion_shuts_it_out(number):
    found = judged(excluded=(number,))
    assert found.outcome is Outcome.NO
    assert found.reasons[0].text == exclusions()[number - 1]


def test_exclusions_nobody_looked_at_leave_it_open():
    assert judged(excluded=None).outcome is Outcome.OPEN


def test_without_a_rule_in_force_there_is_no_reduction():
    assert judged(day=date(2027, 1, 1)).outcome is Outcome.NO


def test_the_fine_never_falls_below_the_law_s_minimum():
    kept = reduce_fine(Decimal(300_000), 4 * TENTH, least_fine=Decimal(100_000))
    assert kept.amount == 180_000
    assert reduce_fine(Decimal(150_000), 5 * TENTH, least_fine=Decimal(100_000)).amount == 100_000
    assert "最低罚款额不明" in reduce_fine(Decimal(1), 3 * TENTH, least_fine=None).warnings[0]


@pytest.mark.parametrize("share", [Fraction(29, 100), Fraction(51, 100), Fraction(0)])
def test_a_share_beyond_the_rule_is_refused(share):
    with pytest.raises(AnswerRefusedError, match="30%到50%"):
        reduce_fine(Decimal(100), share, least_fine=None)


def test_a_city_s_ladder_has_its_steps_and_an_unknown_one_is_said_to_be_unknown():
    fine = Decimal(300_000)
    assert reduce_fine(fine, 4 * TENTH, least_fine=Decimal(0), city="guangzhou").amount == 180_000
    with pytest.raises(AnswerRefusedError, match="阶梯"):
        reduce_fine(fine, Fraction(35, 100), least_fine=Decimal(0), city="guangzhou")
    unknown = reduce_fine(fine, Fraction(35, 100), least_fine=Decimal(0), city="zhongshan")
    assert unknown.warnings[0].startswith("待核实")


def test_strange_duties_and_exclusions_are_refused():
    for duties, excluded in (({"sorry": True}, ()), (DONE, (12,)), (DONE, (0,))):
        with pytest.raises(AnswerRefusedError):
            judged(duties, excluded)
