"""The store under its contract: every test that asks for ``store`` runs on both engines."""

from __future__ import annotations

import importlib.util
import itertools
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from zhihuan.telemetry.store import TelemetryStore, open_store

sys.path.insert(0, str(Path(__file__).parent))  # for rows_of_a_city
_SCRIPT = Path(__file__).parents[3] / "scripts" / "clickhouse_cluster.py"
_databases = itertools.count(1)
_CLUSTER = [pytest.mark.cluster, pytest.mark.xdist_group("cluster")]


def _cluster_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("clickhouse_cluster", _SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["clickhouse_cluster"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def cluster() -> Iterator[Any]:
    """A running 2 x 2 cluster. Where CI=true a missing program is a failure, elsewhere a skip."""
    script = _cluster_script()
    if lacking := script.missing_programs():
        reason = "no ClickHouse cluster here: missing " + "; ".join(lacking)
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    with script.running_cluster() as started:
        yield started


@pytest.fixture
def cluster_store(cluster: Any) -> Iterator[TelemetryStore]:
    """A migrated, empty store on the running cluster, in a database of its own."""
    store = open_store(cluster.url(f"contract_{next(_databases)}"))
    store.migrate()
    yield store
    store.close()


@pytest.fixture(params=["embedded", pytest.param("cluster", marks=_CLUSTER)])
def store(request: pytest.FixtureRequest) -> TelemetryStore:
    """The store, on each engine in turn."""
    opened: TelemetryStore = request.getfixturevalue(f"{request.param}_store")
    return opened
