"""What laboratories and stations write in a cell, as numbers: 0.62, "<0.05", "0.05L", "--".

    >>> cells = read_reported(["0.62", "0.05L", "--", 1.2])
    >>> cells.values, cells.below
    (array([0.62, 0.05,  nan, 1.2 ]), array([False,  True, False, False]))

A result below the detection limit is written as the limit with a mark; it enters means and classes
as a share of that limit (``counted``, half of it, a dated parameter). An empty cell, a dash or a
star is missing. "未检出" without its limit is refused: nobody can halve an unknown limit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.classes import Below, exact_floats, unmasked
from zhihuan.standards.dated import When, as_days, numbers_on
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.parameters import parameter

__all__ = [
    "BELOW",
    "HALF",
    "Reported",
    "as_reported",
    "below_of",
    "counted_below_detection",
    "exact_floats",
    "read_reported",
]

HALF = "surface_water/below_detection_share"
BELOW = "低于检出限，按检出限的一定比例取值"

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

_MISSING = {
    "", "-", "--", "---", "—", "——", "*", "/", "\\", "nan", "none", "null", "na", "n/a", "无",
    "缺测", "未监测", "未测", "停测", "断流",
}  # fmt: skip
_UNDETECTED = {"nd", "n.d.", "未检出", "<dl", "bdl"}
_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?"
_PLAIN = re.compile(rf"^{_NUMBER}$")
_BELOW = re.compile(rf"^(?:[<＜≤]|小于|低于)\s*({_NUMBER})$|^({_NUMBER})\s*[(（]?(?:l|nd)[)）]?$")


@dataclass(frozen=True, slots=True)
class Reported:
    """Read cells. values: as written, the detection limit where ``below``; NaN missing."""

    values: Floats
    below: Mask

    def counted(self, *, on: When, edition: str | None = None) -> Floats:
        """The values that enter means and classes: half of the limit where ``below``.

        on: the day or days of Beijing, broadcast to the values.
        """
        return counted_below_detection(self.values, self.below, on=on, edition=edition)

    def entering(self, *, on: When) -> Floats:
        """As ``counted``; the values themselves, uncopied, where nothing is below detection."""
        return self.counted(on=on) if self.below.any() else self.values


def as_reported(column: ArrayLike | Reported) -> Reported:
    """The column read, unless it was."""
    return column if isinstance(column, Reported) else read_reported(column)


def read_reported(cells: ArrayLike, *, detection_limit: ArrayLike | None = None) -> Reported:
    """Read cells of numbers and texts, any shape.

    detection_limit: what a bare "未检出" or "ND" stands for, broadcast to the cells; NaN unknown.
    Raises InputRefusedError naming each cell that is no number, and each "未检出" without a limit.
    """
    given = np.asarray(unmasked(cells))
    if given.dtype.kind in "iufb":
        return Reported(exact_floats(given), np.zeros(given.shape, dtype=bool))
    values, below = np.full(given.size, np.nan), np.zeros(given.size, dtype=bool)
    limits = np.full(given.size, np.nan)
    if detection_limit is not None:
        limits = np.broadcast_to(np.asarray(detection_limit, float), given.shape).ravel()
    problems: list[InputProblem] = []
    for row, cell in enumerate(given.ravel().tolist()):
        try:
            values[row], below[row] = _read(cell, float(limits[row]))
        except ValueError as error:
            problems.append(InputProblem(row, "数值", cell, str(error), _REMEDY))
    if problems:
        raise InputRefusedError(problems)
    return Reported(values.reshape(given.shape), below.reshape(given.shape))


def counted_below_detection(
    values: ArrayLike, below: ArrayLike, *, on: When, edition: str | None = None
) -> Floats:
    """The values with every one below detection replaced by its share of the detection limit.

    values: the detection limit where ``below`` [any unit], shapes broadcast; on: day or days.
    Source: parameter surface_water/below_detection_share (one half, unconfirmed).

    >>> from datetime import date
    >>> counted_below_detection([0.05, 0.6], [True, False], on=date(2024, 5, 1))
    array([0.025, 0.6  ])
    """
    numbers, marks = np.broadcast_arrays(exact_floats(values), np.asarray(below, dtype=bool))
    share = numbers_on(parameter(HALF), on, edition=edition)
    return np.where(marks, numbers * share, numbers)


def below_of(columns: Mapping[str, Reported], *, on: When) -> tuple[dict[str, Floats], Below]:
    """Columns as a class judgement takes them: values, and which of them are detection limits.

    Where the days fall under different shares of the limit, each limit is replaced by what stands
    for it on its day, and nothing is left to mark.
    """
    values = {item: read.values for item, read in columns.items()}
    marks = {item: read.below for item, read in columns.items() if read.below.any()}
    # one share for all days is the rule: then reasons can show the limit as it was reported
    shares = np.unique(numbers_on(parameter(HALF), as_days(on)))
    if shares.size == 1 or not marks:
        return values, Below(marks, dict.fromkeys(marks, float(shares[0])) if marks else {})
    return values | {item: columns[item].counted(on=on) for item in marks}, Below()


_REMEDY = "请填数字、“<检出限”或“检出限L”，缺测留空"


def _read(cell: object, limit: float) -> tuple[float, bool]:
    text = "" if cell is None else str(cell).strip().casefold()
    if text in _MISSING:
        return np.nan, False
    if text in _UNDETECTED:
        if np.isnan(limit):
            raise ValueError("未检出但没有给出检出限")
        return limit, True
    if _PLAIN.match(text):
        return float(text), False
    found = _BELOW.match(text)
    if found is None:
        raise ValueError("不是数字")
    return float(found[1] or found[2]), True
