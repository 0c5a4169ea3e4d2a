"""A range of money as the calculator answers it: yuan, with the words it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from zhihuan.bureau.discretion.bound import Bound
from zhihuan.bureau.discretion.money import to_fen

__all__ = ["Span", "between", "span_of"]


@dataclass(frozen=True, slots=True)
class Span:
    """From ``low`` to ``high`` in yuan, None where nothing is set or a base is not known yet. words: as
    the law or table says. excludes_high: the upper end itself does not belong to it."""

    low: Decimal | None
    high: Decimal | None
    words: str
    excludes_high: bool = False

    def as_values(self) -> dict[str, Any]:
        """Plain values; sums as text."""
        return {
            "low": None if self.low is None else f"{self.low:f}",
            "high": None if self.high is None else f"{self.high:f}",
            "words": self.words,
            "excludes_high": self.excludes_high,
        }


def between(low: Fraction | None, high: Fraction | None, *, excludes_high: bool = False) -> Span:
    """The range of two sums."""
    return Span(
        None if low is None else to_fen(low),
        None if high is None else to_fen(high),
        Bound(low, high, "").words,
        excludes_high,
    )


def span_of(bound: Bound, base: Fraction | None = None) -> Span:
    """A bound in yuan; of multiples the words alone until their base is known."""
    if not bound.asks:
        return between(bound.low, bound.high)
    if base is None:
        return Span(None, None, bound.words)
    found = between(*((None if each is None else each * base) for each in (bound.low, bound.high)))
    return Span(found.low, found.high, f"{bound.words}（{found.words}）")
