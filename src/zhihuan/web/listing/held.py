# ruff: noqa: ARG002 - filters share one signature
"""Lists of what no table holds (declarations, the permission matrix): rows held in memory, asked alike.

``Listing.scope`` returns ``HeldRows`` instead of a queryset; its filters are ``HeldText``, and
``ChoiceFilter`` with ``apply=only("attribute")``. Pages, orders, columns, Excel and saved filters are those
of any list. For thousands of rows at most: every question walks them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from zhihuan.web.listing.filters import FlagFilter, TextFilter
from zhihuan.web.listing.keyset import Order, Page

_ANYTHING = Q()


@dataclass(frozen=True, slots=True)
class HeldRows:
    """The rows, in their own order; each has a ``pk`` that is unique."""

    rows: tuple[Any, ...]

    def only(self, fits: Callable[[Any], bool]) -> HeldRows:
        """The rows that fit."""
        return HeldRows(tuple(row for row in self.rows if fits(row)))

    def count(self) -> int:
        return len(self.rows)

    def in_order(self, order: Order) -> list[Any]:
        """By the attribute ``order.field``, missing values last both ways, equals in their own order."""
        known = [row for row in self.rows if getattr(row, order.field) not in {None, ""}]
        known.sort(key=lambda row: getattr(row, order.field), reverse=order.is_descending)
        return known + [row for row in self.rows if getattr(row, order.field) in {None, ""}]

    def page(self, order: Order, size: int, *, after: str = "", before: str = "") -> Page:
        """The ``size`` rows behind the row named by ``after``, or before ``before``, or the first."""
        rows = self.in_order(order)
        places = {str(row.pk): place for place, row in enumerate(rows)}
        if after in places:
            start = places[after] + 1
        elif before in places:
            start = max(places[before] - size, 0)
        else:
            start = 0
        found = rows[start : start + size]
        return Page(
            rows=found,
            before=str(found[0].pk) if found and start else "",
            after=str(found[-1].pk) if found and start + size < len(rows) else "",
        )


def only(attribute: str) -> Callable[[Any, str], Any]:
    """``ChoiceFilter(apply=…)`` of held rows: those whose attribute, as text, is the chosen value."""
    return lambda rows, asked: rows.only(lambda row: str(getattr(row, attribute)) == asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldText(TextFilter):
    """Every word must occur in one of the attributes ``fields``, whatever the case."""

    def narrow(self, rows: Any, asked: str) -> Any:
        words = asked.casefold().split()
        return rows.only(lambda row: all(_is_in(word, row, self.fields) for word in words))


def _is_in(word: str, row: Any, attributes: Iterable[str]) -> bool:
    return any(word in str(getattr(row, each)).casefold() for each in attributes)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldFlag(FlagFilter):
    """Only rows whose ``attribute`` is true, when the box is ticked."""

    only: Q = _ANYTHING
    attribute: str

    def narrow(self, rows: Any, asked: bool) -> Any:
        return rows.only(lambda row: bool(getattr(row, self.attribute)))
