"""What a subject is to this room: its columns, its choices, and the function that judges rows.

A module of ``subjects/`` that defines ``SUBJECT`` *is* a subject; nothing registers it.

    SUBJECT = Subject(name="air", judge=judge, folders=("air",), tallies=("空气质量级别",))
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, tzinfo
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihuan.evaluation.columns import Layout, layout_of
from zhihuan.evaluation.errors import AskedError
from zhihuan.evaluation.rows import Rows
from zhihuan.standards.derivation import Derivation

__all__ = ["Asked", "Choice", "Judged", "Subject", "subject", "subject_names"]

_FOLDER = "zhihuan.evaluation.subjects"
_NONE: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Choice:
    """A question a subject puts to the caller: ``--period`` and its answers; the first holds
    when nobody answers. about: for ``--help``. answers: empty for free text."""

    name: str
    about: str
    answers: tuple[str, ...] = ()
    default: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the caller wants: the zone of times that name none, a forced edition, the day that
    rows without a date are judged on, whether order matters, and the subject's own choices."""

    zone: tzinfo | None = None
    edition: str | None = None
    on: date | None = None
    any_order: bool = False
    choices: Mapping[str, str] = field(default_factory=lambda: _NONE)

    def __getitem__(self, choice: str) -> str:
        return self.choices.get(choice, "")

    def days_of(self, rows: Rows) -> NDArray[np.datetime64]:
        """The day each row is judged by: its own, else ``on``. Raises AskedError without both."""
        if "day" in rows or "time" in rows:
            return rows.days
        if self.on is None:
            raise AskedError("文件没有日期列；请用 --on 2026-03-01 说明按哪一天的标准评价")
        return np.full(len(rows), np.datetime64(self.on, "D"))


@dataclass(frozen=True, slots=True)
class Judged:
    """Results, as many as there are ``numbers`` (the file's row of each, the first of a group).

    columns: heading (Chinese, unit in brackets) to values; float64 with NaN where it cannot be
    judged, or text. derivation: the reasons of one result, drawn up on demand. days: the day each
    was judged by.
    """

    numbers: NDArray[np.int64]
    columns: Mapping[str, NDArray[Any]]
    derivation: Callable[[int], Derivation]
    days: NDArray[np.datetime64]
    details: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.numbers)


Judge = Callable[[Rows, Asked], Judged]


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject. judge: the results of a piece of a file; whole: whether what was asked needs all
    rows at once (means over time). folders: the parameter folders its law lies in. by: the columns
    that name a station, whose rows must follow each other in time; None where rows are no series.
    tallies: headings whose values are counted; figures: headings with mean and extremes; extremes:
    headings with extremes only (decibels have no arithmetic mean).
    """

    name: str
    judge: Judge
    folders: tuple[str, ...]
    whole: Callable[[Asked], bool] = lambda _asked: False
    by: tuple[str, ...] | None = ("station",)
    choices: tuple[Choice, ...] = ()
    tallies: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    extremes: tuple[str, ...] = ()

    @property
    def layout(self) -> Layout:
        """Its columns."""
        return layout_of(self.name)

    @property
    def title(self) -> str:
        """Its name for people."""
        return self.layout.title


def subject_names() -> tuple[str, ...]:
    """All subjects, sorted."""
    package = importlib.import_module(_FOLDER)
    found = (module.name for module in pkgutil.iter_modules(package.__path__))
    return tuple(sorted(name for name in found if not name.startswith("_")))


def subject(name: str) -> Subject:
    """The subject of this name. Raises AskedError naming those there are."""
    if name not in subject_names():
        raise AskedError(f"没有主题 {name!r}；现有：{'、'.join(subject_names())}")
    found: Subject = importlib.import_module(f"{_FOLDER}.{name}").SUBJECT
    return found
