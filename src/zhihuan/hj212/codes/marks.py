"""Data marks: what a device says about its own value (2017: 6.6.4, table 8).

Says what a mark means and whether it means "normal". Does not decide validity: that is a matter of
the dated rules in ``zhihuan.standards``. The mark table of HJ 212-2025 was not seen; 2017's rows
are used for it, and any mark no table knows is *not* normal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from zhihuan.hj212.codes.edition import Edition
from zhihuan.hj212.codes.source import Source, editions_of, rows, source_of

__all__ = ["Mark", "is_normal", "mark", "marks"]


@dataclass(frozen=True, slots=True)
class Mark:
    """mark: as sent; normal: whether the value is the ordinary one; scope: any, air_station, condition."""

    mark: str
    name: str
    normal: bool
    scope: str
    editions: tuple[Edition, ...]
    source: Source


def mark(text: str, edition: Edition = Edition.HJ2017) -> Mark | None:
    """The mark under an edition; None if that edition's table does not have it.

    Capital marks are matched in either letter case ("n" is sent for "N"); the two-letter marks of
    the surface-water profile only as they are.
    """
    found = _table().get(text) or _table().get(text.upper())
    return found if found and edition in found.editions else None


def is_normal(text: str, edition: Edition = Edition.HJ2017) -> bool:
    """Whether a mark says the value is ordinary.

    No mark at all ("") says nothing against the value and counts as normal: 2005 makes the mark
    optional (annex C.4). An unknown mark is not normal.
    """
    if not text:
        return True
    found = mark(text, edition)
    return found is not None and found.normal


def marks(edition: Edition | None = None) -> tuple[Mark, ...]:
    """The whole table, or the rows of one edition."""
    return tuple(row for row in _table().values() if edition is None or edition in row.editions)


@cache
def _table() -> Mapping[str, Mark]:
    return {
        row["mark"]: Mark(
            row["mark"],
            row["name"],
            row["normal"] == "yes",
            row["scope"],
            editions_of(row),
            source_of(row),
        )
        for row in rows("marks")
    }
