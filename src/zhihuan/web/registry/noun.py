"""A noun of the registry, declared: how its records are found, listed, shown and changed.

The views know no model: what a page needs to know about one stands in a ``Noun``. A noun without a
listing has no list of its own (a limit is shown at its point); one without facts has no page of its
own. Permission is always asked of ``bureau.people.scope``, with the names given here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404
from django.urls import reverse

from zhihuan.bureau.people.scope import scope_of
from zhihuan.web.components.term import Term
from zhihuan.web.listing import Column, Listing

#: Before a key that is a primary key, for codes that cannot stand in an address.
BY_NUMBER = "id:"


@dataclass(frozen=True, slots=True)
class Part:
    """A table on a record's page: what hangs on it, one query.

    ``rows`` gives them from the record, whoever may see the record sees them if they hold
    ``permission``. ``adds`` is the code of the noun that is registered from here, ``given`` the
    fields of its form that are then filled in already.
    """

    title: Any
    rows: Callable[[Any], QuerySet[Any]]
    columns: tuple[Column, ...]
    permission: str
    blank: Any = ""
    adds: str = ""
    given: Callable[[Any], dict[str, str]] = field(default=lambda _row: {})


@dataclass(frozen=True, slots=True)
class Act:
    """A link on a record's page to something that can be done to it, ``when`` it can be."""

    text: Any
    url: Callable[[Any], str]
    permission: str
    when: Callable[[Any], bool] = field(default=lambda _row: True)


@dataclass(frozen=True, slots=True)
class Noun:
    """One kind of record. ``key``: the field that names a record in addresses.

    ``owner`` gives the noun and the record under which a record without a page is shown.
    ``related``: what a page reads along (``select_related``); ``narrow``: which rows of the model are
    of this noun. ``view``, ``change``, ``add`` and ``delete`` are permissions; "" means that nobody
    may, from these pages. ``room`` is where its addresses lie (``<room>-record`` and so on).
    ``batch``: fields that may be set on many records at once; none of them may be unique.
    """

    code: str
    model: type[Model]
    one: Any
    key: str
    view: str
    change: str
    add: str
    form: type[Any]
    delete: str = ""
    listing: Listing | None = None
    facts: Callable[[Any], list[Term]] | None = None
    parts: tuple[Part, ...] = ()
    acts: tuple[Act, ...] = ()
    related: tuple[str, ...] = ()
    narrow: Callable[[QuerySet[Any]], QuerySet[Any]] = field(default=lambda rows: rows)
    room: str = "registry"
    batch: tuple[str, ...] = ()
    owner: Callable[[Any], tuple[Noun, Any] | None] = field(default=lambda _row: None)

    def rows(self, user: Any, permission: str = "") -> QuerySet[Any]:
        """The records within somebody's scope."""
        every = self.narrow(self.model._default_manager.all())
        found = scope_of(user, permission or self.view).filter(every)
        return found.select_related(*self.related) if self.related else found

    def find(self, user: Any, key: str, permission: str = "") -> Any:
        """One record within somebody's scope; Http404 otherwise, so that nobody learns it exists."""
        found = self.rows(user, permission).filter(**self._by(key)).first()
        if found is None:
            raise Http404
        return found

    def _by(self, key: str) -> dict[str, Any]:
        number = key.removeprefix(BY_NUMBER)
        if key.startswith(BY_NUMBER) or self.key == "pk":
            return {"pk": int(number[:18]) if number.isdecimal() and number.isascii() else None}
        return {self.key: key}

    def key_of(self, row: Any) -> str:
        """How a record is named in an address."""
        key = str(getattr(row, self.key))
        return f"{BY_NUMBER}{row.pk}" if "/" in key or not key else key

    def url_of(self, row: Any) -> str:
        """The page of a record: its own, or that of its owner."""
        if self.facts is not None:
            return reverse(f"{self.room}-record", args=[self.code, self.key_of(row)])
        owner = self.owner(row)
        return owner[0].url_of(owner[1]) if owner else self.list_url

    def edit_url_of(self, row: Any) -> str:
        return reverse(f"{self.room}-edit", args=[self.code, self.key_of(row)])

    def delete_url_of(self, row: Any) -> str:
        return reverse(f"{self.room}-delete", args=[self.code, self.key_of(row)])

    @property
    def list_url(self) -> str:
        return reverse(f"{self.room}-list", args=[self.code])

    @property
    def add_url(self) -> str:
        return reverse(f"{self.room}-add", args=[self.code])
