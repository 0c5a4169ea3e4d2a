"""Which class of GB 3838 a sample, a section or a mean meets, and which items decide it.

    >>> from datetime import date
    >>> judged = water_class({"pH": 7.4, "DO": [6.2, 4.1], "氨氮": [0.62, 2.3]}, on=date(2024, 5, 1))
    >>> judged.names.tolist(), judged.deciding_items(1)
    (['Ⅲ', '劣Ⅴ'], ('nh3n',))

The worst item wins (single-factor assessment). Values are compared as they are, unrounded: so does
the published national class. Water temperature, total nitrogen and faecal coliforms do not take
part; the last two are judged beside it, for reference. Missing items are left out and counted; a
sample without any item has no class. It refuses values that cannot be concentrations in mg/L.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.classes import Below, Classed, judge_on
from zhihuan.standards.dated import Days, When, as_days, spans_in_force
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.inputs import refuse_bad
from zhihuan.standards.parameters import parameter
from zhihuan.standards.surface_water.judged_class import EVALUATED, WaterClass, not_given
from zhihuan.standards.surface_water.limits import (
    LAKE_ROWS,
    LAKES_ONLY,
    LIMITS,
    lake_mask,
    limit_table,
)
from zhihuan.standards.surface_water.names import item_code
from zhihuan.standards.surface_water.reported import Reported, below_of, read_reported

__all__ = ["WaterClass", "limited_items", "water_class"]

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


def water_class(
    values: Mapping[str, ArrayLike | Reported],
    *,
    on: When,
    waterbody: ArrayLike = "river",
    edition: str | None = None,
    items: Sequence[str] | None = None,
) -> WaterClass:
    """The class of each sample: that of its worst item.

    values: item (any of its names) -> concentrations [mg/L], pH, coliforms [个/L]; shapes
    broadcast to the samples'; NaN is missing. Texts as laboratories write them are read, and so
    is ``Reported``: below detection counts as half of the limit. Known items without limits
    (conductivity …) are left out.
    on: day or days of Beijing. waterbody: "river" or "lake", or an array of them.
    items: judge by these instead of the official list.
    A sample with no value at all has class 0. Missing items never make a class better than the
    others say, and never count as kept: see ``counted``.
    Raises InputRefusedError, OutsideEditionsError, UnknownEditionError.
    Source: GB 3838-2002 table 1 (in force 2002-06-01); items: 环办〔2011〕22号. Nothing is rounded.

    >>> from datetime import date
    >>> day = date(2024, 5, 1)
    >>> water_class({"tp": [0.02, 0.02], "codmn": 2}, waterbody=["river", "lake"], on=day).names
    array(['Ⅰ', 'Ⅱ'], dtype='<U2')
    """
    columns, below = _columns(values, as_days(on))
    # only what is judged is guarded: stations publish other columns in units of their own
    refuse_bad((f"surface_water/{code}", column) for code, column in columns.items())
    lake, days = lake_mask(waterbody), as_days(on)
    shape = _shape(columns, lake, days)
    chosen = None if items is None else frozenset(map(item_code, items))
    counted, beside = _split(_rows(columns, lake), days, chosen)
    if not counted:
        raise not_given("参与评价的项目")

    def judged(rows: dict[str, Floats]) -> Classed:
        spread = {row: np.broadcast_to(column, shape) for row, column in rows.items()}
        law, own = parameter(LIMITS), _marks_of(below, rows)
        return judge_on(limit_table, law, spread, on=on, edition=edition, below=own)

    return WaterClass(
        classed=judged(counted),
        reference=judged(beside) if beside else None,
        lake=np.broadcast_to(lake, shape),
        days=days,
        chosen=chosen is not None,
    )


# ---- from columns as given to rows of the table --------------------------------------------------


def _columns(
    values: Mapping[str, ArrayLike | Reported], days: Days
) -> tuple[dict[str, Floats], Below]:
    """Columns of items with limits, by their code; and which of their values are detection
    limits.
    """
    read: dict[str, Reported] = {}
    limited = limited_items()
    for name, cells in values.items():
        code = item_code(name)
        if code in read:
            fault = ("同一项目给出了两次", "请只保留一列")
            raise InputRefusedError([InputProblem(-1, "项目", name, *fault)])
        if code in limited:
            read[code] = cells if isinstance(cells, Reported) else read_reported(cells)
    columns, below = below_of(read, on=days)
    return columns, _with_lake_rows(below)


def _with_lake_rows(below: Below) -> Below:
    """The marks of a column stand for its lakes' row as well."""
    masks, factors = dict(below.masks), dict(below.factors)
    for code, row in LAKE_ROWS.items():
        if code in masks:
            masks[row], factors[row] = masks[code], factors[code]
    return Below(masks, factors)


