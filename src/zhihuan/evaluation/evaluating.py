"""A file judged by a subject's standards, piece by piece.

evaluation = Evaluation.of(subject("air"), Path("hours.csv"), Asked())
for judged in evaluation.pieces():
    print(judged.columns["AQI"])
evaluation.summary, evaluation.refusals          # complete once the pieces are through
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from zhihuan.evaluation.errors import AskedError, Refusals
from zhihuan.evaluation.order import in_order, sorted_rows
from zhihuan.evaluation.reading import Source, open_source
from zhihuan.evaluation.rows import Rows
from zhihuan.evaluation.subject import Asked, Judged, Subject
from zhihuan.evaluation.summary import Summary
from zhihuan.standards.derivation import Derivation

__all__ = ["Evaluation"]


@dataclass(slots=True)
class Evaluation:
    """One judgement of one file. synthetic: the data are made up, by word of the caller or of a
    row. read: called with the number of rows of each piece read."""

    subject: Subject
    source: Source
    asked: Asked
    summary: Summary
    refusals: Refusals = field(default_factory=Refusals)
    synthetic: bool = False
    read: Callable[[int], None] = lambda _rows: None

    @classmethod
    def of(
        cls, subject: Subject, path: Path, asked: Asked, *, synthetic: bool = False
    ) -> Evaluation:
        """Open the file and find its columns. Raises FileRefusedError."""
        source = open_source(path, subject.layout, asked.zone)
        return cls(subject, source, asked, Summary(subject), synthetic=synthetic)

    def pieces(self) -> Iterator[Judged]:
        """The results; refused rows are in ``refusals``. Raises AskedError."""
        for judged in self.subject.judge(self._ordered(), self.asked):
            self.summary.add(judged)
            yield judged

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

    def why(self, row: int) -> Derivation:
        """The reasons of the result of this row of the file.

        Raises AskedError when the row was refused (telling why) or has no result of its own.
        """
        for judged in self.pieces():
            found = np.flatnonzero(judged.numbers == row)
            if len(found):
                return judged.derivation(int(found[0]))
        told = [str(problem) for problem in self.refusals.problems if problem.row == row - 1]
        if told:
            raise AskedError("\n".join([f"第 {row} 行没有参加评价：", *told]))
        raise AskedError(f"第 {row} 行没有结果；行号见结果的“行”一列（表头是第 1 行）")
