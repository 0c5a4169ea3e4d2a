# ruff: noqa: S608 - every value in the SQL is a literal made by sql.py
"""The cluster engine: ClickHouse servers with replicated shards, through the native protocol.

Writes go straight to a living replica of the right shard, in the ``_local`` table, with a quorum:
the statement returns when all replicas have the rows (see ``cluster_url`` for the operator's other
choice). Reads of one device ask its shard; reads of many go through the distributed tables of any
living host. Every failure to reach a host tries the next one; when none is left the error is
``StoreUnavailable``, and the next call starts afresh, so recovery needs no restart.

Writing the same rows twice is harmless (the tables replace by key), which is what makes trying the
next replica safe even when the first one may have taken the rows.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from clickhouse_driver import Client
from clickhouse_driver.errors import Error as DriverError
from clickhouse_driver.errors import ServerException

from zhihuan.telemetry.store.cluster_url import ClusterUrl
from zhihuan.telemetry.store.coded import Coded, coded
from zhihuan.telemetry.store.engine import DEFAULT_BOUNDS, Bounds, Capabilities, Columns, Insert
from zhihuan.telemetry.store.engine_errors import passing_over, store_error
from zhihuan.telemetry.store.errors import StoreError, StoreUnavailable
from zhihuan.telemetry.store.hosts import Hosts
from zhihuan.telemetry.store.native_columns import from_native, native_lists
from zhihuan.telemetry.store.sql import (
    LONGEST_QUERY_BYTES,
    MOST_QUERY_ELEMENTS,
    name_tables,
    text,
)
from zhihuan.telemetry.store.topology import HostAddress, Topology, shard_of, split_by_shard

__all__ = ["ClusterEngine"]

_PREVIOUS_QUORUM_UNSATISFIED = 286
#: Too few live replicas; the previous insert has no quorum yet; no answer about the quorum in time.
_QUORUM_NOT_REACHED = {285, _PREVIOUS_QUORUM_UNSATISFIED, 319}
#: All that the driver raises when a host does not answer, or answers something else.
_UNREACHABLE = (DriverError, EOFError, OSError)

#: A server needs a moment to notice that its own limit is reached and to say so.
_SLACK_SECONDS = 5.0

_Result = TypeVar("_Result")


class ClusterEngine:
    """ClickHouse servers behind ``url``. Thread-safe. Connects when first asked."""

    def __init__(self, url: ClusterUrl) -> None:
        self._url = url
        self.database = url.database
        self._hosts = Hosts(url)
        self._lock = threading.Lock()
        self._known: tuple[Topology, Capabilities] | None = None
        self._threads = ThreadPoolExecutor(8, thread_name_prefix="store-write")
        self._prepared: set[HostAddress] = set()
        self._closed = False

    # ---- what is out there ----

    @property
    def capabilities(self) -> Capabilities:
        """See ``Engine.capabilities``."""
        return self._surveyed()[1]

    def _surveyed(self) -> tuple[Topology, Capabilities]:
        if self._closed:
            raise StoreUnavailable("the store is closed")
        with self._lock:
            if self._known is None:
                self._known = self._try_hosts(
                    self._url.hosts, self._survey, self._url.insert_seconds, database="default"
                )
            return self._known

    def _survey(self, client: Client) -> tuple[Topology, Capabilities]:
        rows = client.execute(
            "SELECT shard_num, host_name, port FROM system.clusters "
            f"WHERE cluster = {text(self._url.cluster)} ORDER BY shard_num, replica_num"
        )
        if not rows:
            raise StoreError(
                f"the servers know no cluster {self._url.cluster!r}; "
                "see remote_servers in their configuration"
            )
        shards: dict[int, list[HostAddress]] = {}
        for shard, host, port in rows:
            shards.setdefault(shard, []).append((host.decode(), port))
        ((version,),) = client.execute("SELECT version()")
        numbers = tuple(int(part) for part in re.findall(r"\d+", version.decode()))
        topology = Topology(tuple(tuple(shards[number]) for number in sorted(shards)))
        return topology, Capabilities(numbers, self._url.cluster)

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
        topology, _ = self._surveyed()
        if mn is None:
            hosts, named = topology.hosts, name_tables(sql, str)
        else:
            hosts = topology.shards[shard_of(mn, len(topology.shards))]
            named = name_tables(sql, _local)
        action = partial(_selected, sql=named, bounds=bounds, binary=binary)
        return self._try_hosts(hosts, action, bounds.seconds + _SLACK_SECONDS)

    def read_each(self, sql: str, *, bounds: Bounds = DEFAULT_BOUNDS) -> list[Columns]:
        """See ``Engine.read_each``."""
        topology, _ = self._surveyed()
        action = partial(_selected, sql=name_tables(sql, _local), bounds=bounds, binary=False)
        patience = bounds.seconds + _SLACK_SECONDS
        return [self._try_hosts([host], action, patience) for host in topology.hosts]

    # ---- writing ----

    def insert(self, inserts: Sequence[Insert]) -> None:
        """See ``Engine.insert``."""
        topology, _ = self._surveyed()
        shares = [
            share
            for insert in inserts
            if len(insert)
            for share in self._shares(insert, len(topology.shards))
        ]
        waiting = [
            self._threads.submit(self._insert_share, topology.shards[shard], sql, data)
            for shard, sql, data in shares
        ]
        failures = [failure for one in waiting if (failure := one.exception())]
        if failures:
            raise failures[0]

    @staticmethod
    def _shares(insert: Insert, shards: int) -> list[tuple[int, str, list[list[Any]]]]:
        """What each shard gets of it: (shard, statement, columns)."""
        lists = native_lists(insert)
        sql = f"INSERT INTO {_local(insert.table)} ({', '.join(lists)}) VALUES"
        parts = split_by_shard(_devices(insert), shards)
        return [
            (shard, sql, [[column[row] for row in rows] for column in lists.values()])
            for shard, rows in enumerate(part.tolist() for part in parts)
            if rows
        ]

    def _insert_share(
        self, replicas: Sequence[HostAddress], sql: str, data: list[list[Any]]
    ) -> None:
        """With the quorum of all replicas, or of one where the operator allows it."""
        deadline = time.monotonic() + self._url.insert_seconds
        quorum = len(replicas) if len(replicas) > 1 else 0
        while True:
            settings = {**self._insert_settings(), "insert_quorum": quorum}
            action = partial(_inserted, sql=sql, data=data, settings=settings)
            try:
                patience = self._url.insert_seconds + _SLACK_SECONDS
                return self._try_hosts(replicas, action, patience, writing=True)
            except StoreUnavailable as error:
                quorum = self._quorum_after(error, quorum, deadline)

    def _quorum_after(self, error: StoreUnavailable, quorum: int, deadline: float) -> int:
        """The quorum to try next; raises ``error`` when there is nothing left to try."""
        if error.code == _PREVIOUS_QUORUM_UNSATISFIED and time.monotonic() < deadline:
            time.sleep(0.05)  # another writer's insert is still collecting its quorum
            return quorum
        if self._url.degrade and quorum and error.code in _QUORUM_NOT_REACHED:
            return 0
        raise error

    def _insert_settings(self) -> dict[str, Any]:
        settings: dict[str, Any] = {
            "insert_quorum_timeout": int(self._url.insert_seconds * 1000),
        }
        if self.capabilities.version >= (19, 6):
            settings["max_partitions_per_insert_block"] = 0
        return settings

    def command(
        self,
        sql: str,
        *,
        seconds: float = 60.0,
        once_per_shard: bool = False,
        done_before: tuple[int, ...] = (),
    ) -> None:
        """See ``Engine.command``."""
        topology, _ = self._surveyed()
        named, settings = name_tables(sql, _local), {"max_execution_time": seconds}
        groups = topology.shards if once_per_shard else [(host,) for host in topology.hosts]
        for hosts in groups:
            for host in hosts:
                self._ensure_database(host)
            with passing_over(done_before):
                self._try_hosts(
                    hosts,
                    lambda client: client.execute(named, settings=settings),
                    seconds + _SLACK_SECONDS,
                    writing=True,
                )

    def _ensure_database(self, host: HostAddress) -> None:
        if host not in self._prepared:
            sql = f"CREATE DATABASE IF NOT EXISTS {self.database}"
            self._try_hosts([host], lambda client: client.execute(sql), 60.0, database="default")
            self._prepared.add(host)

    # ---- which host ----

    def _try_hosts(
        self,
        hosts: Sequence[HostAddress],
        action: Callable[[Client], _Result],
        patience_seconds: float,
        *,
        writing: bool = False,
        database: str | None = None,
    ) -> _Result:
        """The action's result from the first host that gives one."""
        told: list[StoreUnavailable] = []
        for host in self._hosts.in_order(hosts):
            try:
                with self._hosts.connection(host, patience_seconds, database=database) as client:
                    result = action(client)
            except ServerException as error:
                told.insert(0, _retryable(store_error(str(error), writing=writing), error))
            except _UNREACHABLE as error:
                self._hosts.failed(host)
                told.append(_unreachable(host, error))
            else:
                self._hosts.answered(host)
                return result
        # what a living server says tells more than that another one is dead
        raise told[0] if told else StoreUnavailable("the cluster names no host")

    def close(self) -> None:
        """See ``Engine.close``."""
        self._closed = True
        self._threads.shutdown(wait=True)
        self._hosts.close()


