"""From when a penalty's record may be repaired (信用修复): after the least time of publicity of its kind. Pure.

Source: 信用修复管理办法 (国家发展改革委令第36号, in force 2026-04-01), 国办发〔2025〕22号: three kinds of records, each with a
least and a most time of publicity; the kinds of the ecology field are the ministry's to lay down and were not seen.
"""

from __future__ import annotations

import calendar
from datetime import date
from typing import Any

from zhihuan.lines.enforcement.rules.thresholds import parameter_of

__all__ = ["repairable_from"]


def repairable_from(severity: str, decided_on: date, on: date) -> date:
    """The first day on which it may be repaired. severity: minor, general, serious. on: the day whose rule is asked.
    OutsideEditionsError before there was one."""
    table: Any = parameter_of("credit").on(on).table
    return _months_after(decided_on, int(table[severity][0]))


def _months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
