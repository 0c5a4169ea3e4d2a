"""Regular hourly and daily grids out of time-stamped rows, and nothing guessed on the way.

    grid = on_hours(times, values)   # grid.start, grid.values (hours,), NaN where nothing was

Functions of this package take complete grids (the last axis is time, NaN is missing), so that
"20 of 24 hours" is a count along an axis. Here rows become such grids. It refuses time stamps
without a zone, repeated ones, unsorted ones, and stamps off the grid, each naming the row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.errors import InputProblem, InputRefusedError

__all__ = ["BEIJING_OFFSET_SECONDS", "Grid", "epoch_seconds", "on_days", "on_hours"]

BEIJING_OFFSET_SECONDS = 8 * 3600
_HOUR, _DAY = 3600, 86_400
Seconds = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Grid:
    """Values at every step from ``start``: ``values[..., k]`` stands at ``start + k·step``.

    start: epoch seconds of the first step's label; step_seconds: 3600 or 86400.
    values: float64 (..., steps), NaN where no row was.
    """

    start: int
    step_seconds: int
    values: NDArray[np.float64]

    @property
    def days(self) -> NDArray[np.datetime64]:
        """The calendar day of Beijing of each step's label, ``datetime64[D]`` (steps,)."""
        labels = self.start + self.step_seconds * np.arange(self.values.shape[-1])
        return ((labels + BEIJING_OFFSET_SECONDS) // _DAY).astype("datetime64[D]")


def epoch_seconds(times: Sequence[datetime]) -> Seconds:
    """Aware datetimes as epoch seconds. Raises InputRefusedError naming each naive one's row."""
    naive = [
        InputProblem(row, "时间", time, "没有时区", "请写明时区，例如 2026-03-01T08:00:00+08:00")
        for row, time in enumerate(times)
        if time.tzinfo is None
    ]
    if naive:
        raise InputRefusedError(naive)
    return np.array([int(time.astimezone(UTC).timestamp()) for time in times], dtype=np.int64)


def on_hours(times: ArrayLike, values: ArrayLike) -> Grid:
    """Hourly rows on a grid from the first to the last whole hour.

    times: epoch seconds (rows,), strictly increasing, on the hour; values: (rows,) or (..., rows).
    Raises InputRefusedError.
    """
    return _on_grid(times, values, step=_HOUR, offset=0)


def on_days(times: ArrayLike, values: ArrayLike) -> Grid:
    """Daily rows on a grid; each time is 00:00 of its day in Beijing. As ``on_hours``."""
    return _on_grid(times, values, step=_DAY, offset=BEIJING_OFFSET_SECONDS)


def _on_grid(times: ArrayLike, values: ArrayLike, *, step: int, offset: int) -> Grid:
    stamps, rows = np.asarray(times, dtype=np.int64), np.asarray(values, dtype=np.float64)
    if stamps.ndim != 1 or rows.shape[-1:] != stamps.shape:
        raise InputRefusedError([_shape_problem(stamps, rows)])
    _refuse_disorder(stamps, step, offset)
    if not len(stamps):
        return Grid(0, step, np.empty((*rows.shape[:-1], 0)))
    places = (stamps - stamps[0]) // step
    filled = np.full((*rows.shape[:-1], int(places[-1]) + 1), np.nan)
    filled[..., places] = rows
    return Grid(int(stamps[0]), step, filled)


def _shape_problem(stamps: Seconds, rows: NDArray[np.float64]) -> InputProblem:
    return InputProblem(
        -1,
        "时间",
        f"{stamps.shape}，数值 {rows.shape}",
        "时间与数值的个数不一致",
        "每个时间对应一行数值",
    )


def _refuse_disorder(stamps: Seconds, step: int, offset: int) -> None:
    steps = np.diff(stamps)
    found = [
        *_problems(
            np.flatnonzero(steps == 0) + 1, stamps, "时间重复", "同一时刻只能有一行，请合并或删除"
        ),
        *_problems(np.flatnonzero(steps < 0) + 1, stamps, "时间早于上一行", "请按时间升序排列"),
        *_problems(
            np.flatnonzero((stamps + offset) % step), stamps, "不在整点上", "请先求该时段的均值"
        ),
    ]
    if found:
        raise InputRefusedError(sorted(found, key=lambda problem: problem.row))


def _problems(
    rows: NDArray[np.intp], stamps: Seconds, problem: str, remedy: str
) -> list[InputProblem]:
    return [
        InputProblem(int(row), "时间", _beijing(int(stamps[row])), problem, remedy)
        for row in rows[:100]
    ]


def _beijing(seconds: int) -> str:
    text = np.datetime_as_string(np.datetime64(seconds + BEIJING_OFFSET_SECONDS, "s"))
    return f"{text}+08:00"
