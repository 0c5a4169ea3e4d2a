"""How the sections of a basin, a city or a month spread over the classes: counts and percentages.

    >>> from datetime import date
    >>> shares = class_shares(["Ⅱ", "Ⅲ", "Ⅳ", "劣Ⅴ", ""], on=date(2026, 9, 30))
    >>> float(shares.good[0]), float(shares.inferior[0]), int(shares.judged[0])
    (50.0, 25.0, 4)

Percentages are of the sections that have a class; those without one are counted apart and never
taken for anything. ``good`` is the share of classes I to III, ``inferior`` that worse than V.
Nothing is rounded but by ``reported``. It refuses counts that are negative or broken.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import When, as_days, numbers_on
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.parameters import parameter
from zhihuan.standards.surface_water.digits import reported
from zhihuan.standards.surface_water.quality_class import CLASS_NAMES, INFERIOR, class_numbers

__all__ = ["ClassShares", "class_shares", "count_percentages", "group_places"]

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

_GOOD = "surface_water/good_class"
_DECIMALS = "surface_water/percent_decimals"


@dataclass(frozen=True, slots=True)
class ClassShares:
    """Counts of classes, one row a group.

    groups: their labels, in order (one row labelled "" when none were given). counts: (groups, 7),
    the columns being class numbers: 0 without a class, 1 to 5, 6 worse than V. good_class: the
    worst class that still counts as good, per group. days: of each group.
    """

    groups: tuple[Hashable, ...]
    counts: Counts
    good_class: Counts
    days: NDArray[np.datetime64]

    @property
    def judged(self) -> Counts:
        """Sections with a class, (groups,)."""
        return np.asarray(self.counts[:, 1:].sum(axis=1))

    @property
    def percent(self) -> Floats:
        """Share of each class Ⅰ … 劣Ⅴ [%], (groups, 6); NaN where no section has a class."""
        return _percent(self.counts[:, 1:], self.judged[:, None])

    @property
    def good(self) -> Floats:
        """Share of classes I to III [%], (groups,)."""
        takes = np.arange(1, INFERIOR + 1) <= self.good_class[:, None]
        return _percent((self.counts[:, 1:] * takes).sum(axis=1), self.judged)

    @property
    def inferior(self) -> Floats:
        """Share worse than V [%], (groups,)."""
        return _percent(self.counts[:, INFERIOR], self.judged)

    def reported(self, percent: ArrayLike) -> Floats:
        """Percentages of the groups, (groups, …), as reports print them: one decimal."""
        numbers = np.asarray(percent, dtype=np.float64)
        days = self.days.reshape(-1, *([1] * (numbers.ndim - 1)))
        return reported(_DECIMALS, numbers, on=days)

    def derivation(self, index: int = 0) -> Derivation:
        """The counts and divisions of one group."""
        total, counts = int(self.judged[index]), self.counts[index]
        printed = [f"{value:.12g}%" for value in self.reported(self.percent)[index]]
        steps = [
            Step(
                f"{CLASS_NAMES[n]}类".replace("劣Ⅴ类", "劣Ⅴ类"),
                f"{counts[n]} ÷ {total}",
                printed[n - 1],
            )
            for n in range(1, INFERIOR + 1)
            if counts[n]
        ]
        good, inferior = (self.reported(part)[index] for part in (self.good, self.inferior))
        day = self.days[index].astype(object)
        return Derivation(
            title=f"水质类别比例 {self.groups[index]}".strip(),
            conclusion=f"Ⅰ～Ⅲ类 {good:.12g}%，劣Ⅴ类 {inferior:.12g}%"
            if total
            else "没有可评价的断面",
            basis=(Basis.of(parameter(_GOOD).on(day), decides="优良水质的类别"),),
            facts=(
                Fact("参与统计的断面", str(total), "个"),
                Fact("无法评价的断面", str(int(counts[0])), "个", "不计入比例"),
            ),
            steps=tuple(steps),
        )


def class_shares(classes: ArrayLike, *, on: When, groups: ArrayLike | None = None) -> ClassShares:
    """Counts and shares of the classes of sections.

    classes: names or numbers, any shape; empty, 0 or NaN has no class. groups: the basin, city or
    month of each, of the same shape; None puts all into one. on: one day (the period's last) or
    one a group, in the order of ``numpy.unique(groups)``.
    Raises InputRefusedError, OutsideEditionsError.
    Source: 环办〔2011〕22号, shares of classes. Nothing is rounded.
    """
    numbers = class_numbers(classes).ravel()
    labels, places = group_places(groups, numbers.size)
    # one count over (group, class) pairs instead of a pass for each group
    counts = np.bincount(places * (INFERIOR + 1) + numbers, minlength=len(labels) * (INFERIOR + 1))
    days = np.broadcast_to(as_days(on), (len(labels),))
    good = numbers_on(parameter(_GOOD), days).astype(np.int64)
    return ClassShares(labels, counts.reshape(len(labels), INFERIOR + 1), good, days)


def count_percentages(
    counts: Mapping[str, float], *, on: When, total: float | None = None
) -> dict[str, float]:
    """Each count as a percentage of their total, one decimal, under the keys given.

    counts: any combination of classes ("I-II", "III" …) -> sections. total: where it is not their
    sum. A total of zero gives NaN. on: the day, for the digits.
    Raises InputRefusedError for a negative or missing count, or more sections than the total.
    Rounding: half to even, one decimal (parameter surface_water/percent_decimals).

    >>> from datetime import date
    >>> counts = {"I-II": 27, "III": 66, "IV-V": 61, "inferior V": 41}
    >>> count_percentages(counts, on=date(2017, 12, 31))["III"]
    33.8
    """
    given = np.array([float(count) for count in counts.values()])
    whole = float(given.sum() if total is None else total)
    for row, (name, count) in enumerate(counts.items()):
        if not 0 <= float(count) <= whole:
            remedy = "断面数应不小于 0、不大于总数"
            raise InputRefusedError([InputProblem(row, name, count, "断面数不合理", remedy)])
    percent = reported(_DECIMALS, _percent(given, np.array(whole)), on=on)
    return dict(zip(counts, percent.tolist(), strict=True))


def group_places(
    groups: ArrayLike | None, size: int
) -> tuple[tuple[Hashable, ...], NDArray[np.int64]]:
    """The different groups in order, and which of them each element belongs to.

    None is one group "". Raises InputRefusedError where the sizes differ.
    """
    if groups is None:
        return ("",), np.zeros(size, dtype=np.int64)
    labels, places = np.unique(np.asarray(groups).ravel(), return_inverse=True)
    if places.size != size:
        sizes = f"{places.size} 个，数据 {size} 个"
        raise InputRefusedError(
            [InputProblem(-1, "分组", sizes, "分组与数据的个数不一致", "每个数据给出一个分组")]
        )
    return tuple(labels.tolist()), places.astype(np.int64)


def _percent(part: NDArray[np.generic], whole: NDArray[np.generic]) -> Floats:
    parts, wholes = np.asarray(part, dtype=np.float64), np.asarray(whole, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(wholes > 0, 100.0 * parts / wholes, np.nan)
