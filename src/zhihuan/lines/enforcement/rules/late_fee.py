"""What is owed on top of a fine that was not paid in time (加处罚款), day by day, and never more than the fine.

    late_fee([Due(day, Decimal(30000))], [], [], on=later, rate=Decimal("0.03"))

- From the day after a last day of payment, each day adds ``rate`` of what is overdue at its beginning.
- Days of a review or a lawsuit do not count (行政处罚法 §73), their first and last day among them.
- The sum never exceeds the fine (行政处罚法 §72(1)(1)).
- Payments are taken for the fine first, what is over for the surcharge: our reading, the law says nothing.
- On the fine alone: 行政处罚法 §72(1)(1) adds to a fine that is not paid, and no law adds anything to confiscated gains,
  without which nothing is added (行政强制法 §§13, 45). Those are paid beside it, and enforced by the court like it.

Days are days of Beijing, amounts yuan. Rounded once, at the end, to the cent, half up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

__all__ = ["Due", "LateFee", "Payment", "Stop", "late_fee"]

_CENT = Decimal("0.01")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """A part of the fine and the last day on which it is paid in time; one part unless instalments were
    granted."""

    by: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Payment:
    """What was paid, on which day. amount: for fine and surcharge; gains: for what was confiscated, which bears no
    surcharge and lessens none."""

    on: date
    amount: Decimal
    gains: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Stop:
    """A review or lawsuit, from its first day to its last; None: it goes on."""

    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the day lies within."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class LateFee:
    """days: those that counted. amount: owed. is_capped: whether the fine itself is the bound."""

    days: int
    amount: Decimal
    is_capped: bool


def late_fee(
    dues: Sequence[Due], payments: Sequence[Payment], stops: Sequence[Stop], on: date, rate: Decimal
) -> LateFee:
    """The surcharge until the end of the day ``on``.

    ValueError for amounts below zero and for a rate that is none.
    """
    if rate < 0 or any(each.amount < 0 for each in (*dues, *payments)):
        raise ValueError("amounts and rates are not below zero")
    bound = sum((each.amount for each in dues), Decimal(0))
    days, total = 0, Decimal(0)
    for day in _days_from(dues, on):
        overdue = _overdue(dues, payments, day)
        if overdue <= 0 or any(each.holds(day) for each in stops):
            continue
        days, total = days + 1, total + overdue * rate
        if total >= bound:
            return LateFee(days, bound.quantize(_CENT, ROUND_HALF_UP), is_capped=True)
    return LateFee(days, total.quantize(_CENT, ROUND_HALF_UP), is_capped=False)


def _days_from(dues: Sequence[Due], on: date) -> Iterator[date]:
    """Every day after the first last day of payment."""
    day = min((each.by for each in dues), default=on) + _DAY
    while day <= on:
        yield day
        day += _DAY


def _overdue(dues: Sequence[Due], payments: Sequence[Payment], day: date) -> Decimal:
    """What should have been paid before the day and was not."""
    owed = sum((each.amount for each in dues if each.by < day), Decimal(0))
    return owed - sum((each.amount for each in payments if each.on < day), Decimal(0))
