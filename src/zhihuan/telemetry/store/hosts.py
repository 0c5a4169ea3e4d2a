"""Connections to the hosts of a cluster, and the memory of which of them answer.

A host that failed is asked last for some seconds, growing to ten; it is never given up. Refuses to
decide what a failure means for the rows: that is ``cluster``'s.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence

from clickhouse_driver import Client

from zhihuan.telemetry.store.cluster_url import ClusterUrl
from zhihuan.telemetry.store.topology import HostAddress

__all__ = ["Hosts"]

_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 10.0


class Hosts:
    """Pools of idle connections, one a host. Thread-safe."""

    def __init__(self, url: ClusterUrl) -> None:
        self._url = url
        self._idle: dict[HostAddress, queue.LifoQueue[Client]] = defaultdict(queue.LifoQueue)
        self._lock = threading.Lock()
        self._usual_patience = max(60.0, 2 * url.insert_seconds)
        self._failures: dict[HostAddress, tuple[int, float]] = {}

    @contextlib.contextmanager
    def connection(
        self, host: HostAddress, *, database: str | None = None, patience_seconds: float = 0.0
    ) -> Iterator[Client]:
        """A connection for one statement; after any error it is closed, not given back.

        database: another than the store's own. patience_seconds: how long the host may say
        nothing, when that is longer than usual. Such connections are not kept.
        """
        usual = database is None and patience_seconds <= self._usual_patience
        client = self._idle_one(host) if usual else None
        if client is None:
            patience = max(self._usual_patience, patience_seconds)
            client = self._connect(host, database or self._url.database, patience)
        try:
            yield client
        except BaseException:
            client.disconnect()
            raise
        if usual:
            self._idle[host].put(client)
        else:
            client.disconnect()

    def _idle_one(self, host: HostAddress) -> Client | None:
        try:
            return self._idle[host].get_nowait()
        except queue.Empty:
            return None

    def _connect(self, host: HostAddress, database: str, patience_seconds: float) -> Client:
        url = self._url
        return Client(
            host[0],
            port=host[1],
            database=database,
            user=url.user,
            password=url.password,
            secure=url.secure,
            ca_certs=url.ca_certs,
            connect_timeout=url.connect_seconds,
            sync_request_timeout=url.connect_seconds,
            send_receive_timeout=patience_seconds,
            client_name="zhihuan",
            settings={"strings_as_bytes": True},
        )

    def in_order(self, hosts: Sequence[HostAddress]) -> list[HostAddress]:
        """The hosts, those that failed lately last."""
        now = time.monotonic()
        with self._lock:
            return sorted(hosts, key=lambda host: self._rests(host, now))

    def _rests(self, host: HostAddress, now: float) -> bool:
        failures, last = self._failures.get(host, (0, 0.0))
        pause = min(_FIRST_PAUSE_SECONDS * 2**failures, _LONGEST_PAUSE_SECONDS)
        return failures > 0 and now - last < pause

    def failed(self, host: HostAddress) -> None:
        """Note that it did not answer; its idle connections are worth nothing now."""
        with self._lock:
            count, _ = self._failures.get(host, (0, 0.0))
            self._failures[host] = (min(count + 1, 8), time.monotonic())
        self._drop_idle(host)

    def answered(self, host: HostAddress) -> None:
        """Note that it answered."""
        with self._lock:
            self._failures.pop(host, None)

    def _drop_idle(self, host: HostAddress) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                self._idle[host].get_nowait().disconnect()

    def close(self) -> None:
        """Close all idle connections."""
        for host in list(self._idle):
            self._drop_idle(host)
