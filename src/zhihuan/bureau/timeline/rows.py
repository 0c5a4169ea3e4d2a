"""Sources that are tables: rows by a moment and their primary key, after a place, bounded."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from zhihuan.bureau.timeline.happening import Place


def rows_after(
    rows: QuerySet[Any], field: str, source: str, place: Place | None, most: int
) -> list[Any]:
    """The ``most`` newest rows that come after the place; keys are ``key_of`` their primary keys."""
    if place is not None:
        rows = rows.filter(_after(field, source, place))
    return list(rows.order_by(f"-{field}", "-pk")[:most])


def key_of(pk: int) -> str:
    """A primary key as a key that sorts as text."""
    return f"{pk:020d}"


def _after(field: str, source: str, place: Place) -> Q:
    older = Q(**{f"{field}__lt": place.at})
    if source > place.source:
        return older | Q(**{field: place.at})
    if source == place.source:
        return older | Q(**{field: place.at, "pk__lt": _number(place.key)})
    return older


def _number(key: str) -> int:
    """The primary key again; 0 for a key that somebody made up."""
    return int(key[-18:]) if key.isascii() and key.isdecimal() else 0
