"""Whether levels keep their limits: one frozen result for all noise standards.

    judged = functional_zone(56.2, "1", "day", on=date(2026, 3, 1))
    judged.verdict, judged.excess       # 0 (over), 1.2
    print(judged.derivation().text())

A level is judged against the limit of its zone and period; a peak (Lmax) against that limit and
the allowance of its kind of event. A missing level cannot be judged (−1), a missing peak is no
event. It refuses to choose a zone and to round a level.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.dated import Days, spans_in_force
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.parameters import parameter

__all__ = ["CANNOT_BE_JUDGED", "OVER", "WITHIN", "LevelJudgement", "verdicts"]

Floats = NDArray[np.float64]
WITHIN, OVER, CANNOT_BE_JUDGED = 1, 0, -1
_VERDICT_TEXT = {WITHIN: "达标", OVER: "超标", CANNOT_BE_JUDGED: "无法评价（缺少有效声级）"}


@dataclass(frozen=True, slots=True)
class LevelJudgement:
    """Levels judged, arrays of one shape.

    verdict: int8, 1 within, 0 over, −1 cannot be judged. level, limit, excess = level − limit
    [dB(A)]; peak, peak_limit [dB(A)], NaN where none was given or none is set.
    """

    title: str
    level: Floats
    limit: Floats
    excess: Floats
    peak: Floats
    peak_limit: Floats
    verdict: NDArray[np.int8]
    zone: NDArray[np.str_]
    night: NDArray[np.bool_]
    days: Days
    bases: tuple[tuple[str, NDArray[np.str_]], ...]
    edition: str | None = None

    def derivation(self, index: int | tuple[int, ...] = ()) -> Derivation:
        """Why the element at ``index`` came out as it did. () for a scalar judgement."""
        verdict = int(self.verdict[index])
        period = "夜间" if self.night[index] else "昼间"
        zone = str(self.zone[index])
        place = "建筑施工场界" if zone == "site" else f"{zone} 类区"
        conclusion = f"{place}{period} {_text(self.level[index])} dB(A)，{_VERDICT_TEXT[verdict]}"
        return Derivation(
            title=self.title,
            conclusion=conclusion,
            basis=tuple(self._basis(index)),
            facts=tuple(self._facts(index, period)),
            steps=tuple(self._steps(index)),
        )

    def _basis(self, index: int | tuple[int, ...]) -> list[Basis]:
        found = []
        for decides, names in self.bases:
            name = str(names[index])
            if name:
                (span,) = spans_in_force(parameter(name), self.days[index], edition=self.edition)
                forced = self.edition is not None
                found.append(Basis.of(span.edition, decides=decides, forced=forced))
        return found

    def _facts(self, index: int | tuple[int, ...], period: str) -> list[Fact]:
        facts = [
            Fact("等效声级", _text(self.level[index]), "dB(A)"),
            Fact("时段", period, remark=str(self.days[index])),
        ]
        if not np.isnan(self.peak[index]):
            facts.append(Fact("最大声级", _text(self.peak[index]), "dB(A)"))
        return facts

    def _steps(self, index: int | tuple[int, ...]) -> list[Step]:
        level, limit = self.level[index], self.limit[index]
        over = bool(level > limit)
        steps = [
            Step(
                "等效声级与限值",
                f"{_text(level)} − {_text(limit)} = {_text(self.excess[index])} dB(A)",
                _compared(level, limit),
                deciding=over,
            )
        ]
        peak, peak_limit = self.peak[index], self.peak_limit[index]
        if not np.isnan(peak):
            steps.append(_peak_step(peak, peak_limit, limit))
        return steps


def verdicts(level: Floats, limit: Floats, peak: Floats, peak_limit: Floats) -> NDArray[np.int8]:
    """1 within, 0 over, −1 cannot be judged: over if either is over, else the level must be there.

    A peak over its limit decides even where the level is missing.
    """
    with np.errstate(invalid="ignore"):
        over = (level > limit) | (peak > peak_limit)
    missing = np.isnan(level) | np.isnan(limit)
    return np.where(over, OVER, np.where(missing, CANNOT_BE_JUDGED, WITHIN)).astype(np.int8)


def _peak_step(peak: float, peak_limit: float, limit: float) -> Step:
    if np.isnan(peak_limit):
        return Step("最大声级", f"{_text(peak)} dB(A)，本时段未规定最大声级限值", "不参与评价")
    allowance = f"{_text(limit)} + {_text(peak_limit - limit)} = {_text(peak_limit)} dB(A)"
    return Step(
        "最大声级与允许值",
        f"{_text(peak)} dB(A) 对 {allowance}",
        _compared(peak, peak_limit),
        deciding=bool(peak > peak_limit),
    )


def _compared(value: float, limit: float) -> str:
    if np.isnan(value) or np.isnan(limit):
        return "无法评价"
    return "超过" if value > limit else "未超过"


def _text(value: float) -> str:
    return "缺测" if np.isnan(value) else f"{float(value):.10g}"
