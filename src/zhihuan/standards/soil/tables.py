"""Rows of the packaged soil tables, found by item code or Chinese name."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

from zhihuan.standards.errors import UnknownItemError

__all__ = ["rows_of_item"]


def rows_of_item(rows: Sequence[Mapping[str, str]], item: str) -> list[Mapping[str, str]]:
    """All rows of an item. Raises UnknownItemError (Chinese, with the nearest names)."""
    found = [row for row in rows if item in (row["item"], row["name"])]
    if found:
        return found
    known = [*dict.fromkeys(row["item"] for row in rows), *(row["name"] for row in rows)]
    near = difflib.get_close_matches(item, known, n=3)
    hint = f"，是否为 {'、'.join(near)}？" if near else ""
    raise UnknownItemError(f"表中没有项目 {item!r}{hint}")
