"""How nourished a lake is: the comprehensive trophic level index TLI(Σ) and its grades.

    >>> from datetime import date
    >>> lake = trophic_index({"chla": 20, "tp": 0.08, "tn": 1.5, "sd": 0.6, "codmn": 5},
    ...                      on=date(2026, 9, 30))
    >>> round(float(lake.total), 1), str(lake.grades)
    (55.6, '轻度富营养')

Chlorophyll a in mg/m³, transparency in m, the others in mg/L. Each item has its own index; they
are weighted by their squared correlation with chlorophyll a. Missing items are left out and the
weights shared among the rest (unconfirmed); ``counted`` says how many there were. It refuses
zeros, whose logarithm does not exist: give half of the detection limit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import Days, When, as_days, spans_in_force
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.inputs import refuse_bad
from zhihuan.standards.parameters import Edition, parameter
from zhihuan.standards.surface_water.names import item_code
from zhihuan.standards.surface_water.reported import BELOW, HALF, Reported, as_reported

__all__ = ["TrophicIndex", "trophic_grades", "trophic_index", "trophic_weights"]

Floats = NDArray[np.float64]
Index = int | tuple[int, ...]

_ITEMS = "surface_water/trophic_items"
_GRADES = "surface_water/trophic_grades"


@dataclass(frozen=True, slots=True)
class TrophicIndex:
    """Trophic levels of samples. values, single: item -> its values and its own index TLI(j).

    total: TLI(Σ), NaN where no item was; grades: 贫营养 … 重度富营养, "" there; counted: items
    that had a value; below: item -> values that stand for a detection limit. All in the samples' shape, unrounded.
    """

    values: Mapping[str, Floats]
    single: Mapping[str, Floats]
    total: Floats
    grades: NDArray[np.str_]
    counted: NDArray[np.int64]
    days: Days
    edition: str | None
    below: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict)

    def derivation(self, index: Index = ()) -> Derivation:
        """The logarithms, weights and sum of one sample."""
        place = index if isinstance(index, tuple) else (index,)
        law = self._law(_ITEMS, place)
        rows = {row["item"]: row for row in law.rows}
        there = [item for item in self.single if not np.isnan(self.single[item][place])]
        weights = trophic_weights({item: float(rows[item]["correlation"]) ** 2 for item in there})
        steps = [_step(rows[item], self, item, place, weights[item]) for item in there]
        total, grade = float(self.total[place]), str(self.grades[place])
        missing = [rows[item]["name"] for item in rows if item not in there]
        if there:
            terms = " + ".join(
                f"{weights[item]:.4f}×{self.single[item][place]:.2f}" for item in there
            )
            steps.append(Step("TLI(Σ) = ΣWj·TLI(j)", terms, f"{total:.2f}", deciding=True))
        return Derivation(
            title="综合营养状态指数",
            conclusion=f"TLI(Σ) = {total:.2f}，{grade}" if there else "没有可评价的项目",
            basis=(
                Basis.of(law, decides="各项目指数与权重", forced=self.edition is not None),
                Basis.of(self._law(_GRADES, place), decides="营养状态分级"),
                *self._stand_in(place),
            ),
            facts=(
                *(self._fact(rows[item], place) for item in self.values),
                Fact("有数据的项目", str(len(there)), "项"),
            ),
            steps=tuple(steps),
            cautions=(f"缺 {'、'.join(missing)}，权重已在其余项目间重新分配",)
            if missing and there
            else (),
        )

    def _fact(self, row: Mapping[str, str], place: tuple[int, ...]) -> Fact:
        value, remark = float(self.values[row["item"]][place]), ""
        if row["item"] in self.below and self.below[row["item"]][place]:
            remark = BELOW
        text = "缺测" if np.isnan(value) else f"{value:.12g}"
        return Fact(row["name"], text, row["unit"], remark=remark)

    def _stand_in(self, place: tuple[int, ...]) -> tuple[Basis, ...]:
        """The rule for values below detection, where one of the sample's is."""
        if not any(mask[place] for mask in self.below.values()):
            return ()
        day = np.broadcast_to(self.days, self.total.shape)[place].astype(object)
        return (Basis.of(parameter(HALF).on(day), decides="低于检出限的取值"),)

    def _law(self, name: str, place: tuple[int, ...]) -> Edition:
        if self.edition is not None:
            return parameter(name).named(self.edition)
        return parameter(name).on(
            np.broadcast_to(self.days, self.total.shape)[place].astype(object)
        )


