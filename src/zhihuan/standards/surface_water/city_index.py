"""The city water quality index (CWQI): how far a city's rivers and lakes lie from class III.

    >>> from datetime import date
    >>> index = cwqi({"ph": 7.4, "do": 6.2, "codmn": 4.1, "nh3n": 0.62, "tp": 0.13},
    ...              on=date(2026, 9, 30))
    >>> float(index.reported)
    2.9598

Each item is its mean divided by the class III limit; dissolved oxygen is the limit divided by it,
pH its distance from neutral over the distance of the limit; the index is their sum, lower is
better. Indices of different item lists cannot be compared, so an item that is given but missing
leaves no index. A city's rivers are averaged item by item before, its lakes likewise, and both
indices weighted by their numbers of sections and points. It refuses items outside the list of the
rule unless the caller names his own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.classes import ItemLimits
from zhihuan.standards.dated import Days, When, as_days, numbers_on, spans_in_force
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.inputs import refuse_bad
from zhihuan.standards.parameters import Edition, parameter
from zhihuan.standards.surface_water.digits import reported
from zhihuan.standards.surface_water.law import law_at
from zhihuan.standards.surface_water.limits import LAKE_ROWS, LIMITS, lake_mask, limit_table
from zhihuan.standards.surface_water.names import item_code, item_name
from zhihuan.standards.surface_water.reported import BELOW, HALF, Reported, as_reported

__all__ = ["Cwqi", "combined_cwqi", "cwqi"]

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Index = int | tuple[int, ...]

_ITEMS = "surface_water/cwqi_items"
_CLASS = "surface_water/cwqi_class"
_NEUTRAL = "surface_water/cwqi_neutral_ph"
_LEAST_OXYGEN = "surface_water/cwqi_least_oxygen"
_DECIMALS = "surface_water/cwqi_decimals"


@dataclass(frozen=True, slots=True)
class Cwqi:
    """Indices of water bodies. values, single: item -> its values and its own index.

    total: the sum, unrounded, NaN where an item that was given is missing; counted: items with a
    value. below: item -> values that stand for a detection limit. All in the samples' shape. lake: which are lakes; chosen: the caller named the items.
    """

    values: Mapping[str, Floats]
    single: Mapping[str, Floats]
    total: Floats
    counted: NDArray[np.int64]
    lake: Mask
    days: Days
    chosen: bool
    edition: str | None = None
    below: Mapping[str, Mask] = field(default_factory=dict)

    @property
    def reported(self) -> Floats:
        """The sums as notices print them: four decimals, half to even."""
        return reported(_DECIMALS, self.total, on=self.days)

    def derivation(self, index: Index = ()) -> Derivation:
        """The quotients of one water body."""
        place = index if isinstance(index, tuple) else (index,)
        total, lake = float(self.total[place]), bool(self.lake[place])
        limits_law, goal = self._law(LIMITS, place, None), self._law(_CLASS, place, self.edition)
        table, oxygen = limit_table(limits_law), self._law(_LEAST_OXYGEN, place, None)
        neutral, floor = self._law(_NEUTRAL, place, self.edition).number, oxygen.number
        steps, facts = [], []
        for item, single in self.single.items():
            limits, value = table[_row(item, lake=lake)], float(self.values[item][place])
            text = "缺测" if np.isnan(value) else f"{value:.12g}"
            hidden = item in self.below and bool(self.below[item][place])
            facts.append(Fact(limits.name, text, limits.unit, remark=BELOW if hidden else ""))
            if not np.isnan(value):
                how = _how(limits, int(goal.number), value, neutral, floor)
                steps.append(Step(limits.name, how, f"{float(single[place]):.6f}"))
        whole = f"CWQI = {float(self.reported[place]):.4f}"
        basis = [
            Basis.of(goal, decides="计算方法与对照类别", forced=self.edition is not None),
            Basis.of(limits_law, decides="对照类别的限值"),
        ]
        if not self.chosen:
            law = self._law(_ITEMS, place, self.edition)
            basis.append(Basis.of(law, decides="参与计算的项目"))
        if any(fact.remark == BELOW for fact in facts):
            basis.append(Basis.of(self._law(HALF, place, None), decides="低于检出限的取值"))
        if "do" in self.values and self.values["do"][place] <= 0:
            basis.append(Basis.of(oxygen, decides="溶解氧为零时的取值"))
        if not np.isnan(total):
            steps.append(Step("CWQI = ΣCWQI(i)", f"{len(self.single)} 项之和", f"{total:.12g}"))
        return Derivation(
            title="城市水质指数",
            conclusion="有项目缺测，指数不可比，不计算" if np.isnan(total) else whole,
            basis=tuple(basis),
            facts=(*facts, Fact("有数据的项目", str(int(self.counted[place])), "项")),
            steps=tuple(steps),
        )

    def _law(self, name: str, place: tuple[int, ...], edition: str | None) -> Edition:
        return law_at(name, self.days, self.total.shape, place, edition=edition)


def cwqi(
    values: Mapping[str, ArrayLike | Reported],
    *,
    on: When,
    waterbody: ArrayLike = "river",
    items: Sequence[str] | None = None,
    edition: str | None = None,
) -> Cwqi:
    """The index of each water body: the sum of its items' indices.

    values: item -> mean of the period [mg/L], pH; shapes broadcast; NaN missing. Of what is given,
    only the items of the rule are summed (without water temperature, total nitrogen, coliforms).
    on: the period's last day, one or many. waterbody: as ``water_class``. items: sum these
    instead (towns rank channels by a short list); a missing one of them is an error. edition:
    forces that of the index (its items, class and neutral point); limits go by the day.
    Raises InputRefusedError, OutsideEditionsError.
    Source: 环办监测〔2017〕51号 (second hand). Nothing is rounded but by ``reported``.
    """
    days, lake = as_days(on), lake_mask(waterbody)
    read = {item_code(name): as_reported(column) for name, column in values.items()}
    columns = {code: cells.entering(on=days) for code, cells in read.items()}
    refuse_bad((f"surface_water/{code}", column) for code, column in columns.items())
    chosen = None if items is None else [item_code(item) for item in items]
    listed = _listed(days, edition) if chosen is None else chosen
    summed = {code: columns[code] for code in columns if code in listed}
    _refuse_lacking(summed, chosen)
    shape = np.broadcast_shapes(
        lake.shape, days.shape, *(column.shape for column in summed.values())
    )
    summed = {code: np.broadcast_to(column, shape) for code, column in summed.items()}
    lakes = np.broadcast_to(lake, shape)
    single = {code: _single(code, column, lakes, days, edition) for code, column in summed.items()}
    counted = sum((~np.isnan(column)).astype(np.int64) for column in summed.values())
    # NaN goes through the sum: fewer items would make a smaller, that is a better, index
    total = sum(single.values(), np.zeros(shape))
    return Cwqi(
        summed,
        single,
        total,
        np.asarray(counted),
        lakes,
        days,
        chosen is not None,
        edition,
        {code: np.broadcast_to(read[code].below, shape) for code in summed},
    )


def combined_cwqi(
    river: ArrayLike, sections: ArrayLike, lake: ArrayLike, points: ArrayLike
) -> Floats:
    """A city's index of its rivers' and its lakes': weighted by numbers of sections and points.

    river, lake: indices, NaN where the city has none of that kind; sections, points: their
    numbers. Shapes broadcast. A city with one kind only has that index; one with sections but no
    index of them has none (NaN).
    Source: 环办监测〔2017〕51号 (unconfirmed): (CWQI_river·M + CWQI_lake·N)/(M + N).

    >>> combined_cwqi(6.0, 3, 9.0, 1), combined_cwqi(6.0, 3, float("nan"), 0)
    (array(6.75), array(6.))
    """
    indices = np.broadcast_arrays(np.asarray(river, float), np.asarray(lake, float))
    weights = [np.asarray(sections, dtype=np.float64), np.asarray(points, dtype=np.float64)]
    parts = [
        np.where(weight > 0, index * weight, 0.0)
        for index, weight in zip(indices, weights, strict=True)
    ]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((parts[0] + parts[1]) / (weights[0] + weights[1]))


# ---- one item -------------------------------------------------------------------------------------


def _single(code: str, values: Floats, lake: Mask, days: Days, edition: str | None) -> Floats:
    """The index of one item of every sample, each by the law of its day and water."""
    result = np.full(values.shape, np.nan)
    neutral = numbers_on(parameter(_NEUTRAL), days, edition=edition)
    floor = numbers_on(parameter(_LEAST_OXYGEN), days)
    constants = [np.broadcast_to(number, values.shape) for number in (neutral, floor)]
    for goal in spans_in_force(parameter(_CLASS), days, edition=edition):
        for law in spans_in_force(parameter(LIMITS), days):
            for is_lake in (False, True):
                where = (goal.where & law.where) & (lake == is_lake)
                limits = limit_table(law.edition)[_row(code, lake=is_lake)]
                parts = (values[where], *(number[where] for number in constants))
                result[where] = _quotient(limits, int(goal.edition.number), *parts)
    return result


def _quotient(
    limits: ItemLimits, class_number: int, values: Floats, neutral: Floats, floor: Floats
) -> Floats:
    low, high = limits.low[class_number - 1], limits.high[class_number - 1]
    if np.isfinite(low) and np.isfinite(high):  # pH: distance from neutral
        acid, alkaline = (neutral - values) / (neutral - low), (values - neutral) / (high - neutral)
        return np.where(values <= neutral, acid, alkaline)
    if np.isfinite(low):  # dissolved oxygen: the more the better; none at all would be infinite
        return low / np.where(values > 0, values, np.where(np.isnan(values), np.nan, floor))
    return values / high


def _how(limits: ItemLimits, class_number: int, value: float, neutral: float, floor: float) -> str:
    low, high = limits.low[class_number - 1], limits.high[class_number - 1]
    if np.isfinite(low) and np.isfinite(high):
        if value <= neutral:
            return f"({neutral:g} − {value:.12g}) ÷ ({neutral:g} − {low:g})"
        return f"({value:.12g} − {neutral:g}) ÷ ({high:g} − {neutral:g})"
    if np.isfinite(low):
        return f"{low:g} ÷ {value if value > 0 else floor:.12g}"
    return f"{value:.12g} ÷ {high:g}"


def _row(code: str, *, lake: bool) -> str:
    return LAKE_ROWS.get(code, code) if lake else code


def _listed(days: Days, edition: str | None) -> set[str]:
    """The items of the rule; where the days span several lists, what all of them name."""
    spans = spans_in_force(parameter(_ITEMS), days, edition=edition)
    lists = [span.edition.table["items"] for span in spans]
    named = [set(map(str, items)) for items in lists if isinstance(items, list)]
    return set.intersection(*named) if named else set()


def _refuse_lacking(summed: Mapping[str, Floats], chosen: Sequence[str] | None) -> None:
    lacking = [code for code in chosen or () if code not in summed]
    if lacking or not summed:
        names = "、".join(map(item_name, lacking)) or "参与计算的项目"
        remedy = "指数的项目应齐全，请补齐或调整 items"
        raise InputRefusedError([InputProblem(-1, "项目", names, "没有给出", remedy)])
