"""Codes and units of 2005 turned into those of 2017, by the version the device *declares*.

The same water sample is ``020-Avg=0.0005`` (mg/L) under HJ/T 212-2005 and ``w20111-Avg=0.5`` (µg/L)
under HJ 212-2017. Guessing the unit from the value would hide faults of a factor 1000, so the
declared version decides, a registry may override, and a plausibility check comes later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from zhihuan.hj212.codes.edition import Edition
from zhihuan.hj212.codes.factors import factor
from zhihuan.hj212.codes.number_type import NumberType
from zhihuan.hj212.codes.source import Source, rows, source_of

__all__ = ["Modern", "OldFactor", "modernise", "old_factor", "old_factors"]

_TO_BASE = {
    "mg/L": Decimal(1), "µg/L": Decimal("1e-3"), "ng/L": Decimal("1e-6"),
    "mg/m³": Decimal(1), "µg/m³": Decimal("1e-3"), "ng/m³": Decimal("1e-6"),
    "MPa": Decimal(1000), "kPa": Decimal(1),
    "kg": Decimal(1), "g": Decimal("1e-3"), "mg": Decimal("1e-6"),
    "t": Decimal(1), "m³": Decimal(1),  # a tonne of waste water is a cubic metre (2005: annex B)
}  # fmt: skip
"""Each unit in terms of the base unit of its kind; only units that meet in the two tables."""

_PRINTED_WRONG = frozenset({"m³/h"})
"""S02 of 2005 is a velocity by its name but printed in m³/h: the number is taken as m/s."""


@dataclass(frozen=True, slots=True)
class OldFactor:
    """One row of HJ/T 212-2005 annex B; ``new_code`` is "" where 2017 has no twin."""

    code: str
    name: str
    medium: str
    unit: str
    number_type: NumberType | None
    new_code: str
    source: Source


@dataclass(frozen=True, slots=True)
class Modern:
    """A code of 2005 in today's terms.

    code: of 2017; the old code itself where there is no twin.
    multiplier: times the value sent gives the value in ``unit``.
    mass_multiplier: the same for ``Cou`` amounts, in ``mass_unit``.
    note: Chinese remark if anything was assumed, else "".
    """

    code: str
    unit: str
    multiplier: Decimal
    mass_unit: str
    mass_multiplier: Decimal
    note: str = ""


def old_factor(code: str) -> OldFactor | None:
    """The factor of a 2005 code (``011``, ``S01``, ``B02``); None if unknown."""
    return _table().get(code)


def old_factors() -> tuple[OldFactor, ...]:
    """All rows of the 2005 table, and the older codes only 2017's column 原编码 names."""
    return tuple(_table().values())


def modernise(code: str, declared: Edition) -> Modern | None:
    """How a 2005 code is to be read, given the edition the device declares.

    None if the code is not one of 2005. A device that declares 2017 or later but sends an old code
    is taken to send the new unit (its multipliers are 1): what it declares decides. Amounts under
    2005 are in kg, or in t for waste water and m³ for waste gas (2005: annex B, other units).
    """
    old = old_factor(code)
    if old is None:
        return None
    new = factor(old.new_code) if old.new_code else None
    if new is None:
        return Modern(code, old.unit, Decimal(1), "kg", Decimal(1), "2017 无对应编码，按原编码保留")
    if declared is not Edition.HJ2005:
        return Modern(
            new.code,
            new.unit,
            Decimal(1),
            new.mass_unit,
            Decimal(1),
            "声明 2017 及以后版本却用旧编码",
        )
    return Modern(
        new.code,
        new.unit,
        _multiplier(old.unit, new.unit),
        new.mass_unit,
        _multiplier("kg" if new.mass_unit in {"kg", "g", "mg"} else new.mass_unit, new.mass_unit),
        old.source.note,
    )


def _multiplier(old_unit: str, new_unit: str) -> Decimal:
    if old_unit == new_unit or old_unit in _PRINTED_WRONG or not old_unit or not new_unit:
        return Decimal(1)
    return (_TO_BASE[old_unit] / _TO_BASE[new_unit]).normalize()


@cache
def _table() -> Mapping[str, OldFactor]:
    return {row["code"]: _read(row) for row in rows("factors_2005")}


def _read(row: Mapping[str, str]) -> OldFactor:
    return OldFactor(
        row["code"],
        row["name"],
        row["medium"],
        row["unit"],
        NumberType.parse(row["type"]),
        row["new_code"],
        source_of(row),
    )
