"""Times as SensorThings shows them: ISO 8601 in UTC, an interval as two of them."""

from __future__ import annotations

import datetime as dt

from zhihuan.telemetry.kinds import Kind

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def moment(seconds: float) -> dt.datetime:
    """The aware moment of epoch seconds."""
    return _EPOCH + dt.timedelta(seconds=seconds)


def shown(seconds: int) -> str:
    """``2026-05-31T16:00:00Z``."""
    return moment(seconds).strftime("%Y-%m-%dT%H:%M:%SZ")


def shown_millis(millis: int) -> str:
    """``2026-05-31T16:00:01.250Z``."""
    return f"{moment(millis // 1000):%Y-%m-%dT%H:%M:%S}.{millis % 1000:03}Z"


def seconds_of(when: dt.datetime) -> float:
    """Epoch seconds."""
    return (when - _EPOCH).total_seconds()


def period_seconds(kind: int, minute_minutes: int) -> int:
    """How long what a row tells lasts [s]; 0 for an instant. minute_minutes: the device's own minute
    period [min]."""
    return {Kind.MINUTE: 60 * minute_minutes, Kind.HOUR: 3600, Kind.DAY: 86_400}.get(Kind(kind), 0)
