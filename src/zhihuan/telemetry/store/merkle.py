"""A Merkle tree over SM3: one root that stands for many frames.

The shape is RFC 6962's (section 2.1): leaves and nodes are hashed with different first bytes, so
that no node can pass for a leaf, and a list is split at the greatest power of two below its
length, so that no list can pass for another. Only the hash differs: SM3 for SHA-256.

Source: RFC 6962, 2.1; GB/T 32905-2016 (SM3).
"""

from __future__ import annotations

from collections.abc import Sequence

from zhihuan.telemetry.digest import sm3

__all__ = ["frame_leaf", "merkle_root"]

_LEAF, _NODE = b"\x00", b"\x01"


def frame_leaf(mn: str, received_ms: int, digest: bytes) -> bytes:
    """The leaf of one frame: whose it is, when it came in, and what it says.

    >>> frame_leaf("MN", 0, bytes(32)) == frame_leaf("MN", 1, bytes(32))
    False
    """
    name = mn.encode()
    length = len(name).to_bytes(4, "big")
    return sm3(_LEAF + length + name + received_ms.to_bytes(8, "big") + digest)


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """The root over hashed leaves, in their order; of none it is SM3 of nothing.

    Pairing neighbours level by level and carrying an odd last one up is the same tree as RFC
    6962's split at the greatest power of two.
    """
    if not leaves:
        return sm3(b"")
    level = list(leaves)
    while len(level) > 1:
        paired = [
            sm3(_NODE + left + right) for left, right in zip(level[::2], level[1::2], strict=False)
        ]
        if len(level) % 2:
            paired.append(level[-1])
        level = paired
    return level[0]
