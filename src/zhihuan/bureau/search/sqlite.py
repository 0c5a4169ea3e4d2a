"""SQLite: FTS5 with its trigram tokenizer, kept true to the entries by triggers.

Three indexes instead of one: what is common in one column (``ong`` in pinyin) would be waded through
by questions about another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.utils import DatabaseError

from zhihuan.bureau.search.engine import Where
from zhihuan.bureau.search.question import Condition

#: Index → the columns it holds.
INDEXES = {
    "search_words": ("name", "texts"),
    "search_letters": ("letters",),
    "search_codes": ("codes",),
}
_ENTRY = "search_entry"
_AFTER_ALL = "\U0010ffff"


class SqliteEngine:
    """See ``Engine``."""

    position = "instr"

    def holding(self, conditions: tuple[Condition, ...]) -> Where:
        """One MATCH. Phrases hold letters, digits and our marks alone: nothing to escape."""
        index = next(name for name, held in INDEXES.items() if conditions[0].columns[0] in held)
        asked = " AND ".join(f'({{{" ".join(c.columns)}}} : "{c.phrase}")' for c in conditions)
        return Where(index, "rowid", f"{index} MATCH %s", (asked,))

    def beginning(self, code: str) -> tuple[str, tuple[Any, ...]]:
        return "code >= %s AND code < %s", (code, code + _AFTER_ALL)

    def prepare(self, cursor: Any) -> None:
        for index, columns in INDEXES.items():
            for statement in _made(index, columns):
                cursor.execute(statement)
        self.renew(cursor)

    def renew(self, cursor: Any) -> None:
        for index in INDEXES:
            cursor.execute(f"{_into(index, (index,))} VALUES ('rebuild')")

    def trouble(self, cursor: Any) -> str:
        for index in INDEXES:
            try:
                cursor.execute(f"{_into(index, (index, 'rank'))} VALUES ('integrity-check', 1)")
            except DatabaseError as error:
                return f"{index}: {error}"
        return ""


def _made(index: str, columns: Sequence[str]) -> Iterator[str]:
    """The index over these columns, and the triggers that keep it."""
    listed = ", ".join(columns)
    old, new = (", ".join(f"{side}.{name}" for name in columns) for side in ("old", "new"))
    take_out = f"{_into(index, (index, 'rowid', *columns))} VALUES ('delete', old.id, {old});"
    put_in = f"{_into(index, ('rowid', *columns))} VALUES (new.id, {new});"
    differs = " OR ".join(f"old.{name} IS NOT new.{name}" for name in columns)
    options = f"content='{_ENTRY}', content_rowid='id', tokenize='trigram'"
    yield f"CREATE VIRTUAL TABLE {index} USING fts5({listed}, {options})"
    yield f"CREATE TRIGGER {index}_made AFTER INSERT ON {_ENTRY} BEGIN {put_in} END"
    yield f"CREATE TRIGGER {index}_gone AFTER DELETE ON {_ENTRY} BEGIN {take_out} END"
    yield (
        f"CREATE TRIGGER {index}_changed AFTER UPDATE ON {_ENTRY} WHEN {differs} "
        f"BEGIN {take_out} {put_in} END"
    )


def _into(index: str, columns: Sequence[str]) -> str:
    return f"INSERT INTO {index}({', '.join(columns)})"
