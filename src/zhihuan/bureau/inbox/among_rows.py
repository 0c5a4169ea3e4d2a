# ruff: noqa: ARG002 - Django fixes the parameters of a vendor's way to write SQL
"""“One of the keys that this finds” as a condition whose keys are found first.

As a plain ``IN (SELECT …)`` beside an order and a limit, PostgreSQL may walk the whole index in order and
ask of each row whether it is among them: fast where many are, without end where none is.
"""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, F, Func, QuerySet, Subquery

__all__ = ["AmongRows"]


class AmongRows(Func):
    """``rows.filter(AmongRows("party", bodies.values("pk")))``; the inner query knows nothing of the outer."""

    output_field = BooleanField()

    def __init__(self, field: str, keys: QuerySet[Any, Any], **extra: Any) -> None:
        super().__init__(F(field), Subquery(keys), **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **_given: Any) -> tuple[str, list[Any]]:
        return self._written(compiler, "{} IN {}")

    def as_postgresql(self, compiler: Any, connection: Any, **_given: Any) -> tuple[str, list[Any]]:
        return self._written(compiler, "{} = ANY(ARRAY{})")

    def _written(self, compiler: Any, form: str) -> tuple[str, list[Any]]:
        field, keys = (compiler.compile(each) for each in self.source_expressions)
        return form.format(field[0], keys[0]), [*field[1], *keys[1]]
