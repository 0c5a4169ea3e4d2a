"""Differences between a seal and a day, without any engine."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from zhihuan.telemetry.store.sealed_day import (
    KeptFrame,
    Leaf,
    What,
    compare,
    pack_leaves,
    root_of,
    unpack_leaves,
)

_LEAF = st.builds(Leaf, st.integers(0, 2**62), st.binary(min_size=32, max_size=32))
_LEAVES = st.lists(_LEAF, unique=True, max_size=30)


def _kept(leaves: list[Leaf]) -> list[KeptFrame]:
    return [KeptFrame(leaf.received, leaf.digest, leaf.digest) for leaf in leaves]


@given(_LEAVES)
def test_a_leaf_list_unpacks_as_packed_in_the_seals_order(leaves: list[Leaf]) -> None:
    assert unpack_leaves(pack_leaves(leaves)) == sorted(leaves)
    assert root_of("MN", unpack_leaves(pack_leaves(leaves))) == root_of("MN", sorted(leaves))


@given(_LEAVES)
def test_what_was_sealed_compares_clean(leaves: list[Leaf]) -> None:
    assert list(compare("MN", 20260601, leaves, _kept(leaves))) == []


@given(st.lists(_LEAF, unique=True, min_size=1, max_size=30), st.data())
def test_exactly_the_removed_frames_are_missing(leaves: list[Leaf], data: st.DataObject) -> None:
    removed = data.draw(st.sets(st.sampled_from(leaves), min_size=1))
    rest = [leaf for leaf in leaves if leaf not in removed]
    found = list(compare("MN", 20260601, leaves, _kept(rest)))
    assert {each.what for each in found} == {What.MISSING}
    assert sorted(each.received for each in found) == sorted(leaf.received for leaf in removed)


def test_a_list_with_a_broken_end_does_not_pass() -> None:
    leaves = [Leaf(1, bytes(32)), Leaf(2, bytes([1] * 32))]
    assert root_of("MN", unpack_leaves(pack_leaves(leaves)[:-1])) != root_of("MN", leaves)
