"""Class judgements by day: every sample by the edition in force when it was taken.

    classed = judge_on(limits_of, parameter("sea/class_limits"), columns, on=days)
    classed.worst, classed.edition_at((3,))

``judge_on`` may span editions in one call. What a subject adds (its class names, guards, further
rules, the words of its derivation) stays with the subject; the steps that every class judgement
shares are written here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.classes.judging import (
    ClassNumbers,
    Judged,
    broadcast_columns,
    exceedance_multiples,
    judge,
)
from zhihuan.standards.classes.limits import ClassTable
from zhihuan.standards.dated import Span, When, as_days, spans_in_force
from zhihuan.standards.derivation import Basis, Fact, Step
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.parameters import Edition, Parameter

__all__ = ["Classed", "judge_on"]

Index = int | tuple[int, ...]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Classed:
    """Judged samples with the editions that judged them.

    items: their order along the first axis of item_class and values (items, *samples). worst:
    class number of each sample, 0 where no item could be judged; counted: how many items were.
    spans, tables: the editions with the samples they governed, and their class tables.
    """

    items: tuple[str, ...]
    values: tuple[Floats, ...]
    item_class: ClassNumbers
    worst: ClassNumbers
    counted: ClassNumbers
    spans: tuple[Span, ...]
    tables: tuple[ClassTable, ...]
    forced: bool

    @property
    def deciding(self) -> NDArray[np.bool_]:
        """Which items stand at the sample's class, (items, *samples)."""
        return np.asarray((self.item_class == self.worst) & (self.worst > 0))

    def multiples(self, class_number: int) -> Floats:
        """Exceedance multiples against a class's limits, (items, *samples); NaN as in
        ``exceedance_multiples``.
        """
        found = np.full(self.item_class.shape, np.nan)
        for span, table in zip(self.spans, self.tables, strict=True):
            for place, (item, values) in enumerate(zip(self.items, self.values, strict=True)):
                part = exceedance_multiples(table[item], values[span.where], class_number)
                found[place, span.where] = part
        return found

    def at(self, index: Index) -> tuple[Edition, ClassTable]:
        """The edition that governed one sample, and its table."""
        for span, table in zip(self.spans, self.tables, strict=True):
            if span.where[index]:
                return span.edition, table
        raise IndexError(f"no sample at {index}")

    def deciding_items(self, index: Index) -> tuple[str, ...]:
        """The codes of the items that decided one sample, in the given order."""
        worst = int(self.worst[index])
        numbers = self.numbers(index)
        return tuple(item for item, number in numbers.items() if number == worst and worst)

    def numbers(self, index: Index) -> dict[str, int]:
        """The class number of each item of one sample."""
        rows = zip(self.items, self.item_class, strict=True)
        return {item: int(row[index]) for item, row in rows}

    def basis(self, index: Index, *, decides: str) -> Basis:
        """The law of one sample, as sure as the least sure row that took part."""
        edition, table = self.at(index)
        rows = [table[item].confidence for item, number in self.numbers(index).items() if number]
        levels = [level or edition.confidence for level in rows] or [edition.confidence]
        basis = Basis.of(edition, decides=decides, forced=self.forced)
        return replace(basis, confidence=max(levels, key=lambda level: level.doubt))

    def facts(self, index: Index) -> tuple[Fact, ...]:
        """Each item's value as it was judged, missing ones said to be missing."""
        _, table = self.at(index)
        return tuple(
            _fact(table, item, float(values[index]))
            for item, values in zip(self.items, self.values, strict=True)
        )

    def steps(self, index: Index) -> tuple[Step, ...]:
        """Each item's comparison, then the worst of them."""
        _, table = self.at(index)
        numbers = self.numbers(index)
        deciding = self.deciding_items(index)
        steps = [
            _step(table, item, float(values[index]), numbers[item], deciding=item in deciding)
            for item, values in zip(self.items, self.values, strict=True)
            if numbers[item]
        ]
        worst = table.name_of(int(self.worst[index]))
        return (*steps, Step("单因子评价", f"{len(steps)} 项中最差的一项", worst))


def judge_on(
    table_of: Callable[[Edition], ClassTable],
    parameter: Parameter,
    columns: Mapping[str, ArrayLike],
    *,
    on: When,
    edition: str | None = None,
) -> Classed:
    """The class of every sample by the edition of its day.

    table_of: the class table of an edition (cached by the subject); columns as in ``judge``; on:
    one day for all, or a day for each sample (shapes broadcast).
    Raises as ``judge`` and ``spans_in_force``.
    """
    given, days = broadcast_columns(columns), as_days(on)
    shape = _common_shape(given[0].shape, days.shape)
    values = tuple(np.broadcast_to(array, shape) for array in given)
    spans = tuple(
        Span(span.edition, np.broadcast_to(span.where, shape))
        for span in spans_in_force(parameter, days, edition=edition)
    )
    tables = tuple(table_of(span.edition) for span in spans)
    judged = _joined(spans, tables, dict(zip(columns, values, strict=True)), shape)
    return Classed(
        items=judged.items,
        values=values,
        item_class=judged.item_class,
        worst=judged.worst,
        counted=judged.counted,
        spans=spans,
        tables=tables,
        forced=edition is not None,
    )


def _joined(
    spans: tuple[Span, ...],
    tables: tuple[ClassTable, ...],
    columns: Mapping[str, Floats],
    shape: tuple[int, ...],
) -> Judged:
    if len(spans) == 1:  # the usual case: nothing is copied
        return judge(tables[0], columns)
    whole = Judged(
        items=tuple(columns),
        item_class=np.zeros((len(columns), *shape), dtype=np.uint8),
        worst=np.zeros(shape, dtype=np.uint8),
        counted=np.zeros(shape, dtype=np.uint8),
    )
    for span, table in zip(spans, tables, strict=True):
        part = judge(table, {item: values[span.where] for item, values in columns.items()})
        whole.item_class[:, span.where] = part.item_class
        whole.worst[span.where] = part.worst
        whole.counted[span.where] = part.counted
    return whole


def _common_shape(samples: tuple[int, ...], days: tuple[int, ...]) -> tuple[int, ...]:
    try:
        return np.broadcast_shapes(samples, days)
    except ValueError:
        problem = InputProblem(
            -1, "日期", f"{days}，样品 {samples}", "日期与样品的个数不一致", "每个样品对应一个日期"
        )
        raise InputRefusedError([problem]) from None


def _fact(table: ClassTable, item: str, value: float) -> Fact:
    limits = table[item]
    text = "缺测" if np.isnan(value) else f"{value:.12g}"
    return Fact(limits.name, text, limits.unit if limits.unit != "-" else "")


def _step(table: ClassTable, item: str, value: float, number: int, *, deciding: bool) -> Step:
    limits = table[item]
    kept = limits.texts[number - 1] if number <= len(limits.texts) else ""
    missed = limits.texts[number - 2] if number >= 2 else ""
    how = f"{value:.12g} {'符合' if kept else ''}{kept}"
    if missed:
        how += f"{'，' if kept else ''}不符合{table.class_names[number - 2]} {missed}"
    return Step(limits.name, how.strip(), table.name_of(number), deciding=deciding)
