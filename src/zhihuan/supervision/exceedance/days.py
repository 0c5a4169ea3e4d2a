"""Daily means of many outlets against the daily limits of their days.

    found = judged_days(window, series)      # found.measured.verdict: (series, days)

How many hours a day needs and how a factor is averaged are the dated rules of ``data_validity``. A day
is judged once it is over.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.derivation import Derivation
from zhihuan.standards.emission import DayJudgement, HourState, LimitJudgement, judge_days
from zhihuan.standards.emission.states import States
from zhihuan.standards.errors import InputRefusedError
from zhihuan.supervision.exceedance.circumstances import with_circumstances
from zhihuan.supervision.exceedance.governing import Governed, Group, governed
from zhihuan.supervision.exceedance.judged import Draft, Judged
from zhihuan.supervision.exceedance.series import Monitored, Window
from zhihuan.supervision.exceedance.standing import states_with_marks

__all__ = ["JudgedDays", "judged_days"]

_DAY = 86_400
Bools = NDArray[np.bool_]


class JudgedDays(Judged):
    """Judged days; their derivations begin with the hours that made the mean."""

    __slots__ = ()

    def derivation(self, series: int, period: int) -> Derivation:
        """Why the day came out as it did as measured."""
        one = self.series[series]
        limit = self.measured.limit_at((series, period))
        whole = replace(limit, in_force_until=None)
        group = Group(np.array([series]), (whole,), np.ones(1, dtype=bool))
        days = np.arange(len(self.window.days)) == period
        inner = _of_group(self.window, self.window.state, group, days, [one]).derivation((0, 0))
        named = replace(inner, basis=(limit.basis(), *inner.basis[1:]))
        return with_circumstances(named, self.window, one, series, self.span(period))


def judged_days(window: Window, series: Sequence[Monitored]) -> JudgedDays:
    """series: one a row of the window. Days not over by ``window.until``, days without a limit, and
    factors that have no daily mean (by the rules of ``data_validity``) are not judged.

    Raises OutsideEditionsError before 2017-05-01. Source: as ``standards.emission.judge_days``.
    """
    alike: list[Hashable] = [(one.subject, one.factor, one.flow is None) for one in series]
    start_stop = [one.start_stop for one in series]
    rules = governed([one.day_limits for one in series], window.days, alike, start_stop)
    ended = window.ended(_DAY)
    measured = _judged(window, window.state, rules, ended, series)
    marked = states_with_marks(window, series)
    standing = measured if marked is None else _judged(window, marked, rules, ended, series)
    return JudgedDays(
        window=window, series=tuple(series), step_seconds=_DAY, measured=measured,
        standing=standing, judged=(rules.which >= 0) & ended,
        warns=np.zeros(len(series), dtype=bool),
    )  # fmt: skip


def _judged(
    window: Window, state: States, rules: Governed, ended: Bools, series: Sequence[Monitored]
) -> LimitJudgement:
    draft = Draft(rules, (len(series), len(window.days)))
    for group in rules.groups:
        where = group.days & ended
        if not where.any():
            continue
        try:
            members = [series[row] for row in group.rows]
            found = _of_group(window, state, group, where, members)
        except InputRefusedError:
            continue  # such a factor has no daily mean
        draft.take(group.rows, where, found.judged)
    return draft.finished(window.days, 1)


def _of_group(
    window: Window, state: States, group: Group, where: Bools, members: Sequence[Monitored]
) -> DayJudgement:
    """The group's judgement over the days ``where``; members: its series, alike in subject and factor."""

    def of_days(array: NDArray[np.generic], rows: NDArray[np.intp]) -> NDArray[np.generic]:
        return array[rows].reshape(len(rows), -1, 24)[:, where]

    flow = None
    if weights := [one.flow for one in members if one.flow is not None]:
        known = np.where(window.state == HourState.INVALID, np.nan, window.value)
        flow = of_days(known, np.array(weights))
    return judge_days(
        of_days(window.value, group.rows), window.days[where], group.limits,
        subject=members[0].subject, factor=members[0].factor, flow=flow,
        states=of_days(state, group.rows),
    )  # fmt: skip
