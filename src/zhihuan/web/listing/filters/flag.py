# ruff: noqa: ARG002 - all filters share one signature
"""A filter by a yes: only rows for which something holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.http import QueryDict

from zhihuan.web.listing.filters.filter import Filter


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagFilter(Filter):
    """``only``: the condition that rows must meet when the box is ticked."""

    only: Q

    template: ClassVar[str] = "listing/_flag_filter.html"

    def read(self, query: QueryDict) -> bool:
        return query.get(self.name) == "1"

    def narrow(self, rows: QuerySet[Any], asked: bool) -> QuerySet[Any]:
        return rows.filter(self.only)

    def words(self, asked: bool, inputs: dict[str, Any]) -> str:
        return str(self.title)
