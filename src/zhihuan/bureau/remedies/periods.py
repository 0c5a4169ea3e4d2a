"""Until when a decision may be contested, and when the court may be asked to enforce it afterwards.

Reckoned by the legal clock from the day the law counts from: days of Beijing, first day not counted. Pure but for the
packaged limits. Source: 行政复议法 §§20, 23; 行政诉讼法 §§45, 46; 行政强制法 §53; 行政处罚法 §72(2).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from zhihuan.bureau.clock import ClockError, History, WorkCalendar, reckon
from zhihuan.bureau.clock.catalogue import time_limit
from zhihuan.bureau.clock.history import BEIJING

__all__ = ["CourtWindow", "Ruling", "court_window", "last_day", "remedies_end"]


def last_day(code: str, since: date, calendar: WorkCalendar) -> date:
    """The last day of a limit that counts from ``since``, by its edition of that day. ClockError."""
    history = History(datetime.combine(since, time(), BEIJING))
    last = reckon(time_limit(code, on=since), history, calendar).last_day
    if last is None:
        raise ClockError("a limit that nothing stops has a last day")
    return last


@dataclass(frozen=True, slots=True)
class Ruling:
    """How a contest ended. is_review: by a review, which may still be taken to court; else by a judgement. on: the
    day on which it took effect."""

    is_review: bool
    on: date


def remedies_end(
    served_on: date,
    calendar: WorkCalendar,
    ruling: Ruling | None = None,
    *,
    review_first: bool = False,
) -> date:
    """The last day on which review or a lawsuit is open, whichever is later. ruling: of the newest contest: after a
    review there are fifteen days to sue (行政诉讼法 §45), after a judgement there is nothing. review_first: nobody sues
    before a review (行政复议法 §23), so the sixty days alone are open."""
    if ruling is None:
        open_ones = ("E14",) if review_first else ("E14", "E15")
        return max(last_day(each, served_on, calendar) for each in open_ones)
    return last_day("E15R", ruling.on, calendar) if ruling.is_review else ruling.on


@dataclass(frozen=True, slots=True)
class CourtWindow:
    """When the bureau may ask the court to enforce: after ``opens_after``, until ``closes``."""

    opens_after: date
    closes: date

    def is_open(self, day: date) -> bool:
        """Whether the day lies within."""
        return self.opens_after < day <= self.closes


def court_window(
    served_on: date,
    deferred_until: date | None,
    calendar: WorkCalendar,
    ruling: Ruling | None = None,
    *,
    review_first: bool = False,
) -> CourtWindow:
    """The three months after the remedies are over, also those against a ruling; a granted deferral begins them at
    its end. Source: 行政强制法 §53; 行政处罚法 §72(2)."""
    over = remedies_end(served_on, calendar, ruling, review_first=review_first)
    begins = max(over, deferred_until or over)
    return CourtWindow(begins, last_day("E13", begins, calendar))
