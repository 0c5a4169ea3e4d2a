"""A fresh embedded store for whoever needs one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from zhihuan.telemetry.store import TelemetryStore, open_store


@pytest.fixture
def embedded_store(tmp_path: Path) -> Iterator[TelemetryStore]:
    """A migrated, empty chDB store in a folder of its own.

    A process can have one chDB folder open at a time, so a test that opens a store itself must not
    ask for this one too.
    """
    store = open_store(f"chdb://{tmp_path}/telemetry")
    store.migrate()
    yield store
    store.close()
