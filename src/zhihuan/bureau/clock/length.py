"""How long the law gives: a number and a unit.

Whether 日 means working days or calendar days is said by each law and not by a general rule
(行政处罚法 §85 makes 二日, 三日, 五日 and 七日 working days and leaves 十五日 and 九十日 as they are),
so every limit states its unit and nothing here converts one into another.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Length", "Unit"]


class Unit(StrEnum):
    """What is counted."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    HOUR = "hour"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Length:
    """``number`` of ``unit``; at least one."""

    number: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.number < 1:
            raise ValueError(f"a period of {self.number} {self.unit}s ends before it begins")
