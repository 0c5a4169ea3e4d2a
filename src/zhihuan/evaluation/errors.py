"""What can go wrong with a file of measurements: words for people, with the row where there is one.

    try:
        report = evaluate(subject("air"), Path("hours.csv"), asked)
    except EvaluationError as error:
        print(error)

A row that cannot be judged is no error: it is left out, counted and told (``Refusals``). Only a file
that cannot be read at all raises.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.errors import InputProblem

__all__ = ["AskedError", "EvaluationError", "FileRefusedError", "Refusals"]

_KEPT = 10_000


class EvaluationError(Exception):
    """Base of every error of ``zhihuan.evaluation``."""


class FileRefusedError(EvaluationError, ValueError):
    """The file as a whole cannot be judged: its encoding, its columns, its units."""


class AskedError(EvaluationError, ValueError):
    """What was asked of the evaluation does not fit the file or the subject."""


class Refusals:
    """The rows left out of the judgement, in words; the first ten thousand are kept.

    ``flags`` are values that were judged all the same but deserve a look: small ones among plausible
    ones. ``rows`` counts every refused row once; ``problems`` holds ``InputProblem``s whose ``row`` is
    such that their text names the row as a spreadsheet shows it (the header is row 1).
    """

    def __init__(self) -> None:
        self.problems: list[InputProblem] = []
        self.flags: list[InputProblem] = []
        self._rows: list[NDArray[np.int64]] = []

    @property
    def rows(self) -> int:
        """How many rows were refused."""
        return len(np.unique(np.concatenate(self._rows))) if self._rows else 0

    @property
    def untold(self) -> int:
        """How many problems were found and not kept in words."""
        return max(0, sum(map(len, self._rows)) - len(self.problems))

    def add(self, rows: NDArray[np.int64], problems: list[InputProblem]) -> None:
        """Refuse ``rows`` (numbers in the file), told by ``problems``, as many as there is room."""
        self._rows.append(np.asarray(rows, dtype=np.int64))
        self.problems += problems[: _KEPT - len(self.problems)]

    def flag(self, problems: list[InputProblem]) -> None:
        """Tell of values that were judged all the same."""
        self.flags += problems[: _KEPT - len(self.flags)]

    def add_each(
        self,
        rows: NDArray[np.int64],
        column: str,
        values: NDArray[np.object_],
        words: tuple[str, str],
    ) -> None:
        """Refuse ``rows`` because of ``column``: the same problem and remedy, each its own value."""
        room = max(0, _KEPT - len(self.problems))
        told = zip(rows[:room].tolist(), values[:room], strict=True)
        self.add(rows, [problem_at(row, column, value, *words) for row, value in told])


def problem_at(row: int, column: str, value: object, problem: str, remedy: str) -> InputProblem:
    """The problem of one cell; ``row`` as a spreadsheet counts."""
    return InputProblem(row - 1, column, value, problem, remedy)
