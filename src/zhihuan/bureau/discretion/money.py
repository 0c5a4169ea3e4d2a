"""Sums of money, multiples and shares in words and back. Sums are yuan; exact until the last step.

Chinese numerals are read as far as fines need them (up to thousands, times 万).
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from zhihuan.bureau.discretion.errors import TableFileError

__all__ = ["FEN", "chinese_number", "in_yuan", "share_words", "sum_words", "to_fen"]

FEN = Decimal("0.01")
_WAN = 10_000
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}


def chinese_number(text: str) -> Fraction:
    """二十五 → 25, 五百 → 500, 1.5 → 3/2. Raises TableFileError for anything else."""
    if text[:1].isdigit():
        return Fraction(text)
    total, digit = 0, 0
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _PLACES:
            total, digit = total + (digit or 1) * _PLACES[sign], 0
        else:
            raise TableFileError(f"“{text}”不是数字")
    return Fraction(total + digit)


def to_fen(exact: Fraction) -> Decimal:
    """An exact sum as yuan with fen, half up (四舍五入)."""
    whole = Decimal(exact.numerator) / Decimal(exact.denominator)
    return whole.quantize(FEN, rounding=ROUND_HALF_UP)


def in_yuan(given: Decimal | Fraction | int) -> Fraction:
    """A sum given as Decimal, exact."""
    return Fraction(given)


def sum_words(yuan: Fraction | Decimal) -> str:
    """300000 → 30万元, 15000 → 1.5万元, 2500 → 2500元."""
    amount = to_fen(Fraction(yuan)).normalize()
    if amount >= _WAN:
        return f"{(amount / _WAN).normalize():f}万元"
    return f"{amount:f}元"


def share_words(share: Fraction) -> str:
    """3/10 → 30%; a share that is no short percentage stays a fraction (1/3), as its table prints it."""
    percent = share * 100
    if _WAN % percent.denominator:
        return str(share)
    return f"{(Decimal(percent.numerator) / percent.denominator).normalize():f}%"
