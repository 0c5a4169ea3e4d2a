"""What the calculator answers: the fine with everything that leads to it.

Frozen. ``as_values`` gives plain values to keep with a case or to send: sums as text, never as floats.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from zhihuan.bureau.discretion.money import share_words
from zhihuan.bureau.discretion.span import Span

__all__ = ["Law", "Mode", "Reckoning", "Severity", "Taken"]


class Law(StrEnum):
    """Which law's range the fine lies in."""

    OLD = "old"
    CODE = "code"


class Mode(StrEnum):
    """How the table comes to a fine."""

    WEIGHTS = "weights"
    BANDS = "bands"
    RANGE = "range"


class Severity(StrEnum):
    """从轻, 一般, 从重 within a band, by §12."""

    LIGHT = "light"
    NORMAL = "normal"
    HEAVY = "heavy"

    @property
    def words(self) -> str:
        return {"light": "从轻处罚", "normal": "一般处罚", "heavy": "从重处罚"}[self]


@dataclass(frozen=True, slots=True)
class Taken:
    """A factor as it was counted. is_given False: nothing was found out, so its lowest level (§5)."""

    factor: str
    level: str
    weight: Fraction | None
    is_given: bool

    @property
    def weight_words(self) -> str:
        return "" if self.weight is None else share_words(self.weight)


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The answer for one act, of the unit or of a person responsible.

    statutory: the law's range, None where its words are not packaged or fit more than one.
    within: where the fine must lie by the factors found. amount: the fine in yuan; None where only a
    range follows, or where something in ``asks`` must be known first. clauses: (what it is, article).
    steps: how it comes, one sentence each. warnings: what an officer must check before use.
    """

    case_id: str
    title: str
    law: Law
    mode: Mode
    act_on: date
    is_person: bool
    factors: tuple[Taken, ...]
    total: Fraction | None
    statutory: Span | None
    within: Span | None
    amount: Decimal | None
    floor: str
    clauses: tuple[tuple[str, str], ...]
    steps: tuple[str, ...]
    warnings: tuple[str, ...]
    asks: tuple[str, ...] = ()

    @property
    def total_words(self) -> str:
        return "" if self.total is None else share_words(self.total)

    @property
    def level(self) -> str:
        """The levels counted, in one line."""
        return "；".join(f"{each.factor}：{each.level}" for each in self.factors if each.level)

    def as_values(self) -> Mapping[str, Any]:
        """Plain values for a case file or an answer."""
        return {
            "case_id": self.case_id,
            "title": self.title,
            "law": str(self.law),
            "mode": str(self.mode),
            "act_on": self.act_on.isoformat(),
            "is_person": self.is_person,
            "factors": [
                {
                    "factor": each.factor,
                    "level": each.level,
                    "weight": each.weight_words,
                    "is_given": each.is_given,
                }
                for each in self.factors
            ],
            "total": self.total_words,
            "statutory": self.statutory.as_values() if self.statutory else None,
            "within": self.within.as_values() if self.within else None,
            "amount": None if self.amount is None else f"{self.amount:f}",
            "floor": self.floor,
            "clauses": [{"what": what, "article": article} for what, article in self.clauses],
            "steps": list(self.steps),
            "warnings": list(self.warnings),
            "asks": list(self.asks),
        }
