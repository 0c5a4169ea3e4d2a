"""Pages by key: “the fifty after this row”, in any order, at the same cost on every page.

New rows do not shift what a reader is looking at, and nothing is counted to find a page. Rows are
ordered by one field and, among equals, by primary key; missing values come last in both directions,
on SQLite as on PostgreSQL.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Field, Model, Q, QuerySet

#: The name under which each row carries the value it is ordered by.
KEY = "listing_key"


@dataclass(frozen=True, slots=True)
class Order:
    """Ordered by ``field`` (a field path or an annotation), then by primary key the same way."""

    field: str
    is_descending: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """``after`` and ``before`` are the cursors of its neighbours, "" where there is none."""

    rows: list[Any]
    before: str = ""
    after: str = ""


def page_of(
    rows: QuerySet[Any], order: Order, size: int, *, after: str = "", before: str = ""
) -> Page:
    """The ``size`` rows after the cursor ``after``, or before ``before``, or the first ones.

    A cursor that cannot be read, because it was damaged or belongs to another order, gives the
    first page.
    """
    keyed = rows.annotate(**{KEY: F(order.field)})
    place, is_back = _place(keyed, order, after, before)
    parts = _parts(keyed, order, place, is_back)
    found = list(_whole(keyed, parts, _ordering(rows.model, order, is_back), size + 1))
    has_more, found = len(found) > size, found[:size]
    if is_back:
        found.reverse()
    return Page(
        rows=found,
        before=_cursor(found[0], order) if found and (has_more if is_back else place) else "",
        after=_cursor(found[-1], order) if found and (is_back or has_more) else "",
    )


def _whole(
    keyed: QuerySet[Any], parts: Sequence[QuerySet[Any]], ordering: Sequence[Any], count: int
) -> QuerySet[Any]:
    """The first rows with everything read along, in one query: their keys are chosen first, so that
    what the database must sort, where no index gives the order, is keys and not joined rows."""
    chosen = [part.select_related(None).values("pk")[:count] for part in parts]
    keys = chosen[0] if len(chosen) == 1 else _together(keyed.model, chosen)
    return keyed.filter(pk__in=keys).order_by(*ordering)[:count]


def _together(model: type[Model], chosen: Sequence[QuerySet[Any]]) -> QuerySet[Any]:
    """Keys of one or the other. Asked for once more by key: SQLite lets no part of a union have a limit."""
    asked = [model._base_manager.order_by().filter(pk__in=keys).values("pk") for keys in chosen]
    return asked[0].union(*asked[1:], all=True)


def in_order(rows: QuerySet[Any], order: Order) -> QuerySet[Any]:
    """All rows in the same order as the pages."""
    keyed = rows.annotate(**{KEY: F(order.field)})
    return keyed.order_by(*_ordering(rows.model, order, is_back=False))


def _ordering(model: type[Model], order: Order, is_back: bool) -> list[Any]:
    falls = order.is_descending != is_back
    if not _nullable(model, order.field):
        return _plain(falls)
    nulls: dict[str, Any] = {"nulls_first": True} if is_back else {"nulls_last": True}
    key = F(KEY)
    return [key.desc(**nulls) if falls else key.asc(**nulls), "-pk" if falls else "pk"]


def _plain(falls: bool) -> list[str]:
    """The order that an index on the field and the key gives, read from either end."""
    return [f"-{KEY}", "-pk"] if falls else [KEY, "pk"]


def _parts(
    keyed: QuerySet[Any], order: Order, place: tuple[Any, Any] | None, is_back: bool
) -> list[QuerySet[Any]]:
    """The rows on the far side of a place, or all, each part in its order."""
    nullable = _nullable(keyed.model, order.field)
    if nullable and _leads_an_index(keyed.model, order.field):
        return _told_and_untold(keyed, order, place, is_back)
    ordered = keyed.order_by(*_ordering(keyed.model, order, is_back))
    return [ordered if place is None else ordered.filter(_beyond(place, order, is_back, nullable))]


def _told_and_untold(
    keyed: QuerySet[Any], order: Order, place: tuple[Any, Any] | None, is_back: bool
) -> list[QuerySet[Any]]:
    """Those with a value and those without: no engine reads an index through both in our order, but each of
    the two it does, on whichever page."""
    falls = order.is_descending != is_back
    told = keyed.filter(**{f"{KEY}__isnull": False}).order_by(*_plain(falls))
    untold = keyed.filter(**{f"{KEY}__isnull": True}).order_by("-pk" if falls else "pk")
    if place is None:
        return [told, untold]
    beyond = _beyond(place, order, is_back, nullable=False)
    if place[0] is None:
        return [told, untold.filter(beyond)] if is_back else [untold.filter(beyond)]
    return [told.filter(beyond)] if is_back else [told.filter(beyond), untold]


def _beyond(place: tuple[Any, Any], order: Order, is_back: bool, nullable: bool) -> Q:
    """The rows on the far side of a place (value, primary key)."""
    value, pk = place
    way = "lt" if order.is_descending != is_back else "gt"
    if value is None:
        same = Q(**{f"{KEY}__isnull": True, f"pk__{way}": pk})
        return same | Q(**{f"{KEY}__isnull": False}) if nullable and is_back else same
    beyond = Q(**{f"{KEY}__{way}": value}) | Q(**{KEY: value, f"pk__{way}": pk})
    # said twice on purpose: an index on the field serves this bound, not the alternative above
    beyond &= Q(**{f"{KEY}__{way}e": value})
    return beyond | Q(**{f"{KEY}__isnull": True}) if nullable and not is_back else beyond


def _leads_an_index(model: type[Model], path: str) -> bool:
    """Whether an index of the model's own table begins with the field."""
    known = {name for index in model._meta.indexes for name, _order in index.fields_orders[:1]}
    for field in model._meta.local_concrete_fields:
        if field.db_index or field.unique:
            known |= {field.name, field.attname}
    return path in known


def _nullable(model: type[Model], path: str) -> bool:
    """Whether the value at the field path may be missing; an annotation may."""
    for name in path.split("__"):
        try:
            field = model._meta.pk if name == "pk" else model._meta.get_field(name)
        except FieldDoesNotExist:
            return True
        if getattr(field, "null", True):
            return True
        model = field.related_model or model  # type: ignore[assignment, union-attr]
    return False


# ---- cursors ----------------------------------------------------------------------------------


def _cursor(row: Any, order: Order) -> str:
    told = [_named(order), _text(getattr(row, KEY)), _text(row.pk)]
    return base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")


def _named(order: Order) -> str:
    return f"{'-' if order.is_descending else ''}{order.field}"


def _text(value: Any) -> str | None:
    if isinstance(value, dt.datetime):
        return value.isoformat()
    return None if value is None else str(value)


def _place(
    keyed: QuerySet[Any], order: Order, after: str, before: str
) -> tuple[tuple[Any, Any] | None, bool]:
    place = _read(keyed, order, after or before)
    return place, bool(before and not after and place is not None)


def _read(keyed: QuerySet[Any], order: Order, cursor: str) -> tuple[Any, Any] | None:
    if not cursor:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        name, value, pk = json.loads(base64.urlsafe_b64decode(padded.encode()))
        if name != _named(order) or pk is None:
            return None
        field: Field[Any, Any] = keyed.query.annotations[KEY].output_field
        return (
            None if value is None else field.to_python(value),
            keyed.model._meta.pk.to_python(pk),
        )
    except (ValueError, TypeError, ValidationError, binascii.Error, OverflowError):
        return None
