"""Exceedance by law: outlets' hours and days against their limits, as episodes with their reasons.

    window = window_of(rows, hours=48, start=midnight, until=now)
    found = episodes_of(judged_hours(window, series))
    found.derivation(0).text()

The judgement itself is ``standards.emission``; here many outlets are judged at once, each by the limits
of its own days, twice: as measured (device marks and validity), and as it stands after what the
discharger marked. It refuses to find a violation: an episode is a lead for people.
"""

from zhihuan.supervision.exceedance.days import judged_days
from zhihuan.supervision.exceedance.episodes import EpisodeTable, episodes_of
from zhihuan.supervision.exceedance.gravity import Gravity, gravity_of
from zhihuan.supervision.exceedance.hours import judged_hours
from zhihuan.supervision.exceedance.judged import Judged
from zhihuan.supervision.exceedance.marks import (
    Mark,
    MarkKind,
    deadline_of,
    in_effect,
    is_late,
    mark_kinds,
)
from zhihuan.supervision.exceedance.series import Monitored, Rows, Window, window_of

__all__ = [
    "EpisodeTable",
    "Gravity",
    "Judged",
    "Mark",
    "MarkKind",
    "Monitored",
    "Rows",
    "Window",
    "deadline_of",
    "episodes_of",
    "gravity_of",
    "in_effect",
    "is_late",
    "judged_days",
    "judged_hours",
    "mark_kinds",
    "window_of",
]