def _marks_of(below: Below, rows: Mapping[str, Floats]) -> Below:
    """The marks of these rows: those that take part and those told beside are judged apart."""
    masks = {row: mask for row, mask in below.masks.items() if row in rows}
    return Below(masks, {row: below.factors[row] for row in masks if row in below.factors})


def _rows(columns: dict[str, Floats], lake: Mask) -> dict[str, Floats]:
    """The columns under the rows of the table that speak of their water; NaN where none does."""
    # Table 1 prints two limits for phosphorus, one "(湖、库)", and marks nitrogen "(湖、库)" alone.
    # Where rivers and lakes are mixed the column stands under both rows, each seeing its own
    # water: the worst of a sample is then right without a second pass.
    rows: dict[str, Floats] = {}
    for code, column in columns.items():
        if code in LAKES_ONLY:
            rows[code] = column if lake.all() else np.where(lake, column, np.nan)
        elif code not in LAKE_ROWS or not lake.any():
            rows[code] = column
        elif lake.all():
            rows[LAKE_ROWS[code]] = column
        else:
            rows[code] = np.where(lake, np.nan, column)
            rows[LAKE_ROWS[code]] = np.where(lake, column, np.nan)
    return rows


def _split(
    rows: dict[str, Floats], days: Days, chosen: frozenset[str] | None
) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """Rows that take part, and rows judged beside; each edition's list governs its own days."""
    counted, beside = {}, {}
    for row, column in rows.items():
        # a row of the table takes part on the days whose list names it, and is told beside on others
        takes = _takes_part(row, days, chosen)
        if takes.any():
            counted[row] = column if takes.all() else np.where(takes, column, np.nan)
        if not takes.all():
            beside[row] = np.where(takes, np.nan, column) if takes.any() else column
    return counted, beside


def limited_items() -> set[str]:
    """The items that any edition has limits for."""
    return {row for edition in parameter(LIMITS).editions for row in limit_table(edition).items}


def _takes_part(row: str, days: Days, chosen: frozenset[str] | None) -> Mask:
    if chosen is not None:
        return np.asarray(row.removesuffix("_lake") in chosen)
    takes = np.zeros(days.shape, dtype=bool)
    for span in spans_in_force(parameter(EVALUATED), days):
        listed = span.edition.table["items"]
        takes |= span.where & (isinstance(listed, list) and row in listed)
    return takes


def _shape(columns: dict[str, Floats], lake: Mask, days: Days) -> tuple[int, ...]:
    shapes = {code: column.shape for code, column in columns.items()}
    try:
        return np.broadcast_shapes(*shapes.values(), lake.shape, days.shape)
    except ValueError:
        sizes = "，".join(f"{code} {shape}" for code, shape in shapes.items())
        sizes += f"，水体类型 {lake.shape}，日期 {days.shape}"
        problem = InputProblem(
            -1, "项目", sizes, "数值、水体类型与日期的个数不一致", "每个样品一行，缺测留空"
        )
        raise InputRefusedError([problem]) from None
