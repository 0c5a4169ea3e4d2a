"""Days written in a text: 2026年8月15日, 二〇二六年八月十五日, 2026-08-15. A day that no calendar has is told, not skipped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from zhihuan.bureau.documents.reading.numerals import NUMERAL, number_of

__all__ = ["WrittenDay", "days_in"]

_WORDS = re.compile(rf"({NUMERAL})\s*年\s*({NUMERAL})\s*月\s*({NUMERAL})\s*日")
_DIGITS = re.compile(r"(?<![\d-])((?:19|20)\d{2})[-/.](\d{1,2})[-/.](\d{1,2})(?![\d-])")


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A day where it is written. day: None for one that cannot be (2月30日). at: its first character."""

    words: str
    at: int
    day: date | None


def days_in(text: str) -> tuple[WrittenDay, ...]:
    """All days of a text, in its order."""
    found = [*_matches(_WORDS, text), *_matches(_DIGITS, text)]
    return tuple(sorted(found, key=lambda each: each.at))


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[WrittenDay]:
    for match in pattern.finditer(text):
        yield WrittenDay(match[0], match.start(), _day(*match.groups()))


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(number_of(year), number_of(month), number_of(day))
    except ValueError:
        return None
