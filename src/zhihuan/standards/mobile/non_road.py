"""Smoke of non-road diesel machinery in use (GB 36886-2018), by category and power.

    >>> from datetime import date
    >>> found = judge_machines(["II", "III"], [75.0, 75.0], absorption=[0.6, 0.6],
    ...                        on=date(2026, 3, 1))
    >>> found.verdict.tolist(), found.absorption_limit.tolist()
    ([0, 1], [0.8, 0.5])

Category I: engines of GB 20891-2007 or earlier; II: of GB 20891-2014 stage three or later; III:
machines in a low-emission zone. All numbers are unconfirmed. It refuses an unknown category, and
leaves what the table does not reach (category I above 560 kW) unjudged.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import Days, When, as_days, spans_in_force
from zhihuan.standards.decimal_floats import decimal_floats
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.emission.verdict import VERDICT_TEXT, Verdict, Verdicts
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.inputs import refuse_bad
from zhihuan.standards.parameters import parameter

__all__ = ["MachineJudgement", "judge_machines"]

Floats = NDArray[np.float64]
Index = int | tuple[int, ...]
_LIMITS = "mobile/gb36886"
_CATEGORIES = {"I": "I", "II": "II", "III": "III", "Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III"}


@dataclass(frozen=True, slots=True)
class MachineJudgement:
    """Arrays (machines,). verdict: EXCEEDS when the absorption coefficient or the Ringelmann grade
    is above its limit; UNJUDGED without absorption coefficient or limit; else WITHIN."""

    verdict: Verdicts
    category: NDArray[np.str_]
    power_kw: Floats
    absorption: Floats
    ringelmann: Floats
    absorption_limit: Floats
    ringelmann_limit: Floats
    days: Days
    edition: str | None

    def derivation(self, index: Index = 0) -> Derivation:
        """Why the machine at ``index`` came out as it did."""
        rule = parameter(_LIMITS)
        day = self.days[index].astype(object)
        edition = rule.on(day) if self.edition is None else rule.named(self.edition)
        pairs = (
            ("光吸收系数", "1/m", self.absorption, self.absorption_limit),
            ("林格曼黑度", "级", self.ringelmann, self.ringelmann_limit),
        )
        return Derivation(
            title=f"非道路柴油移动机械排气烟度（{self.days[index]}）",
            conclusion=VERDICT_TEXT[Verdict(int(self.verdict[index]))],
            basis=(Basis.of(edition, decides="烟度限值", forced=self.edition is not None),),
            facts=(
                Fact("类别", f"{self.category[index]} 类"),
                Fact("额定净功率", f"{float(self.power_kw[index]):g}", "kW"),
                *(Fact(name, _text(float(value[index])), unit) for name, unit, value, _ in pairs),
            ),
            steps=tuple(
                _step(name, float(value[index]), float(limit[index]))
                for name, _, value, limit in pairs
            ),
        )


def judge_machines(  # noqa: PLR0913 - what a smoke test of a machine holds
    category: ArrayLike,
    power_kw: ArrayLike,
    *,
    absorption: ArrayLike,
    ringelmann: ArrayLike = np.nan,
    on: When,
    edition: str | None = None,
) -> MachineJudgement:
    """Whether machines in use keep the smoke limits of their category and power.

    category: I, II or III; power_kw [kW]: rated net; absorption [1/m]; ringelmann [grade]: NaN
    where not read, it may be missing; on: the day of each test. All broadcast to (machines,).
    Strictly above exceeds. Raises InputRefusedError, OutsideEditionsError (before 2018-12-01).
    Source: GB 36886-2018, table 1, in force 2018-12-01; numbers unconfirmed, the relief above
    1700 m not applied.
    """
    names = _categories(category)
    numbers = [np.atleast_1d(decimal_floats(one)) for one in (power_kw, absorption, ringelmann)]
    codes = ("power_kw", "absorption", "ringelmann")
    refuse_bad((f"mobile/{code}", one) for code, one in zip(codes, numbers, strict=True))
    names, power, smoke, grade, days = np.broadcast_arrays(names, *numbers, as_days(on))
    limits = _limits(names, power, days, edition)
    exceeds = (smoke > limits[0]) | (grade > limits[1])
    unjudged = ~exceeds & (np.isnan(smoke) | np.isnan(limits[0]))
    verdict = np.select(
        [exceeds, unjudged], [Verdict.EXCEEDS, Verdict.UNJUDGED], default=Verdict.WITHIN
    )
    return MachineJudgement(
        verdict=verdict.astype(np.int8), category=names, power_kw=power, absorption=smoke,
        ringelmann=grade, absorption_limit=limits[0], ringelmann_limit=limits[1],
        days=days, edition=edition,
    )  # fmt: skip


def _categories(category: ArrayLike) -> NDArray[np.str_]:
    given = np.atleast_1d(np.asarray(category, dtype=np.str_))
    problems = [
        InputProblem(row, "类别", name, "不是 I、II、III 类", "请按 GB 36886-2018 填写类别")
        for row, name in enumerate(given.reshape(-1).tolist())
        if name not in _CATEGORIES
    ]
    if problems:
        raise InputRefusedError(problems)
    plain = [_CATEGORIES[name] for name in given.reshape(-1).tolist()]
    return np.array(plain, dtype=np.str_).reshape(given.shape)


def _limits(
    names: NDArray[np.str_], power: Floats, days: Days, edition: str | None
) -> tuple[Floats, Floats]:
    absorption, ringelmann = np.full((2, *power.shape), np.nan)
    for span in spans_in_force(parameter(_LIMITS), days, edition=edition):
        for row in span.edition.rows:
            below = float(row["power_below_kw"] or "inf")
            here = span.where & (names == row["category"])
            here &= (power >= float(row["power_from_kw"])) & (power < below)
            absorption[here], ringelmann[here] = (
                float(row["absorption_1_m"]), float(row["ringelmann"])
            )  # fmt: skip
    return absorption, ringelmann


def _step(name: str, value: float, limit: float) -> Step:
    if np.isnan(limit):
        return Step(name, "表中没有适用于该类别与功率的限值", "无法判定")
    exceeds = value > limit
    result = "缺测" if np.isnan(value) else "超标" if exceeds else "达标"
    return Step(name, f"{_text(value)} 与 {limit:g} 比较", result,
                rounding="全数值比较，不修约（GB/T 8170-2008）", deciding=exceeds)  # fmt: skip


def _text(value: float) -> str:
    return "缺测" if np.isnan(value) else f"{value:.10g}"
