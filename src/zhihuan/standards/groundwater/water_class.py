"""Groundwater class of a sample: the worst of its items against GB/T 14848.

    >>> from datetime import date
    >>> judged = groundwater_class({"nh3n": [0.3, 1.8], "fe": [0.2, 0.9]}, on=date(2026, 5, 1))
    >>> judged.names()
    array(['Ⅲ类', 'Ⅴ类'], dtype=object)
    >>> judged.multiples()[0].round(2)
    array([-0.4,  2.6])

Five classes: a value takes the class in whose range it lies, the better one where two print the
same limit, and everything worse than IV is V. Two editions are packaged, 1993 and 2017; a sample is
judged by that of its day, and an item its edition does not know takes no part. It refuses values
that look like another unit and never rounds before comparing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.classes import (
    Below,
    Classed,
    ClassTable,
    basis_of,
    cautions_of,
    class_table,
    exact_columns,
    exceedance_multiples,
    facts_of,
    judge_on,
    named,
    steps_of,
)
from zhihuan.standards.dated import When, as_days, edition_on
from zhihuan.standards.derivation import Basis, Derivation, Step
from zhihuan.standards.inputs import refuse_bad
from zhihuan.standards.parameters import Edition, parameter
from zhihuan.standards.tables import table_rows

__all__ = ["CLASS_NAMES", "GroundwaterClasses", "groundwater_class", "groundwater_items"]

CLASS_NAMES = ("Ⅰ类", "Ⅱ类", "Ⅲ类", "Ⅳ类", "Ⅴ类")
_CLASSES = dict(zip(("I", "II", "III", "IV"), CLASS_NAMES[:4], strict=True))
_NOT_ROUNDED = "全数值比较，不修约"
_LIMITS = "groundwater/class_limits"
_RADIOACTIVE = ("alpha", "beta")
_LAST_WITH_LIMITS = 3  # IV and V print the same value for total alpha and beta


@dataclass(frozen=True, slots=True)
class GroundwaterClasses:
    """Groundwater classes of samples, with what is needed to explain each.

    classed: item classes, editions and values; measure: the class that multiples refer to;
    stand_in: the rule for undetected values, None when no value was below detection.
    """

    classed: Classed
    measure: int
    stand_in: Edition | None

    @property
    def worst(self) -> NDArray[np.uint8]:
        """Class number of each sample: 1–5 for I–V, 0 = cannot be judged (no item at all)."""
        return self.classed.worst

    def names(self) -> NDArray[np.object_]:
        """The class of each sample, Ⅰ类 to Ⅴ类; 无法评价 where nothing could be judged."""
        return named(("无法评价", *CLASS_NAMES), self.classed.worst)

    def multiples(self) -> NDArray[np.float64]:
        """Exceedance multiples (C − limit)/limit against the measure class, (items, *samples).

        Not above 0 where the limit is kept; NaN where missing and where a multiple means nothing
        (pH, graded items).
        """
        return self.classed.multiples(self.measure)

    def derivation(self, index: int | tuple[int, ...] = ()) -> Derivation:
        """Why one sample stands in its class."""
        _, table = self.classed.at(index)
        worst = int(self.classed.worst[index])
        deciding = [table[item].name for item in self.classed.deciding_items(index)]
        decided = f"，决定指标：{'、'.join(deciding)}" if worst > 1 else ""
        basis = [basis_of(self.classed, index, decides="地下水质量分类限值")]
        if self.stand_in is not None:
            basis.append(Basis.of(self.stand_in, decides="未检出值的取值"))
        return Derivation(
            title="地下水质量类别",
            conclusion=table.name_of(worst) + decided,
            basis=tuple(basis),
            facts=facts_of(self.classed, index),
            steps=(
                *steps_of(self.classed, index, rounding=_NOT_ROUNDED),
                *self._multiples_told(index),
            ),
            cautions=(*self._radioactivity(index), *cautions_of(self.classed, index)),
        )

    def _multiples_told(self, index: int | tuple[int, ...]) -> tuple[Step, ...]:
        """The exceeding items of one sample, by how many times each exceeds."""
        found = []
        for limits, _, _, value in self.classed.sample(index):
            multiple = float(exceedance_multiples(limits, value, self.measure))
            if multiple > 0:
                limit = limits.high[self.measure - 1]
                how = f"({value:.12g}−{limit:g})÷{limit:g}"
                found.append(
                    Step(
                        f"{limits.name}超{CLASS_NAMES[self.measure - 1]}", how, f"{multiple:.4g} 倍"
                    )
                )
        return tuple(found)

    def _radioactivity(self, index: int | tuple[int, ...]) -> tuple[str, ...]:
        _, table = self.classed.at(index)
        found = [
            table[item].name
            for item, number in self.classed.numbers(index).items()
            if table[item].item in _RADIOACTIVE and number > _LAST_WITH_LIMITS
        ]
        words = "超过指导值，Ⅳ、Ⅴ类限值相同而从优列为Ⅳ类，应进行核素分析和评价"
        return (f"{'、'.join(found)}{words}",) if found else ()


def groundwater_class(  # noqa: PLR0913 - data, day, edition, target, detection, checking
    columns: Mapping[str, ArrayLike],
    *,
    on: When,
    edition: str | None = None,
    target: int | None = None,
    below: Mapping[str, ArrayLike] | None = None,
    checked: bool = True,
) -> GroundwaterClasses:
    """The class of each sample of groundwater, the worst of its items.

    columns: item code or Chinese name -> values [the unit of the item in ``groundwater_items``:
    mg/L for most, µg/L for organics, coliforms per 100 mL since 2018 and per litre before], any
    shapes that broadcast; NaN is missing, takes no part, and a sample without any value is 0. on:
    day of sampling, one or a day for each sample; edition: forces one. target: the class multiples
    refer to (1–4), the law's III when None. below: item -> where the value given is a detection
    limit that was not reached; half the limit stands in for it, and it keeps a class that wants
    nothing detected. checked=False leaves the plausibility of values to the caller.

    Returns GroundwaterClasses. Raises InputRefusedError (values implausible, shapes),
    UnknownItemError, OutsideEditionsError, UnknownEditionError.

    Source: GB/T 14848-93, 4.2 table 1 (in force 1994-10-01 to 2018-04-30, limits unconfirmed);
    GB/T 14848-2017, tables 1, 2 and chapter 6 (in force from 2018-05-01). Rounding: none.

    >>> from datetime import date
    >>> print(groundwater_class({"砷": 0.02, "pH": 8.7}, on=date(2026, 5, 1)).names())
    Ⅳ类
    """
    limits, columns, days = parameter(_LIMITS), exact_columns(columns), as_days(on)
    if checked:
        _refuse_implausible(columns)
    factor = None
    if below and days.size:
        factor = edition_on(parameter("groundwater/stand_in_factor"), days.max())
    classed = judge_on(
        _table,
        limits,
        columns,
        on=days,
        edition=edition,
        below=None if factor is None else _halved(factor, below or {}),
    )
    measure = target or _law_measure(days)
    return GroundwaterClasses(classed, measure, factor)


def groundwater_items(
    *, on: When, edition: str | None = None, group: str | None = None
) -> ClassTable:
    """The items of the standard on one day: code, Chinese name, unit and limits of each class.

    group: 常规 or 非常规 for one of the two tables of 2017 alone.
    """
    chosen = edition_on(parameter(_LIMITS), on, edition=edition)
    rows = [row for row in chosen.rows if group in (None, row["group"])]
    return class_table(rows, classes=_CLASSES, beyond=CLASS_NAMES[4])


def _table(edition: Edition) -> ClassTable:
    return _read(str(edition.table.get("rows")))


@cache
def _read(rows: str) -> ClassTable:
    return class_table(table_rows(rows), classes=_CLASSES, beyond=CLASS_NAMES[4])


def _refuse_implausible(columns: Mapping[str, ArrayLike]) -> None:
    tables = [_table(edition) for edition in reversed(parameter(_LIMITS).editions)]
    codes = {
        item: next((table[item].item for table in tables if item in table), None)
        for item in columns
    }
    refuse_bad(
        (f"groundwater/{code}", columns[item]) for item, code in codes.items() if code is not None
    )


def _halved(factor: Edition, below: Mapping[str, ArrayLike]) -> Below:
    return Below(masks=below, factors=dict.fromkeys(below, factor.number))


def _law_measure(days: NDArray[np.datetime64]) -> int:
    law = parameter("groundwater/measure_class")
    return int(edition_on(law, days.max()).number if days.size else law.editions[-1].number)
