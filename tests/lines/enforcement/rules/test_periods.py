"""The law's periods that steps wait for or come before."""

from __future__ import annotations

import datetime as dt

import pytest

from zhihuan.bureau.clock import published_calendar
from zhihuan.bureau.remedies.periods import court_window
from zhihuan.lines.enforcement.rules import periods

CALENDAR = published_calendar()


def on(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{text}T09:00+08:00")


def test_statement_and_hearing_end_after_five_working_days():
    assert periods.notice_ends(on("2026-09-10"), False, CALENDAR) == on("2026-09-17")
    # the Sunday before Mid-Autumn is worked
    assert periods.notice_ends(on("2026-09-18"), True, CALENDAR) == on("2026-09-24")


def test_a_hearing_is_called_on_the_seventh_working_day_before_it_at_the_latest():
    last = periods.hearing_notice_by(on("2026-11-13"), CALENDAR)
    assert last == on("2026-11-04")
    assert CALENDAR.worked_within(last, on("2026-11-13")) == 7


@pytest.mark.parametrize(
    ("ended", "harm", "life", "last"),
    [
        ("2024-09-01", False, False, "2026-09-01"),
        ("2024-09-01", False, True, "2026-09-01"),
        # before the Code nothing but life and health had five years, and the Code's revive nothing
        ("2024-09-01", True, False, "2026-09-01"),
        ("2024-09-01", True, True, "2029-09-01"),
        ("2026-08-14", True, False, "2028-08-14"),
        ("2026-08-15", True, False, "2031-08-15"),
        ("2026-08-15", False, False, "2028-08-15"),
        # older than the oldest edition: by that one
        ("2020-03-01", True, False, "2022-03-01"),
    ],
)
def test_conduct_is_prosecuted_for_two_years_and_for_five_where_harm_was_done(
    ended, harm, life, last
):
    found = periods.barred_after(on(ended), harm, CALENDAR, endangers_life=life)
    assert found == on(last)


def test_the_court_is_open_for_three_months_after_six():
    window = court_window(on("2026-03-02"), None, CALENDAR)
    assert (window.opens_after, window.closes) == (on("2026-09-02"), on("2026-12-02"))
    assert not window.is_open(on("2026-09-02"))
    assert window.is_open(on("2026-09-03"))
    assert window.is_open(on("2026-12-02"))
    assert not window.is_open(on("2026-12-03"))


def test_a_deferral_opens_the_court_at_its_end():
    window = court_window(on("2026-03-02"), on("2026-10-20"), CALENDAR)
    assert window.opens_after == on("2026-10-20")
