"""The door to the embedded store: who is behind it, who is not, and what passes through. (The promises of the
store itself are asked through it by the contract tests.)"""

from __future__ import annotations

import stat
import threading
from collections.abc import Iterator
from multiprocessing.connection import Client
from typing import Any

import pytest

from zhihuan.telemetry.store import TelemetryStore
from zhihuan.telemetry.store.door import DoorEngine, StoreDoor
from zhihuan.telemetry.store.engine import Bounds, Insert
from zhihuan.telemetry.store.errors import QueryTooLarge, RowsRefused, StoreError, StoreUnavailable


@pytest.fixture
def door(embedded_store: TelemetryStore) -> Iterator[StoreDoor]:
    engine = embedded_store.engine  # type: ignore[attr-defined]
    door = StoreDoor(engine, {"figures": lambda: b"# 7\n", "broken": lambda: 1 / 0})
    yield door
    door.close()


@pytest.fixture
def engine(door: StoreDoor) -> Iterator[DoorEngine]:
    engine = DoorEngine(door.path)
    yield engine
    engine.close()


def test_it_is_the_engine_behind_it(engine: DoorEngine, embedded_store: TelemetryStore) -> None:
    behind = embedded_store.engine  # type: ignore[attr-defined]
    assert (engine.database, engine.capabilities) == (behind.database, behind.capabilities)


def test_nobody_else_may_enter(door: StoreDoor) -> None:
    assert stat.S_IMODE(door.path.parent.stat().st_mode) == 0o700


def test_errors_come_through_as_they_are(engine: DoorEngine) -> None:
    with pytest.raises(QueryTooLarge):
        engine.read("SELECT number FROM numbers(1000)", bounds=Bounds(rows=10))
    with pytest.raises(RowsRefused, match="mn"):
        engine.insert([Insert("frame", {"mn": [None]})])
    with pytest.raises(StoreError):
        engine.read("SELECT nonsense FROM @frame")


def test_a_fault_behind_it_is_told_and_the_connection_stays(engine: DoorEngine) -> None:
    with pytest.raises(StoreUnavailable, match="ZeroDivisionError"):
        engine.ask("broken")
    assert engine.ask("figures") == b"# 7\n"


@pytest.mark.parametrize("asked", ["close", "_inner", "__class__", "nothing"])
def test_nothing_but_questions_is_answered(engine: DoorEngine, asked: str) -> None:
    with pytest.raises(StoreUnavailable):
        engine.ask(asked)
    assert engine.read("SELECT 1 AS one")["one"].tolist() == [1]


def test_threads_do_not_get_each_other_s_answers(engine: DoorEngine) -> None:
    wrong: list[int] = []

    def ask(number: int) -> None:
        answers = [engine.read(f"SELECT {number} AS n")["n"].tolist() for _ in range(20)]
        wrong.extend(number for answer in answers if answer != [number])

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_closed_door_is_an_unavailable_store(door: StoreDoor, engine: DoorEngine) -> None:
    assert engine.read("SELECT 1 AS one")["one"].tolist() == [1]
    door.close()
    for _ in range(2):  # over the connection it kept, and over a new one
        with pytest.raises(StoreUnavailable):
            engine.read("SELECT 1 AS one")
    assert not door.path.parent.exists()


def test_whoever_waits_for_the_end_is_told(door: StoreDoor, engine: DoorEngine) -> None:
    waiting = threading.Thread(target=engine.wait_for_end)
    waiting.start()
    waiting.join(0.3)
    assert waiting.is_alive()
    door.close()
    waiting.join(5)
    assert not waiting.is_alive()


def test_a_visitor_who_leaves_amid_a_question_harms_nobody(
    door: StoreDoor, engine: DoorEngine
) -> None:
    visitor: Any = Client(str(door.path), family="AF_UNIX")
    visitor.send(("read", ("SELECT sleep(0.2)",), {}))
    visitor.close()
    assert engine.read("SELECT 1 AS one")["one"].tolist() == [1]


def test_after_its_close_an_engine_says_so_and_the_store_stays_open(
    engine: DoorEngine, embedded_store: TelemetryStore
) -> None:
    engine.close()
    with pytest.raises(StoreUnavailable, match="closed"):
        engine.read("SELECT 1 AS one")
    assert embedded_store.events(None, 0, 1, limit=1) is not None
