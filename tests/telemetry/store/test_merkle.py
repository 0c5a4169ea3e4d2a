"""The Merkle tree against RFC 6962's own recursive definition."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from zhihuan.telemetry.digest import sm3
from zhihuan.telemetry.store.merkle import frame_leaf, merkle_root


def _by_definition(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1, with leaves already hashed."""
    if not leaves:
        return sm3(b"")
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sm3(b"\x01" + _by_definition(leaves[:split]) + _by_definition(leaves[split:]))


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=70))
def test_the_root_is_that_of_the_definition(leaves: list[bytes]) -> None:
    assert merkle_root(leaves) == _by_definition(leaves)


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=20), st.data())
def test_any_change_changes_the_root(leaves: list[bytes], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(leaves) - 1))
    changed = [*leaves]
    changed[place] = bytes([changed[place][0] ^ 1]) + changed[place][1:]
    assert merkle_root(changed) != merkle_root(leaves)
    assert merkle_root([*leaves, leaves[-1]]) != merkle_root(leaves)
    assert merkle_root(leaves[:-1]) != merkle_root(leaves)


def test_a_leaf_holds_device_moment_and_bytes() -> None:
    digest = bytes(32)
    leaves = {
        frame_leaf("A", 1, digest), frame_leaf("B", 1, digest), frame_leaf("A", 2, digest),
        frame_leaf("A", 1, bytes([1]) + digest[1:]), frame_leaf("", 1, digest),
    }  # fmt: skip
    assert len(leaves) == 5
