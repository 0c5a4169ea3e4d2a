"""How many of a city's functional-zone measurements keep their limits, day and night apart.

    >>> float(attainment_rate(151, 156, on=np.datetime64("2021-12-31")))
    96.8

What is counted is a matter of edition: point-periods of quarterly 24 h measurements (HJ 640), or
station-days of automatic stations (the 2024 rule); the caller gives the matrix of points by
occasions either way. A measurement without a valid level is not counted. It refuses to add day and
night, and to give a rate of nothing: then it is NaN.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import Days, When, as_days, numbers_on, spans_in_force
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.noise.judgement import CANNOT_BE_JUDGED, WITHIN
from zhihuan.standards.noise.sources import functional_zone
from zhihuan.standards.parameters import parameter
from zhihuan.standards.rounding import round_half_even_array

__all__ = ["Attainment", "attainment_rate", "zone_attainment"]

Counts = NDArray[np.int64]
_RULE, _DECIMALS = "noise/zone_attainment_rule", "noise/attainment_decimals"
_UNIT_TEXT = {"point_periods": "点次", "station_days": "站日"}


@dataclass(frozen=True, slots=True)
class Attainment:
    """Counts and rates, (classes + 1, 2): one row a class, the last of all; column 0 day, 1 night.

    passing, valid, missing: measurements; rate [%]: rounded as reported, NaN where none is valid.
    """

    classes: tuple[str, ...]
    passing: Counts
    valid: Counts
    missing: Counts
    rate: NDArray[np.float64]
    days: Days
    edition: str | None = None

    def derivation(self, index: tuple[int, int]) -> Derivation:
        """Why the rate at (class row, 0 day / 1 night) is what it is."""
        rules = spans_in_force(parameter(_RULE), self.days, edition=self.edition)
        limits = spans_in_force(parameter("noise/functional_zone_limits"), self.days)
        unit = "、".join(dict.fromkeys(_UNIT_TEXT[span.edition.text] for span in rules))
        name = [*(f"{code} 类区" for code in self.classes), "各类功能区合计"][index[0]]
        period = ("昼间", "夜间")[index[1]]
        passing, valid, rate = self.passing[index], self.valid[index], self.rate[index]
        reported = "无有效数据" if valid == 0 else f"{rate:g}%"
        return Derivation(
            title="功能区声环境达标率",
            conclusion=f"{name}{period}达标率 {reported}",
            basis=(
                *(Basis.of(span.edition, decides="达标率的计数单位") for span in rules),
                *(Basis.of(span.edition, decides="功能区限值") for span in limits),
            ),
            facts=(
                Fact(f"有效{unit}", str(valid)),
                Fact(f"无效{unit}", str(self.missing[index]), remark="不计入"),
            ),
            steps=(
                Step(
                    "达标率", f"{passing} ÷ {valid} × 100%", reported, rounding="按 GB/T 8170 修约"
                ),
            ),
            cautions=("所选时段跨越两种计数规则，比率不宜直接比较",) if len(rules) > 1 else (),
        )


def attainment_rate(passing: ArrayLike, total: ArrayLike, *, on: When) -> NDArray[np.float64]:
    """The rate [%] of passing of all measurements, rounded as reported; NaN where there is none.

    passing, total: counts that broadcast with ``on``. Raises InputRefusedError where more pass than
    there are. Source: HJ 640-2012 (from 2013-03-01, unconfirmed). Rounded to one decimal by
    GB/T 8170.
    """
    passed, all_of, days = np.broadcast_arrays(
        np.asarray(passing, dtype=np.float64), np.asarray(total, dtype=np.float64), as_days(on)
    )
    _refuse_impossible(passed, all_of)
    with np.errstate(invalid="ignore", divide="ignore"):
        exact = np.asarray(np.where(all_of > 0, 100.0 * passed / all_of, np.nan))
    decimals = numbers_on(parameter(_DECIMALS), days)
    for places in np.unique(decimals).tolist():
        here = decimals == places
        exact[here] = round_half_even_array(exact[here], int(places))
    return exact


def zone_attainment(
    ld: ArrayLike, ln: ArrayLike, zone: ArrayLike, *, on: When, edition: str | None = None
) -> Attainment:
    """Attainment by zone class and in all, day and night apart.

    ld, ln [dB(A)]: (points, occasions), NaN invalid, not counted; zone: (points,) class codes;
    on: the day of each occasion (occasions,) or one for all. edition: forces the counting rule.
    Raises InputRefusedError, OutsideEditionsError.

    Source: HJ 640-2012 (from 2013-03-01) and 环办监测〔2024〕33号 (from 2025-01-01), both
    unconfirmed; limits of GB 3096-2008. Only the rate is rounded, to one decimal.
    """
    day, night = np.atleast_2d(ld), np.atleast_2d(ln)
    zones = np.atleast_1d(np.asarray(zone, dtype=np.str_))
    days = np.broadcast_to(as_days(on), day.shape[1:])
    halves = [
        functional_zone(levels, zones[:, None], period, on=days).verdict
        for levels, period in ((day, "day"), (night, "night"))
    ]
    verdict = np.stack(halves)  # (2, points, occasions)
    classes = tuple(np.unique(zones).tolist())
    members = [*(zones == code for code in classes), np.ones(zones.shape, dtype=bool)]
    passing = _counted(verdict == WITHIN, members)
    missing = _counted(verdict == CANNOT_BE_JUDGED, members)
    valid = _counted(np.ones(verdict.shape, dtype=bool), members) - missing
    last = days[-1] if days.size else as_days(on)
    rate = attainment_rate(passing, valid, on=last)
    return Attainment(classes, passing, valid, missing, rate, days, edition)


def _counted(marks: NDArray[np.bool_], members: list[NDArray[np.bool_]]) -> Counts:
    """(classes + 1, 2) counts of marks (2, points, occasions) by members (points,)."""
    return np.array([marks[:, member].sum(axis=(1, 2)) for member in members], dtype=np.int64)


def _refuse_impossible(passed: NDArray[np.float64], total: NDArray[np.float64]) -> None:
    bad = np.argwhere(np.atleast_1d((passed < 0) | (passed > total)))[:100]
    if len(bad):
        many, few = np.atleast_1d(passed), np.atleast_1d(total)
        raise InputRefusedError(
            [
                InputProblem(
                    int(place[0]),
                    "达标数",
                    f"{many[tuple(place)]:g}/{few[tuple(place)]:g}",
                    "达标数为负或多于监测总数",
                    "请核对达标数与总数",
                )
                for place in bad
            ]
        )
