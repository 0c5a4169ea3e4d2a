"""How a factor is written for people: name, unit, decimals. An unknown code is shown as itself."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass

from zhihuan.hj212.codes import Edition, mark
from zhihuan.hj212.codes import factor as look_up


@dataclass(frozen=True, slots=True)
class FactorWords:
    """One factor's Chinese name, unit ("" = none) and number of decimals shown."""

    code: str
    name: str
    unit: str
    decimals: int

    @property
    def title(self) -> str:
        """化学需氧量（w01018）; the code alone where no table knows it."""
        return self.code if self.name == self.code else f"{self.name}（{self.code}）"

    def number(self, value: float | None) -> str:
        """``value`` with the factor's decimals; "—" when missing (None or NaN)."""
        if value is None or math.isnan(value):
            return "—"
        return f"{value:.{self.decimals}f}"

    def reading(self, value: float) -> str:
        return f"{self.name} {self.number(value)} {self.unit}".rstrip()


@functools.lru_cache(maxsize=4096)
def words(code: str) -> FactorWords:
    """The words for a standard factor code."""
    known = look_up(code)
    if known is None:
        return FactorWords(code, code, "", 2)
    return FactorWords(code, known.name, known.unit, known.decimals)


@functools.lru_cache(maxsize=1024)
def mark_name(text: str) -> str:
    """The meaning of a data mark in any edition; "" for no mark, the mark itself when unknown."""
    found = next(filter(None, (mark(text, edition) for edition in Edition)), None) if text else None
    return found.name if found else text
