"""One number for the content of a list: the SHA-256 of its cells, row by row.

Independent of the file format, so that somebody with the Excel file can reckon it again:
every cell as text (``written``), the row as a JSON array without blanks, a line feed behind it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils import timezone


class RowDigest:
    """``add`` every row in order, then ``hexdigest``."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.rows = 0

    def add(self, cells: Iterable[Any]) -> None:
        line = json.dumps(
            [written(each) for each in cells], ensure_ascii=False, separators=(",", ":")
        )
        self._hash.update(line.encode() + b"\n")
        self.rows += 1

    def hexdigest(self) -> str:
        return self._hash.hexdigest()


def written(value: Any) -> str:
    """A cell as text: numbers without needless zeros, times of Beijing to the second, missing ""."""
    if value is None or value != value:  # noqa: PLR0124 - NaN alone differs from itself
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float | Decimal):
        return _number(value)
    if isinstance(value, dt.datetime):
        local = timezone.make_naive(value) if timezone.is_aware(value) else value
        return (local + dt.timedelta(microseconds=500_000)).strftime("%Y-%m-%d %H:%M:%S")
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _number(value: float | Decimal) -> str:
    """As a spreadsheet gives it back: the shortest decimal that is the same float64."""
    exact = Decimal(repr(float(value))).normalize()
    return f"{exact:f}" if exact else "0"
