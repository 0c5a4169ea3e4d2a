"""A year that is loaded late moves every clock it concerns, and says which."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.clock.errors import CalendarRefusedError
from zhihuan.bureau.matters.engine.loading import load_year
from zhihuan.bureau.matters.models import LoadedYear, RunningClock

# Spring Festival 2027 is on 6 February; a notice as it might be
NOTICE = """date,status
2027-01-01,放假
2027-02-05,放假
2027-02-08,放假
2027-02-09,放假
2027-02-10,放假
2027-02-11,放假
2027-02-20,补班
"""


@pytest.fixture
def late(walk):
    """A case filed on 10 November 2026: its decision is due on 8 February 2027, as far as one knows."""
    both = [walk.cast.officer, walk.cast.second]
    walk.take("file", walk.cast.officer, "11-10", officers=both)
    return walk


def test_until_then_the_end_is_provisional(late):
    clock = late.clock("decision")
    assert (clock.last_day, clock.provisional) == (dt.date(2027, 2, 8), True)


def test_the_load_moves_it_and_tells(late, cast):
    (moved,) = load_year(NOTICE, cast.head)
    clock = late.clock("decision")
    assert (moved.clock, moved.before) == (clock, dt.date(2027, 2, 8))
    assert (clock.last_day, clock.provisional) == (dt.date(2027, 2, 12), False)
    assert clock.due_at == dt.datetime.fromisoformat("2027-02-13T00:00+08:00")
    entry = AuditEntry.objects.get(action="calendar.load")
    assert (entry.subject, entry.detail["clocks"], entry.actor) == ("year:2027", 1, cast.head)


def test_a_correction_moves_what_is_no_longer_provisional(late, cast):
    load_year(NOTICE, cast.head)
    load_year(NOTICE + "2027-02-12,放假\n", cast.head)
    assert late.clock("decision").last_day == dt.date(2027, 2, 15)


def test_steps_taken_afterwards_reckon_with_it(walk, cast):
    load_year(NOTICE, cast.head)
    walk.take("file", cast.officer, "11-10", officers=[cast.officer, cast.second])
    clock = walk.clock("decision")
    assert (clock.last_day, clock.provisional) == (dt.date(2027, 2, 12), False)


@pytest.mark.parametrize("state", ["ended", "still"])
def test_what_has_ended_or_stands_still_is_left_alone(late, cast, state):
    if state == "ended":
        late.take("drop", cast.head, "11-11")
    else:
        late.take("appraise", cast.officer, "11-11")
    before = list(RunningClock.objects.values_list())
    assert load_year(NOTICE, cast.head) == []
    assert list(RunningClock.objects.values_list()) == before


def test_a_list_that_cannot_be_right_changes_nothing(late, cast):
    before = list(RunningClock.objects.values_list())
    for text in ("date\n2027-01-01\n", NOTICE.replace("2027", "2029")):
        with pytest.raises(CalendarRefusedError):
            load_year(text, cast.head)
    assert not LoadedYear.objects.exists()
    assert list(RunningClock.objects.values_list()) == before


def test_a_year_may_follow_one_that_was_loaded(late, cast):
    load_year(NOTICE, cast.head)
    load_year("date,status\n2028-01-26,放假\n", cast.head)
    assert list(LoadedYear.objects.values_list("year", flat=True)) == [2027, 2028]


def test_many_clocks_take_no_more_queries_than_one(late, cast):
    with CaptureQueriesContext(connection) as one:
        assert len(load_year(NOTICE, cast.head)) == 1
    clock = late.clock("decision")
    for number in range(30):
        clock.pk, clock.code = None, f"copy_{number}"
        clock.save(force_insert=True)
    with CaptureQueriesContext(connection) as many:
        assert len(load_year(NOTICE + "2027-02-12,放假\n", cast.head)) == 31
    assert len(many) <= len(one)
