"""Migrations: in order, once, and never onto a newer schema."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from zhihuan.telemetry.store import StoreOutdated, TelemetryStore, open_store
from zhihuan.telemetry.store.engine import Capabilities
from zhihuan.telemetry.store.history import all_migrations, current_layout, run_operation
from zhihuan.telemetry.store.schema import AddColumn, Column, CreateTable, DropTable, Layout


def test_migrating_again_does_nothing(store: TelemetryStore) -> None:
    assert store.migrate() == []


def test_a_store_that_was_never_migrated_says_what_to_do(tmp_path: Path) -> None:
    store = open_store(f"chdb://{tmp_path}/telemetry")
    with pytest.raises(StoreOutdated, match="zhihuan telemetry migrate"):
        store.latest()
    assert store.migrate() == list(all_migrations())
    store.close()


def test_a_newer_schema_is_refused(embedded_store: TelemetryStore) -> None:
    engine = embedded_store.engine  # type: ignore[attr-defined]
    engine.command("INSERT INTO schema_migration (name, applied) SELECT '9999_of_tomorrow', 1")
    with pytest.raises(StoreOutdated, match="9999_of_tomorrow"):
        embedded_store.migrate()


def test_every_migration_tells_the_operator_what_they_will_live_through() -> None:
    for name in all_migrations():
        module = __import__(f"zhihuan.telemetry.store.migrations.{name}", fromlist=["MIGRATION"])
        assert "What you will live through" in (module.__doc__ or ""), name


def test_migrations_are_numbered_without_gaps() -> None:
    assert [int(name[:4]) for name in all_migrations()] == list(range(1, len(all_migrations()) + 1))


@pytest.mark.parametrize("cluster", ["", "zhihuan"])
def test_going_back_leaves_nothing(cluster: str) -> None:
    layout: Layout = {}
    for migration in all_migrations().values():
        for operation in migration.forwards:
            operation.change(layout)
    for migration in reversed(all_migrations().values()):
        for operation in migration.backwards:
            assert operation.statements(Capabilities((26, 9), cluster), "zhihuan")
            operation.change(layout)
    assert layout == {}


def test_only_engines_that_have_codecs_get_them() -> None:
    create = CreateTable(current_layout()["measurement"])
    (old,) = create.statements(Capabilities((18, 16, 1)), "zhihuan")
    (new,) = create.statements(Capabilities((26, 9, 2)), "zhihuan")
    for feature in ("CODEC", "LowCardinality", "INDEX", "fsync_after_insert"):
        assert feature not in old.sql
        assert feature in new.sql


def test_a_column_added_later_reads_its_default_in_old_rows(store: TelemetryStore) -> None:
    engine = store.engine  # type: ignore[attr-defined]
    column = Column("note", "u8", "for this test")
    add = AddColumn("seal", column)
    run_operation(engine, add)
    run_operation(engine, add)
    found = engine.read("SELECT note FROM @seal")
    assert found["note"].tolist() == []
    layout = {"seal": current_layout()["seal"]}
    add.change(layout)
    assert layout["seal"].columns[-1] == column
    DropTable("seal").change(layout)
    assert layout == {}
    _drop_column(engine, "note")


def _drop_column(engine: Any, name: str) -> None:
    tables = ["seal", "seal_local"] if engine.capabilities.cluster else ["seal"]
    for table in tables:
        engine.command(f"ALTER TABLE {table} DROP COLUMN {name}", done_before=(10, 16, 36, 44))
