"""The ladder: who is told when, once each, in editions."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.bureau.clock import Due, published_calendar
from zhihuan.bureau.inbox.ladder import Climb, climb, ladder_on, ladders_from, rungs

BEIJING = dt.timezone(dt.timedelta(hours=8))
CALENDAR = published_calendar()
DAY = dt.date(2026, 3, 2)


def at(day: int, hour: int = 0) -> dt.datetime:
    return dt.datetime(2026, 3, day, hour, tzinfo=BEIJING)


def of(last: int, started: int = 2, duty: str = "bureau"):
    """The rungs of a clock from a day of March 2026 until another."""
    due = Due(dt.date(2026, 3, last), at(last) + dt.timedelta(days=1), False, ())
    return rungs(due, at(started, 9), CALENDAR, ladder_on(DAY), duty)


def test_first_the_responsible_person_then_the_head_then_the_leader():
    told = [(each.at, set(each.tells), each.overdue) for each in of(31)]
    assert told == [
        (at(24), {"responsible"}, False),
        (at(27), {"responsible", "section_head"}, False),
        (at(31) + dt.timedelta(days=1), {"responsible", "section_head", "leader"}, True),
    ]


def test_a_day_s_clock_tells_the_responsible_person_before_and_everybody_when_it_is_over():
    (before, over) = of(3)
    assert before.tells == {"responsible"}
    assert over.tells == {"responsible", "section_head", "leader"}


def test_another_body_s_silence_is_told_to_the_bureau_and_never_to_the_party():
    tells = [each.tells for each in of(31, duty="other")]
    assert tells[0] == {"responsible"}
    assert tells[-1] == {"responsible", "section_head"}
    assert not any("party" in each for each in tells)


def test_an_edition_that_says_nothing_of_another_body_tells_as_of_the_bureau_s_own():
    duty = {"warnings": [["responsible"]], "overdue": ["leader"]}
    (ladder,) = ladders_from([{"from": DAY, "bureau": duty, "party": duty}])
    assert ladder.overdue["other"] == {"leader"}


def test_the_party_is_reminded_of_its_own_duty_and_the_bureau_hears_when_it_is_missed():
    *before, over = of(31, duty="party")
    assert {frozenset(each.tells) for each in before} == {frozenset({"party"})}
    assert over.tells == {"party", "responsible"}


def test_nobody_is_told_of_a_clock_that_stands_still():
    assert rungs(Due(None, None, False, ()), at(2), CALENDAR, ladder_on(DAY), "bureau") == ()


def test_climbing_tells_what_is_reached_and_says_when_to_look_again():
    steps = of(31)
    assert climb(steps, 0, at(23)) == Climb(None, frozenset(), at(24))
    first = climb(steps, 0, at(24, 8))
    assert (first.rung.number, first.next_at) == (1, at(27))
    assert climb(steps, 1, at(25)).rung is None


def test_after_a_pause_one_message_goes_to_all_who_would_have_been_told():
    steps = of(31)
    late = climb(steps, 0, at(28))
    assert late.rung.number == 2
    assert late.tells == {"responsible", "section_head"}
    over = climb(steps, 1, at(31) + dt.timedelta(days=5))
    assert over.rung.overdue
    assert over.next_at is None


@given(st.lists(st.integers(0, 60), min_size=1, max_size=20))
def test_whenever_one_looks_each_rung_is_told_at_most_once_and_none_too_early(hours):
    steps, told, seen = of(6), 0, []
    for hour in sorted(hours):
        now = at(2) + dt.timedelta(hours=hour * 4)
        found = climb(steps, told, now)
        if found.rung is not None:
            assert found.rung.at <= now
            seen.append(found.rung.number)
            told = found.rung.number
    assert seen == sorted(set(seen))


def test_the_edition_of_the_day_holds():
    def entry(first: dt.date, who: str):
        duty = {"warnings": [[who]], "overdue": [who]}
        return {"from": first, "bureau": duty, "party": duty}

    old, new = ladders_from([entry(dt.date(2027, 1, 1), "leader"), entry(DAY, "party")])
    assert (old.first, new.first) == (DAY, dt.date(2027, 1, 1))
    assert old.overdue["bureau"] == {"party"}


def test_before_the_first_edition_the_first_one_holds():
    assert ladder_on(dt.date(2020, 1, 1)) == ladder_on(DAY)


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        ({"from": DAY, "bureau": {"warnings": [["x"]], "overdue": ["leader"]}}, "no rungs for the duty of: party"),
        ({"from": DAY, "bureau": {"warnings": [["clerk"]], "overdue": ["leader"]},
          "party": {"warnings": [["party"]], "overdue": ["party"]}}, "names nobody who can be told"),
        ({"from": DAY, "bureau": {"warnings": [[]], "overdue": ["leader"]},
          "party": {"warnings": [["party"]], "overdue": ["party"]}}, "names nobody who can be told"),
    ],
)  # fmt: skip
def test_a_ladder_that_would_tell_nobody_is_refused(broken, fault):
    with pytest.raises(ValueError, match=fault):
        ladders_from([broken])


def test_two_editions_of_one_day_and_none_at_all_are_refused():
    whole = {"warnings": [["party"]], "overdue": ["party"]}
    entry = {"from": DAY, "bureau": whole, "party": whole}
    for entries in ([], [entry, entry]):
        with pytest.raises(ValueError, match="one edition of the ladder a day"):
            ladders_from(entries)
