"""What belongs to an organisation or to one below it, as semi-joins that start from the organisations.

A condition across joins (``site__enterprise__path__startswith``) lets the database walk all points in the
order asked for and look at each one's organisation: half a second for somebody who has five. Said as
nested ``IN (SELECT …)``, it begins with the few organisations and takes the indexes of the foreign keys.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Lookup, Q

from zhihuan.bureau.people.models import Organisation


@models.CharField.register_lookup
class Below(Lookup):
    """``path__below="/1/7/"``: the organisation of that path and those below it.

    SQLite uses no index for ``LIKE``, so there it is a span: "0" is the character after "/". On
    PostgreSQL the order of text depends on the locale, so there it is ``LIKE``, which has an index of
    its own.
    """

    lookup_name = "below"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} LIKE %s", [*params, f"{self.rhs}%"]

    def as_sqlite(self, compiler: Any, connection: Any, **_given: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        span = [self.rhs, f"{str(self.rhs).removesuffix('/')}0"]
        return f"({column} >= %s AND {column} < %s)", [*params, span[0], *params, span[1]]


def belongs_below(model: type[models.Model], field: str, paths: Iterable[str]) -> Q:
    """Rows of ``model`` whose organisation, at the end of the look-up ``field``, lies below any path."""
    names = field.split("__")
    holders = [model]
    for name in names[:-1]:
        holders.append(holders[-1]._meta.get_field(name).related_model)  # type: ignore[arg-type]
    somewhere = (Q(path__below=path) for path in sorted(paths))
    rows: models.QuerySet[Any] = Organisation.objects.filter(_any(somewhere)).order_by()
    condition = Q(**{f"{names[-1]}__in": rows.values("pk")})
    for holder, name in zip(reversed(holders[1:]), reversed(names[:-1]), strict=True):
        rows = holder._base_manager.filter(condition).order_by()
        condition = Q(**{f"{name}__in": rows.values("pk")})
    return condition


def _any(conditions: Iterable[Q]) -> Q:
    wanted = Q(pk__in=[])
    for condition in conditions:
        wanted |= condition
    return wanted
