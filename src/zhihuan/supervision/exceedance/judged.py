"""Judged periods of many series: as measured, and as they stand after the discharger's marks."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.dated import Days
from zhihuan.standards.derivation import Derivation
from zhihuan.standards.emission import LimitJudgement, Verdict
from zhihuan.standards.emission.states import States
from zhihuan.supervision.exceedance.circumstances import with_circumstances
from zhihuan.supervision.exceedance.governing import Governed
from zhihuan.supervision.exceedance.series import Monitored, Window

__all__ = ["Draft", "Judged"]

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Judged:
    """measured: (series, periods), by device marks and validity. standing: the same after the discharger's
    marks. step_seconds: length of a period; the first begins at ``window.start``. judged: which were, for
    a limit was in force and the period has ended. warns: series whose excess warns only (series,)."""

    window: Window
    series: tuple[Monitored, ...]
    step_seconds: int
    measured: LimitJudgement
    standing: LimitJudgement
    judged: Bools
    warns: Bools

    def derivation(self, series: int, period: int) -> Derivation:
        """Why the period came out as it did as measured, with the marks that touch it."""
        one = replace(self.measured, alarm_only=bool(self.warns[series]))
        inner = one.derivation((series, period))
        return with_circumstances(
            inner, self.window, self.series[series], series, self.span(period)
        )

    def span(self, period: int) -> tuple[int, int]:
        """From and until [epoch s]."""
        start = self.window.start + self.step_seconds * period
        return start, start + self.step_seconds


class Draft:
    """The arrays of a judgement while groups are judged one after another; unjudged at first."""

    def __init__(self, limits: Governed, shape: tuple[int, int]) -> None:
        self.limits = limits
        self.given = np.full(shape, np.nan)
        self.value = np.full(shape, np.nan)
        self.excess = np.full(shape, np.nan)
        self.multiple = np.full(shape, np.nan)
        self.verdict = np.full(shape, Verdict.UNJUDGED, dtype=np.int8)
        self.state = np.zeros(shape, dtype=np.int8)

    def take(self, rows: NDArray[np.intp], where: Bools, found: LimitJudgement) -> None:
        """Put a group's judgement (rows, where) in its place."""
        at = (rows[:, None], np.flatnonzero(where)[None, :])
        for name in ("given", "value", "excess", "multiple", "verdict", "state"):
            getattr(self, name)[at] = getattr(found, name)

    def finished(self, days: Days, repeat: int, state: States | None = None) -> LimitJudgement:
        """All of it as one judgement; each day of the limits stands for ``repeat`` periods."""
        which = np.repeat(np.maximum(self.limits.which, 0), repeat, axis=-1)
        return LimitJudgement(
            given=self.given, value=self.value, verdict=self.verdict, excess=self.excess,
            multiple=self.multiple, state=self.state if state is None else state, which=which,
            days=np.broadcast_to(np.repeat(days, repeat), which.shape), limits=self.limits.limits,
        )  # fmt: skip
