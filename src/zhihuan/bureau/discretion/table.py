"""A provincial discretion table as the calculator reads it: frozen data, without any arithmetic.

A ``WeightTable`` sums weights, a ``BandTable`` finds a band. Both know the words of their law and what
in their packaged text had to be mended or is doubtful.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from zhihuan.bureau.discretion.bound import Bound

__all__ = [
    "BandRow",
    "BandTable",
    "Factor",
    "Formula",
    "Level",
    "Situation",
    "Table",
    "WeightTable",
]


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a factor. weight: its share of the maximum; None in band tables."""

    name: str
    weight: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Factor:
    """What is found out of a case, with its levels in the order of the table."""

    name: str
    levels: tuple[Level, ...]

    def level(self, name: str) -> Level | None:
        """The level of that name."""
        return next((each for each in self.levels if each.name == name), None)

    @property
    def lowest(self) -> Level:
        """Of the least weight; of equal ones the first. In band tables the first."""
        return min(self.levels, key=lambda each: each.weight or Fraction(0))


@dataclass(frozen=True, slots=True)
class Formula:
    """What the sum of weights multiplies: ``most`` yuan, or ``most`` times ``base`` (费用 × 5 倍)."""

    most: Fraction
    base: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Situation:
    """A column of a weight table: its starting point and its formula. name "" when there is but one."""

    name: str
    start: Fraction
    formula: Formula


@dataclass(frozen=True, slots=True)
class BandRow:
    """A row of a band table. levels: one for each factor, None where the row does not ask."""

    levels: tuple[str | None, ...]
    unit: Bound
    person: Bound | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """What both kinds have.

    number: 2.7. violated, penalty: the articles, of the law as it was. tiers: statutory ranges in the
    article's order, () when its words are not packaged. is_check: the packaged text of the table must
    be compared with the printed annex. notes: what was mended or is doubtful, for whoever checks.
    """

    number: str
    category: str
    title: str
    violated: str
    penalty: str
    tiers: tuple[Bound, ...]
    factors: tuple[Factor, ...]
    is_check: bool = False
    notes: tuple[str, ...] = ()

    def factor(self, name: str) -> Factor | None:
        """The factor of that name."""
        return next((each for each in self.factors if each.name == name), None)


@dataclass(frozen=True, slots=True)
class WeightTable(Table):
    """situations: one, or several columns. floor: the least sum of weights (合计不足20%按20%计).
    person: the column of the persons responsible. base_floor: the base counts as at least that much."""

    situations: tuple[Situation, ...] = ()
    floor: Fraction | None = None
    person: Situation | None = None
    base_floor: Fraction | None = None
    base_floor_source: str = ""


@dataclass(frozen=True, slots=True)
class BandTable(Table):
    """rows: in the order of the table."""

    rows: tuple[BandRow, ...] = ()

    @property
    def has_person(self) -> bool:
        return any(row.person for row in self.rows)
