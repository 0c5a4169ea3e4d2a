"""Ozone: running eight-hour means, the daily maximum (MDA8), and what the day can still bear.

    >>> from datetime import date
    >>> day = np.full(24, 60.0)
    >>> day[11:19] = 170.0                                   # hours 12 to 19
    >>> found = mda8(day, on=date(2024, 7, 1))
    >>> found.values, found.label
    (array(170.), array(19))

The MDA8 of a natural day is the largest of the 17 running means labelled 08 to 24, so no window
reaches into yesterday. A window needs 6 of its 8 hours; the day needs 14 of its 17 windows, unless
what was found exceeds the limit anyway. It refuses the rolling 8 h column of the national live
feed, which does reach back past midnight.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.air.law import Law, Place, governing, place_of
from zhihuan.standards.air.means import minimum
from zhihuan.standards.air.natural_days import HOURS, by_rows
from zhihuan.standards.air.plausible import refuse_bad_series
from zhihuan.standards.air.reporting import reported
from zhihuan.standards.dated import When
from zhihuan.standards.decimal_floats import decimal_floats
from zhihuan.standards.derivation import Derivation, Fact, Step
from zhihuan.standards.parameters import Edition

__all__ = [
    "Mda8",
    "Running8h",
    "mda8",
    "running_8h",
    "window_first_label",
    "window_laws",
    "window_means",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
SPAN = 8  # hours of the running mean: GB 3095, 3.8
_HOURS_OF_8 = "air/validity/hours_per_8_hours"
_WINDOWS = "air/validity/windows_per_mda8"
_EXCEEDANCE = "air/validity/mda8_exceedance"


@dataclass(frozen=True, slots=True)
class Running8h:
    """Running eight-hour means: values NaN where fewer than six hours were valid; counts."""

    values: Floats
    counts: Ints


@dataclass(frozen=True, slots=True)
class Mda8:
    """Daily maxima of the running eight-hour mean.

    values: MDA8 [µg/m³], unrounded, NaN where the day cannot be judged; found: the largest valid
    window whatever their number, NaN without any; label: hour label of that window (the first of
    equals), -1 without any; windows: valid ones; kept: judged although windows were too few,
    because what was found exceeds the limit.
    """

    values: Floats
    found: Floats
    label: Ints
    windows: Ints
    kept: NDArray[np.bool_]
    limit: Floats
    laws: tuple[Law, Law, Law]

    def derivation(self, index: int | Place = ()) -> Derivation:
        """The reasons of the MDA8 at ``index``."""
        place = place_of(index)
        value, found = float(self.values[place]), float(self.found[place])
        shown = float(_reported(found, self.laws[1], place))
        return Derivation(
            title="O3 日最大8小时平均",
            conclusion="有效8小时平均不足，不予评价" if np.isnan(value) else f"{shown:g} µg/m³",
            basis=tuple(law.basis_at(place) for law in self.laws),
            facts=(
                Fact(
                    "有效8小时平均数", str(int(self.windows[place])), "个", "时标 08 至 24 共 17 个"
                ),
            ),
            steps=(self._maximum(place, found, shown), self._validity(place, shown)),
        )

    def _maximum(self, place: Place, found: float, shown: float) -> Step:
        if np.isnan(found):
            return Step("日内最大", "没有有效的8小时平均", "无法计算")
        label = int(self.label[place])
        how = f"{label - SPAN + 1:02d} 至 {label:02d} 时的平均 = {found:.6g}"
        return Step("日内最大", how, f"{shown:g} µg/m³", rounding="GB/T 8170")

    def _validity(self, place: Place, shown: float) -> Step:
        windows, needed = int(self.windows[place]), _needed(self.laws[1].edition_at(place))
        if windows >= needed:
            return Step("数据有效性", f"{windows} ≥ {needed}", "有效", deciding=True)
        limit = float(np.broadcast_to(self.limit, self.values.shape)[place])
        if self.kept[place]:
            how = f"{windows} < {needed}，但 {shown:g} > {limit:g}，超标日仍参加评价"
            return Step("数据有效性", how, "有效", deciding=True)
        return Step(
            "数据有效性", f"{windows} < {needed}，且未超过 {limit:g}", "无效", deciding=True
        )


def running_8h(
    hours: ArrayLike, *, on: When | None = None, edition: str | None = None, checked: bool = True
) -> Running8h:
    """Running means of eight consecutive hours, labelled by their last hour.

    hours: (..., hours) [µg/m³], a complete hourly series; NaN missing. on: one day. What lies
    before the first hour counts as missing. Returns (..., hours).
    Source: GB 3095-2012 and GB 3095-2026, 3.8 and table 4 (six of eight). Nothing is rounded.
    """
    series = np.atleast_1d(decimal_floats(hours))
    if checked:
        refuse_bad_series({"O3": series})
    needed = minimum(
        governing(_HOURS_OF_8, decides="8小时平均的有效性", on=on, edition=edition), "O3"
    )
    known = ~np.isnan(series)
    sums, counts = _last_eight(np.where(known, series, 0.0)), _last_eight(known.astype(np.float64))
    with np.errstate(invalid="ignore", divide="ignore"):
        means = np.where(counts >= needed, sums / counts, np.nan)
    return Running8h(means, counts.astype(np.intp))


def mda8(
    hours: ArrayLike,
    *,
    limit: ArrayLike | None = None,
    on: When | None = None,
    edition: str | None = None,
    checked: bool = True,
) -> Mda8:
    """Daily maximum of the running eight-hour mean of natural days.

    hours: (..., 24) [µg/m³], labelled 01:00 to 24:00, NaN missing. limit: what an incomplete day
    must exceed to be judged all the same [µg/m³]; left out, the class-2 limit of the edition. on:
    days that broadcast to (...). checked: whether implausible values are refused.
    Returns ``Mda8`` (...). Raises InputRefusedError, OutsideEditionsError, UnknownEditionError.
    Source: GB 3095 3.8–3.9, table 4; HJ 663-2013, 6.1.2 (second hand; 2026: unconfirmed).
    Rounding: none, except that "exceeds" compares the reported value.
    """
    if checked:
        refuse_bad_series({"O3": hours})
    laws = window_laws(on, edition)
    over = laws[2].numbers() if limit is None else decimal_floats(limit)
    shape = np.shape(hours)[:-1]
    found, label, windows = _largest(hours, laws, shape)
    needed = laws[1].numbers(_needed)
    few = windows < needed
    exceeds = np.zeros(shape, dtype=bool)
    if few.any():
        exceeds = np.asarray(few & (_reported_at(found, laws[1], few) > over))
    values = np.where(few & ~exceeds, np.nan, found)
    return Mda8(values, found, label, windows, exceeds, over, laws)


def window_laws(on: When | None, edition: str | None) -> tuple[Law, Law, Law]:
    """The laws of the windows, of the day, and of the exception, for the same days."""
    decided = {
        _HOURS_OF_8: "8小时平均的有效性",
        _WINDOWS: "日最大8小时平均的有效性",
        _EXCEEDANCE: "窗口不足时仍评价的界限",
    }
    hours, windows, exceedance = (
        governing(name, decides=words, on=on, edition=edition) for name, words in decided.items()
    )
    return hours, windows, exceedance


def window_first_label(law: Law) -> int:
    """The label of the first window that counts. Raises ValueError when editions differ in it."""
    found = {_first_label(span.edition) for span in law.spans}
    if len(found) > 1:
        raise ValueError("the days lie under editions with different windows; ask for each apart")
    return found.pop() if found else SPAN


def window_means(rows: Floats, first_label: int, needed: ArrayLike) -> Floats:
    """Means of the windows labelled ``first_label`` to 24 of rows of 24 hours; NaN where invalid.

    rows: (rows, 24). needed: valid hours a window needs, a number or (rows,).
    Returns (windows, rows).
    """
    inside = _inside(first_label)
    known = rows == rows  # noqa: PLR0124 - faster than isnan
    counts = inside @ known.astype(np.float64).T
    with np.errstate(invalid="ignore", divide="ignore"):
        means = (inside @ np.where(known, rows, 0.0).T) / counts
    means[counts < needed] = np.nan
    return np.asarray(means)


def _inside(first_label: int) -> Floats:
    """(windows, 24): one where the hour belongs to the window."""
    hour = np.arange(1, HOURS + 1)
    label = np.arange(first_label, HOURS + 1)[:, np.newaxis]
    return ((hour <= label) & (hour > label - SPAN)).astype(np.float64)


def _largest(
    hours: ArrayLike, laws: tuple[Law, Law, Law], shape: tuple[int, ...]
) -> tuple[Floats, Ints, Ints]:
    rows, slices = by_rows(hours, HOURS)
    needed = np.broadcast_to(minimum(laws[0], "O3"), shape).reshape(-1)
    first = np.broadcast_to(laws[1].numbers(_first_label), shape).reshape(-1)
    found = np.full(len(rows), np.nan)
    label, windows = np.full(len(rows), -1, np.intp), np.zeros(len(rows), np.intp)
    for start in np.unique(first).astype(int).tolist():
        for part in slices:
            mine = np.flatnonzero(first[part] == start) + part.start
            means = window_means(rows[mine], start, needed[mine])
            found[mine], label[mine], windows[mine] = _best_of(means, start)
    return found.reshape(shape), label.reshape(shape), windows.reshape(shape)


def _best_of(means: Floats, first_label: int) -> tuple[Floats, Ints, Ints]:
    """The largest of the windows of each day, its label, and how many are valid."""
    best = np.full(means.shape[1], -np.inf)
    label, windows = np.full(best.shape, -1, np.intp), np.zeros(best.shape, np.intp)
    for place, mean in enumerate(means, start=first_label):
        larger = mean > best  # never for NaN
        np.copyto(best, mean, where=larger)
        np.copyto(label, place, where=larger)
        windows += mean == mean  # noqa: PLR0124 - faster than isnan
    return np.where(windows > 0, best, np.nan), label, windows


def _last_eight(values: Floats) -> Floats:
    padded = np.concatenate([np.zeros((*values.shape[:-1], SPAN - 1)), values], axis=-1)
    if not values.shape[-1]:
        return values
    return np.asarray(np.lib.stride_tricks.sliding_window_view(padded, SPAN, axis=-1).sum(axis=-1))


def _needed(edition: Edition) -> int:
    return int(str(edition.table["needed"]))


def _first_label(edition: Edition) -> int:
    return int(str(edition.table["first_label"]))


def _reported(value: float, law: Law, place: Place) -> Floats:
    return reported(value, "O3", edition=law.edition_at(place).name)


def _reported_at(found: Floats, law: Law, where: NDArray[np.bool_]) -> Floats:
    """Reported figures of the elements ``where``, in the editions of ``law``; NaN elsewhere."""
    result = np.full(found.shape, np.nan)
    for span in law.spans:
        mine = where & np.broadcast_to(span.where, found.shape)
        result[mine] = reported(found[mine], "O3", edition=span.edition.name)
    return result
