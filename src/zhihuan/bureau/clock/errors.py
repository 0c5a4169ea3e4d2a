"""What the legal clock refuses, each with the way out."""

from __future__ import annotations

__all__ = [
    "CalendarRefusedError",
    "ClockError",
    "DecidedTooLongError",
    "ExtensionRefusedError",
    "LimitFileError",
    "SuspensionRefusedError",
]


class ClockError(ValueError):
    """Base of all."""


class DecidedTooLongError(ClockError):
    """A day was decided that lies beyond what the law gives."""


class ExtensionRefusedError(ClockError):
    """The law does not know this extension, or it was given too late or once too often."""


class SuspensionRefusedError(ClockError):
    """The law does not stop this clock for that reason."""


class CalendarRefusedError(ClockError):
    """A year's list of holidays that cannot be right."""


class LimitFileError(ClockError):
    """The packaged list of time limits contradicts itself; a defect of ours."""
