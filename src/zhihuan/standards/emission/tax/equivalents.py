"""The annex of pollutants and their equivalent values, and how many equivalents an amount is.

    >>> from datetime import date
    >>> pollutant("二氧化硫", Medium.AIR, date(2026, 1, 1)).value
    Decimal('0.95')

Equivalents are the amount divided by the value. It refuses names the annex does not print, and
offers the nearest.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.parameters import Edition, parameter

__all__ = ["Medium", "Pollutant", "equivalents_edition", "ph_value", "pollutant", "pollutants"]

_TABLE = "emission/tax/equivalents"
_PH_BANDS = "emission/tax/ph_bands"


class Medium(StrEnum):
    """Where it goes: the tax item."""

    AIR = "air"
    WATER = "water"


@dataclass(frozen=True, slots=True)
class Pollutant:
    """A row of the annex. value: how much of ``per`` (kg, t of waste water, t·倍, 头 …) makes one
    equivalent; None for pH, whose value hangs on the reading. once: rows of one outlet sharing
    this word are taxed once.
    """

    group: str
    name: str
    value: Decimal | None
    per: str
    once: str

    @property
    def medium(self) -> Medium:
        """Air or water."""
        return Medium.AIR if self.group == "air" else Medium.WATER


def equivalents_edition(on: date) -> Edition:
    """The edition of the annex in force. Raises OutsideEditionsError before 2018."""
    return parameter(_TABLE).on(on)


def pollutants(on: date) -> tuple[Pollutant, ...]:
    """All rows of the annex in force on a day, in its order."""
    return tuple(
        Pollutant(
            group=row["group"], name=row["name"], per=row["per"], once=row["once"],
            value=Decimal(row["value"]) if row["value"] else None,
        )
        for row in equivalents_edition(on).rows
    )  # fmt: skip


def pollutant(name: str, medium: Medium, on: date) -> Pollutant:
    """The row of a name as printed, or without its brackets (化学需氧量). Raises InputRefusedError."""
    rows = [row for row in pollutants(on) if row.medium is medium]
    for row in rows:
        if name in (row.name, row.name.partition("(")[0], row.name.partition("（")[0]):
            return row
    near = difflib.get_close_matches(name, [row.name for row in rows], n=3, cutoff=0.4)
    hint = f"相近的有：{'、'.join(near)}" if near else "请按《应税污染物和当量值表》的名称填写"
    raise InputRefusedError([InputProblem(-1, "应税污染物", name, "当量值表中没有", hint)])


def ph_value(ph: float, on: date) -> Decimal | None:
    """Tonnes of waste water of this pH that make one equivalent; None from 6 to 9.

    Source: annex 2, III: 5–6 is from 5 to below 6, 9–10 above 9 up to 10.
    """
    for row in parameter(_PH_BANDS).on(on).rows:
        low = float(row["low_from"]) <= ph < float(row["low_below"])
        high = bool(row["high_above"]) and float(row["high_above"]) < ph <= float(row["high_to"])
        if low or high:
            return Decimal(row["value"])
    return None
