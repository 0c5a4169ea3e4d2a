"""The two databases behind one question: which entries hold these phrases?

An engine writes conditions as SQL and prepares the database for them; everything else is the same on
both, and so are the answers (``tests/bureau/search/test_contract.py`` runs on both).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from zhihuan.bureau.search.question import Condition


@dataclass(frozen=True, slots=True)
class Where:
    """``sql`` is true for the rows of ``table`` that are meant; ``key``: the column with the key of
    their entries."""

    table: str
    key: str
    sql: str
    params: tuple[Any, ...]


class Engine(Protocol):
    """What differs between databases. ``position``: the function that finds a phrase in a text."""

    position: str

    def holding(self, conditions: tuple[Condition, ...]) -> Where:
        """Entries that hold all of the phrases, by an index."""

    def beginning(self, code: str) -> tuple[str, tuple[Any, ...]]:
        """The column ``code`` begins so, by its index: SQL and parameters."""

    def prepare(self, cursor: Any) -> None:
        """Make the indexes on the empty or filled table of entries."""

    def renew(self, cursor: Any) -> None:
        """Make the indexes anew from the entries."""

    def trouble(self, cursor: Any) -> str:
        """What is wrong between the indexes and the entries; "" for nothing. May take seconds."""
