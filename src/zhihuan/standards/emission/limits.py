"""The limits an outlet is held to: given by the caller, each with its days and its legal basis.

    Limit(item="二氧化硫", unit="mg/m³", upper=35.0, period=Period.HOUR,
          standard="DB44/… 或排污许可证", clause="表1", in_force_from=date(2019, 1, 1))

Which standard binds an outlet stands in its permit, not in this library. A sequence of limits is
one factor's history; the day chooses. It refuses limits that overlap, that are no limit at all,
or that do not reach a day that is to be judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.dated import Days
from zhihuan.standards.derivation import Basis
from zhihuan.standards.errors import InputProblem, InputRefusedError, OutsideEditionsError
from zhihuan.standards.parameters import Confidence

__all__ = ["Limit", "Period", "which_limit"]


class Period(StrEnum):
    """What the limit is a limit of: the mean of an hour, of a day, or the total of a year."""

    HOUR = "小时均值"
    DAY = "日均值"
    YEAR = "年排放量"


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit of one factor between two days (both inclusive; None: still in force).

    upper, lower: in ``unit``, NaN for none; pH has both. reference_oxygen_percent: NaN where the
    standard converts nothing. exempts_start_stop: its standard leaves start-up and shut-down out.
    compare_decimals: None compares the full value; a number compares the value rounded to so many
    decimals (GB/T 8170-2008, 4.3), where the standard asks for that.
    """

    item: str
    unit: str
    period: Period
    standard: str
    clause: str
    in_force_from: date
    upper: float = np.nan
    lower: float = np.nan
    in_force_until: date | None = None
    reference_oxygen_percent: float = np.nan
    exempts_start_stop: bool = False
    compare_decimals: int | None = None
    confidence: Confidence = Confidence.UNCONFIRMED
    last_checked: date | None = None
    note: str = ""

    def basis(self) -> Basis:
        """The limit as a piece of law in a derivation."""
        return Basis(
            decides=f"{self.item}{self.period}限值 {self.text}",
            standard=self.standard,
            clause=self.clause,
            in_force_from=self.in_force_from,
            in_force_until=self.in_force_until,
            confidence=self.confidence,
            last_checked=self.last_checked,
            note=self.note,
        )

    @property
    def text(self) -> str:
        """``6～9`` or ``≤ 35 mg/m³``."""
        unit = f" {self.unit}" if self.unit else ""
        if np.isnan(self.lower):
            return f"≤ {self.upper:.10g}{unit}"
        return (
            f"≥ {self.lower:.10g}{unit}"
            if np.isnan(self.upper)
            else f"{self.lower:.10g}～{self.upper:.10g}{unit}"
        )


def which_limit(limits: Sequence[Limit], days: Days, period: Period) -> NDArray[np.intp]:
    """The place in ``limits`` of the one in force on each day, in the shape of ``days``.

    Raises InputRefusedError for limits that cannot be used together, OutsideEditionsError for a
    day that none reaches.
    """
    _refuse(limits, period)
    starts = np.array([one.in_force_from for one in limits], dtype="datetime64[D]")
    order = np.argsort(starts)
    places = np.searchsorted(starts[order], days, side="right") - 1
    which = np.asarray(order[np.maximum(places, 0)])
    ends = [one.in_force_until or date.max for one in limits]
    outside = (places < 0) | (days > np.array(ends, dtype="datetime64[D]")[which])
    if np.any(outside):
        day = np.broadcast_to(days, outside.shape)[outside][0]
        spans = "；".join(f"{one.in_force_from} 至 {one.in_force_until or '今'}" for one in limits)
        raise OutsideEditionsError(
            f"{limits[0].item} 在 {day} 没有可用的{period}限值（已给出：{spans}）；"
            "请补充该日适用的限值及其依据"
        )
    return which


def _refuse(limits: Sequence[Limit], period: Period) -> None:
    problems = [
        InputProblem(row, "限值", one.item, problem, remedy)
        for row, one in enumerate(limits)
        for problem, remedy in _faults(one, limits[0], period)
    ]
    if not limits:
        problems.append(InputProblem(-1, "限值", "（空）", "没有给出限值", "请至少给出一条限值"))
    ordered = sorted(limits, key=lambda one: one.in_force_from)
    problems += [
        InputProblem(-1, "限值", later.item, "两条限值的有效期重叠", "请先截止前一条")
        for earlier, later in pairwise(ordered)
        if (earlier.in_force_until or date.max) >= later.in_force_from
        and (earlier.in_force_until is not None or earlier.in_force_from == later.in_force_from)
    ]
    if problems:
        raise InputRefusedError(problems)


def _faults(one: Limit, first: Limit, period: Period) -> list[tuple[str, str]]:
    faults = []
    if one.period is not period:
        faults.append((f"是{one.period}限值，这里评价{period}", f"请给出{period}限值"))
    if (one.item, one.unit) != (first.item, first.unit):
        faults.append((f"与 {first.item}（{first.unit}）不是同一项目", "每次只评价一个项目"))
    if np.isnan(one.upper) and np.isnan(one.lower):
        faults.append(("上限、下限都没有", "请至少给出一个"))
    if one.lower > one.upper:
        faults.append(("下限高于上限", "请核对"))
    return faults
