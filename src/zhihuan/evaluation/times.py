"""Moments and days as people write them, read once per distinct text.

    moments(texts, zone=None)      # epoch seconds, and which texts say no zone

A moment without a zone is not guessed: it is refused unless the caller states the zone. A day is a
calendar day of Beijing and needs none. ``24:00`` is the midnight that ends its day.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

import numpy as np
from numpy.typing import NDArray

__all__ = ["MISSING", "Moments", "days", "moments"]

MISSING = np.iinfo(np.int64).min
_MOMENT = re.compile(
    r"^(?P<y>\d{4})\D?(?P<m>\d{1,2})\D?(?P<d>\d{1,2})\D{0,2}?"
    r"(?:[T\s]*(?P<H>\d{1,2})(?:[::时点](?P<M>\d{1,2})?(?:[::分](?P<S>\d{1,2}))?(?:\.\d+)?[秒分]?)?)?"
    r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2}|UTC|北京时间)?$",
    re.IGNORECASE,
)
_BEIJING = timedelta(hours=8)
_NO_ZONE = ("没有时区", "请写成 2026-03-01T08:00+08:00，或用 --zone Asia/Shanghai 说明")
_NOT_A_TIME = ("不是时间", "请写成 2026-03-01T08:00+08:00")
_NOT_A_DAY = ("不是日期", "请写成 2026-03-01")
_NO_TIME = ("时间为空", "每一行都要有时间")


@dataclass(frozen=True, slots=True)
class Moments:
    """values: int64, one a text, the smallest int64 where the text was refused; faults: the words
    for each refused text, by its place."""

    values: NDArray[np.int64]
    faults: dict[int, tuple[str, str]]


def moments(texts: Sequence[str], zone: tzinfo | None) -> Moments:
    """Epoch seconds of each text. zone: holds for texts that name none; None refuses those."""
    values = np.full(len(texts), MISSING, dtype=np.int64)
    faults: dict[int, tuple[str, str]] = {}
    for place, text in enumerate(texts):
        read = _moment(text, zone)
        if isinstance(read, datetime):
            values[place] = int(read.timestamp())
        else:
            faults[place] = read
    return Moments(values, faults)


def days(texts: Sequence[str]) -> Moments:
    """Days since 1970-01-01 of each text; a moment at 00:00 is its day, any other is refused."""
    values = np.full(len(texts), MISSING, dtype=np.int64)
    faults: dict[int, tuple[str, str]] = {}
    for place, text in enumerate(texts):
        read = _parsed(text)
        if not isinstance(read, datetime):
            faults[place] = _NO_TIME if not text.strip() else _NOT_A_DAY
        elif (read.hour, read.minute, read.second) != (0, 0, 0):
            faults[place] = ("带有时刻", "“日期”列只写日期；小时值请用“时间”列")
        else:
            values[place] = (read.date() - date(1970, 1, 1)).days
    return Moments(values, faults)


def _moment(text: str, zone: tzinfo | None) -> datetime | tuple[str, str]:
    read = _parsed(text)
    if not isinstance(read, datetime):
        return _NO_TIME if not text.strip() else _NOT_A_TIME
    if read.tzinfo is None and zone is None:
        return _NO_ZONE
    return read.replace(tzinfo=zone) if read.tzinfo is None else read


def _parsed(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)  # what nearly every file holds, and fast
    except ValueError:
        pass
    parts = _MOMENT.match(unicodedata.normalize("NFKC", text).strip())
    return _put_together(parts) if parts else None


def _put_together(parts: re.Match[str]) -> datetime | None:
    year, month, day, hour, minute, second = (int(parts[key] or 0) for key in "ymdHMS")
    over = hour == 24 and not (minute or second)
    try:
        read = datetime(year, month, day, 0 if over else hour, minute, second, tzinfo=None)  # noqa: DTZ001 - the zone follows
    except ValueError:
        return None
    read += timedelta(days=1) if over else timedelta()
    return read.replace(tzinfo=_zone(parts["zone"]))


def _zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text == "北京时间":
        return timezone(_BEIJING)
    if text.upper() in ("Z", "UTC"):
        return UTC
    return datetime.strptime(text.replace(":", ""), "%z").tzinfo
