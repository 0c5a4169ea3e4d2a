"""A resource as data: its model, attributes, filters, and which permissions open it.

Lists, single reads, writes and their documentation are all made from one declaration
(``reading``, ``writing``); ``resources`` holds the declarations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Resource:
    """``name``: plural, as in addresses; ``single``: one of them. ``title`` is Chinese, ``about``
    English.

    key: the field that names a record, unique; lists are in its order. view: the permission to
    read. is_everyones: whoever holds it sees all records, because they are nobody's (rivers).
    reach: look-up to an organisation's path, for models that say no ``SCOPE``. address: where its
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

    @property
    def path(self) -> str:
        return self.address or self.name

    @property
    def key_is_number(self) -> bool:
        return self.key == "id"

    def rows_for(self, caller: Caller, permission: str = "") -> QuerySet[Any]:
        """The records within the caller's scope of ``permission`` ("" = to read)."""
        scope = caller.scope(permission or self.view)
        rows: QuerySet[Any] = self.model._default_manager.filter(self.within)
        if scope.city or (self.is_everyones and scope):
            return rows
        if not self.reach:
            return scope.filter(rows)
        wanted = Q(pk__in=[])
        for path in sorted(scope.paths):
            wanted |= Q(**{f"{self.reach}__startswith": path})
        return rows.filter(wanted)
