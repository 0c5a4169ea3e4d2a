"""Which engine answers on which database."""

from __future__ import annotations

from django.db import connections

from zhihuan.bureau.search.engine import Engine
from zhihuan.bureau.search.postgresql import PostgresqlEngine
from zhihuan.bureau.search.sqlite import SqliteEngine

_ENGINES: dict[str, type[Engine]] = {"sqlite": SqliteEngine, "postgresql": PostgresqlEngine}


def engine_of(using: str = "default") -> Engine:
    """The engine of that database. ValueError where there is none."""
    vendor = connections[using].vendor
    if vendor not in _ENGINES:
        raise ValueError(f"no search on {vendor}: SQLite and PostgreSQL are supported")
    return _ENGINES[vendor]()
