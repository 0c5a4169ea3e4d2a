"""What was put aside is listed, counted, and given to the engine once more."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from prometheus_client import generate_latest

from zhihuan.telemetry.store.errors import StoreError
from zhihuan.telemetry.store.journal.gauges import journal_registry
from zhihuan.telemetry.store.journal.leftovers import apply_refused, leftovers, totals
from zhihuan.telemetry.store.journal.record import TableRows, record_bytes
from zhihuan.telemetry.store.journal.segments import Segments


def _record(*numbers: int) -> bytes:
    return record_bytes([TableRows("measurement", pa.table({"n": list(numbers)}))])


class Engine:
    def __init__(self, refuses: bool = False) -> None:
        self.refuses = refuses
        self.rows: list[int] = []

    def insert_tables(self, tables: list[TableRows]) -> None:
        if self.refuses:
            raise StoreError("no such column")
        self.rows += [row["n"] for each in tables for row in each.rows.to_pylist()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "journal"
    segments = Segments(folder)
    segments.append(_record(1))
    segments.keep_damaged(segments.append(_record(2)))
    segments.append(_record(3))
    segments.set_aside(_record(4, 5), "because")
    return folder


def test_each_kind_is_counted_with_its_bytes(folder: Path) -> None:
    found = totals(folder)
    assert {kind: count for kind, (count, _) in found.items()} == {
        "waiting": 0, "refused": 1, "damaged": 1,
    }  # fmt: skip
    assert found["refused"][1] == len(_record(4, 5))
    (refused,) = [each for each in leftovers(folder) if each.kind == "refused"]
    assert refused.tables() == {"measurement": 2}


def test_the_gauges_say_the_same(folder: Path) -> None:
    text = generate_latest(journal_registry(folder)).decode()
    assert 'zhihuan_store_journal_files{kind="refused"} 1.0' in text
    size = len(_record(4, 5))
    assert f'zhihuan_store_journal_bytes{{kind="refused"}} {float(size)}' in text


def test_without_a_folder_there_is_nothing(tmp_path: Path) -> None:
    assert leftovers(tmp_path / "nowhere") == []
    assert (
        'files{kind="waiting"} 0.0' in generate_latest(journal_registry(tmp_path / "no")).decode()
    )


def test_a_refused_write_the_engine_takes_now_goes(folder: Path) -> None:
    engine = Engine()
    (refused,) = [each for each in leftovers(folder) if each.kind == "refused"]
    assert apply_refused(engine, refused) == ""
    assert engine.rows == [4, 5]
    assert not refused.path.exists()


def test_one_it_refuses_again_stays_with_the_reason(folder: Path) -> None:
    (refused,) = [each for each in leftovers(folder) if each.kind == "refused"]
    assert "no such column" in apply_refused(Engine(refuses=True), refused)
    assert refused.path.exists()


def test_one_that_does_not_read_stays(folder: Path) -> None:
    (refused,) = [each for each in leftovers(folder) if each.kind == "refused"]
    refused.path.write_bytes(refused.path.read_bytes()[:-3])
    assert apply_refused(Engine(), refused) == "the file does not read"
    assert refused.path.exists()


def test_nothing_put_aside_is_ever_written_over(tmp_path: Path) -> None:
    """Names are given again when older files go away, and by the next process."""
    folder = tmp_path / "journal"
    for process in range(3):
        segments = Segments(folder)
        number = segments.append(_record(process))
        segments.set_aside(_record(10 + process), "because")
        segments.set_aside(_record(20 + process), "because")
        segments.keep_damaged(number)
        segments.close()
    counts = {kind: count for kind, (count, _) in totals(folder).items()}
    assert counts == {"waiting": 0, "refused": 6, "damaged": 3}
