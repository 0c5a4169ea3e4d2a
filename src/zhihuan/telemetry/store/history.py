"""Runs the migrations, and replays them to know the layout.

Each host keeps its own record of what it has had (``schema_migration``), so a host that joins a
cluster later is brought up to date by the same command. Refuses to work on a schema that is newer
than this program.
"""

from __future__ import annotations

import importlib
import pkgutil
import time
from functools import lru_cache

from zhihuan.telemetry.store.engine import Engine
from zhihuan.telemetry.store.errors import StoreOutdated
from zhihuan.telemetry.store.schema import Layout, Migration, Operation
from zhihuan.telemetry.store.sql import text

__all__ = ["all_migrations", "applied", "current_layout", "migrate", "pending", "run_operation"]

_FOLDER = "zhihuan.telemetry.store.migrations"
_RECORD = (
    "CREATE TABLE IF NOT EXISTS schema_migration (name String, applied Int64) "
    "ENGINE = ReplacingMergeTree(applied) ORDER BY name"
)


@lru_cache(maxsize=1)
def all_migrations() -> dict[str, Migration]:
    """Name -> migration, in order."""
    folders = importlib.import_module(_FOLDER).__path__
    names = sorted(module.name for module in pkgutil.iter_modules(folders))
    return {name: importlib.import_module(f"{_FOLDER}.{name}").MIGRATION for name in names}


@lru_cache(maxsize=1)
def current_layout() -> Layout:
    """The tables after all migrations."""
    layout: Layout = {}
    for migration in all_migrations().values():
        for operation in migration.forwards:
            operation.change(layout)
    return layout


def applied(engine: Engine) -> set[str]:
    """Migrations that every host has had."""
    engine.command(_RECORD)
    hosts = engine.read_each("SELECT DISTINCT name AS name FROM schema_migration")
    return set.intersection(*({str(name) for name in host["name"]} for host in hosts))


def pending(engine: Engine) -> list[str]:
    """Migrations still to run. Raises ``StoreOutdated`` when the store is newer than we are."""
    known = all_migrations()
    had = applied(engine)
    if unknown := sorted(had - known.keys()):
        raise StoreOutdated(
            f"the store has had migrations this program does not know: {', '.join(unknown)}. "
            "It was opened by a newer version; use that one"
        )
    return [name for name in known if name not in had]


def run_operation(engine: Engine, operation: Operation) -> None:
    """Its statements, in order, on every host; what was done before is fine."""
    for statement in operation.statements(engine.capabilities, engine.database):
        engine.command(statement.sql, done_before=statement.done_before)


def migrate(engine: Engine) -> list[str]:
    """Run what is pending; returns the names in order."""
    names = pending(engine)
    for name in names:
        for operation in all_migrations()[name].forwards:
            run_operation(engine, operation)
        now_ms = time.time_ns() // 1_000_000
        engine.command(
            f"INSERT INTO schema_migration (name, applied) SELECT {text(name)}, {now_ms}"
        )
    return names
