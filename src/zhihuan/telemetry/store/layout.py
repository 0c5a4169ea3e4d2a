"""Which columns a table has and of what type: replayed from the migrations."""

from __future__ import annotations

from functools import lru_cache

from zhihuan.telemetry.store.history import current_layout

__all__ = ["column_types"]


@lru_cache
def column_types(table: str) -> dict[str, str]:
    """Column -> type (a key of ``schema.Column.type``)."""
    return {column.name: column.type for column in current_layout()[table].columns}
