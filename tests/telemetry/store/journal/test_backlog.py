"""Who waits for what: writers for room, readers for their rows, the applier for a reason."""

from __future__ import annotations

import threading
import time

import pyarrow as pa
import pytest

from zhihuan.telemetry.store.errors import StoreUnavailable
from zhihuan.telemetry.store.journal.backlog import Backlog
from zhihuan.telemetry.store.journal.record import TableRows


def _rows(count: int) -> list[TableRows]:
    return [TableRows("t", pa.table({"n": list(range(count))}))]


def _backlog(linger: float = 60.0) -> Backlog:
    return Backlog(linger_seconds=linger, most_rows=100, most_bytes=1000)


def test_a_full_group_is_due_at_once() -> None:
    backlog = _backlog()
    backlog.add(1, _rows(60), 10)
    backlog.add(1, _rows(60), 10)
    assert [each.rows for each in backlog.take()] == [60]


def test_a_lonely_row_is_due_after_its_linger() -> None:
    backlog = _backlog(linger=0.05)
    backlog.add(1, _rows(1), 10)
    assert len(backlog.take()) == 1


def test_a_reader_hurries_the_applier_and_returns_when_its_rows_are_in() -> None:
    backlog = _backlog()
    backlog.add(1, _rows(1), 10)
    reader = threading.Thread(target=backlog.wait_until_applied, args=(30.0,))
    reader.start()
    group = backlog.take()  # would linger for a minute without the reader
    assert reader.is_alive()
    backlog.done(group)
    reader.join(10)
    assert not reader.is_alive()


def test_a_reader_of_an_empty_backlog_does_not_wait() -> None:
    _backlog().wait_until_applied(0.0)


def test_a_reader_is_told_why_its_rows_do_not_come() -> None:
    backlog = _backlog()
    backlog.add(1, _rows(1), 10)
    backlog.trouble = StoreUnavailable("disk full")
    with pytest.raises(StoreUnavailable, match="disk full"):
        backlog.wait_until_applied(0.01)


def test_too_much_waiting_stops_the_writers_until_there_is_room() -> None:
    backlog = _backlog()
    backlog.add(1, _rows(100), 1000)
    with pytest.raises(StoreUnavailable, match="1000 bytes wait"):
        backlog.wait_for_room(0.01)
    backlog.done(backlog.take())
    backlog.wait_for_room(0.01)


def test_done_names_the_oldest_file_still_needed() -> None:
    backlog = _backlog()
    for segment in (1, 1, 2):
        backlog.add(segment, _rows(60), 10)
    needed = [backlog.done(backlog.take()), backlog.done(backlog.take())]
    backlog.close()
    needed.append(backlog.done(backlog.take()))
    assert needed == [1, 2, 2]
    assert backlog.is_empty


def test_closing_hands_out_what_is_left_and_then_nothing() -> None:
    backlog = _backlog()
    backlog.add(1, _rows(1), 10)
    backlog.close()
    started = time.monotonic()
    group = backlog.take()
    backlog.done(group)
    assert backlog.take() == []
    assert time.monotonic() - started < 30
