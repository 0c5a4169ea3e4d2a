"""What outcomes several items make together, and what an hour's mark makes of the hour."""

from __future__ import annotations

import itertools
from datetime import date

import numpy as np
import pytest

from zhihuan.standards.emission.states import HourState, as_states, states_of_marks
from zhihuan.standards.emission.verdict import Verdict, worst
from zhihuan.standards.errors import OutsideEditionsError


def _by_hand(outcomes: tuple[Verdict, ...]) -> Verdict:
    if Verdict.EXCEEDS in outcomes:
        return Verdict.EXCEEDS
    if Verdict.UNJUDGED in outcomes:
        return Verdict.UNJUDGED
    return Verdict.EXEMPT if set(outcomes) == {Verdict.EXEMPT} else Verdict.WITHIN


def test_every_triple_of_outcomes_makes_what_the_rule_says() -> None:
    triples = list(itertools.product(Verdict, repeat=3))
    found = worst(np.array(triples, dtype=np.int8).T)
    assert [Verdict(int(one)) for one in found] == [_by_hand(triple) for triple in triples]


def test_no_item_at_all_is_no_judgement() -> None:
    assert worst(np.empty((0, 2), dtype=np.int8)).tolist() == [Verdict.UNJUDGED] * 2


@pytest.mark.parametrize(
    ("mark", "state"),
    [
        ("N", "NORMAL"),
        ("F", "STOPPED"),
        *((mark, "INVALID") for mark in "MSDCTB"),
        ("?", "INVALID"),
    ],
)
def test_a_mark_decides_what_its_hour_counts_as(mark: str, state: str) -> None:
    assert states_of_marks([mark], on=date(2026, 3, 1)).tolist() == [HourState[state]]


def test_marks_before_the_first_edition_are_refused() -> None:
    with pytest.raises(OutsideEditionsError):
        states_of_marks(["N"], on=date(2010, 1, 1))


def test_states_broadcast_and_unknown_ones_are_named() -> None:
    assert as_states(None, (2, 3)).tolist() == [[0, 0, 0], [0, 0, 0]]
    assert as_states([0, 3], (2, 2)).tolist() == [[0, 3], [0, 3]]
    with pytest.raises(ValueError, match="时段状态 9 不存在"):
        as_states([0, 9], (2,))
