"""A file judged by a subject's standards, piece by piece.

evaluation = Evaluation.of(subject("air"), Path("hours.csv"), Asked())
for judged in evaluation.pieces():
    print(judged.columns["AQI"])
evaluation.summary, evaluation.refusals          # complete once the pieces are through
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from zhihuan.evaluation.errors import AskedError, FileRefusedError, Refusals
from zhihuan.evaluation.order import in_order, sorted_rows
from zhihuan.evaluation.reading import Source, open_source
from zhihuan.evaluation.rows import Rows, gathered
from zhihuan.evaluation.subject import Asked, Judged, Subject
from zhihuan.evaluation.summary import Summary
from zhihuan.standards.derivation import Derivation
from zhihuan.standards.errors import InputRefusedError, OutsideEditionsError

__all__ = ["Evaluation"]

_MOST_TURNS = 100  # a refusal names a hundred rows at most, one outside day at a time


@dataclass(slots=True)
class Evaluation:
    """One judgement of one file. synthetic: the data are made up, by word of the caller or of a
    row. read: called with the number of rows of each piece read; done: when all were."""

    subject: Subject
    source: Source
    asked: Asked
    summary: Summary
    refusals: Refusals = field(default_factory=Refusals)
    synthetic: bool = False
    read: Callable[[int], None] = lambda _rows: None
    done: Callable[[], None] = lambda: None

    @classmethod
    def of(
        cls, subject: Subject, path: Path, asked: Asked, *, synthetic: bool = False
    ) -> Evaluation:
        """Open the file and find its columns. Raises FileRefusedError."""
        source = open_source(path, subject.layout, asked.zone)
        return cls(subject, source, asked, Summary(subject), synthetic=synthetic)

    def pieces(self) -> Iterator[Judged]:
        """The results; refused rows are in ``refusals``. Raises AskedError."""
        ordered = self._ordered()
        for rows in [gathered(ordered)] if self.subject.whole(self.asked) else ordered:
            judged = self._judged(rows)
            if judged is not None:
                self.summary.add(judged)
                yield judged
        self.done()

    def _judged(self, rows: Rows) -> Judged | None:
        """The results of the rows; those the standards refuse are left out and told."""
        for _turn in range(_MOST_TURNS):
            if not len(rows):
                return None
            try:
                return self.subject.judge(rows, self.asked)
            except InputRefusedError as error:
                rows = self._without(rows, error)
            except OutsideEditionsError as error:
                rows = self._without_day(rows, error)
        return self.subject.judge(rows, self.asked)

    def _without(self, rows: Rows, error: InputRefusedError) -> Rows:
        problems = [one for one in error.problems if 0 <= one.row < len(rows)]
        if self.subject.whole(self.asked):  # rows of what was made of the file's rows
            words = "\n".join(str(replace(one, row=-1)) for one in error.problems[:5])
            raise FileRefusedError(words) from error
        if not problems:
            raise error
        places = np.unique([one.row for one in problems])
        told = [replace(one, row=int(rows.numbers[one.row]) - 1) for one in problems]
        self.refusals.add(rows.numbers[places], told)
        return rows.take(np.delete(np.arange(len(rows)), places))

    def _without_day(self, rows: Rows, error: OutsideEditionsError) -> Rows:
        if error.day is None or ("time" not in rows and "day" not in rows):
            raise error
        outside = rows.days == np.datetime64(error.day, "D")
        if not outside.any():
            raise error
        shown = np.full(int(outside.sum()), str(error.day), dtype=object)
        words = (
            "这一天没有已收录的标准版本",
            f"请核对日期，或用 --edition 指定版本（{error.packaged or error}）",
        )
        self.refusals.add_each(rows.numbers[outside], "日期", shown, words)
        return rows.take(~outside)

    def _ordered(self) -> Iterator[Rows]:
        by = self.subject.by
        if by is None or not self.source.found.keys() & {"time", "day"}:
            return self._noted()
        order = sorted_rows if self.asked.any_order else in_order
        return order(self._noted(), self.refusals, by)

    def _noted(self) -> Iterator[Rows]:
        for rows in self.source.pieces(self.refusals):
            self.read(len(rows))
            if "synthetic" in rows and (rows["synthetic"] == "1").any():
                self.synthetic = True
            yield rows

    def why(self, row: int) -> list[Derivation]:
        """The reasons of the results of this row of the file (several of one row: day and night,
        or the periods of a place).

        Raises AskedError when the row was refused (telling why) or has no result of its own.
        """
        for judged in self.pieces():
            found = np.flatnonzero(judged.numbers == row)
            if len(found):
                return [judged.derivation(place) for place in found.tolist()]
        told = [str(problem) for problem in self.refusals.problems if problem.row == row - 1]
        if told:
            raise AskedError("\n".join([f"第 {row} 行没有参加评价：", *told]))
        raise AskedError(f"第 {row} 行没有结果；行号见结果的“行”一列（表头是第 1 行）")
