# ruff: noqa: S608 - every value in the SQL is a literal made by sql.py
"""The rows of one slice, in portions that fit in memory, one row a key as the reads see it."""

from __future__ import annotations

from collections.abc import Iterator

from zhihuan.telemetry.store.backup.slices import LONG, Slice
from zhihuan.telemetry.store.engine import Columns, Engine
from zhihuan.telemetry.store.history import current_layout
from zhihuan.telemetry.store.sql import texts

__all__ = ["one_row_a_key", "portions", "rows_at_a_time"]

#: Raw frames and lists of seals are long, figures are short.
_AT_A_TIME = {"frame": 50_000, "seal": 200}
_FIGURES_AT_A_TIME = 400_000


def rows_at_a_time(table: str) -> int:
    """How many rows of a table are held at once."""
    return _AT_A_TIME.get(table, _FIGURES_AT_A_TIME)


def portions(engine: Engine, of: Slice) -> Iterator[Columns]:
    """The slice's rows, text as bytes; columns are named as in the table."""
    columns = current_layout()[of.table].columns
    # named c0, c1, …: an alias of a column's own name would stand for it in the condition
    chosen = ", ".join(
        f"{f'toUInt32({column.name})' if column.type == 'moment' else column.name} AS c{number}"
        for number, column in enumerate(columns)
    )
    for condition in _conditions(engine, of):
        found = engine.read(
            one_row_a_key(engine, of.table, chosen, condition), bounds=LONG, binary=True
        )
        yield {column.name: found[f"c{number}"] for number, column in enumerate(columns)}


def one_row_a_key(engine: Engine, name: str, chosen: str, condition: str) -> str:
    """The SELECT that sees of each key the row that wins, merged or not."""
    if engine.capabilities.fast_final:
        return f"SELECT {chosen} FROM @{name} FINAL WHERE {condition}"
    table = current_layout()[name]
    key = ", ".join(table.order_by)
    return (
        f"SELECT {chosen} FROM @{name} WHERE {condition} "
        f"ORDER BY {key}, {table.version} DESC LIMIT 1 BY {key}"
    )


def _conditions(engine: Engine, of: Slice) -> Iterator[str]:
    """The slice cut into groups of devices; a device with very many frames by their ids too."""
    most = rows_at_a_time(of.table)
    sql = f"SELECT mn, toUInt64(count()) AS n FROM @{of.table} WHERE {of.condition()} "
    found = engine.read(sql + "GROUP BY mn ORDER BY mn", bounds=LONG)
    group: list[str] = []
    rows = 0
    for mn, count in zip(found["mn"].tolist(), found["n"].tolist(), strict=True):
        if of.table == "frame" and count > most:
            yield from _by_id(of, mn, -(-count // most))
            continue
        if group and rows + count > most:
            yield f"{of.condition()} AND mn IN {texts(group)}"
            group, rows = [], 0
        group.append(mn)
        rows += count
    if group:
        yield f"{of.condition()} AND mn IN {texts(group)}"


def _by_id(of: Slice, mn: str, pieces: int) -> Iterator[str]:
    for piece in range(pieces):
        yield f"{of.condition()} AND mn IN {texts([mn])} AND frame_id % {pieces} = {piece}"
