"""How much a consecutive-day fine (按日连续处罚) comes to. Pure; amounts are Decimal yuan.

    reckon_fine(Decimal("100000"), Round(date(2026, 3, 2), date(2026, 3, 20)), standstills)

Each day from the day after the order to correct was served to the day of the re-check counts the
original fine once (按日连续处罚办法 §17, §19; 法典 §1060). Days on which the discharge was stopped by a
sealing, a seizure or a stop of production do not count (办法 §20); a day on which such a measure stood
for a part of it counts as one of them, in favour of the party (our reading).

It refuses an order that was checked on too late, and periods in which no day is left to count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from zhihuan.standards.derivation import Basis, Derivation, Fact, Step

__all__ = ["FineRefusedError", "Reckoned", "Round", "Standstill", "reckon_fine"]

_DAY = timedelta(days=1)


class FineRefusedError(ValueError):
    """No such fine can be reckoned. The words are for people."""


@dataclass(frozen=True, slots=True)
class Round:
    """From one order to its re-check. served_on: the order; checked_on: the re-check that found the party
    still at it; check_by: the last day the law left for it. Days of Beijing."""

    served_on: date
    checked_on: date
    check_by: date


@dataclass(frozen=True, slots=True)
class Standstill:
    """Days on which a measure stopped the discharge, both included. last None: it still does."""

    what: str
    first: date
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Reckoned:
    """days: those that count. spared: those that a measure took out. amount [yuan]."""

    first: date
    last: date
    days: int
    spared: int
    amount: Decimal
    derivation: Derivation


def reckon_fine(
    original: Decimal,
    round_: Round,
    standstills: Iterable[Standstill] = (),
    basis: tuple[Basis, ...] = (),
) -> Reckoned:
    """The fine of one round. original [yuan]: what the decision fined. basis: the law that governs it, for
    the derivation. FineRefusedError."""
    _check(original, round_)
    first, last = round_.served_on + _DAY, round_.checked_on
    all_days = (last - first).days + 1
    known = tuple(standstills)
    spared = _spared(first, last, known)
    days = all_days - spared
    if not days:
        raise FineRefusedError(
            _("计罚期间内违法排污均已因查封、停产等措施停止，没有可计罚的日数。")
        )
    amount = original * days
    derivation = Derivation(
        title="按日连续处罚的计算",
        conclusion=f"计罚 {days} 日，罚款 {amount:,.2f} 元",
        basis=basis,
        facts=(*_facts(original, round_), *(_fact(each) for each in known)),
        steps=(
            Step("计罚期间", f"送达次日 {first} 至复查之日 {last}", f"{all_days} 日"),
            Step("扣除", "因查封、停产等措施停止违法排污的日数", f"{spared} 日"),
            Step("计罚日数", f"{all_days} − {spared}", f"{days} 日"),
            Step("罚款数额", f"{original:,.2f} 元 × {days} 日", f"{amount:,.2f} 元"),
        ),
    )
    return Reckoned(first, last, days, spared, amount, derivation)


def _check(original: Decimal, round_: Round) -> None:
    if original <= 0:
        raise FineRefusedError(_("原处罚决定的罚款数额须大于零。"))
    if round_.checked_on <= round_.served_on:
        raise FineRefusedError(_("复查日期须晚于责令改正违法行为决定书的送达日期。"))
    if round_.checked_on > round_.check_by:
        words = _(
            "复查应不晚于 %(day)s，本次复查已逾期，不能据以按日连续处罚；请重新责令改正后复查。"
        )
        raise FineRefusedError(words % {"day": round_.check_by})


def _spared(first: date, last: date, standstills: Iterable[Standstill]) -> int:
    """Days of the period on which at least one measure stood; each is taken out once."""
    spans = sorted((max(each.first, first), min(each.last or last, last)) for each in standstills)
    count, until = 0, first - _DAY
    for begin, end in spans:
        fresh = max(begin, until + _DAY)
        if fresh <= end:
            count, until = count + (end - fresh).days + 1, end
    return count


def _facts(original: Decimal, round_: Round) -> tuple[Fact, ...]:
    return (
        Fact("原处罚数额", f"{original:,.2f}", "元"),
        Fact("责令改正送达", str(round_.served_on)),
        Fact("复查", str(round_.checked_on), remark=f"应不晚于 {round_.check_by}"),
    )


def _fact(each: Standstill) -> Fact:
    return Fact(each.what, f"{each.first} 至 {each.last or '今'}")
