"""Numbers of the store as JSON: NaN is null, epoch numbers are ISO moments in Beijing time."""

from __future__ import annotations

import datetime as dt
import math

from django.utils import timezone


def number(value: float) -> float | None:
    """A float, or None for missing."""
    return None if math.isnan(value) else float(value)


def moment(seconds: float) -> str | None:
    """ISO 8601 with offset; None for 0 or less, which the store uses for "none"."""
    if not seconds > 0:
        return None
    zone = timezone.get_default_timezone()
    return dt.datetime.fromtimestamp(float(seconds), zone).isoformat(timespec="seconds")
