# ruff: noqa: ARG002 - Django fixes the parameters of a vendor's way to write SQL
"""“One of these many keys” as a condition with a single parameter, on both databases."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, F, Func


class Among(Func):
    """``rows.filter(Among("pk", keys))`` for any number of whole numbers; SQLite refuses an ``IN``
    list beyond 32,766 parameters."""

    output_field = BooleanField()

    def __init__(self, field: str, keys: Iterable[int], **extra: Any) -> None:
        super().__init__(F(field), **extra)
        self.keys = tuple(int(key) for key in keys)

    def as_sqlite(self, compiler: Any, connection: Any, **_given: Any) -> tuple[str, list[Any]]:
        sql, params = compiler.compile(self.source_expressions[0])
        in_list = f"{sql} IN (SELECT value FROM json_each(%s))"  # noqa: S608 - sql is a column
        return in_list, [*params, json.dumps(self.keys)]

    def as_postgresql(self, compiler: Any, connection: Any, **_given: Any) -> tuple[str, list[Any]]:
        sql, params = compiler.compile(self.source_expressions[0])
        return f"{sql} = ANY(%s)", [*params, list(self.keys)]
