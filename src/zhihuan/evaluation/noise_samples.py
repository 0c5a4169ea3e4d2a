"""Samples of sound level (1 s, 1 min) to hours, and hours to the day and night levels of each day.

    hours_of_samples(rows)["level"]       # Leq of each station's hours
    days_of_samples(rows)["level"]        # Ld and Ln, two rows a station and day

The spacing of the samples is that of the file: the shortest step between two rows of a station. A day
of a station becomes a grid of whole hours, so that "45 of 60 minutes" is a count.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihuan.evaluation.errors import AskedError
from zhihuan.evaluation.rows import Rows
from zhihuan.standards.hours import BEIJING_OFFSET_SECONDS
from zhihuan.standards.noise import Statistics, day_levels, hourly_statistics

__all__ = ["days_of_samples", "hours_of_samples"]

_HOUR, _DAY = 3600, 86_400
_STATION_DAY = ("station", "zone")


def hours_of_samples(rows: Rows) -> Rows:
    """Leq and the statistical levels of each hour that has a sample."""
    return _stacked([_hours(day) for day in _station_days(rows)])


def days_of_samples(rows: Rows) -> Rows:
    """Ld then Ln of each day that has a sample, with the valid hours and Ldn."""
    return _stacked([_day_and_night(day) for day in _station_days(rows)])


class _StationDay:
    """The samples of one station on one day of Beijing, on a grid of whole hours."""

    def __init__(self, rows: Rows, places: NDArray[np.intp], step: int) -> None:
        seconds = rows["time"][places] + BEIJING_OFFSET_SECONDS
        self.day = np.datetime64(int(seconds[0]) // _DAY, "D")
        self.midnight = int(seconds[0]) // _DAY * _DAY - BEIJING_OFFSET_SECONDS
        self.labels = {key: rows[key][places[0]] for key in _STATION_DAY if key in rows}
        self.row_of_hour = np.zeros(24, dtype=np.int64)
        hour = seconds % _DAY // _HOUR
        self.row_of_hour[hour[::-1]] = rows.numbers[places][::-1]
        grid = np.full(_DAY // step, np.nan)
        grid[seconds % _DAY // step] = rows["level"][places]
        self.statistics: Statistics = hourly_statistics(
            grid, per_hour=_HOUR // step, on=self.day, checked=False
        )


def _station_days(rows: Rows) -> Iterator[_StationDay]:
    step = _step(rows)
    local = (rows["time"] + BEIJING_OFFSET_SECONDS) // _DAY
    _stations, station = np.unique(rows.text("station").astype(str), return_inverse=True)
    order = np.lexsort((rows["time"], station))
    changes = (np.diff(station[order]) != 0) | (np.diff(local[order]) != 0)
    for places in np.split(order, np.flatnonzero(changes) + 1):
        yield _StationDay(rows, places, step)


def _step(rows: Rows) -> int:
    """The seconds between samples. Raises AskedError where they do not divide the hour."""
    if "time" not in rows:
        raise AskedError("由样本统计需要“时间”列")
    _stations, station = np.unique(rows.text("station").astype(str), return_inverse=True)
    order = np.lexsort((rows["time"], station))
    steps = np.diff(rows["time"][order])[np.diff(station[order]) == 0]
    step = int(np.gcd.reduce(steps)) if len(steps) else _HOUR
    if step < 1 or _HOUR % step:
        raise AskedError(f"样本间隔 {step} 秒不能整除 1 小时；请提供等间隔（1 秒、1 分钟等）的样本")
    return step


def _hours(day: _StationDay) -> dict[str, NDArray[Any]]:
    found = np.flatnonzero(day.statistics.valid)
    figures = day.statistics
    return {
        "number": day.row_of_hour[found],
        "time": day.midnight + found * _HOUR,
        **_labels(day, len(found)),
        "level": figures.leq[found],
        "有效样本数": figures.valid[found],
        "L10(dB(A))": np.round(figures.l10[found], 2),
        "L50(dB(A))": np.round(figures.l50[found], 2),
        "L90(dB(A))": np.round(figures.l90[found], 2),
        "Lmax(dB(A))": figures.lmax[found],
        "SD(dB(A))": np.round(figures.sd[found], 2),
    }


def _day_and_night(day: _StationDay) -> dict[str, NDArray[Any]]:
    levels = day_levels(day.statistics.leq, day.day, checked=False)
    first = day.row_of_hour[day.row_of_hour > 0][:1]
    return {
        "number": np.repeat(first, 2),
        "day": np.repeat(day.day, 2),
        "period": np.array(["day", "night"], dtype=object),
        **_labels(day, 2),
        "level": np.concatenate([levels.ld, levels.ln]),
        "有效小时数": np.concatenate([levels.day_hours, levels.night_hours]),
        "Ldn(dB(A))": np.repeat(np.round(levels.ldn, 2), 2),
    }


def _labels(day: _StationDay, size: int) -> dict[str, NDArray[Any]]:
    return {key: np.full(size, value, dtype=object) for key, value in day.labels.items()}


def _stacked(parts: list[dict[str, NDArray[Any]]]) -> Rows:
    columns = {key: np.concatenate([part[key] for part in parts]) for key in parts[0]}
    return Rows(columns.pop("number"), columns)
