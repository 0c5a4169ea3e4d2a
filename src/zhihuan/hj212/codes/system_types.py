"""ST: which kind of system speaks (2017: 6.6.1, table 5). Does not decide which factors it may send."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from zhihuan.hj212.codes.edition import Edition
from zhihuan.hj212.codes.source import Source, editions_of, rows, source_of

__all__ = ["INTERACTION", "SystemType", "system_type", "system_types"]

INTERACTION = "91"
"""The ST of answers 9011 to 9015."""


@dataclass(frozen=True, slots=True)
class SystemType:
    """code: two characters; kind: quality, source, process, interaction or extension."""

    code: str
    name: str
    kind: str
    editions: tuple[Edition, ...]
    source: Source


def system_type(code: str) -> SystemType | None:
    """The system type of an ST value; None for codes outside the table (``43``, ``80``, ``A1`` …)."""
    return _table().get(code)


def system_types(edition: Edition | None = None) -> tuple[SystemType, ...]:
    """The whole table, or the rows of one edition."""
    return tuple(row for row in _table().values() if edition is None or edition in row.editions)


@cache
def _table() -> Mapping[str, SystemType]:
    return {
        row["code"]: SystemType(
            row["code"], row["name"], row["kind"], editions_of(row), source_of(row)
        )
        for row in rows("system_types")
    }
