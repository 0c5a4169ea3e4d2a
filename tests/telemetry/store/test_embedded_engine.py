"""What the embedded engine promises beyond the contract."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from rows_of_a_city import COD, MIDNIGHT, MN, minutes, one

from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.store import QueryTooLarge, StoreUnavailable, open_store
from zhihuan.telemetry.store.engine import Bounds

_SLOW = "SELECT count() AS n FROM numbers_mt(100000000000) WHERE sipHash64(number) % 7 = 1"


def test_a_slow_read_does_not_hold_up_a_write(embedded_store: Any) -> None:
    failures: list[Exception] = []

    def read() -> None:
        try:
            embedded_store.engine.read(_SLOW, bounds=Bounds(seconds=3))
        except QueryTooLarge as error:
            failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    embedded_store.write(one(MIDNIGHT, 1.0))
    still_reading = [reader.is_alive() for reader in readers]
    for reader in readers:
        reader.join()
    assert still_reading == [True] * 3
    assert len(failures) == 3


@pytest.mark.parametrize(
    ("sql", "bounds"),
    [
        (_SLOW, Bounds(seconds=0.3)),
        ("SELECT groupArray(number) AS n FROM numbers(30000000)", Bounds(memory_bytes=50_000_000)),
        ("SELECT number AS n FROM numbers(1000)", Bounds(rows=100)),
    ],
)
def test_a_read_stops_at_its_bounds(embedded_store: Any, sql: str, bounds: Bounds) -> None:
    with pytest.raises(QueryTooLarge, match="shorter span"):
        embedded_store.engine.read(sql, bounds=bounds)
    for _every_connection in range(8):
        found = embedded_store.engine.read("SELECT number AS n FROM numbers(3)")
        assert found["n"].tolist() == [0, 1, 2]


def test_rows_are_there_after_closing_and_opening_again(tmp_path: Path) -> None:
    url = f"chdb://{tmp_path}/telemetry"
    store = open_store(url)
    store.migrate()
    store.write(minutes([1, 2, 3]))
    store.close()
    store.close()
    for call in (store.latest, lambda: store.write(minutes([1]))):
        with pytest.raises(StoreUnavailable, match="is closed"):
            call()
    again = open_store(url)
    found = again.series(MN, COD, Kind.MINUTE, MIDNIGHT, MIDNIGHT + 600)
    again.close()
    assert found.value.tolist() == [1, 2, 3]


def test_many_threads_write_and_read_at_once(embedded_store: Any) -> None:
    def work(number: int) -> None:
        for step in range(5):
            embedded_store.write(one(MIDNIGHT + 60 * step, float(number), mn=f"MN{number}"))
            embedded_store.latest([f"MN{number}"])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert embedded_store.counts(Kind.MINUTE, MIDNIGHT, MIDNIGHT + 600).count.tolist() == [5] * 8
