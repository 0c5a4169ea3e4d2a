"""Typed schema operations: what a migration is made of.

An operation knows its SQL for an engine's capabilities and what it does to the layout (table ->
columns), so the layout the program works with is replayed from the migrations and declared nowhere
else. Operations are idempotent: running one again changes nothing.

On a cluster a table becomes two: ``<table>_local``, replicated within its shard, and ``<table>``,
which reads all shards. Only reads go through the latter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from zhihuan.telemetry.store.engine import Capabilities

__all__ = [
    "SHARDING",
    "AddColumn",
    "Column",
    "CreateTable",
    "DropTable",
    "Layout",
    "Operation",
    "Table",
]

#: Which shard a device's rows live on, as the servers compute it; ``topology.shard_of`` is the same.
SHARDING = "reinterpretAsUInt32(substring(MD5(toString(mn)), 1, 4))"

#: ClickHouse 18.16 and today's engine have different codes for it.
_COLUMN_EXISTS = (44, 15)

_SQL_TYPES = {
    "name": "String",
    "text": "String",
    "bytes": "String",
    "moment": "DateTime('UTC')",
    "u8": "UInt8",
    "u16": "UInt16",
    "u32": "UInt32",
    "i64": "Int64",
    "u64": "UInt64",
    "f64": "Float64",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column. type: a key of the table above; "name" is text that repeats a lot. codec: how it
    is compressed where the engine has codecs. meaning: one line for the documentation."""

    name: str
    type: str
    meaning: str
    codec: str = "ZSTD(1)"

    def sql(self, can: Capabilities) -> str:
        """The column's declaration."""
        kind = _SQL_TYPES[self.type]
        if self.type == "name" and can.low_cardinality:
            kind = f"LowCardinality({kind})"
        return f"{self.name} {kind}" + (f" CODEC({self.codec})" if can.codecs else "")


@dataclass(frozen=True, slots=True)
class Table:
    """A table as the layout knows it. version: the column whose greatest value wins among rows of
    equal key."""

    name: str
    columns: tuple[Column, ...]
    order_by: tuple[str, ...]
    version: str
    partition_by: str = "tuple()"
    index_granularity: int = 8192
    minmax_indices: tuple[str, ...] = ()


Layout = dict[str, Table]


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL, and the engine's error that means it was done before (a replica follows its sibling;
    18.16 has no ``IF NOT EXISTS`` for columns)."""

    sql: str
    done_before: tuple[int, ...] = ()


class Operation(Protocol):
    """One change of the schema."""

    def statements(self, can: Capabilities, database: str) -> list[Statement]:
        """The SQL for an engine, in order."""
        ...

    def change(self, layout: Layout) -> None:
        """What it does to the layout."""
        ...


@dataclass(frozen=True, slots=True)
class CreateTable:
    """A new table. Instant, whatever the amount of data elsewhere."""

    table: Table

    def statements(self, can: Capabilities, database: str) -> list[Statement]:
        """One statement embedded; local and distributed on a cluster."""
        name = self.table.name
        if not can.cluster:
            return [self._create(name, f"ReplacingMergeTree({self.table.version})", can)]
        path = f"/zhihuan/{database}/{{shard}}/{name}"
        local = f"ReplicatedReplacingMergeTree('{path}', '{{replica}}', {self.table.version})"
        distributed = f"Distributed({can.cluster}, {database}, {name}_local, {SHARDING})"
        return [
            self._create(f"{name}_local", local, can),
            Statement(f"CREATE TABLE IF NOT EXISTS {name} AS {name}_local ENGINE = {distributed}"),
        ]

    def _create(self, name: str, engine: str, can: Capabilities) -> Statement:
        parts = [column.sql(can) for column in self.table.columns]
        if can.skipping_indices:
            parts += [
                f"INDEX by_{column} {column} TYPE minmax GRANULARITY 1"
                for column in self.table.minmax_indices
            ]
        settings = [f"index_granularity = {self.table.index_granularity}", *_durability(can)]
        if can.cluster:
            # a repeated insert must reach its quorum again, not be waved through as known;
            # that rows stay single is the table's own doing
            settings.append("replicated_deduplication_window = 0")
        return Statement(
            f"CREATE TABLE IF NOT EXISTS {name} ({', '.join(parts)}) ENGINE = {engine} "
            f"PARTITION BY {self.table.partition_by} ORDER BY ({', '.join(self.table.order_by)}) "
            f"SETTINGS {', '.join(settings)}"
        )

    def change(self, layout: Layout) -> None:
        """Add it."""
        layout[self.table.name] = self.table


def _durability(can: Capabilities) -> list[str]:
    """An insert is on the disk when it returns, and a merge is on the disk before the parts it
    replaces are removed: without the last, a power cut could take rows long acknowledged."""
    if not can.fsync:
        return []
    return [
        "fsync_after_insert = 1",
        "fsync_part_directory = 1",
        "min_compressed_bytes_to_fsync_after_merge = 1",
    ]


@dataclass(frozen=True, slots=True)
class AddColumn:
    """A new column with its type's default in old rows. Instant: old data is not rewritten."""

    table: str
    column: Column

    def statements(self, can: Capabilities, database: str) -> list[Statement]:
        """The local table first: the distributed one must not offer what is not there."""
        del database
        names = [f"{self.table}_local", self.table] if can.cluster else [self.table]
        declaration = self.column.sql(can)
        return [
            Statement(f"ALTER TABLE {name} ADD COLUMN {declaration}", _COLUMN_EXISTS)
            for name in names
        ]

    def change(self, layout: Layout) -> None:
        """Append it."""
        old = layout[self.table]
        layout[self.table] = Table(
            old.name, (*old.columns, self.column), old.order_by, old.version,
            old.partition_by, old.index_granularity, old.minmax_indices,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class DropTable:
    """Removes a table with all its rows. There is no way back."""

    name: str

    def statements(self, can: Capabilities, database: str) -> list[Statement]:
        """The distributed table first: it must not read what is gone."""
        del database
        names = [self.name, f"{self.name}_local"] if can.cluster else [self.name]
        return [Statement(f"DROP TABLE IF EXISTS {name}") for name in names]

    def change(self, layout: Layout) -> None:
        """Remove it."""
        layout.pop(self.name, None)


@dataclass(frozen=True, slots=True)
class Migration:
    """A numbered change of the schema, never edited once released.

    blocking: True when writes wait while it runs; then the operator plans a pause.
    """

    forwards: tuple[Operation, ...]
    backwards: tuple[Operation, ...] = field(default=())
    blocking: bool = False
