"""What a case owes: the fine by its instalments, what was paid, the surcharge, and the days that do not count.

Read from the events of the case; the sum itself is ``rules.late_fee``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.matters.models import MatterEvent
from zhihuan.lines.enforcement.models import PenaltyCase
from zhihuan.lines.enforcement.rules.late_fee import Due, LateFee, Payment, Stop, late_fee
from zhihuan.lines.enforcement.rules.thresholds import late_fee_rate

__all__ = ["CONTEST_OVER", "Owed", "dues_of", "overdue_on", "owed_of"]

CONTEST_OVER = ("upheld", "upheld_in_time", "upheld_paid", "overturned", "changed")
_PAYMENTS = ("pay_part", "pay_all")


@dataclass(frozen=True, slots=True)
class Owed:
    """Amounts in yuan at the end of a day. left: of fine and surcharge together, never below zero."""

    fine: Decimal
    paid: Decimal
    surcharge: LateFee

    @property
    def principal_left(self) -> Decimal:
        """What is left of the fine itself."""
        return max(self.fine - self.paid, Decimal(0))

    @property
    def left(self) -> Decimal:
        """What must still be paid."""
        return max(self.fine + self.surcharge.amount - self.paid, Decimal(0))


def owed_of(case: PenaltyCase, events: Iterable[MatterEvent], on: date) -> Owed:
    """What is owed at the end of the day ``on``; payments of later days are not counted."""
    told = list(events)
    paid = [each for each in _payments(told) if each.on <= on]
    dues, fine = dues_of(case, told), case.fine or Decimal(0)
    fee = late_fee(dues, paid, list(_stops(told)), on, late_fee_rate(case.decided_on or on))
    return Owed(fine, sum((each.amount for each in paid), Decimal(0)), fee)


def overdue_on(case: PenaltyCase, events: Iterable[MatterEvent], on: date) -> Decimal:
    """What should have been paid before that day and was not."""
    told = list(events)
    owed = sum((each.amount for each in dues_of(case, told) if each.by < on), Decimal(0))
    paid = sum((each.amount for each in _payments(told) if each.on < on), Decimal(0))
    return max(owed - paid, Decimal(0))


def dues_of(case: PenaltyCase, events: Iterable[MatterEvent]) -> list[Due]:
    """The parts of the fine with their last days: as instalments were granted last, the rest by the law's
    fifteen days."""
    fine = case.fine or Decimal(0)
    granted = [each for each in events if each.step == "defer"]
    plan = granted[-1].said["plan"] if granted else []
    parts = [Due(date.fromisoformat(each["by"]), Decimal(each["amount"])) for each in plan]
    rest = fine - sum((each.amount for each in parts), Decimal(0))
    if rest > 0 and case.pay_by is not None:
        parts.append(Due(case.pay_by, rest))
    return parts


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
