"""Eutrophication index of sea water: how far COD, nitrogen and phosphorus feed algae together.

    >>> from datetime import date
    >>> judged = eutrophication(cod=[2.0, 3.0], din=[0.2, 0.3], dip=[0.015, 0.03], on=date(2026, 8, 1))
    >>> judged.index.round(2), judged.names()
    (array([1.33, 6.  ]), array(['轻度富营养化', '中度富营养化'], dtype=object))

E = COD·DIN·DIP·10⁶/4500. It refuses values that look like another unit: E grows with the cube of
such a mistake.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.classes import named
from zhihuan.standards.dated import Span, When, as_days, spans_in_force
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.inputs import refuse_bad
from zhihuan.standards.parameters import Edition, parameter

__all__ = ["GRADE_NAMES", "Eutrophication", "eutrophication"]

GRADE_NAMES = ("未富营养化", "轻度富营养化", "中度富营养化", "重度富营养化")
_SCALE = 1e6  # (mg/L)³ written as in the formula
_INPUTS = (("cod", "化学需氧量", "mg/L"), ("din", "无机氮", "mg/L（以N计）"), ("dip", "活性磷酸盐", "mg/L（以P计）"))  # fmt: skip
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Eutrophication:
    """The index and its grade, in the samples' shape.

    index: E, NaN where an input is missing; grade: 0 none, 1 light, 2 moderate, 3 heavy, -1 cannot
    be judged. inputs: COD, DIN, DIP as given; formulas, grades: the editions that governed.
    """

    index: Floats
    grade: NDArray[np.int8]
    inputs: tuple[Floats, Floats, Floats]
    formulas: tuple[Span, ...]
    grades: tuple[Span, ...]
    forced: bool

    def names(self) -> NDArray[np.object_]:
        """The Chinese grade of each sample; 无法评价 where an input is missing."""
        return named((*GRADE_NAMES, "无法评价"), self.grade)

    def derivation(self, index: int | tuple[int, ...] = ()) -> Derivation:
        """Why one sample has its index and grade."""
        formula, grades = _at(self.formulas, index), _at(self.grades, index)
        values = [float(column[index]) for column in self.inputs]
        name = str(self.names()[index])
        facts = [
            Fact(label, "缺测" if np.isnan(value) else f"{value:.12g}", unit)
            for (_, label, unit), value in zip(_INPUTS, values, strict=True)
        ]
        product = "×".join(f"{value:.12g}" for value in values)
        how = f"{product}×10⁶÷{formula.number:g} = {float(self.index[index]):.4g}"
        judged = int(self.grade[index]) >= 0
        return Derivation(
            title="海水富营养化指数",
            conclusion=f"E = {float(self.index[index]):.4g}，{name}" if judged else name,
            basis=(
                Basis.of(formula, decides="富营养化指数", forced=self.forced),
                Basis.of(grades, decides="富营养化等级", forced=self.forced),
            ),
            facts=tuple(facts),
            steps=(Step("E = COD×DIN×DIP×10⁶÷4500", how, name, deciding=True),) if judged else (),
        )


def eutrophication(
    cod: ArrayLike,
    din: ArrayLike,
    dip: ArrayLike,
    *,
    on: When,
    edition: str | None = None,
) -> Eutrophication:
    """Eutrophication index E and grade of each sample.

    cod [mg/L], din [mg/L as N], dip: reactive phosphate [mg/L as P]; shapes broadcast, NaN gives
    NaN and grade -1. on: one day or a day a sample. E < 1 none, 1 ≤ E ≤ 3 light, 3 < E ≤ 9
    moderate, E > 9 heavy. Raises InputRefusedError, OutsideEditionsError.

    Source: HJ 442-2008, from 2021-03-01 HJ 442.10-2020 (formula known from literature; grades
    unconfirmed). Rounding: none.
    """
    refuse_bad((("sea/cod", cod), ("sea/din", din), ("sea/po4", dip)))
    arrays = [np.asarray(values, dtype=np.float64) for values in (cod, din, dip)]
    days = as_days(on)
    shape = np.broadcast_shapes(days.shape, *(array.shape for array in arrays))
    first, second, third = (np.broadcast_to(array, shape) for array in arrays)
    days = np.broadcast_to(days, shape)
    formulas = spans_in_force(parameter("sea/eutrophication_divisor"), days, edition=edition)
    grades = spans_in_force(parameter("sea/eutrophication_grades"), days, edition=edition)
    index, grade = np.full(shape, np.nan), np.full(shape, -1, dtype=np.int8)
    for span in formulas:
        product = first[span.where] * second[span.where] * third[span.where]
        index[span.where] = product * _SCALE / span.edition.number
    for span in grades:
        grade[span.where] = _grade(span.edition, index[span.where])
    return Eutrophication(
        index=index,
        grade=grade,
        inputs=(first, second, third),
        formulas=formulas,
        grades=grades,
        forced=edition is not None,
    )


def _grade(edition: Edition, index: Floats) -> NDArray[np.int8]:
    light, moderate, heavy = (
        float(str(edition.table[key])) for key in ("light_from", "moderate_above", "heavy_above")
    )
    # a product of three decimals lies a few ulps beside the printed threshold
    exact = np.round(index, 12)
    grade = (exact >= light).astype(np.int8) + (exact > moderate) + (exact > heavy)
    return np.where(np.isnan(index), -1, grade).astype(np.int8)


def _at(spans: tuple[Span, ...], index: int | tuple[int, ...]) -> Edition:
    return next(span.edition for span in spans if span.where[index])
