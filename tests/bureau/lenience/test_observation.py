"""The observation period never says yes on a rule that nobody has confirmed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from zhihuan.bureau.discretion.errors import TableRefusedError
from zhihuan.bureau.lenience import Outcome, judge_observation, last_day, observation_rule
from zhihuan.standards.parameters import Confidence

RULE = observation_rule("zhongshan", on=date(2026, 5, 1))
KNOWN = replace(RULE, days=30, acts=12, confidence=Confidence.OFFICIAL)
ALL = dict.fromkeys(RULE.conditions, True)


def test_an_unconfirmed_rule_leaves_it_open_and_says_what_to_confirm():
    found = judge_observation(RULE, ALL, is_corrected=True)
    assert found.outcome is Outcome.OPEN
    assert [each for each in found.warnings if "期限" in each]
    assert last_day(RULE, date(2026, 5, 1)) is None


def test_a_confirmed_rule_decides():
    assert judge_observation(KNOWN, ALL, is_corrected=True).outcome is Outcome.YES
    assert judge_observation(KNOWN, ALL, is_corrected=False).outcome is Outcome.NO
    assert judge_observation(KNOWN, ALL, is_corrected=None).outcome is Outcome.OPEN
    first = RULE.conditions[0]
    assert judge_observation(KNOWN, ALL | {first: False}, is_corrected=True).outcome is Outcome.NO
    assert last_day(KNOWN, date(2026, 5, 1)) == date(2026, 5, 31)


def test_no_rule_is_refused():
    with pytest.raises(TableRefusedError):
        observation_rule("zhongshan", on=date(2023, 7, 9))
    with pytest.raises(TableRefusedError):
        observation_rule("atlantis", on=date(2026, 5, 1))
