"""Connections to the hosts of a cluster, and the memory of which of them answer.

A host that failed is asked last for some seconds, growing to ten; it is never given up. Refuses to
decide what a failure means for the rows: that is ``cluster``'s.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence

from clickhouse_driver import Client

from zhihuan.telemetry.store.cluster_url import ClusterUrl
from zhihuan.telemetry.store.overdue import Overdue
from zhihuan.telemetry.store.topology import HostAddress

__all__ = ["Hosts"]

# Every failure is raised to the caller with its reason; the driver's own trace adds only noise.
logging.getLogger("clickhouse_driver.connection").setLevel(logging.ERROR)

_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 10.0


class Hosts:
    """Pools of idle connections, one a host. Thread-safe."""

    def __init__(self, url: ClusterUrl) -> None:
        self._url = url
        self._idle: dict[HostAddress, queue.LifoQueue[Client]] = defaultdict(queue.LifoQueue)
        self._overdue = Overdue()
        self._lock = threading.Lock()
        self._failures: dict[HostAddress, tuple[int, float]] = {}

    @contextlib.contextmanager
    def connection(
        self, host: HostAddress, patience_seconds: float, *, database: str | None = None
    ) -> Iterator[Client]:
        """A connection for one statement; after any error it is closed, not given back.

        patience_seconds: how long the host may say nothing while it works; after twice as long
        the statement is cut off, whatever it says. database: another than
        the store's own; such a connection is not kept.
        """
        client = self._idle_one(host) if database is None else None
        if client is None:
            client = self._connected(host, database or self._url.database)
        client.connection.socket.settimeout(patience_seconds)
        try:
            with self._overdue.cut_after(client.connection.socket, 2 * patience_seconds):
                yield client
        except BaseException:
            client.disconnect()
            raise
        if database is None:
            self._idle[host].put(client)
        else:
            client.disconnect()

    def _idle_one(self, host: HostAddress) -> Client | None:
        """An idle connection whose host still answers."""
        with contextlib.suppress(queue.Empty):
            client = self._idle[host].get_nowait()
            if client.connection.ping():
                return client
            client.disconnect()
        return None

    def _connected(self, host: HostAddress, database: str) -> Client:
        """A new connection. A host that accepts but then is silent (frozen, or a half-open
        firewall) is given up as soon as one that does not accept."""
        url = self._url
        client = Client(
            host[0],
            port=host[1],
            database=database,
            user=url.user,
            password=url.password,
            secure=url.secure,
            ca_certs=url.ca_certs,
            connect_timeout=url.connect_seconds,
            sync_request_timeout=url.connect_seconds,
            send_receive_timeout=url.connect_seconds,
            client_name="zhihuan",
            settings={"strings_as_bytes": True},
        )
        client.connection.connect()
        return client

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
        self._overdue.close()
        for host in list(self._idle):
            self._drop_idle(host)
