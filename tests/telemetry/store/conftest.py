"""The store under its contract: every test that asks for ``store`` runs on both engines, and through the door of one."""

from __future__ import annotations

import importlib.util
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from zhihuan.telemetry.store import TelemetryStore, open_store
from zhihuan.telemetry.store.door import DoorEngine, StoreDoor
from zhihuan.telemetry.store.history import current_layout
from zhihuan.telemetry.store.sql_store import SqlStore

sys.path.insert(0, str(Path(__file__).parent))  # for rows_of_a_city
_SCRIPT = Path(__file__).parents[3] / "scripts" / "clickhouse_cluster.py"
_CLUSTER = pytest.mark.cluster


def _cluster_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("clickhouse_cluster", _SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["clickhouse_cluster"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def cluster_factory() -> Callable[[], AbstractContextManager[Any]]:
    """Starts 2 x 2 clusters. Where CI=true a missing program is a failure, elsewhere a skip."""
    script = _cluster_script()
    if lacking := script.missing_programs():
        reason = "no ClickHouse cluster here: missing " + "; ".join(lacking)
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    start: Callable[[], AbstractContextManager[Any]] = script.running_cluster
    return start


@pytest.fixture(scope="session")
def cluster(cluster_factory: Callable[[], AbstractContextManager[Any]]) -> Iterator[Any]:
    """A running cluster that no test harms."""
    with cluster_factory() as started:
        yield started


@pytest.fixture(scope="session")
def _migrated_cluster_store(cluster: Any) -> Iterator[TelemetryStore]:
    store = open_store(cluster.url("contract"))
    store.migrate()
    yield store
    store.close()


def _tables_with_rows(engine: Any) -> set[str]:
    sql = "SELECT DISTINCT table AS t FROM system.parts WHERE active AND database = 'contract'"
    names = {name.removesuffix("_local") for host in engine.read_each(sql) for name in host["t"]}
    return names & current_layout().keys()


@pytest.fixture
def cluster_store(_migrated_cluster_store: TelemetryStore) -> TelemetryStore:
    """A migrated, empty store on the running cluster."""
    engine = _migrated_cluster_store.engine  # type: ignore[attr-defined]
    while filled := _tables_with_rows(engine):
        for table in filled:
            engine.command(f"TRUNCATE TABLE @{table}")
        time.sleep(0.02)  # the other replica follows by itself
    return _migrated_cluster_store


@pytest.fixture
def door_store(embedded_store: TelemetryStore) -> Iterator[TelemetryStore]:
    """The embedded store, as another process of the platform uses it."""
    door = StoreDoor(embedded_store.engine)  # type: ignore[attr-defined]
    engine = DoorEngine(door.path)
    yield SqlStore(engine)
    engine.close()
    door.close()


@pytest.fixture(params=["embedded", "door", pytest.param("cluster", marks=_CLUSTER)])
def store(request: pytest.FixtureRequest) -> TelemetryStore:
    """The store, on each engine in turn."""
    opened: TelemetryStore = request.getfixturevalue(f"{request.param}_store")
    return opened
