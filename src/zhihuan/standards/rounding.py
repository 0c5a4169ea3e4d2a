"""Rounding by GB/T 8170-2008: half to even, on the decimal digits that people see.

The rule (GB/T 8170-2008, 3.2, known at second hand): drop below five, raise above five, and at
exactly five go to the even digit; round once, never in steps (3.3). "Exactly five" is a statement
about decimal digits: 2.675 is a tie and becomes 2.68, although its nearest binary float lies a
hair below. So floats are taken by their shortest decimal text.

It refuses to round twice for you and to round anything in storage: only reporting steps round.
NaN stays NaN.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["round_beside", "round_half_even", "round_half_even_array", "round_significant"]

# Scaled values closer to a tie than this are decided on decimal text, all others by rint. A
# float64 below 2**33 has at least 19 bits behind the point: far finer than this margin.
_TIE_MARGIN = 1e-4
_LARGEST_SAFE = 2.0**33
# Decimals beyond which a float of ordinary size says nothing; the share of a bound that is binary arithmetic.
_MOST_PLACES = 16
_SAME = Decimal("1e-9")
_EXACT = Context(prec=800, rounding=ROUND_HALF_EVEN)  # holds every float64 with room for decimals


def round_half_even(value: Decimal | str | float, decimals: int) -> Decimal:
    """Round one value to ``decimals`` places (negative: to tens, hundreds, …).

    value: decimal text, Decimal, or a float (taken by its shortest text); must be finite.
    Raises ValueError for text that is no number, and for NaN or infinity.
    Source: GB/T 8170-2008, 3.2 (second hand).

    >>> round_half_even("2.5", 0), round_half_even("3.5", 0), round_half_even(2.675, 2)
    (Decimal('2'), Decimal('4'), Decimal('2.68'))
    """
    exact = _decimal(value)
    return exact.quantize(Decimal(1).scaleb(-decimals), context=_EXACT)


def round_significant(value: Decimal | str | float, digits: int) -> Decimal:
    """Round one value to ``digits`` significant digits (≥ 1). Zero stays zero.

    >>> round_significant("0.0012345", 3), round_significant(18.5, 2)
    (Decimal('0.00123'), Decimal('18'))
    """
    if digits < 1:
        raise ValueError(f"digits is {digits}; at least one digit must remain")
    exact = _decimal(value)
    if exact.is_zero():
        return exact
    places = digits - 1 - exact.adjusted()
    rounded = exact.quantize(Decimal(1).scaleb(-places), context=_EXACT)
    return rounded if places >= 0 else Decimal(int(rounded))


def round_beside(value: float, bounds: Iterable[float], decimals: int) -> Decimal:
    """``value`` for people: to ``decimals`` places (≥ 0), to more where the rounded one would no longer lie on its
    side of a bound: 0.502 beside a limit of 0.5 is not told as 0.50.

    bounds: what it was compared with; NaN is none. value: finite. What differs from a bound by less than 10⁻⁹ of it
    lies on it. Raises ValueError for NaN and infinity.
    Source: GB/T 8170-2008, 4.3 (second hand): the full value is compared, so what is shown must not say otherwise.

    >>> round_beside(100.130498601, [100.0], 2), round_beside(0.502, [0.5], 2)
    (Decimal('100.13'), Decimal('0.502'))
    """
    exact = _decimal(value)
    compared = [_decimal(each) for each in bounds if each == each]  # noqa: PLR0124 - NaN differs from itself
    sides = [_side(exact, each) for each in compared]
    for places in range(decimals, _MOST_PLACES):
        rounded = round_half_even(value, places)
        if [_side(rounded, each) for each in compared] == sides:
            return rounded
    return exact


def _side(value: Decimal, bound: Decimal) -> int:
    """-1 below, 0 on, 1 above."""
    apart = value - bound
    if abs(apart) <= abs(bound) * _SAME:
        return 0
    return 1 if apart > 0 else -1


def round_half_even_array(values: ArrayLike, decimals: int) -> NDArray[np.float64]:
    """Round an array to ``decimals`` places, each element as ``round_half_even`` would.

    values: any shape, float64; NaN and infinities are returned as they are. Returns float64 of
    the same shape: the floats nearest to the rounded decimals.
    """
    exact = np.asarray(values, dtype=np.float64)
    power = 10.0 ** abs(decimals)  # whole powers of ten are exact, their inverses are not
    with np.errstate(invalid="ignore", over="ignore"):
        scaled = exact * power if decimals >= 0 else exact / power
        rounded = np.rint(scaled) / power if decimals >= 0 else np.rint(scaled) * power
        near_tie = np.abs(np.abs(scaled - np.floor(scaled)) - 0.5) < _TIE_MARGIN
        doubtful = np.isfinite(exact) & (near_tie | (np.abs(scaled) >= _LARGEST_SAFE))
    result = np.asarray(np.where(np.isfinite(exact), rounded, exact))
    if doubtful.any():
        result[doubtful] = _decided(exact[doubtful], decimals)
    return result


def _decided(values: NDArray[np.float64], decimals: int) -> NDArray[np.float64]:
    """Values on or near a tie: printed ties by whole halves, the rest on decimal text."""
    power = 10.0 ** max(decimals, 0)
    with np.errstate(over="ignore"):
        halves = np.rint(values * power * 2)
    # one division of whole numbers is correctly rounded: equality means that the value is the
    # float of this very decimal, and 15 digits name no two decimals with the same float
    printed = (halves / (power * 2) == values) & (np.abs(halves) < _LARGEST_SAFE) & (decimals >= 0)
    result = np.rint(halves / 2) / power
    result[~printed] = [float(round_half_even(value, decimals)) for value in values[~printed]]
    return result


def _decimal(value: Decimal | str | float) -> Decimal:
    text = repr(float(value)) if isinstance(value, float) else value
    try:
        exact = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"{value!r} is not a decimal number") from error
    if not exact.is_finite():
        raise ValueError(f"{value!r} cannot be rounded; keep missing values out of rounding")
    return exact
