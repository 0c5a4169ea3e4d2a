"""The embedded engine: chDB, ClickHouse inside this process, one data folder.

Several connections to the same folder run side by side, while queries of one connection wait for
each other. So writes have connections of their own and no slow read can hold up an
acknowledgement. Inserts of one batch go to their tables in parallel; each is synced to disk by the
engine (``fsync_after_insert``) before its statement returns.

Refuses to open a folder that another process holds, and a second folder in the same process (a
limit of chDB).
"""

# ruff: noqa: S608 - every value in the SQL is a literal made by sql.py
from __future__ import annotations

import contextlib
import queue
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow as pa

from zhihuan.telemetry.store.arrow_columns import arrow_table, from_arrow
from zhihuan.telemetry.store.engine import DEFAULT_BOUNDS, Bounds, Capabilities, Columns, Insert
from zhihuan.telemetry.store.engine_errors import passing_over, store_error
from zhihuan.telemetry.store.errors import StoreError, StoreUnavailable
from zhihuan.telemetry.store.folder_lock import FolderLock
from zhihuan.telemetry.store.journal.record import TableRows
from zhihuan.telemetry.store.politeness import yield_to_others
from zhihuan.telemetry.store.sql import LONGEST_QUERY_BYTES, MOST_QUERY_ELEMENTS, name_tables

__all__ = ["EmbeddedEngine"]

_READERS = 3
_WRITERS = 4

# One block, one part a partition, no thread fan-out: a batch is small, latency counts.
_INSERT_SETTINGS = (
    "max_threads=1, max_insert_threads=1, optimize_on_insert=0, max_partitions_per_insert_block=0"
)
_SESSION_SETTINGS = (
    f"SET max_query_size={LONGEST_QUERY_BYTES}, max_ast_elements={MOST_QUERY_ELEMENTS}, "
    f"max_expanded_ast_elements={MOST_QUERY_ELEMENTS}"
)
_ARROW_SETTINGS = (
    "output_format_arrow_low_cardinality_as_dictionary=1, output_format_arrow_string_as_string=0"
)


