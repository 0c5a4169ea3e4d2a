"""A source's own level out of a measured one and the background without the source.

    >>> from datetime import date
    >>> result = emission_level([60.0, 56.0, 71.2], [50.4, 53.6, 55.0], on=date(2026, 3, 1))
    >>> result.level
    array([59., nan, 71.])

The difference of both levels, rounded to an integer, looks up a correction; below the first step
the background must be lowered and measured again, so nothing is computed: it refuses to correct by
energy, which the standards do not do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import Days, When, as_days, numbers_on, spans_in_force
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.inputs import refuse_bad
from zhihuan.standards.parameters import parameter
from zhihuan.standards.rounding import round_half_even_array

__all__ = ["EmissionLevel", "emission_level"]

Floats = NDArray[np.float64]
_TABLE, _DECIMALS = "noise/background_correction", "noise/emission_level_decimals"
_FINEST_DECIMALS = 9  # far finer than any meter, far coarser than a float
_MARGIN = "noise/background_unresolved_margin"


@dataclass(frozen=True, slots=True)
class EmissionLevel:
    """Corrected levels, arrays of one shape.

    level [dB(A)]: rounded, NaN where the background is too loud or a datum is missing.
    difference [dB]: rounded to an integer. correction [dB]: 0, −1, −2, −3, NaN where too loud.
    too_loud: the background must be lowered first. surely_within: too loud, yet the measured
    level passes the given limit by so little that the source alone keeps it.
    """

    measured: Floats
    background: Floats
    difference: Floats
    correction: Floats
    level: Floats
    too_loud: NDArray[np.bool_]
    surely_within: NDArray[np.bool_]
    limit: Floats
    days: Days

    def derivation(self, index: int | tuple[int, ...] = ()) -> Derivation:
        """Why the element at ``index`` came out as it did."""
        days, level = self.days[index], self.level[index]
        (table,) = spans_in_force(parameter(_TABLE), days)
        basis = [Basis.of(table.edition, decides="背景噪声修正值")]
        steps = [
            Step(
                "测量值与背景值之差",
                f"{self.measured[index]:g} − {self.background[index]:g}",
                f"{self.difference[index]:g} dB",
                rounding="按 GB/T 8170 修约到个位",
            )
        ]
        if np.isnan(level):
            conclusion, more = self._unresolved(index)
            basis += more
        else:
            (digits,) = spans_in_force(parameter(_DECIMALS), days)
            basis.append(Basis.of(digits.edition, decides="排放值的修约"))
            exact = f"{self.measured[index]:g} + ({self.correction[index]:g})"
            steps.append(
                Step(
                    "修正",
                    exact,
                    f"{level:g} dB(A)",
                    rounding=f"按 GB/T 8170 修约到 {digits.edition.number:g} 位小数",
                )
            )
            conclusion = f"噪声排放值 {level:g} dB(A)"
        facts = (
            Fact("噪声测量值", f"{self.measured[index]:g}", "dB(A)"),
            Fact("背景噪声值", f"{self.background[index]:g}", "dB(A)"),
        )
        return Derivation("噪声测量值修正", conclusion, tuple(basis), facts, tuple(steps))

    def _unresolved(self, index: int | tuple[int, ...]) -> tuple[str, list[Basis]]:
        if not self.too_loud[index]:
            return "缺少测量值或背景值，无法修正", []
        if not self.surely_within[index]:
            return "背景噪声过高，应采取措施降低背景噪声后重新测量；现有数据无法评价", []
        (margin,) = spans_in_force(parameter(_MARGIN), self.days[index])
        text = f"背景噪声过高，但排放值低于限值 {self.limit[index]:g} dB(A)，可判达标"
        return text, [Basis.of(margin.edition, decides="背景差值不足时的评价")]


def emission_level(
    measured: ArrayLike, background: ArrayLike, *, on: When, limit: ArrayLike = np.nan
) -> EmissionLevel:
    """The level of the source alone, corrected for background.

    measured, background [dB(A)]; limit [dB(A)]: of the source, only for the case of a background
    too loud; all broadcast with ``on``. NaN in gives NaN out.
    Raises InputRefusedError, OutsideEditionsError.

    Source: GB 12348-2008 and GB 22337-2008, table 4 (from 2008-10-01); HJ 706-2014 (from
    2015-01-01, unconfirmed in part) for rounding and for differences below 3 dB. Rounded: the
    difference to an integer before the table, the result to an integer, both by GB/T 8170. Before
    HJ 706 the result keeps one decimal and no source counts as surely within.
    """
    loud, quiet, bound, days = np.broadcast_arrays(
        np.asarray(measured, dtype=np.float64),
        np.asarray(background, dtype=np.float64),
        np.asarray(limit, dtype=np.float64),
        as_days(on),
    )
    refuse_bad([("noise/level", loud), ("noise/level", quiet), ("noise/level", bound)])
    difference = round_half_even_array(_apart(loud, quiet), 0)
    correction, too_loud = _correction(difference, days)
    decimals = numbers_on(parameter(_DECIMALS), days)
    margin = numbers_on(parameter(_MARGIN), days)
    over = round_half_even_array(_apart(loud, bound), 0)
    return EmissionLevel(
        measured=loud,
        background=quiet,
        difference=difference,
        correction=correction,
        level=_rounded(loud + correction, decimals),
        too_loud=too_loud,
        surely_within=too_loud & (over <= margin),
        limit=bound,
        days=days,
    )


def _apart(levels: Floats, others: Floats) -> Floats:
    """The difference of two decimals as a decimal: 62.4 − 58.9 is 3.5, a tie, not a hair above."""
    return np.round(levels - others, _FINEST_DECIMALS)


def _correction(difference: Floats, days: Days) -> tuple[Floats, NDArray[np.bool_]]:
    correction = np.full(difference.shape, np.nan)
    too_loud = np.zeros(difference.shape, dtype=bool)
    for span in spans_in_force(parameter(_TABLE), days):
        steps = [
            (float(r["from"]), float(r["to"]), float(r["correction"])) for r in span.edition.rows
        ]
        for low, high, step in steps:
            correction[span.where & (difference >= low) & (difference <= high)] = step
        correction[span.where & (difference > steps[-1][1])] = 0.0
        too_loud |= span.where & (difference < steps[0][0])
    return correction, too_loud


def _rounded(levels: Floats, decimals: Floats) -> Floats:
    rounded = np.array(levels)
    for places in np.unique(decimals).tolist():
        here = decimals == places
        rounded[here] = round_half_even_array(levels[here], int(places))
    return rounded
