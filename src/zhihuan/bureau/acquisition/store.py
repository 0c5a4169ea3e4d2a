"""The one telemetry store of this process, opened from ZHIHUAN_STORE_URL when first asked for.

Only one process may open an embedded store, so every room of a process shares this object. It
never opens two: whoever runs the gateway hands its store in with ``use_store``.
"""

from __future__ import annotations

import threading

from django.conf import settings

from zhihuan.telemetry.store import TelemetryStore, open_store
from zhihuan.telemetry.store.engine import Engine
from zhihuan.telemetry.store.sql_store import SqlStore

_lock = threading.Lock()
_store: TelemetryStore | None = None


def the_store() -> TelemetryStore:
    """The process-wide store, migrated. Raises the store's own errors when it cannot be opened."""
    global _store  # noqa: PLW0603 - one per process is the point
    with _lock:
        if _store is None:
            opened = open_store(settings.ZHIHUAN_STORE_URL)
            opened.migrate()
            _store = opened
        return _store


def engine_of_the_store() -> Engine:
    """What page processes ask through its door."""
    store = the_store()
    if not isinstance(store, SqlStore):
        raise TypeError(f"{type(store).__name__} has no engine that other processes could ask")
    return store.engine


def use_store(store: TelemetryStore | None) -> None:
    """Share an already opened store; None forgets it. Its owner closes it."""
    global _store  # noqa: PLW0603 - one per process is the point
    with _lock:
        _store = store


def close_store() -> None:
    """Close what ``the_store`` opened, if anything."""
    global _store  # noqa: PLW0603 - one per process is the point
    with _lock:
        if _store is not None:
            _store.close()
        _store = None
