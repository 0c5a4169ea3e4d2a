"""Before anything is served: the database's tables are brought up to date, and loose ends tied."""

from __future__ import annotations

from collections.abc import Callable

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from zhihuan.bureau.acquisition.models import DeviceConnection

Say = Callable[[str], None]


def migrate_database(say: Say) -> int:
    """Apply what is missing; how many migrations were. Says so before it starts."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        say(f"database: applying {len(missing)} migrations …")
        call_command("migrate", verbosity=0, interactive=False)
    return len(missing)


def forget_connections(gateway: str) -> int:
    """A gateway that starts has no connections, whatever its last life left behind."""
    left = DeviceConnection.objects.filter(online=True, gateway=gateway)
    return left.update(online=False)
