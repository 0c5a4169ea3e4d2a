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
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.classes import Below, Classed, basis_of, facts_of, judge_on, steps_of
from zhihuan.standards.dated import Days, When, as_days, spans_in_force
from zhihuan.standards.derivation import Basis, Derivation, Fact
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.inputs import refuse_bad
from zhihuan.standards.parameters import parameter
from zhihuan.standards.surface_water.limits import (
    LAKE_ROWS,
    LAKES_ONLY,
    LIMITS,
    lake_mask,
    limit_table,
)
from zhihuan.standards.surface_water.names import item_code
from zhihuan.standards.surface_water.quality_class import (
    ClassNumbers,
    class_name,
    class_names,
    target_numbers,
)
from zhihuan.standards.surface_water.reported import Reported, below_of, read_reported

__all__ = ["WaterClass", "oxygen_with_saturation", "water_class"]

_EVALUATED = "surface_water/evaluated_items"
_HALF = "surface_water/below_detection_share"

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Index = int | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WaterClass:
    """Classes of samples: ``number`` is what to compute with, ``names`` what to print.

    classed: the items that decide, one row an item (``tp_lake`` is total phosphorus of lakes and
    reservoirs); reference: items judged beside it, None where none was given. lake: which samples
    are lakes; days: theirs; chosen: the caller named the items himself.
    """

    classed: Classed
    reference: Classed | None
    lake: Mask
    days: Days
    chosen: bool

    @property
    def codes(self) -> ClassNumbers:
        """1 to 5 for Ⅰ to Ⅴ, 6 for 劣Ⅴ, 0 where no item could be judged; the samples' shape."""
        return self.classed.worst

    @property
    def number(self) -> Floats:
        """As ``codes``, but NaN where nothing was judged: a missing class keeps no limit."""
        return np.where(self.codes > 0, self.codes, np.nan)

    @property
    def names(self) -> NDArray[np.str_]:
        """Ⅰ … Ⅴ, 劣Ⅴ, "" where nothing was judged; the samples' shape."""
        return class_names(self.codes)

    @property
    def items(self) -> tuple[str, ...]:
        """The rows of the table that took part, in the given order."""
        return self.classed.items

    @property
    def counted(self) -> ClassNumbers:
        """How many items of each sample had a value."""
        return self.classed.counted

    @property
    def deciding(self) -> Mask:
        """Which items stand at the sample's class, (items, *samples)."""
        return self.classed.deciding

    def deciding_items(self, index: Index = ()) -> tuple[str, ...]:
        """The items that decide one sample, by their codes."""
        return self.classed.deciding_items(index)

    def item_class(self, item: str) -> ClassNumbers:
        """The class number of one item, reference items too; 0 where it has no value.

        Raises InputRefusedError for an item that was not given.
        """
        code = item_code(item)
        rows = [
            part.item_class[place]
            for part in (self.classed, self.reference)
            if part is not None
            for place, row in enumerate(part.items)
            if row in {code, LAKE_ROWS.get(code)}
        ]
        if not rows:
            raise _not_given(item)
        return np.asarray(np.max(rows, axis=0), dtype=np.uint8)

    def meets(self, target: ArrayLike) -> Mask:
        """Whether each sample keeps its target class; False where nothing was judged.

        target: class names, or numbers 1 to 5, broadcast to the samples.
        """
        return np.asarray((self.codes > 0) & (self.codes <= target_numbers(target)))

    def derivation(self, index: Index = ()) -> Derivation:
        """Why one sample has its class. index: its place; () for a single sample."""
        place = index if isinstance(index, tuple) else (index,)
        name, table = class_name(int(self.codes[place])), self.classed.at(place)[1]
        deciding = "、".join(table[item].name for item in self.deciding_items(place))
        return Derivation(
            title="地表水水质类别",
            conclusion=f"{name}类，定类项目：{deciding}" if name else "没有可评价的项目，无法评价",
            basis=self._basis(place),
            facts=self._facts(place),
            steps=steps_of(self.classed, place),
            cautions=self._cautions(place),
        )

    def _basis(self, place: tuple[int, ...]) -> tuple[Basis, ...]:
        day = np.broadcast_to(self.days, self.codes.shape)[place].astype(object)
        found = [basis_of(self.classed, place, decides="标准限值与单因子评价")]
        if not self.chosen:
            found.append(Basis.of(parameter(_EVALUATED).on(day), decides="参与评价的项目"))
        if any(below for _, _, below, _ in self.classed.sample(place)):
            found.append(Basis.of(parameter(_HALF).on(day), decides="低于检出限的取值"))
        return tuple(found)

    def _facts(self, place: tuple[int, ...]) -> tuple[Fact, ...]:
        facts = [Fact("水体类型", "湖泊、水库" if self.lake[place] else "河流")]
        facts += [fact for _, fact in self._applicable(self.classed, place)]
        if self.reference is not None:
            facts += [
                replace(fact, remark="；".join(filter(None, (fact.remark, "仅供参考，不参与评价"))))
                for _, fact in self._applicable(self.reference, place)
            ]
        return (*facts, Fact("有数据的参评项目", str(int(self.counted[place])), "项"))

    def _cautions(self, place: tuple[int, ...]) -> tuple[str, ...]:
        rows, numbers = self._applicable(self.classed, place), self.classed.numbers(place)
        coarse = [fact.name for row, fact in rows if self.classed.undecided[(row, *place)]]
        missing = [fact.name for row, fact in rows if not numbers[self.items[row]]]
        return tuple(
            words + "、".join(names)
            for words, names in (
                ("检出限过高，不足以判定类别：", coarse),
                ("缺测而未参加评价：", missing),
            )
            if names
        )

    def _applicable(self, part: Classed, place: tuple[int, ...]) -> list[tuple[int, Fact]]:
        """The facts of the rows that speak of this water, with their places."""
        lake = bool(self.lake[place])
        rows = enumerate(zip(part.items, facts_of(part, place), strict=True))
        return [(row, fact) for row, (item, fact) in rows if _speaks_of(item, lake=lake)]


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
    refuse_bad((f"surface_water/{code}", column) for code, column in columns.items())
    lake, days = lake_mask(waterbody), as_days(on)
    shape = _shape(columns, lake, days)
    chosen = None if items is None else frozenset(map(item_code, items))
    counted, beside = _split(_rows(columns, lake), days, chosen)
    if not counted:
        raise _not_given("参与评价的项目")

    def judged(rows: dict[str, Floats]) -> Classed:
        spread = {row: np.broadcast_to(column, shape) for row, column in rows.items()}
        law = parameter(LIMITS)
        return judge_on(limit_table, law, spread, on=on, edition=edition, below=below)

    return WaterClass(
        classed=judged(counted),
        reference=judged(beside) if beside else None,
        lake=np.broadcast_to(lake, shape),
        days=days,
        chosen=chosen is not None,
    )


