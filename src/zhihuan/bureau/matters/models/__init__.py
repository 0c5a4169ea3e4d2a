"""Matters, their events, clocks and links, how many there are, years of the calendar that the city loaded itself, and by
what the clocks were reckoned."""

from zhihuan.bureau.matters.models.event import MatterEvent
from zhihuan.bureau.matters.models.link import MatterLink
from zhihuan.bureau.matters.models.matter import Matter
from zhihuan.bureau.matters.models.reckoning import Reckoning
from zhihuan.bureau.matters.models.running_clock import ClockMark, RunningClock
from zhihuan.bureau.matters.models.sum import MatterSum
from zhihuan.bureau.matters.models.year import LoadedYear

__all__ = [
    "ClockMark", "LoadedYear", "Matter", "MatterEvent", "MatterLink", "MatterSum", "Reckoning",
    "RunningClock",
]  # fmt: skip
