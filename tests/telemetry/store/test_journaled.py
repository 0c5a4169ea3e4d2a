"""The embedded store behind its journal: nothing acknowledged is lost, nothing is seen late."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rows_of_a_city import COD, MIDNIGHT, MN, minutes, one

from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.store import Batch, StoreOutdated, StoreUnavailable, open_store
from zhihuan.telemetry.store.embedded import EmbeddedEngine
from zhihuan.telemetry.store.journaled import JournaledEngine
from zhihuan.telemetry.store.sql_store import SqlStore


def _values(store: Any) -> list[float]:
    return store.series(MN, COD, Kind.MINUTE, MIDNIGHT, MIDNIGHT + 6000).value.tolist()


@pytest.fixture
def inner(tmp_path: Path) -> Iterator[EmbeddedEngine]:
    engine = EmbeddedEngine(tmp_path / "telemetry")
    SqlStore(engine).migrate()
    yield engine
    engine.close()


def _behind_journal(inner: EmbeddedEngine, tmp_path: Path, linger: float = 60.0) -> Any:
    engine = JournaledEngine(inner, tmp_path / "telemetry" / "journal", linger_seconds=linger)
    return SqlStore(engine)


class Refusing:
    """Stands before the engine's ``insert_tables`` and fails while ``error`` is set."""

    def __init__(self, inner: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch) -> None:
        self.error: Exception | None = None
        self.calls = 0
        self._insert = inner.insert_tables
        monkeypatch.setattr(inner, "insert_tables", self)

    def __call__(self, tables: Any) -> None:
        self.calls += 1
        if self.error is not None:
            raise self.error
        self._insert(tables)


def test_a_write_returns_before_the_engine_has_it_and_a_read_sees_it(
    inner: EmbeddedEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing = Refusing(inner, monkeypatch)
    store = _behind_journal(inner, tmp_path)
    store.write(minutes([1, 2, 3]))
    assert refusing.calls == 0
    assert _values(store) == [1, 2, 3]
    store.close()


def test_many_small_writes_reach_the_engine_as_one(
    inner: EmbeddedEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing = Refusing(inner, monkeypatch)
    store = _behind_journal(inner, tmp_path)
    for minute in range(40):
        store.write(one(MIDNIGHT + 60 * minute, float(minute)))
    assert _values(store) == [float(minute) for minute in range(40)]
    assert refusing.calls == 1
    store.close()


def test_rows_the_engine_never_got_are_there_after_the_crash(
    inner: EmbeddedEngine, tmp_path: Path
) -> None:
    journal = tmp_path / "telemetry" / "journal"
    store = _behind_journal(inner, tmp_path)
    store.write(minutes([1, 2, 3]))
    shutil.copytree(journal, tmp_path / "as it was when the power went")
    store.close()
    shutil.rmtree(tmp_path / "telemetry")
    fresh = EmbeddedEngine(tmp_path / "telemetry")
    SqlStore(fresh).migrate()
    shutil.rmtree(journal, ignore_errors=True)
    shutil.copytree(tmp_path / "as it was when the power went", journal)
    again = _behind_journal(fresh, tmp_path)
    assert _values(again) == [1, 2, 3]
    assert again.counts(Kind.MINUTE, MIDNIGHT, MIDNIGHT + 6000).count.tolist() == [3]
    again.close()


def test_a_journal_applied_twice_leaves_each_row_once(
    inner: EmbeddedEngine, tmp_path: Path
) -> None:
    journal = tmp_path / "telemetry" / "journal"
    store = _behind_journal(inner, tmp_path)
    store.write(minutes([1, 2, 3]))
    shutil.copytree(journal, tmp_path / "kept")
    store.close()  # the engine has it all now
    shutil.rmtree(journal)
    shutil.copytree(tmp_path / "kept", journal)
    again = open_store(f"chdb://{tmp_path}/telemetry")
    assert _values(again) == [1, 2, 3]
    assert again.counts(Kind.MINUTE, MIDNIGHT, MIDNIGHT + 6000).count.tolist() == [3]
    again.close()


def test_after_a_clean_close_no_journal_is_left(inner: EmbeddedEngine, tmp_path: Path) -> None:
    store = _behind_journal(inner, tmp_path)
    store.write(minutes([1]))
    store.close()
    assert list((tmp_path / "telemetry" / "journal").iterdir()) == []


def test_an_engine_that_is_down_for_a_while_costs_no_row_and_no_acknowledgement(
    inner: EmbeddedEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing = Refusing(inner, monkeypatch)
    refusing.error = StoreUnavailable("disk full")
    store = _behind_journal(inner, tmp_path, linger=0.0)
    store.write(minutes([1]))
    store.write(minutes([1, 2]))
    reader = threading.Thread(target=lambda: _values(store))
    reader.start()
    while refusing.calls < 2:
        pass
    refusing.error = None
    reader.join(30)
    assert _values(store) == [1, 2]
    store.close()


def test_closing_while_the_engine_is_down_leaves_the_rows_in_the_journal(
    inner: EmbeddedEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing = Refusing(inner, monkeypatch)
    refusing.error = StoreUnavailable("disk full")
    store = _behind_journal(inner, tmp_path)
    store.write(minutes([1, 2]))
    store.close()
    again = open_store(f"chdb://{tmp_path}/telemetry")
    assert _values(again) == [1, 2]
    again.close()


def test_a_record_the_engine_refuses_for_good_is_kept_and_does_not_hold_up_others(
    inner: EmbeddedEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhihuan.telemetry.store.journaled._RETRY_SECONDS", (0.0, 0.0))
    insert = inner.insert_tables

    def choke(tables: Any) -> None:
        if any(-1.0 in each.rows.column("value").to_pylist() for each in tables):
            raise ValueError("an engine error nobody has a name for")
        insert(tables)

    monkeypatch.setattr(inner, "insert_tables", choke)
    store = _behind_journal(inner, tmp_path)
    store.write(one(MIDNIGHT, 1.0))
    store.write(one(MIDNIGHT + 60, -1.0))
    store.write(one(MIDNIGHT + 120, 3.0))
    assert _values(store) == [1.0, 3.0]
    refused = list((tmp_path / "telemetry" / "journal").glob("*.refused"))
    assert len(refused) == 1
    store.close()
    assert refused[0].exists()


def test_a_store_without_its_tables_promises_nothing(tmp_path: Path) -> None:
    store = open_store(f"chdb://{tmp_path}/telemetry")
    with pytest.raises(StoreOutdated, match="migrate"):
        store.write(minutes([1]))
    store.migrate()
    store.write(minutes([1]))
    assert _values(store) == [1]
    store.close()


def test_a_large_write_goes_straight_to_the_engine(
    inner: EmbeddedEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhihuan.telemetry.store.journaled._STRAIGHT_ROWS", 3)
    refusing = Refusing(inner, monkeypatch)
    store = _behind_journal(inner, tmp_path)
    store.write(minutes([1, 2, 3, 4]))
    assert refusing.calls == 1
    store.close()


def test_an_empty_batch_writes_nothing(inner: EmbeddedEngine, tmp_path: Path) -> None:
    store = _behind_journal(inner, tmp_path)
    store.write(Batch())
    assert list((tmp_path / "telemetry" / "journal").iterdir()) == []
    store.close()
