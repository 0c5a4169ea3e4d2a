"""What each class asks of each item, read from the rows of a packaged table.

    table = class_table(edition.rows, classes={"class1": "第一类", ...}, beyond="劣四类")
    table["DO"].texts      # (">6", ">5", ">4", ">3")

A row is one item: ``item`` (its code), ``name``, ``unit``, ``relation`` and one cell a class, best
first. Relations: ``<=`` and ``<`` (at most), ``>=`` and ``>`` (at least), ``range`` (``6.5-8.5``,
both ends included). An empty cell asks nothing; ``ND`` asks that nothing be detected. It refuses tables whose classes are not nested: a
worse class may never ask more than a better one.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from zhihuan.standards.errors import ParameterFileError, UnknownItemError
from zhihuan.standards.parameters import Confidence

__all__ = ["ClassTable", "ItemLimits", "class_table"]

_NOT_DETECTED, _NONE_TEXT = "ND", "不得检出"
_RELATIONS = {"<=": "≤", "<": "<", ">=": "≥", ">": ">", "range": ""}


@dataclass(frozen=True, slots=True)
class ItemLimits:
    """What each class, best first, asks of one item.

    low, high: the interval a value must lie in [unit], ±inf where nothing is asked; open_ends: the
    limit itself is already outside. texts: as printed, "" where nothing is asked. confidence: of
    this row alone, None when the row does not say.
    """

    item: str
    name: str
    unit: str
    low: tuple[float, ...]
    high: tuple[float, ...]
    texts: tuple[str, ...]
    open_ends: bool = False
    confidence: Confidence | None = None

    @property
    def wants_none(self) -> bool:
        """Whether the best class asks that nothing be detected."""
        return self.texts[0] == _NONE_TEXT


@dataclass(frozen=True, slots=True)
class ClassTable:
    """The limits of all items. class_names: best first; beyond: the name of "worse than all".

    beyond is None where the worst class asks nothing, so that nothing can lie beyond it.
    """

    items: Mapping[str, ItemLimits]
    class_names: tuple[str, ...]
    beyond: str | None

    def __getitem__(self, item: str) -> ItemLimits:
        """The limits of an item, asked for by its code or its Chinese name.

        Raises UnknownItemError naming the nearest ones.
        """
        if item in self.items:
            return self.items[item]
        for limits in self:
            if limits.name == item:
                return limits
        near = difflib.get_close_matches(item, self.items, n=3)
        hint = f"，是否为 {'、'.join(near)}？" if near else f"；可用：{'、'.join(self.items)}"
        raise UnknownItemError(f"表中没有项目 {item!r}{hint}")

    def __contains__(self, item: str) -> bool:
        """Whether the table has an item of this code or Chinese name."""
        return item in self.items or any(limits.name == item for limits in self)

    def __iter__(self) -> Iterator[ItemLimits]:
        """The items in the table's order."""
        return iter(self.items.values())

    def name_of(self, number: int) -> str:
        """The Chinese name of a class number: 1 the best; 0 "无法评价"."""
        names = ["无法评价", *self.class_names]
        return ([*names, self.beyond] if self.beyond else names)[number]


def class_table(
    rows: Iterable[Mapping[str, str]], *, classes: Mapping[str, str], beyond: str | None
) -> ClassTable:
    """The class table the rows spell out.

    classes: column of each class and its Chinese name, best first; beyond: the name of worse than
    all of them, None when the last column is empty throughout. Raises ParameterFileError.
    """
    items: dict[str, ItemLimits] = {}
    for row in rows:
        if row["item"] in items:
            raise ParameterFileError(f"item {row['item']!r} stands twice in a class table")
        items[row["item"]] = _limits(row, tuple(classes))
    return ClassTable(items, tuple(classes.values()), beyond)


def _limits(row: Mapping[str, str], columns: tuple[str, ...]) -> ItemLimits:
    relation = row["relation"]
    if relation not in _RELATIONS:
        known = ", ".join(_RELATIONS)
        raise ParameterFileError(f"{row['item']}: relation {relation!r}; write one of: {known}")
    ends = [_interval(row["item"], relation, row[column]) for column in columns]
    for better, worse in pairwise(ends):
        if worse[0] > better[0] or worse[1] < better[1]:
            raise ParameterFileError(f"{row['item']}: a worse class asks more: {better}, {worse}")
    sign, certainty = _RELATIONS[relation], row.get("confidence")
    return ItemLimits(
        item=row["item"],
        name=row["name"],
        unit=row["unit"],
        low=tuple(low for low, _ in ends),
        high=tuple(high for _, high in ends),
        texts=tuple(_text(sign, row[column]) for column in columns),
        open_ends=relation in {"<", ">"},
        confidence=Confidence(certainty) if certainty else None,
    )


def _interval(item: str, relation: str, cell: str) -> tuple[float, float]:
    if not cell:
        return -inf, inf
    if cell == _NOT_DETECTED and relation == "<=":
        return -inf, 0.0
    try:
        if relation == "range":
            low, high = cell.split("-")
            return float(low), float(high)
        limit = float(cell)
    except ValueError as error:
        raise ParameterFileError(f"{item}: cannot read the limit {cell!r} ({relation})") from error
    return (-inf, limit) if relation.startswith("<") else (limit, inf)


def _text(sign: str, cell: str) -> str:
    if cell == _NOT_DETECTED:
        return _NONE_TEXT
    return f"{sign}{cell}" if cell else ""
