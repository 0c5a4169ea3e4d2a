"""What a reader asked a list, read from the address: filters, order, columns, size, place.

It can always be written back as an address, which is how links, saved filters and exports work.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict

from zhihuan.web.listing.column import Column
from zhihuan.web.listing.declaration import SIZES, Listing
from zhihuan.web.listing.filters import Filter

_MOST_CHARACTERS = 2000


@dataclass(frozen=True)
class Question:
    """``sort``: a column's name, "-" before it for descending."""

    listing: Listing
    query: QueryDict
    sort: str
    size: int
    columns: tuple[Column, ...]

    @classmethod
    def read(cls, listing: Listing, query: QueryDict) -> Question:
        """Whatever the address says that the list does not know is ignored."""
        sort = query.get("sort", "")
        size = query.get("size", "")
        return cls(
            listing=listing,
            query=query,
            sort=sort if listing.sortable(sort.removeprefix("-")) else listing.order,
            size=int(size) if size in {str(each) for each in SIZES} else listing.size,
            columns=_chosen_columns(listing, query),
        )

    @property
    def field(self) -> str:
        """The field path ordered by."""
        column = self.listing.column(self.sort.removeprefix("-"))
        assert column is not None  # noqa: S101 - ``read`` and the declaration make it so
        return column.sort

    @property
    def is_descending(self) -> bool:
        return self.sort.startswith("-")

    def asked(self) -> list[tuple[Filter, Any]]:
        """The filters in use, each with what was asked of it."""
        found = [(each, each.read(self.query)) for each in self.listing.filters]
        return [(each, asked) for each, asked in found if asked]

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that fit every filter."""
        for each, asked in self.asked():
            rows = each.narrow(rows, asked)
        return rows

    def words(self, user: Any) -> list[str]:
        """What was asked, one sentence a filter."""
        return [each.words(asked, each.inputs(self.query, user)) for each, asked in self.asked()]

    @cached_property
    def kept(self) -> dict[str, list[str]]:
        """The question as an address' query, without place and format: what a page's dozen links start from.

        What is so anyway (the list's own order, size and columns) is left out.
        """
        names = (name for each in self.listing.filters for name in each.names())
        asked = {name: [value for value in self.query.getlist(name) if value] for name in names}
        kept = {name: values for name, values in asked.items() if values}
        if self.sort != self.listing.order:
            kept["sort"] = [self.sort]
        if self.size != self.listing.size:
            kept["size"] = [str(self.size)]
        if self.columns != _usual_columns(self.listing):
            kept["col"] = [each.name for each in self.columns]
        return kept

    def written(self) -> str:
        """The same as text, for a saved filter or an export."""
        return _written(self.kept)

    def address(self, **changes: Any) -> str:
        """``?…`` with some names changed."""
        told = {name: [str(value)] for name, value in changes.items()}
        query = _written({**self.kept, **told})
        return f"?{query[:_MOST_CHARACTERS]}"

    def without(self, name_of_filter: str) -> str:
        """``?…`` without what one filter asks."""
        gone = {
            name
            for each in self.listing.filters
            if each.name == name_of_filter
            for name in each.names()
        }
        return f"?{_written({name: kept for name, kept in self.kept.items() if name not in gone})}"


def _written(query: Mapping[str, Sequence[str]]) -> str:
    return urlencode(query, doseq=True)


def _chosen_columns(listing: Listing, query: QueryDict) -> tuple[Column, ...]:
    wanted = set(query.getlist("col"))
    chosen = tuple(each for each in listing.columns if each.name in wanted)
    return chosen or _usual_columns(listing)


def _usual_columns(listing: Listing) -> tuple[Column, ...]:
    return tuple(each for each in listing.columns if each.shown)
