"""PostgreSQL: trigram indexes (``pg_trgm``) on every column, asked with LIKE.

``pg_trgm`` sees Chinese only where the database's LC_CTYPE knows its characters for letters (C.UTF-8,
zh_CN.UTF-8; not C): elsewhere answers are right and slow, and ``trouble`` says so.
"""

from __future__ import annotations

from typing import Any

from zhihuan.bureau.search.engine import Where
from zhihuan.bureau.search.models import Entry
from zhihuan.bureau.search.question import Condition

_ESCAPED = str.maketrans({"%": r"\%", "_": r"\_", "\\": r"\\"})


class PostgresqlEngine:
    """See ``Engine``."""

    position = "strpos"

    def holding(self, conditions: tuple[Condition, ...]) -> Where:
        parts: list[str] = []
        params: list[str] = []
        for each in conditions:
            parts.append("(" + " OR ".join(f"{name} LIKE %s" for name in each.columns) + ")")
            params += [f"%{each.phrase.translate(_ESCAPED)}%"] * len(each.columns)
        return Where("search_entry", "id", " AND ".join(parts), tuple(params))

    def beginning(self, code: str) -> tuple[str, tuple[Any, ...]]:
        return "code LIKE %s", (f"{code.translate(_ESCAPED)}%",)

    def prepare(self, cursor: Any) -> None:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        for name in Entry.COLUMNS:
            cursor.execute(
                f"CREATE INDEX search_{name}_trigrams ON search_entry USING gin ({name} gin_trgm_ops)"
            )
        cursor.execute(
            "CREATE INDEX search_code_pattern ON search_code (kind, code varchar_pattern_ops)"
        )

    def renew(self, cursor: Any) -> None:
        for name in Entry.COLUMNS:
            cursor.execute(f"REINDEX INDEX search_{name}_trigrams")

    def trouble(self, cursor: Any) -> str:
        cursor.execute("SELECT cardinality(show_trgm('中ǀ山'))")
        if cursor.fetchone()[0]:
            return ""
        return "pg_trgm sees no Chinese: the database's LC_CTYPE is C; make it C.UTF-8"
