"""Pages of a table that only grows: newest first, without counting what lies behind.

``?before=<id>`` asks for what is older than that row. Unlike numbered pages this costs the same on
the first page and on the ten-thousandth, and new rows do not shift what a reader is looking at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

ROWS = 50


@dataclass(frozen=True, slots=True)
class KeysetPage:
    """``older`` is the id to ask before for the next page, None on the last one."""

    rows: list[Any]
    older: int | None
    is_first: bool


def keyset_page(request: HttpRequest, rows: QuerySet[Any], size: int = ROWS) -> KeysetPage:
    """One page of ``rows``, which must be ordered by ``-id``."""
    before = request.GET.get("before", "")
    is_first = not before.isdecimal()
    if not is_first:
        rows = rows.filter(pk__lt=int(before[:18]))
    found = list(rows[: size + 1])
    older = found[size - 1].pk if len(found) > size else None
    return KeysetPage(found[:size], older, is_first)
