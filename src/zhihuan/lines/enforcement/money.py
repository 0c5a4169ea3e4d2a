"""What a case owes: the fine by its instalments, what was confiscated, what was paid, the surcharge, and the days that
do not count.

Read from the events of the case; the sum itself is ``rules.late_fee``. Confiscated gains are owed by the day that the
decision names (行政处罚法 §66(1)), here that of the fine; what is granted of deferral and instalments is of the fine alone
(§66(2)), and so is the surcharge (§72(1)(1)).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from zhihuan.bureau.matters.models import MatterEvent
from zhihuan.bureau.remedies.course import contests_of
from zhihuan.lines.enforcement.models import PenaltyCase
from zhihuan.lines.enforcement.rules.late_fee import Due, LateFee, Payment, Stop, late_fee
from zhihuan.lines.enforcement.rules.thresholds import late_fee_rate

__all__ = [
    "Owed", "Payment", "Sums", "dues_of", "fine_due", "is_in_time", "last_payment", "next_instalment", "overdue_on", "owed_of", "payment_of", "sums_after",
]  # fmt: skip

#: The last is of the simple procedure, before it shared these steps.
_PAYMENTS = ("pay_part", "pay_instalment", "pay_all", "collect")


_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Sums:
    """What a decision that stands asks for [yuan]."""

    fine: Decimal = _NOTHING
    gains: Decimal = _NOTHING

    @classmethod
    def of(cls, case: PenaltyCase) -> Sums:
        """As the case has it."""
        return cls(case.fine or _NOTHING, case.gains or _NOTHING)

    @property
    def total(self) -> Decimal:
        """罚没款合计."""
        return self.fine + self.gains


@dataclass(frozen=True, slots=True)
class Owed:
    """Amounts in yuan at the end of a day. paid: for fine and surcharge; gains_paid: for what was confiscated."""

    sums: Sums
    paid: Decimal
    gains_paid: Decimal
    surcharge: LateFee

    @property
    def principal_left(self) -> Decimal:
        """What is left of the fine itself."""
        return max(self.sums.fine - self.paid, _NOTHING)

    @property
    def fine_left(self) -> Decimal:
        """What is left of fine and surcharge together."""
        return max(self._balance, _NOTHING)

    @property
    def surcharge_left(self) -> Decimal:
        """What is left of the surcharge: payments go to the fine first."""
        return self.fine_left - self.principal_left

    @property
    def gains_left(self) -> Decimal:
        """What is left of what was confiscated."""
        return max(self.sums.gains - self.gains_paid, _NOTHING)

    @property
    def left(self) -> Decimal:
        """What must still be paid of all."""
        return self.fine_left + self.gains_left

    @property
    def excess(self) -> Decimal:
        """What was paid too much of either."""
        over = self.gains_paid - self.sums.gains
        return max(-self._balance, _NOTHING) + max(over, _NOTHING)

    @property
    def _balance(self) -> Decimal:
        return self.sums.fine + self.surcharge.amount - self.paid


def owed_of(
    case: PenaltyCase,
    events: Iterable[MatterEvent],
    on: date,
    *,
    sums: Sums | None = None,
    also: Sequence[Payment] = (),
) -> Owed:
    """What is owed at the end of the day ``on``; payments of later days are not counted. sums: as they are about to be
    changed, None: as they stand. also: payments about to be entered."""
    told, asked = list(events), sums or Sums.of(case)
    paid = [each for each in (*_payments(told), *also) if each.on <= on]
    dues = dues_of(case, told, asked, also)
    stops = [Stop(each.since, each.until) for each in contests_of(told)]
    fee = late_fee(dues, paid, stops, on, late_fee_rate(case.decided_on or on))
    return Owed(
        asked,
        sum((each.amount for each in paid), _NOTHING),
        sum((each.gains for each in paid), _NOTHING),
        fee,
    )


def overdue_on(
    case: PenaltyCase, events: Iterable[MatterEvent], on: date, sums: Sums | None = None
) -> Decimal:
    """What should have been paid before that day and was not. sums: see ``owed_of``."""
    told, asked = list(events), sums or Sums.of(case)
    before = [each for each in _payments(told) if each.on < on]
    fine = sum((each.amount for each in dues_of(case, told, asked) if each.by < on), _NOTHING)
    fine -= sum((each.amount for each in before), _NOTHING)
    gains = asked.gains if case.pay_by is not None and case.pay_by < on else _NOTHING
    gains -= sum((each.gains for each in before), _NOTHING)
    return max(fine, _NOTHING) + max(gains, _NOTHING)


def is_in_time(
    case: PenaltyCase, events: Iterable[MatterEvent], on: date, sums: Sums | None = None
) -> bool:
    """Whether something is unpaid, and none of it overdue on that day. sums: see ``owed_of``."""
    told = list(events)
    owed = owed_of(case, told, on, sums=sums)
    unpaid = owed.principal_left + owed.gains_left > 0
    return unpaid and not overdue_on(case, told, on, sums)


def dues_of(
    case: PenaltyCase,
    events: Iterable[MatterEvent],
    sums: Sums | None = None,
    also: Sequence[Payment] = (),
) -> list[Due]:
    """The parts of the fine with their last days: as instalments were granted last, the rest by the law's
    fifteen days. A fine that was lowered since takes the last instalments away. Where it was so decided, the first
    instalment that is missed makes all that follow due with it. sums, also: see ``owed_of``."""
    told = list(events)
    granted = [each.said for each in told if each.step == "defer"]
    parts = _parts(case, granted[-1] if granted else {}, (sums or Sums.of(case)).fine)
    if not granted or not granted[-1].get("whole_on_default"):
        return parts
    missed = next(_missed(parts, [*_payments(told), *also]), None)
    return parts if missed is None else [Due(min(each.by, missed), each.amount) for each in parts]


def fine_due(case: PenaltyCase, events: Iterable[MatterEvent], on: date) -> Decimal:
    """Of the fine, what should have been paid by the end of that day and was not: of instalments that do not become due
    together, those whose day is over."""
    told = list(events)
    due = sum((each.amount for each in dues_of(case, told) if each.by <= on), _NOTHING)
    paid = sum((each.amount for each in _payments(told) if each.on <= on), _NOTHING)
    return max(due - paid, _NOTHING).quantize(Decimal("0.01"))


def next_instalment(facts: Any) -> date | None:
    """The last day for what must be paid next under a granted deferral, once this step counts; None: nothing was
    deferred, or nothing is left of it. Gains that were confiscated are not deferred, and come by their own day."""
    case, told, said = facts.matter, list(facts.events), facts.said
    granted = [each.said for each in told if each.step == "defer"]
    plan = said if "plan" in said else granted[-1] if granted else {}
    if not plan:
        return None
    sums = sums_after(facts) if "ruled_on" in said else Sums.of(case)
    paid = [*_payments(told), *([payment_of(said)] if "paid_on" in said else [])]
    left = sum((each.amount for each in paid), _NOTHING)
    days = []
    for part in _parts(case, plan, sums.fine):
        left -= part.amount
        days += [part.by] if left < 0 else []
    if sums.gains > sum((each.gains for each in paid), _NOTHING) and case.pay_by is not None:
        days.append(case.pay_by)
    return min(days, default=None)


def _missed(parts: Sequence[Due], paid: Sequence[Payment]) -> Iterator[date]:
    """The last days by which the parts up to them were not paid."""
    owed = _NOTHING
    for part in parts:
        owed += part.amount
        if sum((each.amount for each in paid if each.on <= part.by), _NOTHING) < owed:
            yield part.by


def _parts(case: PenaltyCase, granted: Mapping[str, Any], left: Decimal) -> list[Due]:
    parts = []
    for each in sorted(granted.get("plan", ()), key=lambda each: str(each["by"])):
        amount = min(Decimal(each["amount"]), left)
        left -= amount
        if amount:
            parts.append(Due(date.fromisoformat(each["by"]), amount))
    if left > 0 and case.pay_by is not None:
        parts.append(Due(case.pay_by, left))
    return sorted(parts, key=lambda each: each.by)


def last_payment(events: Iterable[MatterEvent]) -> date | None:
    """The day of the latest payment entered; None: there is none."""
    return max((each.on for each in _payments(events)), default=None)


def sums_after(facts: Any) -> Sums:
    """As the step leaves them: a ruling may change either."""
    stands, said = Sums.of(facts.matter), facts.said
    fine, gains = said.get("fine"), said.get("gains")
    return Sums(stands.fine if fine is None else fine, stands.gains if gains is None else gains)


def payment_of(said: Mapping[str, Any]) -> Payment:
    """A payment as its form told it, as Python values or as they are kept: the amount of one receipt, and how much of it
    is for what was confiscated."""
    on, gains = said["paid_on"], Decimal(said.get("gains") or 0)
    day = date.fromisoformat(on) if isinstance(on, str) else on
    return Payment(day, Decimal(said["amount"]) - gains, gains)


def _payments(events: Iterable[MatterEvent]) -> list[Payment]:
    return [payment_of(each.said) for each in events if each.step in _PAYMENTS]
