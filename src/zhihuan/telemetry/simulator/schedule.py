"""When a logger reports what: real-time values at instants, the rest once a period has ended.

Periods are counted from Beijing midnight. Refuses to send: it only says what is due.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhihuan.telemetry.simulator.reports import period_start
from zhihuan.telemetry.simulator.settings import LoggerSettings

__all__ = ["Due", "Schedule"]


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """A report that is due. at: when to send it; start: the instant, or the period's beginning.
    Both epoch seconds of the logger's clock."""

    at: float
    start: int
    name: str


class Schedule:
    """What is due next. phase_seconds: how long after the full minute this device sends, so that
    a fleet does not speak all at once."""

    def __init__(
        self, names: Sequence[str], settings: LoggerSettings, phase_seconds: float, now: float
    ) -> None:
        self._settings = settings
        self._phase = phase_seconds
        self._next = {name: self._first(name, now) for name in names}

    def next(self, now: float) -> Due:
        """The earliest report that is due, which may be past or to come.

        A clock that was set back, or an interval that got shorter, must not silence the device.
        """
        for name, start in self._next.items():
            if start > now + 2 * self._seconds(name):
                self._next[name] = self._first(name, now)
        return min(self._due(name) for name in self._next if self._speaks(name))

    def done(self, due: Due) -> None:
        """This one was taken care of; look for the one after it."""
        seconds = self._seconds(due.name)
        self._next[due.name] = period_start(due.start, seconds) + seconds

    def missed(self, now: float) -> list[Due]:
        """Period reports that became due before now, oldest first; they count as done.

        Real-time reports are not made up for: they are skipped.
        """
        if "realtime" in self._next:
            self._next["realtime"] = self._first("realtime", now)
        late: list[Due] = []
        for name in self._next:
            while name != "realtime" and (due := self._due(name)).at < now:
                late.append(due)
                self.done(due)
        return sorted(late)

    def _speaks(self, name: str) -> bool:
        # a logger told to stop real-time data still reports its periods
        return name != "realtime" or self._settings.realtime_on or len(self._next) == 1

    def _due(self, name: str) -> Due:
        start = self._next[name]
        wait = 0 if name == "realtime" else self._seconds(name)
        return Due(start + wait + self._phase, start, name)

    def _first(self, name: str, now: float) -> int:
        seconds = self._seconds(name)
        start = period_start(int(now), seconds)
        return start + seconds if name == "realtime" else start

    def _seconds(self, name: str) -> int:
        return {
            "realtime": self._settings.realtime_seconds,
            "minute": 60 * self._settings.minute_minutes,
            "hour": 3600,
            "day": 86_400,
        }[name]
