"""From classes to words: the status of a section, and of a river or basin by its shares of classes.

    >>> from datetime import date
    >>> section_status(["Ⅱ", "Ⅴ", ""], on=date(2026, 9, 30)).names.tolist()
    ['优', '中度污染', '']
    >>> basin_status(["Ⅱ"] * 7 + ["Ⅳ", "Ⅴ", "劣Ⅴ"], on=date(2026, 9, 30)).names.tolist()
    ['轻度污染']

A basin of fewer than five sections is not judged by shares: each item is averaged over them and
the means are judged as one section (``means.class_of_means``, then ``section_status``). The
table leaves one point open, 60 % of classes I to III with 40 % worse than V; the worse status is
given there and flagged. It refuses to call anything without a class good.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import Days, When, as_days, numbers_on, spans_in_force
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.parameters import parameter
from zhihuan.standards.surface_water.law import law_at
from zhihuan.standards.surface_water.quality_class import (
    CLASS_COLUMNS,
    CLASS_NAMES,
    ClassNumbers,
    class_numbers,
)
from zhihuan.standards.surface_water.shares import ClassShares, class_shares

__all__ = ["BasinStatus", "SectionStatus", "basin_status", "section_status"]

Texts = NDArray[np.str_]
Mask = NDArray[np.bool_]

_SECTION = "surface_water/section_status"
_BASIN = "surface_water/basin_status"
_LEAST = "surface_water/basin_least_sections"
_WIDTH = "<U8"


@dataclass(frozen=True, slots=True)
class SectionStatus:
    """Words for classes, all of the classes' shape; "" where there is none.

    codes: class numbers; names: 优 … 重度污染; colours: of maps and tables; uses: what the water
    serves for.
    """

    codes: ClassNumbers
    names: Texts
    colours: Texts
    uses: Texts
    days: Days
    edition: str | None = None

    def derivation(self, index: int | tuple[int, ...] = ()) -> Derivation:
        """Why one section is called so."""
        place = index if isinstance(index, tuple) else (index,)
        law = law_at(_SECTION, self.days, self.codes.shape, place, edition=self.edition)
        name, status = CLASS_NAMES[int(self.codes[place])], str(self.names[place])
        return Derivation(
            title="断面水质状况",
            conclusion=f"水质{status}" if name else "没有水质类别，无法评价",
            basis=(Basis.of(law, decides="类别与状况的对应", forced=self.edition is not None),),
            facts=(Fact("水质类别", name or "无"),),
            steps=(Step("定性评价", f"{name}类", f"{status}（{self.colours[place]}）"),)
            if name
            else (),
        )


@dataclass(frozen=True, slots=True)
class BasinStatus:
    """The status of each group of sections.

    shares: their counts and shares; names: 优 … 重度污染, "" where nothing can be judged by
    shares; colours; too_few: fewer sections than shares need (judge the means instead); on_gap: the
    table is silent there and the worse status was taken. least: sections needed.
    """

    shares: ClassShares
    names: Texts
    colours: Texts
    too_few: Mask
    on_gap: Mask
    least: NDArray[np.int64]
    edition: str | None = None

    def derivation(self, index: int = 0) -> Derivation:
        """Why one group is called so."""
        shares, days = self.shares, self.shares.days
        law = law_at(_BASIN, days, days.shape, (index,), edition=self.edition)
        good, inferior = float(shares.good[index]), float(shares.inferior[index])
        status, total = str(self.names[index]), int(shares.judged[index])
        few = f"断面少于 {self.least[index]} 个，应按各项目的断面均值评价"
        gap = "Ⅰ～Ⅲ类与劣Ⅴ类比例恰在分级表未规定之处，取较差的状况"
        how = f"Ⅰ～Ⅲ类 {good:.12g}%，劣Ⅴ类 {inferior:.12g}%（未修约）"
        return Derivation(
            title=f"河流、流域（水系）水质状况 {shares.groups[index]}".strip(),
            conclusion=f"水质{status}" if status else (few if total else "没有可评价的断面"),
            basis=(
                Basis.of(law, decides="定性评价分级", forced=self.edition is not None),
                Basis.of(law_at(_LEAST, days, days.shape, (index,)), decides="最少断面数"),
            ),
            facts=shares.derivation(index).facts,
            steps=(
                *shares.derivation(index).steps,
                *((Step("定性评价", how, status, deciding=True),) if status else ()),
            ),
            cautions=(gap,) if self.on_gap[index] else (),
        )


def section_status(classes: ArrayLike, *, on: When, edition: str | None = None) -> SectionStatus:
    """The status of each section by its class.

    classes: names or numbers, any shape. on: day or days, broadcast to them. edition: forces one.
    No class, no words.
    Source: 环办〔2011〕22号, table 1 (from 2011-03-09). Raises InputRefusedError,
    OutsideEditionsError.
    """
    codes, days = class_numbers(classes), as_days(on)
    columns = {name: np.full(codes.shape, "", dtype="<U60") for name in ("status", "colour", "use")}
    for span in spans_in_force(parameter(_SECTION), days, edition=edition):
        where = np.broadcast_to(span.where, codes.shape)
        for column, words in columns.items():
            by_class = np.array(["", *(row[column] for row in _by_class(span.edition.rows))])
            words[where] = by_class[codes[where]]
    return SectionStatus(codes, columns["status"], columns["colour"], columns["use"], days, edition)


def basin_status(
    classes: ArrayLike,
    *,
    on: When,
    groups: ArrayLike | None = None,
    edition: str | None = None,
) -> BasinStatus:
    """The status of rivers, basins or cities by the shares of their sections' classes.

    classes, groups, on: as in ``class_shares``; edition: forces that of the table. A group with fewer than five judged sections has
    no status: see ``too_few``. Shares are compared unrounded.
    Source: 环办〔2011〕22号, table 2 (from 2011-03-09, unconfirmed).
    """
    shares = class_shares(classes, on=on, groups=groups)
    size = len(shares.groups)
    names, colours = (np.full(size, "", dtype=_WIDTH) for _ in range(2))
    on_gap = np.zeros(size, dtype=bool)
    least = numbers_on(parameter(_LEAST), shares.days).astype(np.int64)
    enough = shares.judged >= least
    for span in spans_in_force(parameter(_BASIN), shares.days, edition=edition):
        open_still = span.where & enough
        # the rows are read from the top as printed; the first that fits decides
        for row in span.edition.rows:
            fits = open_still & _fits(row, shares)
            names[fits], colours[fits] = row["status"], row["colour"]
            open_still &= ~fits
        # the printed conditions do not cover 60 % of Ⅰ–Ⅲ with 40 % of 劣Ⅴ: the worse side is taken
        worst = span.edition.rows[-1]
        names[open_still], colours[open_still] = worst["status"], worst["colour"]
        on_gap |= open_still
    return BasinStatus(shares, names, colours, ~enough, on_gap, least, edition)


def _by_class(rows: tuple[Mapping[str, str], ...]) -> list[Mapping[str, str]]:
    """The rows best first, 劣Ⅴ last."""
    found = {row["class"]: row for row in rows}
    return [found[name] for name in (*CLASS_COLUMNS, "inferior")]


def _fits(row: Mapping[str, str], shares: ClassShares) -> Mask:
    fits = np.ones(len(shares.groups), dtype=bool)
    for share, name in ((shares.good, "good"), (shares.inferior, "inferior")):
        if row[f"{name}_from"]:
            fits &= share >= float(row[f"{name}_from"])
        if row[f"{name}_below"]:
            fits &= share < float(row[f"{name}_below"])
    return fits
