"""Files of the journal: durable when told so, and given up when the disk lies."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from zhihuan.telemetry.store.errors import StoreUnavailable
from zhihuan.telemetry.store.journal.record import TableRows, record_bytes
from zhihuan.telemetry.store.journal.segments import Segments


def _record(number: int) -> bytes:
    return record_bytes([TableRows("t", pa.table({"n": [number]}))])


def _numbers(folder: Path) -> list[int]:
    again = Segments(folder)
    records = [record for number in again.numbers() for record in again.read(number).records]
    return [record[0].rows.to_pylist()[0]["n"] for record in records]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "journal"


def test_what_was_appended_is_read_by_the_next_process(folder: Path) -> None:
    segments = Segments(folder)
    for number in range(3):
        segments.append(_record(number))
    assert _numbers(folder) == [0, 1, 2]


def test_a_next_process_never_writes_into_an_old_file(folder: Path) -> None:
    first = Segments(folder).append(_record(1))
    assert Segments(folder).append(_record(2)) > first


def test_the_sync_comes_after_the_last_byte_and_before_the_return(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    write, sync = os.write, os.fdatasync
    monkeypatch.setattr(os, "write", lambda *a: (calls.append("write"), write(*a))[1])
    monkeypatch.setattr(os, "fdatasync", lambda *a: (calls.append("sync"), sync(*a))[1])
    Segments(folder).append(_record(1))
    assert calls[-1] == "sync"
    assert "write" in calls


def test_a_write_the_kernel_cuts_short_is_finished(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda file, data: write(file, data[:7]))
    Segments(folder).append(_record(5))
    monkeypatch.undo()
    assert _numbers(folder) == [5]


@pytest.mark.parametrize("call", ["write", "fdatasync"])
def test_a_full_or_failing_disk_promises_nothing_and_recovers_by_itself(
    folder: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    segments = Segments(folder)
    segments.append(_record(1))

    def fail(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(StoreUnavailable, match="No space left"):
        segments.append(_record(2))
    monkeypatch.undo()
    segments.append(_record(3))
    assert _numbers(folder) == [1, 3]


def test_files_before_the_one_still_needed_go(folder: Path) -> None:
    segments = Segments(folder)
    segments.append(_record(1))
    newer = Segments(folder)
    newer.append(_record(2))
    newer.remove_below(newer.numbers()[-1])
    assert _numbers(folder) == [2]


def test_a_large_file_is_followed_by_a_new_one(folder: Path) -> None:
    segments = Segments(folder)
    bulky = record_bytes([TableRows("t", pa.table({"n": list(range(1_100_000))}))])
    assert [segments.append(bulky) for _ in range(3)] == [1, 1, 2]


def test_a_damaged_file_is_kept_for_somebody_to_look_at(folder: Path) -> None:
    segments = Segments(folder)
    number = segments.append(_record(1))
    segments.keep_damaged(number)
    segments.set_aside(_record(2), "because")
    assert segments.numbers() == []
    assert sorted(path.suffix for path in folder.iterdir()) == [".damaged", ".refused"]
