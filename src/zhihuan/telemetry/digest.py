"""SM3, the hash under which frames are kept, deduplicated and sealed.

Source: GB/T 32905-2016 (SM3), computed by OpenSSL; check value in the tests.
"""

from __future__ import annotations

import hashlib

__all__ = ["SM3_BYTES", "frame_id", "sm3"]

SM3_BYTES = 32
_EMPTY = hashlib.new("sm3")


def sm3(data: bytes) -> bytes:
    """The 32-byte SM3 digest."""
    state = _EMPTY.copy()
    state.update(data)
    return state.digest()


def frame_id(digest: bytes) -> int:
    """The u64 that names a frame: the first 8 bytes of its SM3, big-endian."""
    return int.from_bytes(digest[:8], "big")
