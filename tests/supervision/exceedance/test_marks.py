"""The discharger's marks: chains, deadlines, and which hours they take out of judgement."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from exceedance_cases import DAY, HOUR, MIDNIGHT, mark, moment
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards.emission import HourState
from zhihuan.standards.errors import OutsideEditionsError
from zhihuan.supervision.exceedance import Mark, deadline_of, in_effect, is_late, mark_kinds
from zhihuan.supervision.exceedance.marks import marked_states

NORMAL = np.zeros(4, dtype=np.int8)
FLUE = [45.0] * 4


def states(*marks: Mark, minutes: list[float] = FLUE) -> list[int]:
    """Four hours with these marks."""
    return marked_states(NORMAL, MIDNIGHT, minutes, marks).tolist()


def test_the_deadline_is_noon_of_the_day_after_the_marked_span() -> None:
    assert deadline_of(moment("2026-03-01 02:00")) == moment("2026-03-02 12:00")
    # a span that ends at midnight ended on the day before
    assert deadline_of(moment("2026-03-02 00:00")) == moment("2026-03-02 12:00")
    assert deadline_of(moment("2026-03-02 00:01")) == moment("2026-03-03 12:00")


def test_a_mark_is_late_one_second_after_its_deadline() -> None:
    deadline = moment("2026-03-02 12:00")
    assert not is_late(mark(0, 2, made=deadline))
    assert is_late(mark(0, 2, made=deadline + 1))


def test_there_are_no_marks_before_the_rule() -> None:
    with pytest.raises(OutsideEditionsError):
        mark_kinds(date(2022, 12, 31))
    assert mark_kinds(date(2023, 1, 1))["fault"].of_equipment
    assert not mark_kinds(date(2023, 1, 1))["start_up"].of_equipment


def test_a_superseded_mark_counts_no_longer() -> None:
    first, second = mark(0, 4), mark(0, 2, number=2, supersedes=1)
    assert [each.number for each in in_effect([second, first])] == [2]


def test_taking_a_mark_back_leaves_none() -> None:
    assert in_effect([mark(0, 4), mark(0, 4, number=2, supersedes=1, withdraws=True)]) == ()


def test_a_refused_mark_counts_not_and_brings_nothing_back() -> None:
    chain = [mark(0, 4), mark(0, 2, number=2, supersedes=1, accepted=False)]
    assert in_effect(chain) == ()


def test_a_late_mark_counts_once_the_bureau_has_accepted_it() -> None:
    late = MIDNIGHT + 5 * DAY
    assert in_effect([mark(0, 2, made=late)]) == ()
    assert len(in_effect([mark(0, 2, made=late, accepted=True)])) == 1


def test_an_hour_is_out_when_its_marks_leave_too_few_minutes() -> None:
    assert states(mark(0, 0.25)) == [0, 0, 0, 0]  # 45 minutes are left
    assert states(mark(0, 0.25 + 1 / 3600)) == [HourState.INVALID, 0, 0, 0]
    assert states(mark(0.9, 1.1)) == [0, 0, 0, 0]


def test_where_one_minute_is_enough_an_hour_is_out_when_wholly_covered() -> None:
    one = [1.0] * 4
    assert states(mark(0, 0.9), minutes=one) == [0, 0, 0, 0]
    assert states(mark(0, 1), minutes=one) == [HourState.INVALID, 0, 0, 0]


def test_what_the_device_marked_stays() -> None:
    state = np.array([HourState.STOPPED, 0, 0, 0], dtype=np.int8)
    found = marked_states(state, MIDNIGHT, FLUE, [mark(0, 4)])
    assert found.tolist() == [HourState.STOPPED] + [HourState.INVALID] * 3


def test_an_unknown_kind_says_nothing() -> None:
    assert states(mark(0, 4, kind="nobody knows")) == [0, 0, 0, 0]


@given(
    first=st.integers(0, 4 * HOUR - 1), length=st.integers(1, 4 * HOUR), minutes=st.integers(1, 60)
)
def test_covered_hours_are_those_counted_second_by_second(
    first: int, length: int, minutes: int
) -> None:
    start, end = MIDNIGHT + first, MIDNIGHT + first + length
    one = Mark(1, "fault", start, end, end)
    found = marked_states(NORMAL, MIDNIGHT, [float(minutes)] * 4, [one])
    for hour in range(4):
        begin = MIDNIGHT + hour * HOUR
        covered = len(range(max(begin, start), min(begin + HOUR, end)))
        out = HOUR - covered < 60 * minutes
        assert (found[hour] == HourState.INVALID) == (out and covered > 0)
