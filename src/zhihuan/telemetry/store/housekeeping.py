# ruff: noqa: S608 - every value in the SQL is a literal made by sql.py
"""Sizes of tables, and merging what lies in many parts.

Merging changes no answer (reads are right before it, too); it saves space and time. It runs by
itself in the background; ``compact`` is for after a large import, or before a backup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhihuan.telemetry.store.engine import Columns, Engine
from zhihuan.telemetry.store.history import current_layout
from zhihuan.telemetry.store.sql import text, texts

__all__ = ["Partition", "TableSize", "compact_partition", "fragmented_partitions", "table_sizes"]

_HOURS_A_MERGE_MAY_TAKE = 6


@dataclass(frozen=True, slots=True)
class TableSize:
    """One table. rows: distinct by position, repeats not yet merged counted again; copies on
    replicas not counted. bytes_on_disk, bytes_uncompressed, parts: on all hosts together."""

    table: str
    rows: int
    bytes_on_disk: int
    bytes_uncompressed: int
    parts: int


@dataclass(frozen=True, slots=True)
class Partition:
    """A partition with more than one part somewhere."""

    table: str
    partition_id: str
    parts: int


def table_sizes(engine: Engine) -> list[TableSize]:
    """All tables, in the order they were created."""
    hosts = engine.read_each(
        "SELECT table, toUInt64(sum(bytes_on_disk)) AS disk, "
        "toUInt64(sum(data_uncompressed_bytes)) AS plain, toUInt64(count()) AS parts "
        f"FROM system.parts WHERE active AND database = {text(engine.database)} GROUP BY table"
    )
    return [_table_size(engine, name, hosts) for name in current_layout()]


def _table_size(engine: Engine, name: str, hosts: Sequence[Columns]) -> TableSize:
    local = {name, f"{name}_local"}
    rows = int(engine.read(f"SELECT count() AS n FROM @{name}")["n"][0])
    sums = {
        column: sum(
            int(value)
            for host in hosts
            for table, value in zip(host["table"], host[column], strict=True)
            if table in local
        )
        for column in ("disk", "plain", "parts")
    }
    return TableSize(name, rows, sums["disk"], sums["plain"], sums["parts"])


def fragmented_partitions(engine: Engine) -> list[Partition]:
    """Partitions worth merging, the most fragmented first."""
    tables = [each for name in current_layout() for each in (name, f"{name}_local")]
    hosts = engine.read_each(
        "SELECT table, partition_id, toUInt64(count()) AS parts FROM system.parts "
        f"WHERE active AND database = {text(engine.database)} AND table IN {texts(tables)} "
        "GROUP BY table, partition_id HAVING parts > 1"
    )
    most: dict[tuple[str, str], int] = {}
    for host in hosts:
        for table, partition, parts in zip(*host.values(), strict=True):
            key = (str(table).removesuffix("_local"), str(partition))
            most[key] = max(most.get(key, 0), int(parts))
    found = [Partition(table, partition, parts) for (table, partition), parts in most.items()]
    return sorted(found, key=lambda one: -one.parts)


def compact_partition(engine: Engine, partition: Partition) -> None:
    """Merge it into one part; returns when done. Needs as much free disk as the partition has."""
    engine.command(
        f"OPTIMIZE TABLE @{partition.table} PARTITION ID {text(partition.partition_id)} FINAL",
        seconds=_HOURS_A_MERGE_MAY_TAKE * 3600,
        once_per_shard=True,
    )