def _retryable(error: StoreError, cause: Exception) -> StoreUnavailable:
    """The error, when another host might do better; else it is raised at once."""
    if not isinstance(error, StoreUnavailable):
        raise error from cause
    return error


def _unreachable(host: HostAddress, error: Exception) -> StoreUnavailable:
    told = " ".join(str(error).split("Stack trace", 1)[0].split()) or type(error).__name__
    return StoreUnavailable(f"{host[0]}:{host[1]}: {told[:300]}")


def _devices(insert: Insert) -> Coded:
    mns = insert.columns["mn"]
    return mns if isinstance(mns, Coded) else coded(f"{insert.table}.mn", mns)


def _local(table: str) -> str:
    return f"{table}_local"


def _selected(client: Client, sql: str, bounds: Bounds, binary: bool) -> Columns:
    settings = {
        "max_execution_time": bounds.seconds,
        "max_memory_usage": bounds.memory_bytes,
        "max_result_rows": bounds.rows,
        "result_overflow_mode": "throw",
        "max_query_size": LONGEST_QUERY_BYTES,
        "max_ast_elements": MOST_QUERY_ELEMENTS,
        "max_expanded_ast_elements": MOST_QUERY_ELEMENTS,
    }
    data, types = client.execute(sql, columnar=True, with_column_types=True, settings=settings)
    return from_native(data, types, binary=binary)


def _inserted(client: Client, sql: str, data: list[list[Any]], settings: dict[str, Any]) -> None:
    client.execute(sql, data, columnar=True, settings=settings)
