"""Cells of a piece to rows: what cannot be read, or what no measurement gives, is refused in words.

    rows = Checking(layout, found, zone, refusals).rows(numbers, cells)

A value below the plausible range is only flagged when most of its column is plausible: see
``Refusals.flags``. A row with one bad cell is left out as a whole: half a row would be judged as if the rest were
missing. Rows without anything in a known column are empty lines, which nobody need be told of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from zhihuan.evaluation.cells import Cells, read_cells
from zhihuan.evaluation.columns import Found, Layout
from zhihuan.evaluation.errors import Refusals, problem_at
from zhihuan.evaluation.rows import Rows
from zhihuan.evaluation.times import MISSING
from zhihuan.standards.errors import InputProblem
from zhihuan.standards.inputs import problems_of, quantity, suspects

__all__ = ["Checking"]

_TOLD = 1000


@dataclass(frozen=True, slots=True)
class Checking:
    """How the cells of one file are read, and where refused rows go."""

    layout: Layout
    found: Mapping[str, Found]
    zone: tzinfo | None
    refusals: Refusals

    def rows(self, numbers: NDArray[np.int64], cells: Mapping[str, pa.Array]) -> Rows:
        """The good rows. numbers: the file's row of each; cells: by column key, as they stand."""
        good = ~_blank(cells, len(numbers))
        columns: dict[str, NDArray[Any]] = {}
        below: dict[str, NDArray[np.bool_]] = {}
        kept = good.copy()
        for key, array in cells.items():
            read = read_cells(self.layout[key], array, self.found[key].factor, self.zone)
            asked = good
            if self._may_be_empty(key):
                asked = good & ~_empty(array)
                read.values = np.where(_empty(array), MISSING, read.values)
            kept[self._unreadable(key, read, array, numbers, asked)] = False
            kept[self._implausible(key, read, numbers, good)] = False
            columns[key] = read.values
            if read.below is not None:
                below[key] = read.below
        rows = Rows(numbers, columns, below)
        return rows if kept.all() else rows.take(kept)

    def _may_be_empty(self, key: str) -> bool:
        """Moments that only tell more of a row whose day is known."""
        return self.layout[key].or_day and "day" in self.found

    def _unreadable(
        self,
        key: str,
        read: Cells,
        cells: pa.Array,
        *of: NDArray[Any],
    ) -> NDArray[np.intp]:
        numbers, good = of
        refused: list[NDArray[np.intp]] = [np.empty(0, dtype=np.intp)]
        for mask, words in read.faults:
            places = np.flatnonzero(mask & good)
            if len(places):
                shown = np.array(cells.take(pa.array(places)).to_pylist(), dtype=object)
                self.refusals.add_each(numbers[places], self.found[key].header, shown, words)
                refused.append(places)
        return np.concatenate(refused)

    def _implausible(
        self, key: str, read: Cells, numbers: NDArray[np.int64], good: NDArray[np.bool_]
    ) -> NDArray[np.intp]:
        """Values no measurement gives (negative, unit mixed up), told as the standard's guard does."""
        guard = self.layout[key].quantity
        if not guard:
            return np.empty(0, dtype=np.intp)
        suspect = suspects(guard, read.values) & good
        if read.below is not None:
            suspect &= ~read.below  # a detection limit may be as small as it likes
        if not suspect.any():
            return np.empty(0, dtype=np.intp)
        lone = suspect & _lone_small(read.values, quantity(guard).low)
        self.refusals.flag(self._told(key, read.values, numbers, np.flatnonzero(lone)))
        places = np.flatnonzero(suspect & ~lone)
        self.refusals.add(numbers[places], self._told(key, read.values, numbers, places))
        return places

    def _told(
        self,
        key: str,
        values: NDArray[np.float64],
        numbers: NDArray[np.int64],
        places: NDArray[np.intp],
    ) -> list[InputProblem]:
        told = problems_of(self.layout[key].quantity, values[places], most=_TOLD)
        return [self._placed(key, one, int(numbers[places[one.row]])) for one in told]

    def _placed(self, key: str, problem: InputProblem, row: int) -> InputProblem:
        header, factor = self.found[key].header, self.found[key].factor
        value = str(problem.value) if factor == 1 else f"{problem.value}（由表头单位换算）"
        return problem_at(row, header, value, problem.problem, problem.remedy)


def _lone_small(values: NDArray[np.float64], low: float) -> NDArray[np.bool_]:
    """Small values among plausible ones: a clean hour is a measurement. Where most values of a piece
    are small, the unit was mixed up for all of them, and none is spared."""
    with np.errstate(invalid="ignore"):
        small, positive = (values > 0) & (values < low), values > 0
    most = 2 * np.count_nonzero(small) > np.count_nonzero(positive)
    return np.zeros(len(values), dtype=bool) if most else small


def _blank(cells: Mapping[str, pa.Array], size: int) -> NDArray[np.bool_]:
    blank = np.ones(size, dtype=bool)
    for array in cells.values():
        if not blank.any():
            break
        blank &= _empty(array)
    return blank


def _empty(array: pa.Array) -> NDArray[np.bool_]:
    empty = pc.is_null(array)
    if pa.types.is_string(array.type):
        empty = pc.or_(empty, pc.equal(pc.fill_null(array, ""), ""))
    return np.asarray(empty.to_numpy(zero_copy_only=False), dtype=bool)
