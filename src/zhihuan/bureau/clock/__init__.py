"""The legal clock: when something the law sets a time for is due, and why.

    limit = time_limit("E01", on=filed_day)
    due = reckon(limit, History(started), work_calendar())
    due.last_day, due.at, due.provisional, due.stages

Pure: values in, values out. What a matter stores of it is the business of ``bureau/matters``.
"""

from zhihuan.bureau.clock.catalogue import time_limit, time_limits
from zhihuan.bureau.clock.errors import ClockError, ExtensionRefusedError, SuspensionRefusedError
from zhihuan.bureau.clock.history import Extension, History, Suspension
from zhihuan.bureau.clock.length import Length, Unit
from zhihuan.bureau.clock.limit import Basis, Extendable, Limit, Yearly
from zhihuan.bureau.clock.reckoning import Due, Stage, in_time, reckon, reckon_back
from zhihuan.bureau.clock.standing import Light, Standing, standing, warning_days
from zhihuan.bureau.clock.work_calendar import WorkCalendar, published_calendar

__all__ = [
    "Basis",
    "ClockError",
    "Due",
    "Extendable",
    "Extension",
    "ExtensionRefusedError",
    "History",
    "Length",
    "Light",
    "Limit",
    "Stage",
    "Standing",
    "Suspension",
    "SuspensionRefusedError",
    "Unit",
    "WorkCalendar",
    "Yearly",
    "in_time",
    "published_calendar",
    "reckon",
    "reckon_back",
    "standing",
    "time_limit",
    "time_limits",
    "warning_days",
]
