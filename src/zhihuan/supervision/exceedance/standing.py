"""The states of a window's hours once the discharger's marks are laid over them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from zhihuan.standards.data_validity import Subject, rules_for_days
from zhihuan.standards.emission.states import States
from zhihuan.supervision.exceedance.marks import Mark, in_effect, marked_states
from zhihuan.supervision.exceedance.series import Monitored, Window

__all__ = ["marks_on", "states_with_marks"]


def states_with_marks(window: Window, series: Sequence[Monitored]) -> States | None:
    """(series, hours); None where no mark counts."""
    found = None
    needed: dict[Subject, list[float]] = {}
    for row, one in enumerate(series):
        marks = marks_on(one)
        if not marks:
            continue
        found = window.state.copy() if found is None else found
        minutes = needed.setdefault(one.subject, _needed_minutes(window, one.subject))
        found[row] = marked_states(window.state[row], window.start, minutes, marks)
    return found


def marks_on(one: Monitored) -> tuple[Mark, ...]:
    """The marks in effect that are about this factor."""
    return tuple(mark for mark in in_effect(one.marks) if mark.factor in ("", one.factor))


def _needed_minutes(window: Window, subject: Subject) -> list[float]:
    rules = rules_for_days(subject, window.days)
    known = [rules.rules[which].minutes_per_hour if which >= 0 else 0.0 for which in rules.which]
    return np.repeat(np.array(known), 24).tolist()