class EmbeddedEngine:
    """chDB over ``folder``. Thread-safe."""

    database = "zhihuan"

    def __init__(self, folder: Path) -> None:
        import chdb  # 200 MB of engine: only when a store is really opened

        self._lock = FolderLock(folder)
        self._connect: Callable[[str], Any] = chdb.connect
        self._path = str(folder / "engine")
        self._readers: queue.LifoQueue[Any] = queue.LifoQueue()
        self._writers: queue.LifoQueue[Any] = queue.LifoQueue()
        self._open: list[Any] = []
        self._closed = threading.Event()
        try:
            self._start()
        except StoreError:
            self._disconnect()
            raise
        self._threads = ThreadPoolExecutor(
            _WRITERS, thread_name_prefix="store-write", initializer=yield_to_others
        )
        self.capabilities = Capabilities(version=self._version())

    def _start(self) -> None:
        for pool, count in ((self._writers, _WRITERS), (self._readers, _READERS)):
            for _ in range(count):
                pool.put(self._connected())

    def _connected(self) -> Any:
        try:
            connection = self._connect(self._path)
        except RuntimeError as error:
            raise _opening_failed(self._path, error) from error
        self._open.append(connection)
        self._query(connection, f"CREATE DATABASE IF NOT EXISTS {self.database}", "CSV")
        self._query(connection, f"USE {self.database}", "CSV")
        self._query(connection, _SESSION_SETTINGS, "CSV")
        return connection

    def _version(self) -> tuple[int, ...]:
        (text,) = self.read("SELECT version() AS v")["v"]
        return tuple(int(part) for part in re.findall(r"\d+", str(text)))

    # ---- reading ----

    def read(
        self,
        sql: str,
        *,
        mn: str | None = None,
        bounds: Bounds = DEFAULT_BOUNDS,
        binary: bool = False,
    ) -> Columns:
        """See ``Engine.read``."""
        del mn  # one process has it all
        limits = (
            f" SETTINGS max_execution_time={bounds.seconds}, timeout_overflow_mode='throw', "
            f"max_memory_usage={bounds.memory_bytes}, max_result_rows={bounds.rows}, "
            f"result_overflow_mode='throw', max_threads=2, {_ARROW_SETTINGS}"
        )
        with self._borrowed(self._readers) as connection:
            table = self._query(connection, name_tables(sql, str) + limits, "arrowtable")
        return from_arrow(table, binary=binary)

    def read_each(self, sql: str, *, bounds: Bounds = DEFAULT_BOUNDS) -> list[Columns]:
        """See ``Engine.read_each``."""
        return [self.read(sql, bounds=bounds)]

    # ---- writing ----

    def insert(self, inserts: Sequence[Insert]) -> None:
        """See ``Engine.insert``."""
        if self._closed.is_set():
            raise StoreUnavailable("the store is closed")
        # all tables are built first: rows that do not fit are refused before anything is written
        self.insert_tables([TableRows(one.table, arrow_table(one)) for one in inserts if len(one)])

    def insert_tables(self, tables: Sequence[TableRows]) -> None:
        """As ``insert``, of rows that are Arrow already, one ``TableRows`` a table."""
        if self._closed.is_set():
            raise StoreUnavailable("the store is closed")
        waiting = [self._threads.submit(self._insert, each.table, each.rows) for each in tables]
        failures = [failure for one in waiting if (failure := one.exception())]
        if failures:
            raise failures[0]

    def _insert(self, table: str, rows: pa.Table) -> None:
        names = ", ".join(rows.column_names)
        sql = (
            f"INSERT INTO {table} ({names}) "
            f"SELECT {names} FROM Python(rows) SETTINGS {_INSERT_SETTINGS}"
        )
        with self._borrowed(self._writers) as connection:
            _run_with(rows, connection, sql)

    def command(
        self,
        sql: str,
        *,
        seconds: float = 60.0,
        once_per_shard: bool = False,
        done_before: tuple[int, ...] = (),
    ) -> None:
        """See ``Engine.command``."""
        del seconds, once_per_shard  # nobody else to wait for, and one shard only
        with self._borrowed(self._writers) as connection, passing_over(done_before):
            self._query(connection, name_tables(sql, str), "CSV", writing=True)

    # ---- connections ----

    @contextlib.contextmanager
    def _borrowed(self, pool: queue.LifoQueue[Any]) -> Iterator[Any]:
        if self._closed.is_set():
            raise StoreUnavailable("the store is closed")
        connection = pool.get()
        try:
            yield connection
        except StoreError:
            connection = self._renewed(connection)
            raise
        finally:
            pool.put(connection)

    def _renewed(self, connection: Any) -> Any:
        """Another one in its place: what a read had begun to write when it broke stays in its connection, and the
        next read would be given it. The same where none can be opened."""
        try:
            fresh = self._connected()
        except StoreError:
            return connection
        self._open.remove(connection)
        connection.close()
        return fresh

    @staticmethod
    def _query(connection: Any, sql: str, form: str, *, writing: bool = False) -> Any:
        try:
            return connection.query(sql, form)
        except RuntimeError as error:
            raise store_error(str(error), writing=writing) from error

    def close(self) -> None:
        """See ``Engine.close``. Waits for statements that are running."""
        if self._closed.is_set():
            return
        self._closed.set()
        self._threads.shutdown(wait=True)
        for pool, count in ((self._readers, _READERS), (self._writers, _WRITERS)):
            for _ in range(count):
                pool.get()
        self._disconnect()

    def _disconnect(self) -> None:
        for connection in self._open:
            connection.close()
        self._lock.release()


def _run_with(rows: pa.Table, connection: Any, sql: str) -> None:  # noqa: ARG001 - by name, below
    # chDB finds ``rows`` by name in this frame (table function Python)
    try:
        connection.query(sql, "CSV")
    except Exception as error:  # chDB raises several unrelated types
        raise store_error(str(error), writing=True) from error


def _opening_failed(path: str, error: RuntimeError) -> StoreError:
    if "already initialized with path" in str(error):
        return StoreUnavailable(
            f"this process already has another chDB folder open, so {path} cannot be opened: "
            f"one process, one folder ({error})"
        )
    return store_error(str(error))