def trophic_index(
    values: Mapping[str, ArrayLike | Reported], *, on: When, edition: str | None = None
) -> TrophicIndex:
    """TLI(Σ) of each sample and its grade.

    values: chla [mg/m³], sd [m], tp, tn, codmn [mg/L], under any of their names; shapes broadcast;
    NaN missing; other items are refused. on: day or days of Beijing.
    Raises InputRefusedError, OutsideEditionsError, UnknownEditionError.
    Source: 总站生字〔2001〕090号, TLI(j) = 10·(a + b·ln x), Wj = r²ij/Σr²ij. Nothing is rounded.
    """
    columns = {item_code(name): as_reported(column) for name, column in values.items()}
    days = as_days(on)
    known = {row["item"] for e in parameter(_ITEMS).editions for row in e.rows}
    _refuse_unknown(columns, known)
    numbers = {item: column.entering(on=days) for item, column in columns.items()}
    # values that stand in a logarithm have guards of their own: zero is refused
    refuse_bad((f"surface_water/trophic_{item}", column) for item, column in numbers.items())
    shape = np.broadcast_shapes(days.shape, *(column.shape for column in numbers.values()))
    numbers = {item: np.broadcast_to(column, shape) for item, column in numbers.items()}
    single = {item: np.full(shape, np.nan) for item in numbers}
    weighted, weights = np.zeros(shape), np.zeros(shape)
    for span in spans_in_force(parameter(_ITEMS), days, edition=edition):
        where = np.broadcast_to(span.where, shape)
        # Wj = r²ij/Σr²ij: sums are kept apart, so that the weights of what is there add up to one
        for row in span.edition.rows:
            if row["item"] in numbers:
                level = _level(row, numbers[row["item"]])
                np.copyto(single[row["item"]], level, where=where)
                there = where & ~np.isnan(level)
                weighted[there] += float(row["correlation"]) ** 2 * level[there]
                weights[there] += float(row["correlation"]) ** 2
    counted = np.asarray(sum((~np.isnan(level)).astype(np.int64) for level in single.values()))
    with np.errstate(invalid="ignore", divide="ignore"):
        total = np.where(weights > 0, weighted / weights, np.nan)
    grades = trophic_grades(total, on=days, edition=edition)
    below = {item: np.broadcast_to(column.below, shape) for item, column in columns.items()}
    return TrophicIndex(numbers, single, total, grades, counted, days, edition, below)


def trophic_weights(squared_correlations: Mapping[str, float]) -> dict[str, float]:
    """Wj = r²ij / Σ r²ij of the items given: their shares of the sum.

    >>> w = trophic_weights({"chla": 1, "tp": 0.7056, "tn": 0.6724, "sd": 0.6889, "codmn": 0.6889})
    >>> round(w["chla"], 4), round(w["tp"], 4)
    (0.2663, 0.1879)
    """
    total = float(sum(squared_correlations.values()))
    return {item: float(share) / total for item, share in squared_correlations.items()}


def trophic_grades(total: ArrayLike, *, on: When, edition: str | None = None) -> NDArray[np.str_]:
    """The grade of each TLI(Σ), in its shape; "" for NaN.

    Source: 总站生字〔2001〕090号: <30 贫, 30–50 中, >50 轻度富, >60 中度富, >70 重度富营养.

    >>> from datetime import date
    >>> trophic_grades([29.9, 50, 50.1, 70.1], on=date(2026, 9, 30)).tolist()
    ['贫营养', '中营养', '轻度富营养', '重度富营养']
    """
    levels, days = np.asarray(total, dtype=np.float64), as_days(on)
    names = np.full(np.broadcast_shapes(levels.shape, days.shape), "", dtype="<U8")
    for span in spans_in_force(parameter(_GRADES), days, edition=edition):
        for row in span.edition.rows:
            names[np.broadcast_to(span.where, names.shape) & _within(row, levels)] = row["grade"]
    return names


def _within(row: Mapping[str, str], levels: Floats) -> NDArray[np.bool_]:
    """Whether levels lie in the grade's interval; an empty end is open."""
    inside = ~np.isnan(levels)
    if row["lower"]:
        reach = np.greater_equal if row["lower_included"] == "1" else np.greater
        inside &= reach(levels, float(row["lower"]))
    if row["upper"]:
        stay = np.less_equal if row["upper_included"] == "1" else np.less
        inside &= stay(levels, float(row["upper"]))
    return inside


def _level(row: Mapping[str, str], values: Floats) -> Floats:
    return 10.0 * (float(row["intercept"]) + float(row["slope"]) * np.log(values))


def _refuse_unknown(columns: Mapping[str, object], known: set[str]) -> None:
    strangers = [item for item in columns if item not in known]
    if strangers or not columns:
        remedy = f"营养状态评价的项目：{'、'.join(sorted(known))}"
        raise InputRefusedError(
            [InputProblem(-1, "项目", "、".join(strangers) or "无", "不是营养状态评价项目", remedy)]
        )


def _step(
    row: Mapping[str, str], found: TrophicIndex, item: str, place: tuple[int, ...], weight: float
) -> Step:
    value, level = float(found.values[item][place]), float(found.single[item][place])
    how = f"10×({row['intercept']} + ({row['slope']})×ln {value:.12g})，权重 {weight:.4f}"
    return Step(f"TLI({row['name']})", how, f"{level:.2f}")
