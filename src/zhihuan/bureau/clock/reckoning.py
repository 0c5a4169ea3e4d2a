"""When a clock ends: first day not counted, still days left out, extensions added, last day rolled.

- A period of days, months or years begins on the day after its event; the day of the event is not
  counted (民事诉讼法 §85(2), 民法典 §201). A month or year ends on the day of the same number, or on
  the month's last (民法典 §202).
- Days on which the clock stood still do not count (``history.Suspension``). Of a period of months
  they are added as days.
- A last day that is no working day moves to the next working day (民事诉讼法 §85(3), 民法典 §203).
- Hours run from the moment of the event, through nights and holidays (民法典 §201(2)).
- A limit before an event leaves so many whole days between; its last day moves to the working day
  before.
- Days of the year are the days the law names; the day of the start is not one of them.

Refuses extensions and suspensions the limit does not know. An answer that rests on a year without a
published calendar is ``provisional``.
"""

from __future__ import annotations

import calendar as gregorian
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby

from zhihuan.bureau.clock.errors import (
    ClockError,
    DecidedTooLongError,
    ExtensionRefusedError,
    SuspensionRefusedError,
)
from zhihuan.bureau.clock.history import BEIJING, Extension, History, Suspension, beijing_day
from zhihuan.bureau.clock.length import Length, Unit
from zhihuan.bureau.clock.limit import Extendable, Limit, Yearly
from zhihuan.bureau.clock.spans import Still, still_days
from zhihuan.bureau.clock.work_calendar import WorkCalendar

__all__ = ["Due", "Stage", "in_time", "months_on", "reckon", "reckon_back"]

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the reckoning, for people who check it.

    kind: ``period`` (length counted from the day after ``start``), ``extension``, ``still`` (days
    not counted), ``roll``, ``yearly``, ``hours``, ``decided`` (until the day that was decided). end None: the clock stands still since then.
    """

    kind: str
    start: date
    end: date | None
    length: Length | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """The end of a clock.

    last_day: the last day on which the act is in time, in Beijing. at: the first moment that is too
    late, aware. Both None while the clock stands still. provisional: a year without a published
    calendar was counted, so the answer may move once it is published.
    """

    last_day: date | None
    at: datetime | None
    provisional: bool
    stages: tuple[Stage, ...]

    @property
    def is_still(self) -> bool:
        """Whether the clock stands still now, so that nothing is due."""
        return self.at is None

    def missed_by(self, moment: datetime) -> bool:
        """Whether an act at ``moment`` is too late."""
        return self.at is not None and moment >= self.at


def reckon(
    limit: Limit, history: History, calendar: WorkCalendar, until: date | None = None
) -> Due:
    """When ``limit`` ends in this history. until: the last day as it was decided, within what the law gives (限制生产的期限,
    分期缴款): that day, holiday or not; None: the law's own.

    Raises DecidedTooLongError, SuspensionRefusedError, CalendarRefusedError; ClockError for a limit that runs
    backwards (``reckon_back``).
    """
    if limit.before:
        raise ClockError(f"{limit.code} runs towards an event to come; ask reckon_back for it")
    _check_suspensions(limit, history.suspensions)
    if until is not None:
        return _decided(limit, history, calendar, until)
    end = _end(limit, history, calendar)
    _check_in_time(limit, history, calendar)
    return end


def _decided(limit: Limit, history: History, calendar: WorkCalendar, until: date) -> Due:
    """As decided; ``limit`` and the extensions granted are its bound."""
    bound = _end(limit, history, calendar).last_day if limit.length is not None else None
    if bound is not None and until > bound:
        raise DecidedTooLongError(
            f"{limit.code}: {until} was decided, and {limit.basis.title} {limit.basis.clause} ends on {bound}"
        )
    return Due(
        until, _end_of(until), False, (Stage("decided", beijing_day(history.started), until),)
    )


def _end(limit: Limit, history: History, calendar: WorkCalendar) -> Due:
    lengths = _granted_lengths(limit, history.extensions)
    if limit.length is None:
        raise ClockError(f"{limit.code} lasts as long as was decided; say until when")
    if isinstance(limit.length, Yearly):
        return _yearly(limit, limit.length, beijing_day(history.started), calendar)
    if limit.in_hours:
        return _hours(history, [limit.length, *lengths])
    return _days(limit, history, [limit.length, *lengths], calendar)


def in_time(limit: Limit, history: History, calendar: WorkCalendar) -> History:
    """The history without the extensions that came after the end: they lengthen nothing. ``reckon`` refuses them, as
    whoever grants one must be told; one that was granted while the clock was thought to stand still shows itself to be
    late when it is learned on which day it ran on. Raises as ``reckon`` for extensions that the limit does not know.
    """
    if limit.length is None:
        return history  # what was decided knows no extension
    granted: list[Extension] = []
    for one in history.extensions:
        before = replace(history, extensions=tuple(granted))
        if not _end(limit, before, calendar).missed_by(one.granted):
            granted.append(one)
    return replace(history, extensions=tuple(granted))


def reckon_back(limit: Limit, event: date, calendar: WorkCalendar) -> Due:
    """The last day for an act that must come so long before ``event`` (a day of Beijing)."""
    if not limit.before or limit.length is None or isinstance(limit.length, Yearly):
        raise ClockError(f"{limit.code} runs from an event; ask reckon for it")
    length = limit.length
    last = _counted_back(event, length, calendar)
    stages = [Stage("period", last, event, length)]
    if limit.rolls and (worked := calendar.on_or_before(last)) != last:
        stages.append(Stage("roll", last, worked))
        last = worked
    return Due(last, _end_of(last), event > calendar.known_until, tuple(stages))


def _check_suspensions(limit: Limit, suspensions: Sequence[Suspension]) -> None:
    for one in suspensions:
        if one.reason not in limit.pauses:
            known = "、".join(sorted(limit.pauses)) or "nothing"
            raise SuspensionRefusedError(
                f"{limit.code} ({limit.step}) does not stand still for {one.reason!r}; "
                f"{limit.basis.title} {limit.basis.clause} stops it for {known}"
            )


def _granted_lengths(limit: Limit, extensions: Sequence[Extension]) -> list[Length]:
    """The lengths to add. The law's ways come in its order, each as often as it says."""
    left = [way for way in limit.extendable for _ in range(way.times)]
    granted: list[Extendable] = []
    for one in extensions:
        if not left or left[0].code != one.code:
            raise ExtensionRefusedError(_no_such_extension(limit, one, left))
        granted.append(left.pop(0))
    return [way.length for way in granted]


