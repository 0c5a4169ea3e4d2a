"""Sea-water class of a sample: the worst of its items against GB 3097-1997.

    >>> from datetime import date
    >>> judged = sea_class({"din": [0.18, 0.52], "po4": [0.012, 0.020]}, on=date(2026, 8, 1))
    >>> judged.worst, judged.names()
    (array([1, 5], dtype=uint8), array(['第一类', '劣四类'], dtype=object))
    >>> judged.classed.deciding_items(1)
    ('din',)

Four classes by use; worse than the fourth is 劣四类. It refuses values that look like another unit
(metals of the sea are often reported in µg/L, the standard counts in mg/L), unknown items and days
before 1998-07-01; it never rounds before comparing.
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
    facts_of,
    judge_on,
    named,
    refuse_strays,
    steps_of,
)
from zhihuan.standards.dated import When, as_days, edition_on
from zhihuan.standards.derivation import Basis, Derivation
from zhihuan.standards.inputs import refuse_bad
from zhihuan.standards.parameters import Edition, parameter
from zhihuan.standards.tables import table_rows

__all__ = [
    "CLASS_NAMES",
    "SeaClasses",
    "evaluated_items",
    "sea_class",
    "sea_items",
    "stand_in_values",
]

CLASS_NAMES = ("第一类", "第二类", "第三类", "第四类", "劣四类")
_CLASSES = {f"class{number}": name for number, name in enumerate(CLASS_NAMES[:4], start=1)}
_NOT_ROUNDED = "全数值比较，不修约"
_LIMITS, _STAND_IN, _ITEMS = "sea/class_limits", "sea/stand_in", "sea/national_items"


@dataclass(frozen=True, slots=True)
class SeaClasses:
    """Sea-water classes of samples, with what is needed to explain each.

    classed: item classes, editions and values; stand_in: the rule for undetected values, None when
    no value was below detection.
    """

    classed: Classed
    stand_in: Edition | None

    @property
    def worst(self) -> NDArray[np.uint8]:
        """Class number of each sample: 1–4, 5 = 劣四类, 0 = cannot be judged (no item at all)."""
        return self.classed.worst

    def names(self) -> NDArray[np.object_]:
        """The Chinese class name of each sample; 无法评价 where nothing could be judged."""
        return named(("无法评价", *CLASS_NAMES), self.classed.worst)

    def derivation(self, index: int | tuple[int, ...] = ()) -> Derivation:
        """Why one sample stands in its class."""
        _, table = self.classed.at(index)
        worst = int(self.classed.worst[index])
        deciding = [table[item].name for item in self.classed.deciding_items(index)]
        decided = f"，决定项目：{'、'.join(deciding)}" if worst > 1 else ""
        basis = [basis_of(self.classed, index, decides="海水水质类别限值")]
        if self.stand_in is not None:
            basis.append(Basis.of(self.stand_in, decides="未检出值的取值"))
        return Derivation(
            title="海水水质类别",
            conclusion=table.name_of(worst) + ("海水" if worst else "") + decided,
            basis=tuple(basis),
            facts=facts_of(self.classed, index),
            steps=steps_of(self.classed, index, rounding=_NOT_ROUNDED),
            cautions=cautions_of(self.classed, index),
        )


def sea_class(
    columns: Mapping[str, ArrayLike],
    *,
    on: When,
    edition: str | None = None,
    below: Mapping[str, ArrayLike] | None = None,
    checked: bool = True,
) -> SeaClasses:
    """The class of each sample of sea water, the worst of its items.

    columns: item code or Chinese name -> values [the unit of the item in ``sea_items``: mg/L for
    nearly all, µg/L for benzo(a)pyrene], any shapes that broadcast; NaN is missing, takes no part,
    and a sample without any value is 0. on: day of sampling, one or a day for each sample;
    edition: forces one. below: item -> where the value given is a detection limit that was not
    reached; the limit times the factor of GB 17378.2-2007 stands in for it, by the share of
    detected values among those given. checked=False leaves the plausibility of values to the
    caller. Dissolved oxygen must exceed its limit, all others may reach theirs; pH lies within its
    range, ends included.

    Returns SeaClasses. Raises InputRefusedError (values implausible, shapes), UnknownItemError,
    OutsideEditionsError, UnknownEditionError.

    Source: GB 3097-1997, 3.1, 3.2 table 1 (in force from 1998-07-01, no successor known; values
    agree with one third-party copy, text not read). Rounding: none before comparison.

    >>> from datetime import date
    >>> sea_class({"do": 5.0, "石油类": 0.04}, on=date(2026, 8, 1)).names().item()
    '第三类'
    """
    limits, columns, days = parameter(_LIMITS), exact_columns(columns), as_days(on)
    if checked:
        _refuse_implausible(limits.editions[-1], columns)
    refuse_strays("未检出标记", below or {}, columns)
    rule = edition_on(parameter(_STAND_IN), days.max()) if below and days.size else None
    classed = judge_on(
        _table,
        limits,
        columns,
        on=on,
        edition=edition,
        below=None if rule is None else _stand_ins(rule, columns, below or {}),
    )
    return SeaClasses(classed, rule)


def sea_items(*, on: When, edition: str | None = None) -> ClassTable:
    """The items of the standard on one day: code, Chinese name, unit and limits of each class."""
    return _table(edition_on(parameter(_LIMITS), on, edition=edition))


def evaluated_items(*, on: When) -> tuple[str, ...]:
    """The items that the national evaluation of sea water uses on a day (unconfirmed list).

    Source: practice under HJ 442.10-2020 (in force 2021-03-01); the list awaits the text.
    """
    items = edition_on(parameter(_ITEMS), on).table["items"]
    return tuple(map(str, items)) if isinstance(items, list) else ()


def stand_in_values(
    columns: Mapping[str, ArrayLike], below: Mapping[str, ArrayLike], *, on: When
) -> dict[str, NDArray[np.float64]]:
    """The columns with stand-ins where below detection, by the rule of one day.

    As in ``sea_class``: the factor follows the share of detected values of each column. Raises
    InputRefusedError for marks without a column of their name or that do not fit it.
    """
    refuse_strays("未检出标记", below, columns)
    arrays = exact_columns(columns)
    if not below:
        return arrays
    rules = _stand_ins(edition_on(parameter(_STAND_IN), on), columns, below)
    return {
        item: values
        if (mask := rules.mask(item, values.shape)) is None
        else np.where(mask, values * rules.factors[item], values)
        for item, values in arrays.items()
    }


def _table(edition: Edition) -> ClassTable:
    return _read(str(edition.table.get("rows")))


@cache
def _read(rows: str) -> ClassTable:
    return class_table(table_rows(rows), classes=_CLASSES, beyond=CLASS_NAMES[4])


def _refuse_implausible(edition: Edition, columns: Mapping[str, ArrayLike]) -> None:
    table = _table(edition)
    refuse_bad((f"sea/{table[item].item}", values) for item, values in columns.items())


def _stand_ins(
    rule: Edition, columns: Mapping[str, ArrayLike], below: Mapping[str, ArrayLike]
) -> Below:
    return Below(
        masks=below,
        factors={item: _factor(rule, columns[item], mask) for item, mask in below.items()},
    )


def _factor(rule: Edition, values: ArrayLike, mask: ArrayLike) -> float:
    """What the detection limit of one item is multiplied with, by the share of detected values."""
    given, hidden = np.broadcast_arrays(np.asarray(values, dtype=np.float64), np.asarray(mask))
    valid = ~np.isnan(given)
    detected = np.count_nonzero(valid & ~hidden.astype(bool))
    often = detected >= float(str(rule.table["share"])) * np.count_nonzero(valid)
    return float(str(rule.table["at_least" if often else "less"]))
