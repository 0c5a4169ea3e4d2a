"""A store URL -> an open store.

``chdb:///absolute/folder`` (or ``chdb:relative/folder``) is embedded;
``clickhouse://[user[:password]@]host[:port][,host...]/database?cluster=name`` is a cluster.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from zhihuan.telemetry.store.interface import TelemetryStore
from zhihuan.telemetry.store.sql_store import SqlStore

__all__ = ["JOURNAL", "embedded_folder", "open_store"]

JOURNAL = "journal"
"""The folder of the journal in that of an embedded store."""


def open_store(url: str) -> TelemetryStore:
    """The store at ``url``. ``StoreHeld`` when another process has the folder; ``ValueError`` when
    the URL is not understood. Its schema is not touched: call ``migrate`` first."""
    scheme = urlsplit(url).scheme
    if scheme == "chdb":
        return _embedded(url)
    if scheme == "clickhouse":
        return _cluster(url)
    raise ValueError(
        f"store URL with scheme {scheme!r} is not understood: use chdb:///absolute/folder or "
        "clickhouse://user:password@host1:9000,host2:9000/zhihuan?cluster=zhihuan"
    )


def _cluster(url: str) -> TelemetryStore:
    from zhihuan.telemetry.store.cluster import ClusterEngine
    from zhihuan.telemetry.store.cluster_url import parse_cluster_url

    return SqlStore(ClusterEngine(parse_cluster_url(url)))


def embedded_folder(url: str) -> Path | None:
    """The folder of an embedded store, its journal in ``JOURNAL`` of it; None for a cluster."""
    parts = urlsplit(url)
    if parts.scheme != "chdb":
        return None
    return Path((parts.netloc + parts.path) or ".").expanduser().resolve()


def _embedded(url: str) -> TelemetryStore:
    from zhihuan.telemetry.store.embedded import EmbeddedEngine
    from zhihuan.telemetry.store.journaled import JournaledEngine

    folder = embedded_folder(url)
    if folder is None:
        raise ValueError(f"{url!r} names no folder; write chdb:///path/to/folder")
    engine = EmbeddedEngine(folder)
    try:
        return SqlStore(JournaledEngine(engine, folder / JOURNAL))
    except BaseException:
        engine.close()
        raise
