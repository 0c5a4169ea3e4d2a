"""Hourly values of many outlets against the hourly limits of their days.

    found = judged_hours(window, series)     # found.measured.verdict: (series, hours)

Flue gas is judged by the hour; waste water's hours only warn. A series is held against its limits twice
only where its discharger marked something.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.emission import LimitJudgement, judge_against
from zhihuan.standards.emission.states import States
from zhihuan.supervision.exceedance.governing import Governed, governed
from zhihuan.supervision.exceedance.judged import Draft, Judged
from zhihuan.supervision.exceedance.series import Monitored, Window
from zhihuan.supervision.exceedance.standing import states_with_marks

__all__ = ["judged_hours"]

_HOUR = 3600


def judged_hours(window: Window, series: Sequence[Monitored]) -> Judged:
    """series: one a row of the window. Hours not ended by ``window.until``, and days on which no limit is
    in force, are not judged. Raises OutsideEditionsError before the validity rules (2017-05-01).

    Source: the limits' own standards; marked and invalid hours: ``standards.emission.states``.
    """
    start_stop = [one.start_stop for one in series]
    rules = governed([one.limits_of_hours for one in series], window.days, start_stop=start_stop)
    ended = window.ended(_HOUR)
    measured = _judged(window, window.state, rules, ended)
    marked = states_with_marks(window, series)
    standing = measured if marked is None else _judged(window, marked, rules, ended)
    return Judged(
        window=window, series=tuple(series), step_seconds=_HOUR, measured=measured,
        standing=standing, judged=np.repeat(rules.which >= 0, 24, axis=-1) & ended,
        warns=np.array([one.only_warns_by_hour for one in series], dtype=bool),
    )  # fmt: skip


def _judged(
    window: Window, state: States, rules: Governed, ended: NDArray[np.bool_]
) -> LimitJudgement:
    draft = Draft(rules, (len(rules.which), window.hours))
    days = np.repeat(window.days, 24)
    for group in rules.groups:
        where = np.repeat(group.days, 24) & ended
        if not where.any():
            continue
        rows = group.rows
        found = judge_against(
            window.value[rows][:, where], days[where], group.limits, group.period,
            states=state[rows][:, where],
        )  # fmt: skip
        draft.take(rows, where, found)
    return draft.finished(window.days, 24)
