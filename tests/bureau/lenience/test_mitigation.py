"""Grounds for a lighter or heavier penalty, by the law in force when it is decided."""

from __future__ import annotations

from datetime import date

import pytest

from zhihuan.bureau.discretion.errors import AnswerRefusedError
from zhihuan.bureau.lenience import Outcome, circumstances, judge_circumstances

OLD, BOTH, CODE_ALONE = date(2026, 5, 1), date(2026, 9, 1), date(2027, 5, 1)


def keys(day):
    return {each.key for each in circumstances(decided_on=day)}


def test_grounds_hold_on_their_days():
    assert {"removed", "merit"} <= keys(OLD)
    assert "repaired" not in keys(OLD)
    assert {"removed", "repaired", "malice"} <= keys(BOTH)
    assert keys(CODE_ALONE) == {"removed_code", "repaired", "compensated", "malice", "refused", "grave", "repeated"}  # fmt: skip


def test_what_is_proved_decides_which_way():
    assert judge_circumstances(["merit"], decided_on=OLD).outcome is Outcome.YES
    assert judge_circumstances([], decided_on=OLD).outcome is Outcome.NO
    assert judge_circumstances(["malice"], decided_on=BOTH).outcome is Outcome.NO
    both = judge_circumstances(["repaired", "malice"], decided_on=BOTH)
    assert both.outcome is Outcome.OPEN
    assert {each.clause[-2:] for each in both.reasons} == {"一款", "二款"}


def test_a_ground_of_another_day_is_refused():
    with pytest.raises(AnswerRefusedError):
        judge_circumstances(["repaired"], decided_on=OLD)
