"""Whatever is done to blocks or entries is named. Pure."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.bureau.audit.block import NOTHING, Block, digest_of, linked
from zhihuan.bureau.audit.findings import Fault, check_block, check_links

SECOND = 10**6
START = 1_700_000_000 * SECOND


def chain(*lengths: int) -> list[Block]:
    """Blocks of so many entries each, sealed a minute apart."""
    found: list[Block] = []
    before, entry = NOTHING, 1
    for number, length in enumerate(lengths, start=1):
        ids = list(range(entry, entry + length))
        digests = b"".join(digest(each) for each in ids)
        found.append(linked(before, number, START + number * 60 * SECOND, ids, digests))
        before, entry = found[-1].link, entry + length
    return found


def digest(entry: int) -> bytes:
    return bytes([entry % 251]) * 32


def now(block: Block) -> tuple[dict[int, bytes], dict[int, int]]:
    ids = block.ids.tolist()
    return {each: digest(each) for each in ids}, dict.fromkeys(ids, block.sealed - SECOND)


def faults(found: object) -> list[tuple[Fault, int]]:
    return [(each.fault, each.number) for each in found]  # type: ignore[attr-defined]


def test_an_untouched_chain_has_no_findings() -> None:
    blocks = chain(3, 1, 5)
    assert not faults(check_links(blocks))
    for block in blocks:
        assert not faults(check_block(block, *now(block), block.sealed - 60 * SECOND))


@pytest.mark.parametrize("gone", [0, 1])
def test_a_block_taken_out_is_named(gone: int) -> None:
    blocks = chain(3, 1, 5)
    del blocks[gone]
    assert (Fault.BLOCK_REMOVED, gone + 1) in faults(check_links(blocks))


def test_a_block_taken_out_and_the_rest_numbered_anew_is_found() -> None:
    first, _, third = chain(3, 1, 5)
    assert faults(check_links([first, replace(third, number=2)])) == [(Fault.BLOCK_ALTERED, 2)]


@given(st.integers(0, 2), st.integers(0, 2**31))
def test_any_bit_of_a_block_that_turns_is_found(number: int, where: int) -> None:
    blocks = chain(3, 1, 5)
    turned = bytearray(blocks[number].digests)
    turned[where // 8 % len(turned)] ^= 1 << where % 8
    blocks[number] = replace(blocks[number], digests=bytes(turned))
    assert (Fault.BLOCK_ALTERED, number + 1) in faults(check_links(blocks))


def test_a_block_made_anew_breaks_at_the_next() -> None:
    """Who alters an entry and forges its block must forge all that follow, and the anchors."""
    first, second, third = chain(3, 2, 5)
    forged = linked(first.link, 2, second.sealed, second.ids, b"\x00" * 64)
    assert faults(check_links([first, forged, third])) == [(Fault.BLOCK_ALTERED, 3)]


def test_other_ids_or_times_in_a_block_are_found() -> None:
    first, second = chain(3, 2)
    moved = replace(second, ids=np.array([5, 4]))
    later = replace(second, sealed=second.sealed + 1)
    for changed in (moved, later):
        assert faults(check_links([first, changed])) == [(Fault.BLOCK_ALTERED, 2)]


class TestEntries:
    block = chain(4)[0]

    def check(
        self, digests: dict[int, bytes], times: dict[int, int] | None = None
    ) -> list[tuple[Fault, int]]:
        return faults(check_block(self.block, digests, times or now(self.block)[1], START))

    def test_one_removed(self) -> None:
        digests, _ = now(self.block)
        del digests[2]
        assert self.check(digests) == [(Fault.REMOVED, 2)]

    def test_one_altered(self) -> None:
        digests, _ = now(self.block)
        assert self.check(digests | {3: b"x" * 32}) == [(Fault.ALTERED, 3)]

    def test_two_that_changed_places(self) -> None:
        digests, _ = now(self.block)
        swapped = digests | {2: digest(4), 4: digest(2)}
        assert self.check(swapped) == [(Fault.MOVED, 2), (Fault.MOVED, 4)]

    @pytest.mark.parametrize("hours", [-24, 24])
    def test_one_dated_otherwise_than_it_can_have_been_written(self, hours: int) -> None:
        digests, times = now(self.block)
        times[1] += hours * 3600 * SECOND
        assert self.check(digests, times) == [(Fault.BACKDATED, 1)]


@given(
    st.lists(st.text(max_size=5), min_size=5, max_size=5),
    st.lists(st.text(max_size=5), min_size=5, max_size=5),
)
def test_two_contents_never_share_a_digest_by_moving_text_between_fields(
    one: list[str], other: list[str]
) -> None:
    same = digest_of((0, None, *one)) == digest_of((0, None, *other))  # type: ignore[arg-type]
    assert same == (one == other)
