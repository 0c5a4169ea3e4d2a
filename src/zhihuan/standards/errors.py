"""What can go wrong when a standard is asked: one tree, each error says how to mend it.

    try:
        edition = parameter("data_validity/flue_gas/minutes_per_hour").on(day)
    except StandardsError as error:
        print(error)

It refuses to hide anything: no function in this room falls back to another edition.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

__all__ = [
    "InputProblem",
    "InputRefusedError",
    "OutsideEditionsError",
    "ParameterFileError",
    "StandardsError",
    "UnknownEditionError",
    "UnknownItemError",
    "UnknownParameterError",
]

_SHOWN = 5


class StandardsError(Exception):
    """Base of every error of ``zhihuan.standards``."""


class UnknownParameterError(StandardsError, LookupError):
    """No packaged file holds this quantity. The message names the nearest ones."""


class OutsideEditionsError(StandardsError, LookupError):
    """No edition of the quantity is in force on the day asked for (``day``, where one is to blame).

    packaged: the quantity and the spans of its editions in Chinese, for people who judge files.
    """

    def __init__(self, message: str, day: date | None = None, packaged: str = "") -> None:
        self.day = day
        self.packaged = packaged
        super().__init__(message)


class UnknownEditionError(StandardsError, LookupError):
    """The caller forced an edition that the quantity does not have."""


class UnknownItemError(StandardsError, LookupError):
    """The table has no such item. The message (Chinese: users name items) offers the nearest."""


class ParameterFileError(StandardsError, ValueError):
    """A packaged parameter file breaks the form every such file must have."""


@dataclass(frozen=True, slots=True)
class InputProblem:
    """One value that cannot be judged: where it stands, what is wrong, what to do.

    row: position along the first axis, from 0; -1 when the whole input is meant. column: the
    quantity or column it belongs to. value: as given. problem, remedy: Chinese sentences.
    """

    row: int
    column: str
    value: object
    problem: str
    remedy: str

    def __str__(self) -> str:
        place = f"第 {self.row + 1} 行，" if self.row >= 0 else ""
        return f"{place}{self.column} = {self.value}：{self.problem}；{self.remedy}"


class InputRefusedError(StandardsError, ValueError):
    """The input cannot be judged. ``problems`` holds every one found, the message the first few."""

    def __init__(self, problems: Sequence[InputProblem]) -> None:
        self.problems = tuple(problems)
        lines = [str(problem) for problem in self.problems[:_SHOWN]]
        more = len(self.problems) - len(lines)
        super().__init__("\n".join([*lines, f"……另有 {more} 处"] if more else lines))
