"""May this process be given requests? Yes when its databases answer and their tables are its own.

What is not in here on purpose: devices, disk, backups. A balancer that takes a process out because a
device is silent makes one trouble two; ``zhihuan doctor`` is for those.
"""

from __future__ import annotations

import time

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from zhihuan.bureau.acquisition.store import the_store
from zhihuan.bureau.inbox.renewing import left_to_renew
from zhihuan.bureau.matters.engine.following import left_to_follow
from zhihuan.telemetry.store import StoreError

_REMEMBERED_SECONDS = 30.0
_checked: dict[str, float] = {}


def reasons() -> dict[str, str]:
    """Part -> "ok", or why it is not ready. No host, account or path is named."""
    database = "ok" if database_answers() else "unavailable"
    migrations = _migrations() if database == "ok" else "unknown"
    store = "ok" if store_answers() else "unavailable"
    return {"database": database, "migrations": migrations, "store": store}


def database_answers() -> bool:
    """Whether the relational database answers now."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


def store_answers() -> bool:
    """Whether the telemetry store answers now."""
    try:
        the_store().events(None, 0, 1, limit=1)
    except StoreError:
        return False
    return True


def under_way() -> dict[str, str]:
    """What goes on beside the pages and hinders nobody: part -> how far it is; nothing most of the time."""
    try:
        left, total = left_to_renew()
        clocks = left_to_follow()
    except Error:
        return {}  # told as the database's
    to_dos = {"to_dos": f"{left} of {total} to be made anew"} if left else {}
    return to_dos | ({"clocks": f"{clocks} to be reckoned anew"} if clocks else {})


def _migrations() -> str:
    """Asked anew every half minute only: a graph of some hundred files is walked."""
    if time.monotonic() - _checked.get("migrations", -_REMEMBERED_SECONDS) < _REMEMBERED_SECONDS:
        return "ok"
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if missing:
        return f"{missing} not applied"
    _checked["migrations"] = time.monotonic()
    return "ok"
