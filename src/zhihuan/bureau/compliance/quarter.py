"""Quarters of the year in Beijing time."""

from __future__ import annotations

import datetime as dt
import functools
import re
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

#: How many quarters a file shows.
SHOWN = 8
_WRITTEN = re.compile(r"([0-9]{4})Q([1-4])")


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """``Quarter(2026, 2)``: April to June 2026."""

    year: int
    number: int

    @classmethod
    def of(cls, day: dt.date) -> Quarter:
        """The quarter a day lies in."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def read(cls, text: str) -> Quarter:
        """From ``2026Q2``; ValueError for anything else."""
        if (found := _WRITTEN.fullmatch(text)) is None:
            raise ValueError(f"not a quarter: {text!r}; write it like 2026Q2")
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"

    @property
    def words(self) -> str:
        return _("%(year)s 年第 %(number)s 季度") % {"year": self.year, "number": self.number}

    @property
    def first(self) -> dt.date:
        """The first day."""
        return dt.date(self.year, 3 * self.number - 2, 1)

    @property
    def next(self) -> Quarter:
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def previous(self) -> Quarter:
        return Quarter(self.year - (self.number == 1), (self.number + 2) % 4 + 1)

    @property
    def start(self) -> int:
        """Its first second [epoch s]."""
        return epoch_of(self.first)

    @property
    def end(self) -> int:
        """The first second after it [epoch s]."""
        return epoch_of(self.next.first)


@functools.lru_cache(maxsize=10_000)
def epoch_of(day: dt.date) -> int:
    """Midnight at the beginning of a Beijing day [epoch s]."""
    return int(timezone.make_aware(dt.datetime.combine(day, dt.time.min)).timestamp())


def last_quarters(count: int, day: dt.date) -> tuple[Quarter, ...]:
    """So many quarters up to that of ``day``, oldest first."""
    found = [Quarter.of(day)]
    while len(found) < count:
        found.append(found[-1].previous)
    return tuple(reversed(found))