def oxygen_with_saturation(
    oxygen_mg_l: ArrayLike, saturation_percent: ArrayLike, *, on: When
) -> Floats:
    """Dissolved oxygen [mg/L] raised to the class I limit where its saturation reaches 90 %.

    GB 3838-2002 prints class I as "90 % saturation (or 7.5 mg/L)"; the published national classes
    use 7.5 mg/L alone, so ``water_class`` does too. Pass this function's result to it where a
    report is to use the saturation. Shapes broadcast; NaN saturation changes nothing.

    >>> from datetime import date
    >>> oxygen_with_saturation([6.9, 6.9], [91, 88], on=date(2024, 7, 1))
    array([7.5, 6.9])
    """
    oxygen, saturation = np.asarray(oxygen_mg_l, float), np.asarray(saturation_percent, float)
    result = np.broadcast_to(oxygen, np.broadcast_shapes(oxygen.shape, saturation.shape)).copy()
    days = np.broadcast_to(as_days(on), result.shape)
    share = parameter("surface_water/oxygen_saturation_class_one")
    for span in spans_in_force(share, days):
        enough = span.where & (saturation >= span.edition.number) & ~np.isnan(oxygen)
        for limits in spans_in_force(parameter(LIMITS), days):
            least = limit_table(limits.edition)["do"].low[0]
            np.maximum(result, least, out=result, where=enough & limits.where)
    return result


# ---- from columns as given to rows of the table --------------------------------------------------


def _columns(
    values: Mapping[str, ArrayLike | Reported], days: Days
) -> tuple[dict[str, Floats], Below]:
    """Columns by item code, and which of their values are detection limits."""
    read: dict[str, Reported] = {}
    for name, cells in values.items():
        code = item_code(name)
        if code in read:
            fault = ("同一项目给出了两次", "请只保留一列")
            raise InputRefusedError([InputProblem(-1, "项目", name, *fault)])
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


def _rows(columns: dict[str, Floats], lake: Mask) -> dict[str, Floats]:
    """The columns under the rows of the table that speak of their water; NaN where none does."""
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
    with_limits = {row for e in parameter(LIMITS).editions for row in limit_table(e).items}
    counted, beside = {}, {}
    for row, column in rows.items():
        if row not in with_limits:
            continue
        takes = _takes_part(row, days, chosen)
        if takes.any():
            counted[row] = column if takes.all() else np.where(takes, column, np.nan)
        if not takes.all():
            beside[row] = np.where(takes, np.nan, column) if takes.any() else column
    return counted, beside


def _takes_part(row: str, days: Days, chosen: frozenset[str] | None) -> Mask:
    if chosen is not None:
        return np.asarray(row.removesuffix("_lake") in chosen)
    takes = np.zeros(days.shape, dtype=bool)
    for span in spans_in_force(parameter(_EVALUATED), days):
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


def _speaks_of(row: str, *, lake: bool) -> bool:
    if row in LAKE_ROWS:
        return not lake
    return lake or row not in {*LAKE_ROWS.values(), *LAKES_ONLY}


def _not_given(item: str) -> InputRefusedError:
    return InputRefusedError([InputProblem(-1, "项目", item, "没有给出", "请在数值中给出这一项")])
