"""The embedded engine behind a journal: durable at once, in the engine soon, read as written.

An insert of chDB costs some 15 ms however few its rows, and its merges stop the next one for up to
a second. So a write is synced to the journal (milliseconds) and acknowledged; one thread hands the
rows to the engine in large groups. A read first waits until the engine has everything that was
acknowledged before it. After a crash the journal is applied again when the store opens: the tables
keep one row a key, so what the engine had already stays single.

Writes larger than ``_STRAIGHT_ROWS`` (imports) go to the engine directly. Refuses to lose a
record: one the engine refuses for good is kept beside the journal and logged.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import pyarrow as pa
import structlog

from zhihuan.telemetry.store.arrow_columns import arrow_table
from zhihuan.telemetry.store.embedded import EmbeddedEngine
from zhihuan.telemetry.store.engine import DEFAULT_BOUNDS, Bounds, Capabilities, Columns, Insert
from zhihuan.telemetry.store.errors import StoreError, StoreUnavailable
from zhihuan.telemetry.store.journal.backlog import Backlog, Pending
from zhihuan.telemetry.store.journal.record import TableRows, record_bytes
from zhihuan.telemetry.store.journal.segments import Segments
from zhihuan.telemetry.store.politeness import make_merges_wait, yield_to_others

__all__ = ["JournaledEngine"]

_log = structlog.get_logger(__name__)

_STRAIGHT_ROWS = 150_000
_GROUP_ROWS = 300_000
_LINGER_SECONDS = 1.0
_MOST_WAITING_BYTES = 256 * 2**20
_WAIT_SECONDS = 30.0
_STRANGE_TRIES = 3
_RETRY_SECONDS = (0.1, 5.0)


class JournaledEngine:
    """See ``Engine``. ``inner`` is opened already; the journal lies in ``folder``."""

    def __init__(
        self, inner: EmbeddedEngine, folder: Path, *, linger_seconds: float = _LINGER_SECONDS
    ) -> None:
        self._inner = inner
        self.database = inner.database
        self._segments = Segments(folder)
        self._writing = threading.Lock()
        self._closed = threading.Event()
        self._known: set[tuple[str, str]] = set()
        self._backlog = Backlog(
            linger_seconds=linger_seconds, most_rows=_GROUP_ROWS, most_bytes=_MOST_WAITING_BYTES
        )
        self._recover()
        self._applier = threading.Thread(target=self._apply_all, name="store-journal", daemon=True)
        self._applier.start()

    @property
    def capabilities(self) -> Capabilities:
        """See ``Engine``."""
        return self._inner.capabilities

    # ---- writing ----

    def insert(self, inserts: Sequence[Insert]) -> None:
        """See ``Engine.insert``. Durable in the journal when it returns."""
        tables = [TableRows(one.table, arrow_table(one)) for one in inserts if len(one)]
        if self._closed.is_set():
            raise StoreUnavailable("the store is closed")
        if not tables:
            return
        if sum(each.rows.num_rows for each in tables) >= _STRAIGHT_ROWS:
            self._inner.insert_tables(tables)
            return
        self._refuse_unknown_tables(tables)
        self._backlog.wait_for_room(_WAIT_SECONDS)
        record = record_bytes(tables)
        with self._writing:
            if self._closed.is_set():
                raise StoreUnavailable("the store is closed")
            self._backlog.add(self._segments.append(record), tables, len(record))

    def _refuse_unknown_tables(self, tables: Iterable[TableRows]) -> None:
        """A missing table or column must be told before anything is promised."""
        for each in tables:
            names = ", ".join(each.rows.column_names)
            if (each.table, names) not in self._known:
                # our own names, not a user's; by command(), which no slow read can hold up
                self._inner.command(f"SELECT {names} FROM @{each.table} LIMIT 0")  # noqa: S608
                self._known.add((each.table, names))

    # ---- reading: everything acknowledged before is seen ----

    def read(
        self,
        sql: str,
        *,
        mn: str | None = None,
        bounds: Bounds = DEFAULT_BOUNDS,
        binary: bool = False,
    ) -> Columns:
        """See ``Engine.read``."""
        self._backlog.wait_until_applied(_WAIT_SECONDS)
        return self._inner.read(sql, mn=mn, bounds=bounds, binary=binary)

    def read_each(self, sql: str, *, bounds: Bounds = DEFAULT_BOUNDS) -> list[Columns]:
        """See ``Engine.read_each``."""
        self._backlog.wait_until_applied(_WAIT_SECONDS)
        return self._inner.read_each(sql, bounds=bounds)

    def command(
        self,
        sql: str,
        *,
        seconds: float = 60.0,
        once_per_shard: bool = False,
        done_before: tuple[int, ...] = (),
    ) -> None:
        """See ``Engine.command``."""
        self._backlog.wait_until_applied(_WAIT_SECONDS)
        self._known.clear()
        self._inner.command(
            sql, seconds=seconds, once_per_shard=once_per_shard, done_before=done_before
        )

    def close(self) -> None:
        """See ``Engine.close``. What the engine did not take stays in the journal."""
        with self._writing:
            if self._closed.is_set():
                return
            self._closed.set()
            self._segments.close()
        self._backlog.close()
        self._applier.join()
        if self._backlog.is_empty:
            self._segments.remove_below(2**62)
        self._inner.close()

    # ---- the way into the engine ----

    def _recover(self) -> None:
        """Hand over what a former process left, oldest first."""
        for number in self._segments.numbers():
            found = self._segments.read(number)
            if found.records:
                _log.info("journal_recovered", segment=number, records=len(found.records))
                self._inner.insert_tables(_merged(found.records))
            if found.damaged:
                self._segments.keep_damaged(number)
            self._segments.remove_below(number + 1)

    def _apply_all(self) -> None:
        yield_to_others()
        while group := self._backlog.take():
            if not self._apply(group):
                return
            make_merges_wait()
            with self._writing:
                self._segments.remove_below(self._backlog.done(group))

    def _apply(self, group: Sequence[Pending]) -> bool:
        """Insert until it works; False when closing and it does not."""
        pause, strange = _RETRY_SECONDS[0], 0
        while True:
            try:
                self._inner.insert_tables(_merged([each.tables for each in group]))
            except Exception as error:  # noqa: BLE001 - whatever it is, the rows must not be lost
                self._note(error)
                strange += not (isinstance(error, StoreError) and error.retryable)
                if strange >= _STRANGE_TRIES:
                    return self._one_by_one(group, error)
                if self._backlog.closing:
                    return False
                time.sleep(pause)
                pause = min(2 * pause, _RETRY_SECONDS[1])
            else:
                return True

    def _one_by_one(self, group: Sequence[Pending], error: Exception) -> bool:
        if len(group) > 1:
            return all(self._apply([each]) for each in group)
        self._segments.set_aside(record_bytes(group[0].tables), repr(error))
        return True

    def _note(self, error: Exception) -> None:
        if self._backlog.trouble is None:
            _log.error("journal_not_applied", error=repr(error), consequence="rows wait, safe")
        told = error if isinstance(error, StoreError) else StoreUnavailable(repr(error))
        self._backlog.trouble = told


def _merged(records: Iterable[Sequence[TableRows]]) -> list[TableRows]:
    """The rows of many records, one table each; repeated text shares one dictionary again."""
    parts: dict[str, list[pa.Table]] = {}
    for tables in records:
        for each in tables:
            parts.setdefault(each.table, []).append(each.rows)
    return [TableRows(name, _joined(rows)) for name, rows in parts.items()]


def _joined(rows: list[pa.Table]) -> pa.Table:
    if len(rows) == 1:
        return rows[0].combine_chunks()
    return pa.concat_tables(rows).unify_dictionaries().combine_chunks()
