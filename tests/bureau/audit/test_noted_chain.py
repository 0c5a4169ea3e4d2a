"""Whatever is done to a chain whose entries the trail noted, nobody is accused who was not touched. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from zhihuan.bureau.audit.block import NOTHING
from zhihuan.bureau.audit.findings import Fault
from zhihuan.bureau.audit.noted_chain import Link, link_faults


@dataclass(frozen=True)
class Entry:
    number: int
    words: str
    digest: bytes = b""


def digest_of(before: bytes, words: str, number: int) -> bytes:
    return hashlib.sha256(before + f"{number}:{words}".encode()).digest()


def chain(length: int) -> list[Entry]:
    before, made = NOTHING, []
    for number in range(1, length + 1):
        before = digest_of(before, f"act {number}", number)
        made.append(Entry(number, f"act {number}", before))
    return made


def link(entry: Entry) -> Link:
    return Link(entry.number, entry.digest, lambda before, n: digest_of(before, entry.words, n))


def faults(entries: list[Entry], noted: list[Entry]) -> list[tuple[Fault, str]]:
    trail = {each.number: each.digest for each in noted}
    return list(link_faults([link(each) for each in entries], trail, "entry", len(noted)))


def test_an_untouched_chain_has_no_faults() -> None:
    for length in (0, 1, 5):
        assert faults(chain(length), chain(length)) == ([] if length else [UNKNOWN])


UNKNOWN = (Fault.UNSEALED, "the trail knows nothing of it")


@given(st.integers(1, 8), st.sets(st.integers(0, 7)))
def test_exactly_the_altered_entries_are_named(length: int, chosen: set[int]) -> None:
    altered = {number for number in chosen if number < length}
    entries = [
        Entry(each.number, "forged", each.digest) if place in altered else each
        for place, each in enumerate(chain(length))
    ]
    told = [f"entry {place + 1} is not as it was written" for place in sorted(altered)]
    assert faults(entries, chain(length)) == [(Fault.ALTERED, words) for words in told]


@given(st.integers(1, 8), st.data())
def test_exactly_the_removed_entries_are_named(length: int, data: st.DataObject) -> None:
    gone = data.draw(st.sets(st.integers(1, length), min_size=1, max_size=length))
    left = [each for each in chain(length) if each.number not in gone]
    found = faults(left, chain(length))
    assert {fault for fault, _words in found} == {Fault.REMOVED}
    assert sorted(number for _fault, words in found for number in span(words)) == sorted(gone)


def span(words: str) -> list[int]:
    numbers = [int(each) for each in words.split() if each.isdigit()]
    return list(range(numbers[0], numbers[-1] + 1))
