"""The order of to-dos: by whose duty it is and when it ends, not by age."""

from __future__ import annotations

import datetime as dt

import pytest

from zhihuan.bureau.clock import Due, Light, published_calendar
from zhihuan.bureau.inbox.risk import Rank, Stage, Ticking, Urgency, rank, urgency, warned_from
from zhihuan.bureau.people.roles import ENTERPRISE_USER, FIELD_OFFICER

BEIJING = dt.timezone(dt.timedelta(hours=8))
NOW = dt.datetime(2026, 3, 10, 9, tzinfo=BEIJING)
SINCE = NOW - dt.timedelta(days=3)


def ticking(key: int, duty: str, due: int | None, warned: int = 0) -> Ticking:
    """Due so many days from now; warned of so many days before."""
    if due is None:
        return Ticking(key, duty, None, None)
    end = NOW + dt.timedelta(days=due)
    return Ticking(key, duty, end, end - dt.timedelta(days=warned))


def test_one_s_own_clock_counts_before_an_earlier_one_of_the_other_side():
    clocks = [ticking(1, "party", 1), ticking(2, "bureau", 30)]
    assert rank(FIELD_OFFICER, clocks, SINCE, NOW).clock == 2
    assert rank(ENTERPRISE_USER, clocks, SINCE, NOW).clock == 1


def test_of_several_of_one_s_own_the_first_due_counts():
    clocks = [ticking(1, "bureau", 30), ticking(2, "bureau", 5), ticking(3, "bureau", None)]
    assert rank(FIELD_OFFICER, clocks, SINCE, NOW).clock == 2


def test_it_is_pressing_from_its_warning_time_on_and_says_before_when_that_is():
    early = rank(FIELD_OFFICER, [ticking(1, "bureau", 10, warned=5)], SINCE, NOW)
    assert early == Rank(Stage.RUNNING, NOW + dt.timedelta(days=10), NOW + dt.timedelta(days=5), 1)
    late = rank(FIELD_OFFICER, [ticking(1, "bureau", 5, warned=5)], SINCE, NOW)
    assert (late.stage, late.warn_at) == (Stage.PRESSING, None)


def test_what_only_the_other_side_owes_comes_after_all_of_one_s_own():
    owed = rank(FIELD_OFFICER, [ticking(1, "party", -20)], SINCE, NOW)
    assert owed.stage is Stage.OTHERS
    assert owed.stage > rank(FIELD_OFFICER, [ticking(1, "bureau", 300)], SINCE, NOW).stage


def test_a_clock_that_stands_still_orders_nothing_but_is_named():
    still = rank(FIELD_OFFICER, [ticking(7, "bureau", None)], SINCE, NOW)
    assert still == Rank(Stage.UNTIMED, SINCE, clock=7)


def test_while_one_s_own_stands_still_the_other_side_s_counts():
    clocks = [ticking(1, "bureau", None), ticking(2, "party", 4)]
    assert rank(FIELD_OFFICER, clocks, SINCE, NOW).stage is Stage.OTHERS


def test_without_any_clock_the_longest_waiting_comes_first():
    older = rank(FIELD_OFFICER, [], SINCE - dt.timedelta(days=1), NOW)
    assert older.at < rank(FIELD_OFFICER, [], SINCE, NOW).at


def test_groups_follow_the_order_of_legal_risk():
    assert list(Urgency) == sorted(Urgency)
    assert [each.name for each in Urgency] == [
        "OVERDUE", "TODAY", "SOON", "RUNNING", "OTHERS", "UNTIMED",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("stage", "light", "group"),
    [
        (Stage.PRESSING, Light.OVERDUE, Urgency.OVERDUE),
        (Stage.PRESSING, Light.TODAY, Urgency.TODAY),
        (Stage.PRESSING, Light.SOON, Urgency.SOON),
        # moved up a moment before the clock says so itself: the order kept decides
        (Stage.PRESSING, Light.CALM, Urgency.SOON),
        (Stage.RUNNING, Light.SOON, Urgency.RUNNING),
        (Stage.RUNNING, Light.CALM, Urgency.RUNNING),
        (Stage.OTHERS, Light.OVERDUE, Urgency.OTHERS),
        (Stage.UNTIMED, Light.STILL, Urgency.UNTIMED),
    ],
)
def test_the_group_is_told_by_stage_and_light(stage, light, group):
    assert urgency(stage, light) is group


def test_the_warning_time_begins_at_midnight_of_beijing():
    last = dt.date(2026, 3, 31)
    started = dt.datetime(2026, 3, 2, 9, tzinfo=BEIJING)
    due = Due(last, dt.datetime(2026, 4, 1, tzinfo=BEIJING), False, ())
    # a period of 29 days warns five working days before its last one, a Tuesday
    assert warned_from(due, started, published_calendar()) == dt.datetime(
        2026, 3, 24, tzinfo=BEIJING
    )


def test_nothing_warns_of_a_clock_that_stands_still():
    assert warned_from(Due(None, None, False, ()), NOW, published_calendar()) is None
