"""What the store needs of an engine: durable inserts, bounded reads, plain commands.

Two engines implement it: ``embedded`` (chDB in this process) and ``cluster`` (ClickHouse servers).
Everything else in this package is written once, against this protocol.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from numpy.typing import NDArray

from zhihuan.telemetry.store.coded import Coded

__all__ = ["DEFAULT_BOUNDS", "Bounds", "Capabilities", "Columns", "Engine", "Insert"]

#: Column name -> array. Text is an object array of ``str`` (``bytes`` for raw frames and digests).
Columns = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much one read may take before it is stopped with ``QueryTooLarge``."""

    seconds: float = 20.0
    memory_bytes: int = 2 * 2**30
    rows: int = 20_000_000


DEFAULT_BOUNDS = Bounds()


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What the engine's version offers beyond the floor (ClickHouse 18.16).

    cluster: name of the cluster whose tables are replicated and distributed; "" on the embedded
    engine.
    """

    version: tuple[int, ...]
    cluster: str = ""

    @property
    def codecs(self) -> bool:
        """Column codecs (``CODEC(Delta, ZSTD(1))``)."""
        return self.version >= (20, 1)

    @property
    def low_cardinality(self) -> bool:
        """``LowCardinality(String)`` without an experimental switch."""
        return self.version >= (20, 1)

    @property
    def skipping_indices(self) -> bool:
        """``INDEX ... TYPE minmax``."""
        return self.version >= (20, 6)

    @property
    def fast_final(self) -> bool:
        """``FINAL`` that merges in parallel while reading: a seventh of the cost of sorting."""
        return self.version >= (23, 1)

    @property
    def fsync(self) -> bool:
        """``fsync_after_insert``: the server itself syncs what it wrote."""
        return self.version >= (20, 10)


@dataclass(frozen=True, slots=True)
class Insert:
    """Rows for one table; ``columns`` hold lists, arrays or ``Coded`` text of equal length."""

    table: str
    columns: Mapping[str, Sequence[Any] | NDArray[Any] | Coded]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))


class Engine(Protocol):
    """A ClickHouse-family engine. All methods are thread-safe."""

    @property
    def database(self) -> str:
        """The database all tables are in."""
        ...

    @property
    def capabilities(self) -> Capabilities:
        """What this engine's version offers."""
        ...

    def read(
        self,
        sql: str,
        *,
        mn: str | None = None,
        bounds: Bounds = DEFAULT_BOUNDS,
        binary: bool = False,
    ) -> Columns:
        """Run a SELECT and return its columns. Tables are written ``@measurement``.

        mn: when the query concerns this one device only, so that a cluster may ask just the shard
        that has it. binary: text columns come as ``bytes``. Raises ``QueryTooLarge``,
        ``StoreUnavailable``, ``StoreOutdated``.
        """
        ...

    def insert(self, inserts: Sequence[Insert]) -> None:
        """Write all rows; return when all of them are durable. Raises ``StoreUnavailable``; then
        any part of the rows may have been written."""
        ...

    def command(
        self,
        sql: str,
        *,
        seconds: float = 60.0,
        once_per_shard: bool = False,
        done_before: tuple[int, ...] = (),
    ) -> None:
        """Run a statement without a result: on every host (all must be up), or
        ``once_per_shard`` on any one replica of each shard. ``@table`` is the local table.
        done_before: error codes that mean a host has had it already."""
        ...

    def read_each(self, sql: str, *, bounds: Bounds = DEFAULT_BOUNDS) -> list[Columns]:
        """Run a SELECT on every host by itself (system tables); one result per host."""
        ...

    def close(self) -> None:
        """Let go of everything. Further calls raise ``StoreUnavailable``."""
        ...
