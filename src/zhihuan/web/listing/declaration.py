"""What a list is, declared: its rows' scope, columns, filters, order and acts.

A declaration holds no data and no request. Its ``scope`` is the only door to rows, so that page,
fragment, export and count can never show different people different truths.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from zhihuan.web.components.table import Blank
from zhihuan.web.listing.column import Column
from zhihuan.web.listing.filters import Filter

#: Names in an address that the machinery itself uses.
RESERVED = frozenset({"sort", "size", "after", "before", "col", "format", "row"})
SIZES = (20, 50, 100, 200)


@dataclass(frozen=True, slots=True)
class BatchAct:
    """An act on chosen rows: a button that posts ``row=<key>`` for each to ``url_name``.

    The view behind it checks permission and scope again, row by row. ``permission`` only decides
    whether the button is shown; ``confirm`` is asked before it is sent, where scripts run.
    """

    text: Any
    url_name: str
    permission: str = ""
    confirm: Any = ""
    is_dangerous: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """``name``: unique, part of saved filters and of the file's name. ``scope``: from the user to the
    rows that one may see, with everything the columns read (``select_related``). ``order``: a
    column's name, "-" before it for descending. ``blank``: what is said when there are no rows at
    all. ``export_permission``: "" lets everyone who sees the list export it. ``label``: how one row is
    called aloud, the first column's value when not given. ``marks``: from the rows of one page to words, by
    primary key, that stand beside a row's first cell and ask for attention; one query at most.
    ``counted_to``: rows are counted up to here; beyond, the page says "more than"."""

    name: str
    title: Any
    scope: Callable[[Any], QuerySet[Any]]
    columns: tuple[Column, ...]
    order: str
    filters: tuple[Filter, ...] = ()
    size: int = 50
    blank: Blank | None = None
    acts: tuple[BatchAct, ...] = ()
    export_permission: str = ""
    is_exported: bool = True
    label: Callable[[Any], str] | None = None
    marks: Callable[[Sequence[Any]], Mapping[Any, Sequence[Any]]] | None = None
    counted_to: int = 10_000

    def __post_init__(self) -> None:
        names = [each.name for each in self.columns]
        asked = [each.name for each in self.filters]
        if twice := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"{self.name}: columns twice: {sorted(twice)}")
        if taken := RESERVED.intersection(asked):
            raise ValueError(f"{self.name}: filters may not be called {sorted(taken)}")
        if not self.sortable(self.order.removeprefix("-")):
            raise ValueError(f"{self.name}: order {self.order!r} names no column that sorts")

    @property
    def target(self) -> str:
        """The selector of the fragment."""
        return f"#list-{self.name}"

    @property
    def form_id(self) -> str:
        """The id of the filter form, to which everything that belongs to the question is tied."""
        return f"filters-{self.name}"

    def column(self, name: str) -> Column | None:
        return next((each for each in self.columns if each.name == name), None)

    def sortable(self, name: str) -> bool:
        """Whether rows can be ordered by the column of that name."""
        found = self.column(name)
        return found is not None and bool(found.sort)
