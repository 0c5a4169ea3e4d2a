"""Whether urban water is black and odorous: none, mild or severe, by sample, point and water body.

    >>> from datetime import date
    >>> found = black_odour({"sd": [30, 20], "do": [5, 1], "nh3n": [5, 20]}, on=date(2026, 9, 30))
    >>> found.names.tolist()
    ['none', 'severe']

A sample is as bad as its worst item: transparency [cm], dissolved oxygen and ammonia nitrogen
[mg/L], and under the guide of 2015 the redox potential [mV]. Where water is shallower than 25 cm,
the line of severe transparency is 40 % of the depth, and water clear to its bed is not
black-odorous by transparency. A missing item is left out and counted; nothing measured, nothing
judged. It refuses transparency in metres.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.classes import ClassTable, ItemLimits, class_table, item_class
from zhihuan.standards.dated import Days, When, as_days, spans_in_force
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.inputs import refuse_bad
from zhihuan.standards.parameters import Edition, parameter
from zhihuan.standards.surface_water.digits import without_noise
from zhihuan.standards.surface_water.law import law_at
from zhihuan.standards.surface_water.names import item_code
from zhihuan.standards.surface_water.reported import Reported, read_reported
from zhihuan.standards.tables import table_rows

__all__ = ["GRADES", "GRADE_NAMES", "BlackOdour", "black_odour"]

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Index = int | tuple[int, ...]

GRADES = ("", "none", "mild", "severe")
GRADE_NAMES = ("无法评价", "非黑臭", "轻度黑臭", "重度黑臭")

_ITEMS = "surface_water/black_odour_items"
_COUNTED = "surface_water/black_odour_counted"
_SHALLOW = "surface_water/black_odour_shallow"
_GUARDS = {"sd": "sd_cm"}
_CLASSES = {"none": "非黑臭", "mild": "轻度黑臭"}
_BEYOND = "重度黑臭"


@dataclass(frozen=True, slots=True)
class BlackOdour:
    """Grades of samples. codes: 0 not judged, 1 none, 2 mild, 3 severe, in the samples' shape.

    items: their order along the first axis of item_codes and values (items, *samples); counts: of
    each item, whether it takes part on its day; shallow: transparency was judged by the depth.
    """

    codes: NDArray[np.uint8]
    items: tuple[str, ...]
    item_codes: NDArray[np.uint8]
    values: Mapping[str, Floats]
    counts: Mask
    shallow: Mask
    depth_cm: Floats
    clear_to_bed: Mask
    days: Days
    edition: str | None = None

    @property
    def names(self) -> NDArray[np.str_]:
        """none, mild, severe; "" where nothing was judged."""
        return np.asarray(np.array(GRADES)[self.codes])

    @property
    def counted(self) -> NDArray[np.int64]:
        """How many items that take part had a value."""
        return np.asarray(((self.item_codes > 0) & self.counts).sum(axis=0), dtype=np.int64)

    def derivation(self, index: Index = ()) -> Derivation:
        """Why one sample has its grade."""
        place = index if isinstance(index, tuple) else (index,)
        day = np.broadcast_to(self.days, self.codes.shape)[place].astype(object)
        table, code = grade_table(parameter(_ITEMS).on(day)), int(self.codes[place])
        counted = law_at(_COUNTED, self.days, self.codes.shape, place, edition=self.edition)
        basis = [
            Basis.of(parameter(_ITEMS).on(day), decides="分级标准"),
            Basis.of(counted, decides="参与分级的项目", forced=self.edition is not None),
        ]
        if self.shallow[place]:
            basis.append(Basis.of(parameter(_SHALLOW).on(day), decides="浅水透明度"))
        steps, facts = [], []
        for row, item in enumerate(self.items):
            value, part = float(self.values[item][place]), int(self.item_codes[(row, *place)])
            takes = bool(self.counts[(row, *place)])
            text = "缺测" if np.isnan(value) else f"{value:.12g}"
            facts.append(
                Fact(table[item].name, text, table[item].unit, "" if takes else "不参与分级")
            )
            if part and takes:
                how = self._how(table[item], value, place, day)
                deciding = part == code
                steps.append(Step(table[item].name, how, GRADE_NAMES[part], deciding=deciding))
        return Derivation(
            title="城市黑臭水体分级",
            conclusion=GRADE_NAMES[code],
            basis=tuple(basis),
            facts=(*facts, Fact("有数据的项目", str(int(self.counted[place])), "项")),
            steps=tuple(steps),
        )

    def _how(self, limits: ItemLimits, value: float, place: tuple[int, ...], day: date) -> str:
        if limits.item == "sd" and self.shallow[place]:
            depth = float(self.depth_cm[place])
            if self.clear_to_bed[place]:
                return f"水深 {depth:.12g} cm，清澈见底"
            line = float(without_noise(depth * _shallow_rule(parameter(_SHALLOW).on(day))[1]))
            return f"{value:.12g}，水深 {depth:.12g} cm，重度分界 {line:.12g}"
        return f"{value:.12g}（{_CLASSES['none']} {limits.texts[0]}，{_CLASSES['mild']} {limits.texts[1]}）"


def black_odour(
    values: Mapping[str, ArrayLike | Reported],
    *,
    on: When,
    depth_cm: ArrayLike = np.nan,
    clear_to_bed: ArrayLike = False,
    edition: str | None = None,
) -> BlackOdour:
    """The black-and-odorous grade of each sample of urban water.

    values: sd [cm], do [mg/L], nh3n [mg/L], orp [mV], under any of their names; NaN missing;
    shapes broadcast. depth_cm: water depth [cm], NaN where unknown (taken as deep). clear_to_bed:
    whether the bed is seen. on: day or days: the redox potential counts under the guide of 2015,
    no more under the plan of 2022. edition: forces the list of items that count.
    Raises InputRefusedError, OutsideEditionsError.
    Source: 城市黑臭水体整治工作指南 (建城〔2015〕130号) table 2; 环办水体〔2022〕8号 (unconfirmed).
    Nothing is rounded.
    """
    days, columns = as_days(on), read_columns(values, as_days(on), known=_known())
    depth, clear = np.asarray(depth_cm, dtype=np.float64), np.asarray(clear_to_bed, dtype=bool)
    refuse_bad(
        [
            *((f"surface_water/{_GUARDS.get(i, i)}", column) for i, column in columns.items()),
            ("surface_water/depth_cm", depth),
        ]
    )
    shapes = [column.shape for column in columns.values()]
    shape = np.broadcast_shapes(days.shape, depth.shape, clear.shape, *shapes)
    spread = {item: np.broadcast_to(column, shape) for item, column in columns.items()}
    depth, clear = np.broadcast_to(depth, shape), np.broadcast_to(clear, shape)
    codes = np.zeros((len(spread), *shape), dtype=np.uint8)
    # all lines as printed first; shallow water is judged anew below
    for span in spans_in_force(parameter(_ITEMS), days):
        where, table = np.broadcast_to(span.where, shape), grade_table(span.edition)
        for row, (item, column) in enumerate(spread.items()):
            codes[row, where] = item_class(table[item], column[where])
    shallow = np.zeros(shape, dtype=bool)
    if "sd" in spread:
        row = list(spread).index("sd")
        shallow = _judge_shallow(codes[row, ...], spread["sd"], depth, clear, days)
    counts = _counts(tuple(spread), days, shape, edition)
    worst = np.asarray(np.max(np.where(counts, codes, 0), axis=0), dtype=np.uint8)
    return BlackOdour(
        worst, tuple(spread), codes, spread, counts, shallow, depth, clear, days, edition
    )


def grade_table(edition: Edition) -> ClassTable:
    """The lines between none, mild and severe of one edition."""
    return _grade_table(str(edition.table["rows"]))


def read_columns(
    values: Mapping[str, ArrayLike | Reported], days: Days, *, known: set[str]
) -> dict[str, Floats]:
    """Columns by item code, texts read, below detection halved. Raises InputRefusedError for an
    item outside ``known``, and for none at all.
    """
    columns = {item_code(name): column for name, column in values.items()}
    strangers = [item for item in columns if item not in known]
    if strangers or not columns:
        given, remedy = "、".join(strangers) or "无", f"可用的项目：{'、'.join(sorted(known))}"
        raise InputRefusedError([InputProblem(-1, "项目", given, "不是黑臭水体的项目", remedy)])
    read = {
        item: column if isinstance(column, Reported) else read_reported(column)
        for item, column in columns.items()
    }
    return {
        item: cells.counted(on=days) if cells.below.any() else cells.values
        for item, cells in read.items()
    }


@cache
def _grade_table(rows: str) -> ClassTable:
    return class_table(table_rows(rows), classes=_CLASSES, beyond=_BEYOND)


def _known() -> set[str]:
    return {row["item"] for edition in parameter(_ITEMS).editions for row in edition.rows}


def _shallow_rule(edition: Edition) -> tuple[float, float]:
    return float(str(edition.table["depth_cm"])), float(str(edition.table["share"]))


def _judge_shallow(
    codes: NDArray[np.uint8], sd_cm: Floats, depth: Floats, clear: Mask, days: Days
) -> Mask:
    """Judge transparency anew where the water is shallow (in place); where that was."""
    found = np.zeros(codes.shape, dtype=bool)
    for span in spans_in_force(parameter(_SHALLOW), days):
        deep_from, share = _shallow_rule(span.edition)
        shallow = np.broadcast_to(span.where, codes.shape) & (depth < deep_from)
        # note of table 2: below 25 cm of water the severe line is 40 % of the depth (10 of 25 cm);
        # the mild line of 25 cm cannot be reached there, so what is not severe is mild
        turbid = shallow & ~clear & ~np.isnan(sd_cm)
        severe = turbid & (sd_cm < without_noise(depth * share))
        codes[turbid], codes[severe], codes[shallow & clear] = 2, 3, 1
        found |= shallow & (codes > 0)
    return found


def _counts(
    items: tuple[str, ...], days: Days, shape: tuple[int, ...], edition: str | None
) -> Mask:
    found = np.zeros((len(items), *shape), dtype=bool)
    for span in spans_in_force(parameter(_COUNTED), days, edition=edition):
        listed = span.edition.table["items"]
        rows = [isinstance(listed, list) and item in listed for item in items]
        found[rows] |= np.broadcast_to(span.where, shape)
    return found
