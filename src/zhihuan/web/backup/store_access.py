"""Reach the telemetry store for a backup: beside the process that serves it, whichever engine it is."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from zhihuan.telemetry.store import open_store
from zhihuan.telemetry.store.backup.snapshot import opened_snapshot
from zhihuan.telemetry.store.opening import embedded_folder
from zhihuan.telemetry.store.sql_store import SqlStore


@contextlib.contextmanager
def store_to_read(url: str) -> Iterator[SqlStore | None]:
    """The store as it is now; None when there is none yet. Nothing is created or migrated."""
    folder = embedded_folder(url)
    if folder is None:
        with contextlib.closing(open_store(url)) as store:
            assert isinstance(store, SqlStore)  # noqa: S101 - every store is
            yield store
    elif (folder / "engine").is_dir():
        with opened_snapshot(folder) as store:
            yield store
    else:
        yield None
