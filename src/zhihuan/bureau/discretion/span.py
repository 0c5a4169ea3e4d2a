"""A range of money as the calculator answers it: yuan, with the words it comes from and which of its ends belong to it.

Ranges of a law hold both ends (以上、以下均含本数). The provincial tables count otherwise: 以下 leaves its end out (粤环发〔2021〕7号
§23), but for the statutory maximum, which belongs to the highest band. So each range says for itself what it holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from zhihuan.bureau.discretion.bound import Bound
from zhihuan.bureau.discretion.money import to_fen

__all__ = ["Span", "between", "kept_span", "span_of"]


@dataclass(frozen=True, slots=True)
class Span:
    """From ``low`` to ``high`` in yuan, None where nothing is set or a base is not known yet. words: as
    the law or table says. excludes_high: the upper end itself does not belong to it; excludes_low: the lower end."""

    low: Decimal | None
    high: Decimal | None
    words: str
    excludes_high: bool = False
    excludes_low: bool = False

    def holds(self, amount: Decimal) -> bool:
        """Whether a fine in yuan lies in it; an end that is not set, or not known yet, bounds nothing."""
        if self.low is not None and (
            amount < self.low or (self.excludes_low and amount == self.low)
        ):
            return False
        if self.high is None:
            return True
        return amount < self.high or (amount == self.high and not self.excludes_high)

    @property
    def ends(self) -> str:
        """Which ends belong to it, in words to stand behind the range; "" where there is nothing to ask."""
        if self.low is not None and self.low == self.high:
            return ""
        high = "不含上限" if self.excludes_high else "含上限" if self.high is not None else ""
        told = "，".join(each for each in ("不含下限" if self.excludes_low else "", high) if each)
        return f"（{told}）" if told else ""

    @property
    def told(self) -> str:
        """The range with its ends."""
        return f"{self.words}{self.ends}"

    def as_values(self) -> dict[str, Any]:
        """Plain values; sums as text."""
        return {
            "low": None if self.low is None else f"{self.low:f}",
            "high": None if self.high is None else f"{self.high:f}",
            "words": self.words,
            "excludes_high": self.excludes_high,
            "excludes_low": self.excludes_low,
        }


def between(
    low: Fraction | None,
    high: Fraction | None,
    *,
    excludes_high: bool = False,
    excludes_low: bool = False,
) -> Span:
    """The range of two sums."""
    return Span(
        None if low is None else to_fen(low),
        None if high is None else to_fen(high),
        Bound(low, high, "").words,
        excludes_high,
        excludes_low,
    )


def span_of(bound: Bound, base: Fraction | None = None, *, excludes_high: bool = False) -> Span:
    """A bound in yuan; of multiples the words alone until their base is known."""
    if not bound.asks:
        return between(bound.low, bound.high, excludes_high=excludes_high)
    if base is None:
        return Span(None, None, bound.words, excludes_high)
    found = between(*((None if each is None else each * base) for each in (bound.low, bound.high)))
    return Span(found.low, found.high, f"{bound.words}（{found.words}）", excludes_high)


def kept_span(values: Any) -> Span | None:
    """A range as ``as_values`` told it and a case keeps it; None for none, and for what is no range."""
    if not isinstance(values, Mapping):
        return None
    try:
        low, high = (
            None if values.get(name) is None else Decimal(str(values[name]))
            for name in ("low", "high")
        )
    except InvalidOperation:
        return None
    ends = (values.get(name) is True for name in ("excludes_high", "excludes_low"))
    return Span(low, high, str(values.get("words", "")), *ends)
