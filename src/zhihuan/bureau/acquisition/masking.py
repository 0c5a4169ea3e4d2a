"""Hide passwords and keys in frames before people or logs see them.

Masks the value of PW, NewPW and NewSK (HJ 212-2017, 6.3.1 and table 9; NewSK of HJ 212-2025, read at
second hand). It changes the bytes: a masked frame is for reading, never for evidence or replay.
"""

from __future__ import annotations

import re

MASK = "******"
_SECRET = re.compile(rb"\b((?:New)?PW|NewSK)=([^;,&]*)", re.IGNORECASE)
_SECRET_NAMES = frozenset({"pw", "newpw", "newsk"})


def masked(raw: bytes) -> bytes:
    """``raw`` with every secret value replaced by six asterisks."""
    return _SECRET.sub(rb"\1=" + MASK.encode(), raw)


def is_secret(key: str) -> bool:
    """Whether a field of this name holds a password or a key."""
    return key.lower() in _SECRET_NAMES
