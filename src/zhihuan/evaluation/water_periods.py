"""Samples of each section to months, quarters and years: means first, then the class of the means.

    found = water_periods(rows, days, "year")
    found.judged.judged.names

A month is the mean of its samples. A quarter and a year are means of months: there a section may have
one row a month, and more are refused, because the order of averaging would be a guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihuan.evaluation.errors import AskedError
from zhihuan.evaluation.rows import Rows
from zhihuan.standards.surface_water import MeanClass, Reported, class_of_means

__all__ = ["WaterPeriods", "water_periods"]

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class WaterPeriods:
    """One result a section and period. rows: the first row of each (its labels and target);
    samples: rows with a value, averaged; first_days, last_days: of the period."""

    rows: Rows
    samples: NDArray[np.int64]
    first_days: NDArray[np.datetime64]
    last_days: NDArray[np.datetime64]
    judged: MeanClass


def water_periods(
    rows: Rows, days: NDArray[np.datetime64], period: str, items: frozenset[str]
) -> WaterPeriods:
    """The class of each section's means. Raises AskedError for two rows of a month in a quarter or
    year."""
    months = days.astype("datetime64[M]").astype(np.int64)
    names = [rows.text(key).astype(str) for key in ("province", "station")]
    _names, section = np.unique(np.stack(names, axis=1), axis=0, return_inverse=True)
    section = section.ravel()
    if period != "month":
        _refuse_two_a_month(rows, section, months)
    block = months // _MONTHS[period]
    keys = np.stack([section, block], axis=1)
    groups, firsts, group, counts = np.unique(
        keys, axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    group = group.ravel()
    order = np.argsort(group, kind="stable")
    column = np.empty(len(rows), dtype=np.int64)
    column[order] = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    first_month = (groups[:, 1] * _MONTHS[period]).astype("datetime64[M]")
    next_month = ((groups[:, 1] + 1) * _MONTHS[period]).astype("datetime64[M]")
    last = (next_month.astype("datetime64[D]").astype(np.int64) - 1).astype("datetime64[D]")
    shape = (len(groups), int(counts.max()))
    judged = class_of_means(
        {key: _spread(rows, key, shape, (group, column)) for key in rows.columns if key in items},
        on=last,
        waterbody=rows.text("waterbody", "river")[firsts],
        period="" if period == "month" else period,
    )
    given = np.zeros(len(rows), dtype=bool)
    for key in rows.columns.keys() & items:
        given |= ~np.isnan(rows[key])
    samples = np.bincount(group[given], minlength=len(groups))
    return WaterPeriods(
        rows.take(firsts), samples, first_month.astype("datetime64[D]"), last, judged
    )


def _spread(
    rows: Rows, key: str, shape: tuple[int, int], places: tuple[NDArray[Any], NDArray[Any]]
) -> Reported:
    """One item as (groups, samples), NaN where a group has fewer samples than the largest."""
    values, below = np.full(shape, np.nan), np.zeros(shape, dtype=bool)
    values[places] = rows[key]
    if key in rows.below:
        below[places] = rows.below[key]
    return Reported(values, below)


def _refuse_two_a_month(rows: Rows, section: NDArray[np.intp], months: NDArray[np.int64]) -> None:
    _keys, firsts, counts = np.unique(
        np.stack([section, months], axis=1), axis=0, return_index=True, return_counts=True
    )
    if (counts > 1).any():
        first = int(firsts[np.argmax(counts > 1)])
        raise AskedError(
            f"第 {int(rows.numbers[first])} 行所在的断面该月有多行；季、年评价由月均值求得，"
            "请先用 --period month 求月均值，每月一行"
        )
