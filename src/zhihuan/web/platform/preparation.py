"""Before anything is served: the database's tables are brought up to date, and loose ends tied."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from zhihuan.bureau.acquisition.models import DeviceConnection
from zhihuan.bureau.inbox.renewing import left_to_renew, note_changed
from zhihuan.bureau.matters.engine.following import left_to_follow, note_installed
from zhihuan.bureau.search.agreement import rebuild, unwritten, write_anew
from zhihuan.bureau.search.models import Entry

Say = Callable[[str], None]


def migrate_database(say: Say) -> int:
    """Apply what is missing; how many migrations were. Says so before it starts. Of several processes
    that start together one applies them, the others wait for it."""
    with _alone():
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if missing:
            say(f"database: applying {len(missing)} migrations …")
            call_command("migrate", verbosity=0, interactive=False)
    return len(missing)


#: The number of the advisory lock; any, but the same in every version.
_MIGRATING = 0x7A68_6D69


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """On PostgreSQL no other process is in here; SQLite has its own lock on the file."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATING])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_MIGRATING])


def fill_search_index(say: Say) -> bool:
    """Write the entries of what was registered before anything of its kind was searched; whether it had to be.

    Only kinds without an entry are filled: comparing all of the index takes too long for every start, and is what
    ``zhihuan doctor --deep`` is for.
    """
    kinds = unwritten()
    if not kinds:
        return False
    if not Entry.objects.exists():
        say("search: writing the index of what is registered …")
        rebuild()
        return True
    for kind in kinds:
        say(f"search: writing the index of {kind.label} …")
        write_anew(kind)
    return True


def note_to_dos(say: Say) -> int:
    """Write down the procedures whose declaration changed, so that their to-dos are made anew beside the pages
    (``inbox_jobs``); of how many matters that is still to be done."""
    note_changed()
    left, _all = left_to_renew()
    if left:
        say(f"inbox: the to-dos of {left} matters are made anew while the platform works")
    return left


def note_clocks(say: Say) -> int:
    """Write down that running clocks are to be reckoned by what this version brings, beside the pages (``matter_jobs``);
    how many are still to be looked at."""
    note_installed()
    left = left_to_follow()
    if left:
        say(
            f"clocks: {left} are reckoned by the calendar and limits of this version while it works"
        )
    return left


def forget_connections(gateway: str) -> int:
    """A gateway that starts has no connections, whatever its last life left behind."""
    left = DeviceConnection.objects.filter(online=True, gateway=gateway)
    return left.update(online=False)
