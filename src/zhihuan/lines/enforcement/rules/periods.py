"""The law's periods where a step must wait for their end, or come before it.

Reckoned by the legal clock from the day the law counts from: days of Beijing, first day not counted. Those of reviews,
lawsuits and the court afterwards: ``bureau.remedies.periods``.
"""

from __future__ import annotations

from datetime import date, datetime, time

from zhihuan.bureau.clock import ClockError, History, WorkCalendar, reckon, reckon_back
from zhihuan.bureau.clock.catalogue import time_limit, time_limits
from zhihuan.bureau.clock.history import BEIJING
from zhihuan.bureau.remedies.periods import last_day

__all__ = ["barred_after", "hearing_notice_by", "last_day", "notice_ends"]


def notice_ends(served_on: date, hearing_told: bool, calendar: WorkCalendar) -> date:
    """The last day on which the party may speak, or ask for a hearing where it has that right."""
    limits = ("E05", "E06") if hearing_told else ("E05",)
    return max(last_day(each, served_on, calendar) for each in limits)


def hearing_notice_by(held_on: date, calendar: WorkCalendar) -> date:
    """The last day to tell the party when and where its hearing is. Source: 行政处罚法 §64(2)."""
    return _day(reckon_back(time_limit("E07", on=held_on), held_on, calendar).last_day)


def barred_after(
    ended_on: date, has_harm: bool, calendar: WorkCalendar, *, endangers_life: bool = False
) -> date:
    """The last day on which conduct that ended then may still be punished: it must have been found by
    then. has_harm: pollution or damage came of it. endangers_life: and it touched people's life or health.

    By the law under which the conduct ended (生态环境法典 §1057): the Code gives five years to any harm (§1054), the law
    before it only to harm that touched life or health (行政处罚法 §36). The years of a younger law revive nothing.
    """
    has_five = has_harm and (endangers_life or time_limits()["E19"][-1].basis.in_force_on(ended_on))
    code = "E19" if has_five else "E18"
    oldest = time_limits()[code][0].basis.in_force_from
    return _last(code, ended_on, max(ended_on, oldest), calendar)


def _last(code: str, since: date, on: date, calendar: WorkCalendar) -> date:
    history = History(_midnight(since))
    return _day(reckon(time_limit(code, on=on), history, calendar).last_day)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), BEIJING)


def _day(last: date | None) -> date:
    if last is None:
        raise ClockError("a limit that nothing stops has a last day")
    return last
