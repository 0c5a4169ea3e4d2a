"""Whether surface water may be a source of drinking water: tables 1, 2 and 3 of GB 3838.

    >>> from datetime import date
    >>> source = drinking_source({"nh3n": [0.4, 0.4], "fe": [0.2, 0.35], "苯": 0.002},
    ...                          on=date(2026, 9, 30))
    >>> source.passes.tolist(), source.failing(1)
    ([True, False], ('铁',))

Basic items must reach class III (or the class of the protection zone), supplementary and specific
items their single limits; one item beyond its limit is enough to fail. Missing items are left out
and counted; a source without any data does not pass. The rate of attainment, by sources or by
volume of water, is ``targets.target_compliance``'s business or ``attainment_percent``. It refuses
items that no table knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.classes import (
    Classed,
    ClassTable,
    basis_of,
    class_table,
    facts_of,
    judge_on,
    steps_of,
)
from zhihuan.standards.dated import Days, When, as_days, numbers_on
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.inputs import refuse_bad
from zhihuan.standards.parameters import Edition, parameter
from zhihuan.standards.surface_water.classification import water_class
from zhihuan.standards.surface_water.exceedance import Exceedance, exceedance_of
from zhihuan.standards.surface_water.names import known_item
from zhihuan.standards.surface_water.quality_class import class_name
from zhihuan.standards.surface_water.reported import Reported, below_of, read_reported
from zhihuan.standards.tables import table_rows

__all__ = ["DrinkingSource", "attainment_percent", "drinking_source"]

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Index = int | tuple[int, ...]

_CLASS = "surface_water/drinking_class"
_SINGLE = ("surface_water/drinking_supplement", "surface_water/drinking_specific")
_NOT_IN_NAMES = str.maketrans({"_": "", " ": "", "（": "(", "）": ")", "，": ",", "、": ","})


@dataclass(frozen=True, slots=True)
class DrinkingSource:
    """Judgements of samples of sources. passes: False where anything fails or nothing was given.

    basic: exceedances of table 1 against the class asked, None where no basic item was given.
    single: of the tables of single limits that were given, their class judgements (1 kept, 2 not).
    judged: whether any item had a value; counted: how many had. All in the samples' shape.
    """

    passes: Mask
    judged: Mask
    counted: NDArray[np.int64]
    basic: Exceedance | None
    single: tuple[Classed, ...]
    days: Days

    def failing(self, index: Index = ()) -> tuple[str, ...]:
        """The Chinese names of the items beyond their limits, table by table."""
        place = index if isinstance(index, tuple) else (index,)
        found = []
        if self.basic is not None:
            table = self.basic.judged.classed.at(place)[1]
            rows = zip(self.basic.items, self.basic.exceeding, strict=True)
            found += [table[item].name for item, over in rows if over[place]]
        for part in self.single:
            table, numbers = part.at(place)[1], part.numbers(place)
            found += [table[item].name for item, number in numbers.items() if number > 1]
        return tuple(found)

    def derivation(self, index: Index = ()) -> Derivation:
        """Which items of one sample were judged, by which table, and which fail."""
        place = index if isinstance(index, tuple) else (index,)
        failing = "、".join(self.failing(place))
        basis, facts, steps = [], [], []
        if self.basic is not None:
            why = self.basic.judged.derivation(place)
            goal = class_name(int(self.basic.target[place]))
            day = np.broadcast_to(self.days, self.passes.shape)[place].astype(object)
            basis += [
                Basis.of(parameter(_CLASS).on(day), decides=f"基本项目应达到{goal}类"),
                *why.basis,
            ]
            facts, steps = [*why.facts[:-1]], [*why.steps]
        for part in self.single:
            basis.append(basis_of(part, place, decides="单项限值"))
            facts += facts_of(part, place)
            steps += steps_of(part, place)[:-1]
        count = int(self.counted[place])
        return Derivation(
            title="集中式饮用水水源水质评价",
            conclusion=(f"不达标：{failing}" if failing else "达标")
            if count
            else "没有数据，无法评价",
            basis=tuple(basis),
            facts=(*facts, Fact("有数据的项目", str(count), "项")),
            steps=(
                *steps,
                Step("单因子评价", f"{count} 项", f"不达标 {len(self.failing(place))} 项"),
            ),
        )


def drinking_source(
    values: Mapping[str, ArrayLike | Reported],
    *,
    on: When,
    waterbody: ArrayLike = "river",
    target: ArrayLike | None = None,
    edition: str | None = None,
) -> DrinkingSource:
    """Whether each sample of a surface source keeps the limits of drinking sources.

    values: item -> values [mg/L], pH; basic items under any of their names, supplementary items
    (so4, cl, no3n, fe, mn), specific items by their Chinese names; NaN missing; shapes broadcast.
    on: day or days. target: class asked of the basic items (Ⅱ in level-1 protection zones where a
    place asks so); None takes class III. edition: forces that of the three tables.
    Raises InputRefusedError, OutsideEditionsError.
    Source: GB 3838-2002 tables 1 to 3 (in force 2002-06-01). Nothing is rounded.
    """
    days = as_days(on)
    basic, *others = _by_table(values)
    parts = [column.shape for part in (basic, *others) for column in _shapes(part)]
    shape = np.broadcast_shapes(days.shape, np.shape(waterbody), *parts)
    single = tuple(
        _judged_single(law, part, shape, on, edition)
        for law, part in zip(_SINGLE, others, strict=True)
        if part
    )
    over = None
    counted = np.zeros(shape, dtype=np.int64)
    fails = np.zeros(shape, dtype=bool)
    if basic:
        first = next(iter(basic))
        # one column in full shape carries the shape of the other tables into table 1
        basic[first] = _spread(basic[first], shape)
        judged = water_class(basic, on=on, waterbody=waterbody, edition=edition)
        asked = numbers_on(parameter(_CLASS), days) if target is None else target
        over = exceedance_of(judged, target=asked)
        counted += judged.counted
        fails |= over.exceeding.any(axis=0)
    for part in single:
        counted += part.counted
        fails |= part.worst > 1
    return DrinkingSource(~fails & (counted > 0), counted > 0, counted, over, single, days)


def attainment_percent(source: DrinkingSource, volume_m3: ArrayLike | None = None) -> float:
    """Share of sources (or of their water, by volume [m³]) that keeps the limits [%], unrounded.

    Sources without data are left out; NaN when none is left.
    """
    weight = np.ones(source.passes.shape) if volume_m3 is None else np.asarray(volume_m3, float)
    weight = np.where(source.judged, np.broadcast_to(weight, source.passes.shape), 0.0)
    total = float(weight.sum())
    return 100.0 * float(weight[source.passes].sum()) / total if total else float("nan")


def _by_table(values: Mapping[str, ArrayLike | Reported]) -> list[dict[str, Reported]]:
    """The columns apart: basic items, and those of each table of single limits."""
    tables = [_names_of(law) for law in _SINGLE]
    parts: list[dict[str, Reported]] = [{}, *({} for _ in tables)]
    for name, cells in values.items():
        read = cells if isinstance(cells, Reported) else read_reported(cells)
        code = known_item(name)
        for part, names in zip(parts[1:], tables, strict=True):
            row = names.get(code or _plain(name))
            if row is not None:
                part[row] = read
                break
        else:
            parts[0][name] = read
    return parts


def _judged_single(
    law: str,
    columns: dict[str, Reported],
    shape: tuple[int, ...],
    on: When,
    edition: str | None,
) -> Classed:
    refuse_bad((f"surface_water/{item}", read.values) for item, read in columns.items())
    spread = {item: _spread(read, shape) for item, read in columns.items()}
    numbers, below = below_of(spread, on=on)
    return judge_on(single_table, parameter(law), numbers, on=on, edition=edition, below=below)


def single_table(edition: Edition) -> ClassTable:
    """The table of single limits of an edition: kept, or not."""
    return _single_table(str(edition.table["rows"]))


@cache
def _single_table(rows: str) -> ClassTable:
    return class_table(table_rows(rows), classes={"limit": "达标"}, beyond="不达标")


def _names_of(law: str) -> dict[str, str]:
    """Every spelling of a table's items: its code, plain text of its name, packaged spellings."""
    rows = [row for edition in parameter(law).editions for row in edition.rows]
    return {_plain(text): row["item"] for row in rows for text in (row["item"], row["name"])}


def _plain(name: str) -> str:
    return str(name).strip().casefold().translate(_NOT_IN_NAMES)


def _shapes(part: dict[str, Reported]) -> list[Floats]:
    return [read.values for read in part.values()]


def _spread(read: Reported, shape: tuple[int, ...]) -> Reported:
    return Reported(np.broadcast_to(read.values, shape), np.broadcast_to(read.below, shape))
