"""A resource as data: its model, attributes, filters, and which permissions open it.

Lists, single reads, writes and their documentation are all made from one declaration
(``reading``, ``writing``); ``resources`` holds the declarations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import models
from django.db.models import Q, QuerySet

from zhihuan.bureau.access.caller import Caller
from zhihuan.web.api.attribute import Attribute
from zhihuan.web.api.filters import Filter


@dataclass(frozen=True, slots=True)
class Nested:
    """Rows that hang on a record and are told with it, oldest first: one query a page."""

    name: str
    model: type[models.Model]
    parent: str
    attributes: tuple[Attribute, ...]
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Writing:
    """Which permissions let somebody create and change records; ``fixed``: what every new record
    of the resource is, whoever creates it."""

    add: str
    change: str
    fixed: Mapping[str, Any] = field(default_factory=dict)


class Telling(Protocol):
    """within: rows that a question (name → what is asked) may find; told: a document as its reader may
    have it."""

    def within(self, user: Any, asked: Mapping[str, Any]) -> Q: ...

    def told(self, user: Any, document: dict[str, Any]) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Resource:
    """``name``: plural, as in addresses; ``single``: one of them. ``title`` is Chinese, ``about``
    English.

    key: the field that names a record, unique; lists are in its order. view: the permission to
    read. is_everyones: whoever holds it sees all records, because they are nobody's (rivers).
    reach: look-up to an organisation's path, for models that say no ``SCOPE``. telling: what of a record its
    reader is told, where not everybody who sees it sees all of it. address: where its
    operations lie, "" = under its name. within: which rows of the model are of the resource.
    """

    name: str
    single: str
    title: Any
    about: str
    model: type[models.Model]
    view: str
    attributes: tuple[Attribute, ...]
    key: str = "code"
    filters: tuple[Filter, ...] = ()
    nested: tuple[Nested, ...] = ()
    writing: Writing | None = None
    is_everyones: bool = False
    reach: str = ""
    address: str = ""
    within: Q = field(default_factory=Q)
    telling: Telling | None = None

    @property
    def path(self) -> str:
        return self.address or self.name

    @property
    def key_is_number(self) -> bool:
        return self.key == "id"

    def rows_for(
        self, caller: Caller, permission: str = "", asked: Mapping[str, Any] | None = None
    ) -> QuerySet[Any]:
        """The records within the caller's scope of ``permission`` ("" = to read) that such a question may
        find."""
        scope = caller.scope(permission or self.view)
        rows: QuerySet[Any] = self.model._default_manager.filter(self.within)
        if self.telling is not None:
            rows = rows.filter(self.telling.within(caller.user, asked or {}))
        if scope.city or (self.is_everyones and scope):
            return rows
        if not self.reach:
            return scope.filter(rows)
        wanted = Q(pk__in=[])
        for path in sorted(scope.everywhere):
            wanted |= Q(**{f"{self.reach}__startswith": path})
        return rows.filter(wanted)

    def told(self, user: Any, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Documents as this reader is told them."""
        if self.telling is None:
            return found
        return [self.telling.told(user, each) for each in found]
