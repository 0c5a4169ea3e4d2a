# ruff: noqa: ARG002 - all filters share one signature
"""A filter by text: every word must occur in one of the fields."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.http import QueryDict

from zhihuan.web.listing.filters.filter import Filter

LONGEST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFilter(Filter):
    """``fields``: the field paths looked into; ``lookup``: how (``icontains``, ``exact`` …)."""

    fields: tuple[str, ...]
    lookup: str = "icontains"

    template: ClassVar[str] = "listing/_text_filter.html"

    def read(self, query: QueryDict) -> str:
        return query.get(self.name, "").strip()[:LONGEST]

    def narrow(self, rows: QuerySet[Any], asked: str) -> QuerySet[Any]:
        for word in asked.split():
            lookup = _quickest(self.lookup, word)
            somewhere = (Q(**{f"{field}__{lookup}": word}) for field in self.fields)
            rows = rows.filter(reduce(or_, somewhere))
        return rows

    def words(self, asked: str, inputs: dict[str, Any]) -> str:
        return f"{self.title}：{asked}"


def _quickest(lookup: str, word: str) -> str:
    """The same lookup without regard to case only where the word has letters with a case: PostgreSQL would write the
    text of every row in capitals first."""
    has_case = word.upper() != word or word.lower() != word
    return lookup if has_case else lookup.removeprefix("i")
