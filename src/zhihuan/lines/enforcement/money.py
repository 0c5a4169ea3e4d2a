"""What a case owes: the fine by its instalments, what was paid, the surcharge, and the days that do not count.

Read from the events of the case; the sum itself is ``rules.late_fee``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.matters.models import MatterEvent
from zhihuan.lines.enforcement.models import PenaltyCase
from zhihuan.lines.enforcement.rules.late_fee import Due, LateFee, Payment, Stop, late_fee
from zhihuan.lines.enforcement.rules.periods import Ruling
from zhihuan.lines.enforcement.rules.thresholds import late_fee_rate

__all__ = [
    "CHANGED", "CONTEST_OVER", "UPHELD", "Owed", "Payment", "dues_of", "is_in_time", "last_payment", "last_ruling", "overdue_on",
    "owed_of",
]  # fmt: skip

UPHELD = ("upheld", "upheld_in_time", "upheld_paid")
CHANGED = ("changed", "changed_in_time", "changed_paid")
CONTEST_OVER = (*UPHELD, *CHANGED, "overturned")
_PAYMENTS = ("pay_part", "pay_all")


@dataclass(frozen=True, slots=True)
class Owed:
    """Amounts in yuan at the end of a day. balance: of fine and surcharge together, below zero where too much was
    paid; left: the same, never below zero."""

    fine: Decimal
    paid: Decimal
    surcharge: LateFee

    @property
    def principal_left(self) -> Decimal:
        """What is left of the fine itself."""
        return max(self.fine - self.paid, Decimal(0))

    @property
    def balance(self) -> Decimal:
        """What is not paid, or, below zero, what was paid too much."""
        return self.fine + self.surcharge.amount - self.paid

    @property
    def left(self) -> Decimal:
        """What must still be paid."""
        return max(self.balance, Decimal(0))


def owed_of(
    case: PenaltyCase,
    events: Iterable[MatterEvent],
    on: date,
    *,
    fine: Decimal | None = None,
    also: Sequence[Payment] = (),
) -> Owed:
    """What is owed at the end of the day ``on``; payments of later days are not counted. fine: as it is about to be
    changed, None: as it stands. also: payments about to be entered."""
    told = list(events)
    paid = [each for each in (*_payments(told), *also) if each.on <= on]
    dues = dues_of(case, told, fine)
    fee = late_fee(dues, paid, list(_stops(told)), on, late_fee_rate(case.decided_on or on))
    whole = _fine(case, fine)
    return Owed(whole, sum((each.amount for each in paid), Decimal(0)), fee)


def overdue_on(
    case: PenaltyCase, events: Iterable[MatterEvent], on: date, fine: Decimal | None = None
) -> Decimal:
    """What should have been paid before that day and was not. fine: see ``owed_of``."""
    told = list(events)
    owed = sum((each.amount for each in dues_of(case, told, fine) if each.by < on), Decimal(0))
    paid = sum((each.amount for each in _payments(told) if each.on < on), Decimal(0))
    return max(owed - paid, Decimal(0))


def is_in_time(
    case: PenaltyCase, events: Iterable[MatterEvent], on: date, fine: Decimal | None = None
) -> bool:
    """Whether something of the fine is unpaid, and none of it overdue on that day. fine: see ``owed_of``."""
    told = list(events)
    unpaid = owed_of(case, told, on, fine=fine).principal_left > 0
    return unpaid and not overdue_on(case, told, on, fine)


def dues_of(
    case: PenaltyCase, events: Iterable[MatterEvent], fine: Decimal | None = None
) -> list[Due]:
    """The parts of the fine with their last days: as instalments were granted last, the rest by the law's
    fifteen days. A fine that was lowered since takes the last instalments away. fine: see ``owed_of``."""
    left = _fine(case, fine)
    granted = [each for each in events if each.step == "defer"]
    parts = []
    for each in granted[-1].said["plan"] if granted else []:
        amount = min(Decimal(each["amount"]), left)
        left -= amount
        if amount:
            parts.append(Due(date.fromisoformat(each["by"]), amount))
    if left > 0 and case.pay_by is not None:
        parts.append(Due(case.pay_by, left))
    return parts


def last_payment(events: Iterable[MatterEvent]) -> date | None:
    """The day of the latest payment entered; None: there is none."""
    return max((each.on for each in _payments(events)), default=None)


def last_ruling(events: Iterable[MatterEvent]) -> Ruling | None:
    """How the newest contest ended that left the decision standing; None: there was none, or it is open."""
    kind, found = "", None
    for each in events:
        if each.step == "contest":
            kind, found = str(each.said["kind"]), None
        elif each.step in CONTEST_OVER:
            found = Ruling(kind == "review", _decided(each))
    return found


def _fine(case: PenaltyCase, fine: Decimal | None) -> Decimal:
    return (case.fine or Decimal(0)) if fine is None else fine


def _payments(events: Iterable[MatterEvent]) -> list[Payment]:
    return [
        Payment(date.fromisoformat(each.said["paid_on"]), Decimal(each.said["amount"]))
        for each in events
        if each.step in _PAYMENTS
    ]


def _stops(events: Iterable[MatterEvent]) -> Iterator[Stop]:
    """Reviews and lawsuits, from the day they were asked for to the day they were decided."""
    begun: date | None = None
    for each in events:
        if each.step == "contest":
            begun = date.fromisoformat(each.said["filed_on"])
        elif each.step in CONTEST_OVER and begun is not None:
            yield Stop(begun, _decided(each))
            begun = None
    if begun is not None:
        yield Stop(begun)


def _decided(event: MatterEvent) -> date:
    told: Any = event.said.get("ruled_on")
    return date.fromisoformat(told) if told else beijing_day(event.at)
