"""Times as SensorThings shows them: ISO 8601 in UTC, an interval as two of them."""

from __future__ import annotations

import datetime as dt
import functools

from zhihuan.telemetry.kinds import PERIOD_SECONDS, Kind

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_WITHIN_HOUR = tuple(f"{second // 60:02}:{second % 60:02}" for second in range(3600))


def moment(seconds: float) -> dt.datetime:
    """The aware moment of epoch seconds."""
    return _EPOCH + dt.timedelta(seconds=seconds)


def shown(seconds: int) -> str:
    """``2026-05-31T16:00:00Z``."""
    return f"{_to_the_second(seconds)}Z"


def shown_millis(millis: int) -> str:
    """``2026-05-31T16:00:01.250Z``."""
    return f"{_to_the_second(millis // 1000)}.{millis % 1000:03}Z"


def _to_the_second(seconds: int) -> str:
    """A page tells thirty thousand moments of few hours: ``strftime`` would be most of its cost."""
    return _hour(seconds // 3600) + _WITHIN_HOUR[seconds % 3600]


@functools.lru_cache(maxsize=4096)
def _hour(number: int) -> str:
    return f"{_EPOCH + dt.timedelta(hours=number):%Y-%m-%dT%H:}"


def seconds_of(when: dt.datetime) -> float:
    """Epoch seconds."""
    return (when - _EPOCH).total_seconds()


@functools.lru_cache(maxsize=256)
def period_seconds(kind: int, minute_minutes: int) -> int:
    """How long what a row tells lasts [s]; 0 for an instant. minute_minutes: the device's own minute
    period [min]."""
    return 60 * minute_minutes if kind == Kind.MINUTE else PERIOD_SECONDS.get(Kind(kind), 0)
