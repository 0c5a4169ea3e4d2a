"""What happened to one running clock: when it began, stood still, and was lengthened.

Moments are aware; a moment counts to the day it falls on in Beijing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

__all__ = ["BEIJING", "Extension", "History", "Suspension", "beijing_day", "moment_of"]

BEIJING = ZoneInfo("Asia/Shanghai")


def beijing_day(moment: datetime) -> date:
    """The day in Beijing. Raises ValueError for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone: say where that time is meant")
    return moment.astimezone(BEIJING).date()


def moment_of(told: date | datetime | str | None) -> datetime | None:
    """A day or moment, as it is or as ISO text, as a moment: a day from its beginning in Beijing. None for
    none; ValueError for other text."""
    if not told:
        return None
    if isinstance(told, str):
        told = datetime.fromisoformat(told) if "T" in told else date.fromisoformat(told)
    return told if isinstance(told, datetime) else datetime.combine(told, time(), BEIJING)


@dataclass(frozen=True, slots=True)
class Suspension:
    """The clock stood still from ``since`` until ``until``; None: it still does.

    reason: one of the limit's ``pauses``. A suspension is a period like any other: its first day is
    not counted, its last is. So one that begins and ends on the same day takes nothing away.
    """

    reason: str
    since: datetime
    until: datetime | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            raise ValueError(f"the suspension for {self.reason} ends before it begins")


@dataclass(frozen=True, slots=True)
class Extension:
    """Lengthened once, by the limit's way ``code``. by: who granted it; why: the stated reason."""

    code: str
    granted: datetime
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class History:
    """One clock's life. started: the event the law counts from; extensions in the order granted."""

    started: datetime
    suspensions: tuple[Suspension, ...] = ()
    extensions: tuple[Extension, ...] = ()
