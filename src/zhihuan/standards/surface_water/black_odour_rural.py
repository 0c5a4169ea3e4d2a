"""Whether rural water is black and odorous: one item beyond its line is enough.

    >>> from datetime import date
    >>> rural_black_odour({"sd": [30, 30], "do": [3, 3], "nh3n": [12, 16]}, on=date(2026, 9, 30)).names
    array(['none', 'black-odorous'], dtype='<U13')

Transparency below 25 cm (in water shallower than that, below 40 % of the depth), dissolved oxygen
below 2 mg/L, or ammonia nitrogen above 15 mg/L. Smell, colour and what residents say are asked
beside; they are not numbers and not judged here. Nothing measured, nothing judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.classes import ClassTable, class_table, item_class
from zhihuan.standards.dated import Days, When, as_days, spans_in_force
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.inputs import refuse_bad
from zhihuan.standards.parameters import Edition, parameter
from zhihuan.standards.surface_water.black_odour_urban import read_columns
from zhihuan.standards.surface_water.digits import without_noise
from zhihuan.standards.surface_water.law import law_at
from zhihuan.standards.surface_water.reported import Reported
from zhihuan.standards.tables import table_rows

__all__ = ["RuralBlackOdour", "rural_black_odour"]

Floats = NDArray[np.float64]
Index = int | tuple[int, ...]

_ITEMS = "surface_water/black_odour_rural"
_SHALLOW = "surface_water/black_odour_shallow"
_GUARDS = {"sd": "sd_cm"}
_NAMES = np.array(["", "none", "black-odorous"])
_CHINESE = ("无法评价", "非黑臭", "黑臭")


@dataclass(frozen=True, slots=True)
class RuralBlackOdour:
    """Judgements of samples. codes: 0 not judged, 1 none, 2 black-odorous, in their shape.

    items: along the first axis of item_codes; values: by item; lines_cm: the line of transparency
    of each sample [cm].
    """

    codes: NDArray[np.uint8]
    items: tuple[str, ...]
    item_codes: NDArray[np.uint8]
    values: Mapping[str, Floats]
    lines_cm: Floats
    days: Days
    edition: str | None = None

    @property
    def names(self) -> NDArray[np.str_]:
        """none, black-odorous; "" where nothing was judged."""
        return np.asarray(_NAMES[self.codes])

    def derivation(self, index: Index = ()) -> Derivation:
        """Which items of one sample lie beyond their lines."""
        place = index if isinstance(index, tuple) else (index,)
        day = np.broadcast_to(self.days, self.codes.shape)[place].astype(object)
        law = law_at(_ITEMS, self.days, self.codes.shape, place, edition=self.edition)
        steps, facts = [], []
        table, code = _table_of(law), int(self.codes[place])
        for row, item in enumerate(self.items):
            value, part = float(self.values[item][place]), int(self.item_codes[(row, *place)])
            text = "缺测" if np.isnan(value) else f"{value:.12g}"
            facts.append(Fact(table[item].name, text, table[item].unit))
            line = table[item].texts[0]
            if item == "sd":
                line = f"≥{float(self.lines_cm[place]):.12g}"
            if part:
                how = f"{value:.12g}（非黑臭 {line}）"
                steps.append(Step(table[item].name, how, _CHINESE[part], deciding=part == code))
        return Derivation(
            title="农村黑臭水体判定",
            conclusion=_CHINESE[code],
            basis=(
                Basis.of(law, decides="判定指标", forced=self.edition is not None),
                Basis.of(parameter(_SHALLOW).on(day), decides="浅水透明度"),
            ),
            facts=(*facts, Fact("有数据的项目", str(len(steps)), "项")),
            steps=tuple(steps),
            cautions=("嗅味、颜色和村民意见另行调查",),
        )


def rural_black_odour(
    values: Mapping[str, ArrayLike | Reported],
    *,
    on: When,
    depth_cm: ArrayLike = np.nan,
    edition: str | None = None,
) -> RuralBlackOdour:
    """Whether each sample of rural water is black-odorous.

    values: sd [cm], do [mg/L], nh3n [mg/L]; NaN missing; shapes broadcast. depth_cm: water depth
    [cm], NaN where unknown (taken as deep). on: day or days; edition: forces one.
    Source: 农村黑臭水体治理工作指南（试行） (from 2019, one source). Raises InputRefusedError,
    OutsideEditionsError. Nothing is rounded.
    """
    days, depth = as_days(on), np.asarray(depth_cm, dtype=np.float64)
    known = {row["item"] for edition in parameter(_ITEMS).editions for row in edition.rows}
    columns = read_columns(values, days, known=known)
    guarded = [(f"surface_water/{_GUARDS.get(i, i)}", column) for i, column in columns.items()]
    refuse_bad([*guarded, ("surface_water/depth_cm", depth)])
    shapes = [column.shape for column in columns.values()]
    shape = np.broadcast_shapes(days.shape, depth.shape, *shapes)
    spread = {item: np.broadcast_to(column, shape) for item, column in columns.items()}
    codes, lines = np.zeros((len(spread), *shape), dtype=np.uint8), np.full(shape, np.nan)
    for span in spans_in_force(parameter(_ITEMS), days, edition=edition):
        where, table = np.broadcast_to(span.where, shape), _table_of(span.edition)
        lines[where] = table["sd"].low[0]
        for row, (item, column) in enumerate(spread.items()):
            codes[row, where] = item_class(table[item], column[where])
    _shallow_lines(lines, np.broadcast_to(depth, shape), days)
    if "sd" in spread:
        clear = np.where(spread["sd"] < lines, 2, 1)
        codes[list(spread).index("sd")] = np.where(np.isnan(spread["sd"]), 0, clear)
    worst = np.asarray(codes.max(axis=0))
    return RuralBlackOdour(worst, tuple(spread), codes, spread, lines, days, edition)


def _shallow_lines(lines: Floats, depth: Floats, days: Days) -> None:
    """Set the line of transparency to its share of the depth where water is shallow, in place."""
    for span in spans_in_force(parameter(_SHALLOW), days):
        deep_from, share = (float(str(span.edition.table[key])) for key in ("depth_cm", "share"))
        shallow = np.broadcast_to(span.where, lines.shape) & (depth < deep_from)
        lines[shallow] = without_noise(depth[shallow] * share)


def _table_of(edition: Edition) -> ClassTable:
    return _rural_table(str(edition.table["rows"]))


@cache
def _rural_table(rows: str) -> ClassTable:
    return class_table(table_rows(rows), classes={"none": _CHINESE[1]}, beyond=_CHINESE[2])
