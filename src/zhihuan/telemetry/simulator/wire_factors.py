"""How a factor is called and scaled on the wire in one edition.

HJ/T 212-2005 has its own codes, and some of its units differ; a factor it does not know is not
sent. Refuses to guess a conversion: the multipliers are those of the code tables.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

from zhihuan.hj212.codes import Edition, factor, modernise
from zhihuan.hj212.profile import Version

__all__ = ["WireFactor", "number", "wire_factor"]


@dataclass(frozen=True, slots=True)
class WireFactor:
    """A factor as one device sends it. code: on the wire. divisor: value in our unit / divisor =
    value sent; more_decimals: digits that the smaller number needs in addition. mass_divisor: the
    same for totals."""

    code: str
    divisor: float = 1.0
    mass_divisor: float = 1.0
    more_decimals: int = 0

    def text(self, value: float, decimals: int) -> str:
        """A value in our unit, as it is sent."""
        return number(value / self.divisor, decimals + self.more_decimals)

    def total_text(self, value: float, decimals: int) -> str:
        """A total in our mass unit, as it is sent."""
        return number(value / self.mass_divisor, decimals)


@cache
def wire_factor(code: str, version: Version, alias: str | None = None) -> WireFactor | None:
    """The factor in this edition; None when the edition has no code for it.

    alias: the vendor's own code, which then is sent in any edition.
    """
    if alias:
        return WireFactor(alias)
    if version is not Version.V2005:
        return WireFactor(code)
    known = factor(code)
    if known is None or not (known.old_code or known.medium == "noise"):
        return None
    old = known.old_code or code
    modern = modernise(old, Edition.HJ2005)
    if modern is None:
        return WireFactor(old)
    divisor = float(modern.multiplier)
    more = max(0, round(math.log10(divisor))) if divisor else 0
    return WireFactor(old, divisor, float(modern.mass_multiplier), more)


def number(value: float, decimals: int) -> str:
    """A plain decimal without exponent or negative zero (HJ 212-2017, 6.3.2), half to even."""
    text = f"{value:.{decimals}f}"
    return text[1:] if text.startswith("-") and not text.strip("-0.") else text
