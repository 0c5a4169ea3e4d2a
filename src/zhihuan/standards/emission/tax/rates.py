"""How many yuan an equivalent costs, and whether a given rate is one the law allows.

    >>> from datetime import date
    >>> guangdong_rate(Medium.AIR, date(2026, 1, 1)).text
    '1.8'

The law sets a range; each province decides within it. It refuses a rate outside the range.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from zhihuan.standards.emission.tax.equivalents import Medium
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.parameters import Edition, parameter

__all__ = ["checked_rate", "guangdong_rate", "in_fen"]

_RANGE = "emission/tax/rate_range"


def guangdong_rate(medium: Medium, on: date) -> Edition:
    """Guangdong's rate per equivalent [yuan], as the dated edition it stands in."""
    return parameter(f"emission/tax/rate_guangdong_{medium}").on(on)


def checked_rate(rate: Decimal, medium: Medium, on: date) -> Decimal:
    """The rate itself. Raises InputRefusedError outside the range of annex 1."""
    span = parameter(_RANGE).on(on).table[medium]
    assert isinstance(span, list)  # noqa: S101 - a packaged file, tested
    low, high = (Decimal(end) for end in span)
    if not low <= rate <= high:
        raise InputRefusedError([
            InputProblem(-1, "适用税额", rate, f"不在税额幅度 {low}～{high} 元内",
                         "请填写省级人大常委会决定的每污染当量税额")
        ])  # fmt: skip
    return rate


def in_fen(amount: Decimal, on: date) -> Decimal:
    """Money rounded as the return asks (half up, to the fen; unconfirmed)."""
    decimals = int(parameter("emission/tax/money_decimals").on(on).number)
    return amount.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
