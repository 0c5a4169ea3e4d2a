"""Between epoch numbers of the store, ISO text of addresses, and aware moments people read."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.dateparse import parse_datetime

#: Years the store's clock can hold (unsigned seconds since 1970, to 2106), a day spared at each end.
_YEARS = range(1971, 2106)


def from_seconds(seconds: float) -> dt.datetime | None:
    """The aware moment; None for 0 or less, which the store uses for "none"."""
    return dt.datetime.fromtimestamp(float(seconds), dt.UTC) if seconds > 0 else None


def from_millis(millis: int) -> dt.datetime | None:
    return from_seconds(int(millis) / 1000)


def parse_moment(text: str) -> dt.datetime | None:
    """An ISO moment; without an offset it is Beijing time. None when it is none, not readable,
    or outside the years 1971–2105."""
    try:
        moment = parse_datetime(text.strip().replace(" ", "+", 1) if "T" in text else text.strip())
    except ValueError:
        return None
    if moment is None or moment.year not in _YEARS:
        return None
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment
