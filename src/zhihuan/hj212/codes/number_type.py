"""``N5.2``, ``C890``: the standard's way to say how wide a value is (2017: 6.3.3.2.2).

Says how a value is printed and whether it fits. Does not judge plausibility.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

__all__ = ["NumberType"]

# C4: up to 4 characters. N5: up to 5 digits. N14.2: 14 digits before and 2 after the point.
_PATTERN = re.compile(r"([CN])(\d+)(?:\.(\d+))?")


@dataclass(frozen=True, slots=True)
class NumberType:
    """letter: "C" text or "N" number; width: characters, or digits before the point; decimals: after it."""

    letter: str
    width: int
    decimals: int = 0

    @classmethod
    def parse(cls, text: str) -> NumberType | None:
        """``"N5.2"`` as a type; None for "" or anything else (the tables leave some cells open)."""
        match = _PATTERN.fullmatch(text)
        if match is None:
            return None
        letter, width, decimals = match.groups()
        return cls(letter, int(width), int(decimals or 0))

    def format(self, value: Decimal | float) -> str:
        """The value with this type's decimals, rounded half to even, never an exponent.

        Half to even is what HJ 212-2025 is reported to ask of statistics (second hand); the older
        editions are silent.
        """
        return f"{Decimal(str(value)):.{self.decimals}f}"

    def fits(self, text: str) -> bool:
        """Whether a value as sent keeps to this type. Sign and point do not count as digits."""
        if self.letter == "C":
            return len(text) <= self.width
        whole, _, fraction = text.lstrip("+-").partition(".")
        digits = (whole + fraction).isascii() and (whole + fraction).isdigit()
        return digits and len(whole) <= self.width and len(fraction) <= self.decimals

    def __str__(self) -> str:
        return f"{self.letter}{self.width}" + (f".{self.decimals}" if self.decimals else "")
