"""The data segment as a whole: where it ends and where its CP begins.

HJ 212-2017, 6.3.1, table 2: head, ``CP=&&``, CP, ``&&``; then, outside of it, the CRC.
"""

from __future__ import annotations

import re

from zhihuan.hj212.errors import Reason, Refusal

__all__ = ["STANDARD_SEGMENT", "ends_at", "odd_mark"]

STANDARD_SEGMENT = 1024
"""Longest data segment in bytes (table 2)."""

_HEX = frozenset(b"0123456789ABCDEFabcdef")
_ODD_MARK = re.compile(r"CP *= *&& *", re.IGNORECASE)


def odd_mark(text: str) -> tuple[str, str]:
    """Head and rest around a ``CP=&&`` written otherwise. Raises Refusal if there is none."""
    if not text:
        raise Refusal(Reason.EMPTY, "a data segment of length 0 says nothing")
    found = _ODD_MARK.search(text)
    if found is None:
        raise Refusal(Reason.NO_CP, "no CP=&& in the data segment (table 2)")
    return text[: found.start()], text[found.end() :]


def ends_at(data: bytes, start: int, end: int) -> bool:
    """Whether ``&&`` and four hex digits stand where a segment should end."""
    if start == end:
        return True
    return data[end - 2 : end] == b"&&" and _HEX.issuperset(data[end : end + 4])