def _check_in_time(limit: Limit, history: History, calendar: WorkCalendar) -> None:
    """An extension granted after the end lengthens nothing."""
    for number, one in enumerate(history.extensions):
        before = replace(history, extensions=history.extensions[:number])
        ended = _end(limit, before, calendar)
        if ended.missed_by(one.granted):
            raise ExtensionRefusedError(
                f"{limit.code} ended with {ended.last_day}; the extension granted on "
                f"{beijing_day(one.granted)} came too late"
            )


def _no_such_extension(limit: Limit, one: Extension, left: Sequence[Extendable]) -> str:
    law = f"{limit.basis.title} {limit.basis.clause}"
    if not limit.extendable:
        return f"{limit.code} ({limit.step}) cannot be extended: {law}"
    if not left:
        return f"{limit.code} ({limit.step}) has been extended as often as {law} allows"
    return f"{limit.code}: the next extension {law} knows is {left[0].code}, not {one.code}"


# ---- days, months, years ----


def _days(limit: Limit, history: History, lengths: Sequence[Length], calendar: WorkCalendar) -> Due:
    started = beijing_day(history.started)
    still = still_days(history.suspensions)
    stages: list[Stage] = []
    end = started
    for number, length in enumerate(_summed(lengths)):
        kind = "extension" if number else "period"
        begun, counted = end, _counted(end, length, still, calendar)
        stages.append(Stage(kind, begun, counted, length))
        if counted is None:
            return Due(None, None, False, (*stages, *_still_stages(still, started, None)))
        end = counted
    rolled = _rolled(end, still, calendar) if limit.rolls else end
    stages += _still_stages(still, started, rolled)
    if rolled is None:
        return Due(None, None, False, (*stages, Stage("roll", end, None)))
    if rolled != end:
        stages.append(Stage("roll", end, rolled))
    needs_calendar = limit.rolls or any(each.unit is Unit.WORKING_DAY for each in lengths)
    unknown = needs_calendar and rolled > calendar.known_until
    return Due(rolled, _end_of(rolled), unknown, tuple(stages))


