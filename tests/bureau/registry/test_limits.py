"""Two limits never hold on one day, and no day is lost between them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.bureau.registry.limits import OverlapError, Span, ended_by

DAY = dt.timedelta(days=1)


def day(number: int) -> dt.date:
    return dt.date(2026, 1, 1) + number * DAY


spans = st.tuples(st.integers(0, 40), st.none() | st.integers(0, 40)).map(
    lambda pair: Span(day(pair[0]), None if pair[1] is None else day(pair[0] + pair[1]))
)


def days_of(span: Span) -> set[dt.date]:
    last = span.last or day(200)
    return {span.first + n * DAY for n in range((last - span.first).days + 1)}


@given(spans, spans)
def test_two_spans_meet_exactly_when_they_share_a_day(one, other):
    assert one.meets(other) == other.meets(one) == bool(days_of(one) & days_of(other))


@given(st.lists(spans, max_size=4), spans)
def test_after_a_new_limit_no_day_has_two_and_no_day_is_lost(drawn, coming):
    standing: list[Span] = []
    for each in drawn:
        if not any(each.meets(other) for other in standing):
            standing.append(each)
    before = set().union(*map(days_of, standing)) if standing else set()
    try:
        cut = ended_by(standing, coming)
    except OverlapError:
        return
    now = [Span(each.first, cut.get(each, each.last)) for each in standing] + [coming]
    assert all(not one.meets(two) for n, one in enumerate(now) for two in now[:n])
    assert before <= set().union(*map(days_of, now))


def test_a_new_value_without_end_ends_the_old_one_the_day_before():
    old = Span(day(0))
    assert ended_by([old], Span(day(10))) == {old: day(9)}


@pytest.mark.parametrize("first", [0, -1])
def test_one_that_begins_no_earlier_is_refused_with_its_dates(first):
    with pytest.raises(OverlapError, match="2026-01-01"):
        ended_by([Span(day(0), day(5))], Span(day(first)))


def test_a_passing_limit_may_not_leave_a_gap_behind_it():
    with pytest.raises(OverlapError, match="期满后将没有限值"):
        ended_by([Span(day(0))], Span(day(10), day(20)))


def test_what_has_ended_already_stays_as_it_is():
    assert ended_by([Span(day(0), day(5))], Span(day(6))) == {}
