"""What a reader asks of the figures, read from the address and written back into it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from zhihuan.bureau.people.scope import Scope
from zhihuan.indicators.declaration import Indicator
from zhihuan.indicators.periods import Period
from zhihuan.indicators.within import ActsWithin
from zhihuan.web.statistics.dimension import NARROWING, narrowed_to

__all__ = ["Asked"]

_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Asked:
    """text: the period as the address has it. today: the figures end with it. figure: code of the one that is told
    apart, "" for the first. narrowed: (dimension, key) pairs."""

    text: str
    period: Period
    today: dt.date
    figure: str = ""
    narrowed: tuple[tuple[str, str], ...] = ()

    @classmethod
    def read(cls, query: Any, today: dt.date) -> Asked:
        """Whatever the address says that cannot be is left out; this year when it names no period."""
        text, period = _begun(query.get("period", "").strip(), today)
        found = ((by, query.get(by, "").strip()[:_LONGEST]) for by in NARROWING)
        narrowed = tuple((by, key) for by, key in found if key)
        return cls(text, period.until(today), today, query.get("figure", "")[:60], narrowed)

    def within(self, scope: Scope) -> ActsWithin:
        """The acts asked for, beside the period, of those that a reader sees."""
        return narrowed_to(scope, self.narrowed)

    def query(self, **changes: Any) -> str:
        """This page, with some of what is asked changed; "" takes it away."""
        given = {"period": self.text, "figure": self.figure} | dict(self.narrowed) | changes
        return "?" + urlencode({name: value for name, value in given.items() if value})

    def acts(self, indicator: Indicator, period: Period, **more: Any) -> str:
        """The list of exactly what one figure counts in a period."""
        asked = {"figure": indicator.code, "day_from": period.first, "day_to": period.last}
        return f"{reverse('figures-acts')}?{urlencode(asked | dict(self.narrowed) | more)}"


def _begun(text: str, today: dt.date) -> tuple[str, Period]:
    """The period of that text; this year for what is none, or has not begun."""
    this_year = str(today.year), Period.parse(str(today.year))
    try:
        period = Period.parse(text)
    except ValueError:
        return this_year
    return (text, period) if period.first <= today else this_year