def _summed(lengths: Sequence[Length]) -> list[Length]:
    """Lengths of one unit that follow each other are one: three months and three are six."""
    runs = groupby(lengths, key=lambda each: each.unit)
    return [Length(sum(each.number for each in run), unit) for unit, run in runs]


def _counted(
    start: date, length: Length, still: Sequence[Still], calendar: WorkCalendar
) -> date | None:
    """The last day of ``length`` after ``start``; None: it stands still before it is reached."""
    end = _plain_end(start, length, calendar)
    working = length.unit is Unit.WORKING_DAY
    for one in still:
        after = max(one.after, start)
        if one.after >= end:
            break
        if one.until is None:
            return None
        if one.until <= after:
            continue
        end = _moved(end, after, one.until, calendar if working else None)
    return end


def _moved(end: date, after: date, until: date, calendar: WorkCalendar | None) -> date:
    """``end`` later by the days after ``after`` and not after ``until``: working days by calendar."""
    if calendar is None:
        return end + (until - after)
    lost = calendar.worked_within(after, until)
    return calendar.worked_after(end, lost) if lost else end


def _plain_end(start: date, length: Length, calendar: WorkCalendar) -> date:
    if length.unit is Unit.WORKING_DAY:
        return calendar.worked_after(start, length.number)
    if length.unit is Unit.CALENDAR_DAY:
        return start + length.number * _DAY
    return months_on(start, length.number * (12 if length.unit is Unit.YEAR else 1))


def months_on(day: date, months: int) -> date:
    """The day of the same number so many months on (or back), or that month's last (民法典 §202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, gregorian.monthrange(year, month + 1)[1]))


def _rolled(end: date, still: Sequence[Still], calendar: WorkCalendar) -> date | None:
    """The first working day from ``end`` on. The period is not over before it, so a standstill that
    begins meanwhile moves it on; None: that one goes on."""
    day = calendar.on_or_after(end)
    for one in still:
        if one.after >= end and one.holds(day):
            if one.until is None:
                return None
            day = calendar.on_or_after(one.until + _DAY)
    return day


def _still_stages(still: Sequence[Still], started: date, end: date | None) -> list[Stage]:
    return [
        Stage("still", one.after, one.until)
        for one in still
        if (one.until is None or one.until > started) and (end is None or one.after < end)
    ]


def _counted_back(event: date, length: Length, calendar: WorkCalendar) -> date:
    if length.unit is Unit.WORKING_DAY:
        return calendar.worked_before(event, length.number)
    if length.unit is Unit.CALENDAR_DAY:
        return event - length.number * _DAY
    if length.unit is Unit.HOUR:
        raise ClockError("hours before an event are not days; no law here has such a limit")
    return months_on(event, -length.number * (12 if length.unit is Unit.YEAR else 1))


# ---- hours, days of the year ----


def _hours(history: History, lengths: Sequence[Length]) -> Due:
    at = history.started + timedelta(hours=sum(each.number for each in lengths))
    day = beijing_day(history.started)
    total = Length(sum(each.number for each in lengths), Unit.HOUR)
    last = history.started
    for one in sorted(history.suspensions, key=lambda each: each.since):
        since = max(one.since, last)
        if one.since >= at:
            break
        if one.until is None:
            return Due(None, None, False, (Stage("hours", day, None, total),))
        if one.until > since:
            at += one.until - since
            last = one.until
    return Due(beijing_day(at), at, False, (Stage("hours", day, beijing_day(at), total),))


def _yearly(limit: Limit, yearly: Yearly, started: date, calendar: WorkCalendar) -> Due:
    this_and_next = [
        date(year, *day) for year in (started.year, started.year + 1) for day in yearly.days
    ]
    named = next(day for day in this_and_next if day > started)
    last = calendar.on_or_after(named) if limit.rolls else named
    stages = [Stage("yearly", started, named)]
    if last != named:
        stages.append(Stage("roll", named, last))
    return Due(last, _end_of(last), limit.rolls and last > calendar.known_until, tuple(stages))


def _end_of(day: date) -> datetime:
    return datetime.combine(day + _DAY, time(), BEIJING)
