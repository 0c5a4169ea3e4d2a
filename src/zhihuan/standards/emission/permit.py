"""Whether the year's amount stays within what the permit allows.

    compare_with_permit(tonnage, Limit("氮氧化物", "t", Period.YEAR, "排污许可证 91…001V",
                                       "许可排放量", date(2026, 1, 1), upper=12.5))

Measured and substituted amounts are kept apart in the reasons. It refuses to call an amount within
the permit while hours are uncovered: then only an exceedance can be stated.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.derivation import Derivation, Fact, Step
from zhihuan.standards.emission.amounts import Tonnage
from zhihuan.standards.emission.limits import Limit, Period, which_limit
from zhihuan.standards.emission.verdict import VERDICT_TEXT, Verdict, Verdicts
from zhihuan.standards.errors import InputProblem, InputRefusedError

__all__ = ["PermitComparison", "compare_with_permit"]

Floats = NDArray[np.float64]
Index = int | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PermitComparison:
    """verdict: of each series (all axes of the tonnage but time). used: share of the permitted
    amount emitted so far, by the total; measured_alone_exceeds: without any substitution.
    left_t: what remains [t], negative beyond.
    """

    verdict: Verdicts
    used: Floats
    left_t: Floats
    measured_alone_exceeds: NDArray[np.bool_]
    tonnage: Tonnage
    permit: Limit

    def derivation(self, index: Index = ()) -> Derivation:
        """Why the series at ``index`` came out as it did."""
        inner = self.tonnage.derivation(index)
        verdict = Verdict(int(self.verdict[index]))
        total, allowed = float(self.tonnage.total_t[index]), self.permit.upper
        step = Step(
            "与许可排放量比较", f"{total:.10g}÷{allowed:.10g}",
            f"{100 * float(self.used[index]):.4g}%，{VERDICT_TEXT[verdict]}", deciding=True,
        )  # fmt: skip
        return Derivation(
            title=f"{self.permit.item}许可排放量比较",
            conclusion=_conclusion(verdict, float(self.left_t[index])),
            basis=(self.permit.basis(), *inner.basis),
            facts=(*inner.facts, Fact("许可排放量", f"{allowed:.10g}", "t")),
            steps=(*inner.steps, step),
            cautions=(*inner.cautions, *self._doubts(index, verdict)),
        )

    def _doubts(self, index: Index, verdict: Verdict) -> tuple[str, ...]:
        if verdict is Verdict.EXCEEDS and not self.measured_alone_exceeds[index]:
            return ("仅实测部分并未超过许可排放量，超过由替代部分引起。",)
        return ()


def compare_with_permit(tonnage: Tonnage, permit: Limit) -> PermitComparison:
    """Hold a year's (or the year so far's) amount against the permitted one.

    tonnage: of days within one calendar year. permit: ``Period.YEAR``, unit t, in force on the
    last day. EXCEEDS when measured and substituted together are above it; UNJUDGED when they are
    not but hours are uncovered; else WITHIN. Raises InputRefusedError, OutsideEditionsError.
    Source: the permit.
    """
    _refuse(tonnage, permit)
    which_limit([permit], np.asarray(tonnage.days.max()), Period.YEAR)
    total = tonnage.total_t
    within = np.where(tonnage.uncovered_hours > 0, Verdict.UNJUDGED, Verdict.WITHIN)
    verdict = np.where(total > permit.upper, Verdict.EXCEEDS, within)
    return PermitComparison(
        verdict=np.asarray(verdict, dtype=np.int8),
        used=np.asarray(total / permit.upper),
        left_t=np.asarray(permit.upper - total),
        measured_alone_exceeds=np.asarray(tonnage.measured_t > permit.upper),
        tonnage=tonnage,
        permit=permit,
    )


def _refuse(tonnage: Tonnage, permit: Limit) -> None:
    if permit.unit != "t":
        raise InputRefusedError([
            InputProblem(-1, "许可排放量", permit.unit, "单位不是 t", "请换算为吨")
        ])  # fmt: skip
    years = np.unique(tonnage.days.astype("datetime64[Y]"))
    if len(years) != 1:
        spans = "、".join(map(str, years)) or "没有数据"
        raise InputRefusedError([
            InputProblem(-1, "时间", spans, "须为同一自然年", "许可排放量按年核算，请分年比较")
        ])  # fmt: skip


def _conclusion(verdict: Verdict, left_t: float) -> str:
    if verdict is Verdict.EXCEEDS:
        return f"超过许可排放量 {-left_t:.10g} t"
    if verdict is Verdict.UNJUDGED:
        return f"已核算部分尚余 {left_t:.10g} t，但有小时无法核算，不能判定是否超过"
    return f"未超过许可排放量，尚余 {left_t:.10g} t"
