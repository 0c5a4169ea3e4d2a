"""A thousand ordinary-looking frames, checked and read with array operations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from zhihuan.hj212.batch.candidates import Candidates, Senders
from zhihuan.hj212.batch.columns import Part
from zhihuan.hj212.batch.layout import Layout, Spans
from zhihuan.hj212.batch.numerals import MASKS, Flags, Integers, are_digits, words_of
from zhihuan.hj212.crc import crcs_match

__all__ = ["Block"]

SMALLEST_GROUP = 12
"""Fewer frames of one layout are not worth their array operations."""
_PADDING = bytes(16)
_QN = int.from_bytes(b"QN=", "little")
_CLOSE = int.from_bytes(b"&&", "little")
_LINE_END = int.from_bytes(b"\r\n", "little")
_NOT_PLAIN = (b" ", b"/", b"\0")
"""Blanks may stand around keys, texts hold separators, NUL ends a word too early."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Frames that should have one layout, by their numbers; ``same``: which of them really do."""

    layout: Layout
    frames: Integers
    spans: Spans
    same: Flags


class Block:
    """The candidates of a stretch of data."""

    def __init__(self, data: bytes, found: Candidates) -> None:
        low = found.starts[0]
        self._data = data
        self._found = found
        self._block = data[low : found.ends[-1] + 4] + _PADDING
        self._words = words_of(self._block)
        self._starts = np.array(found.starts) - low
        self._cp_starts = np.array(found.cp_starts) - low
        self._ends = np.array(found.ends) - low
        self._sound = self._in_form() & crcs_match(self._block, self._starts + 6, self._ends)
        self._groups = list(self._grouped())

    def _in_form(self) -> Flags:
        """``QN=`` and seventeen digits in front, ``&&`` behind, plain letters in between."""
        words, starts, ends = self._words, self._starts, self._ends
        good: Flags = (words[starts + 6] & MASKS[3] == _QN) & (words[ends - 2] & MASKS[2] == _CLOSE)
        for place in (9, 17, 18):  # seventeen digits as three words that overlap
            good &= are_digits(words[starts + place])
        block = self._block[: -len(_PADDING)]
        if not block.isascii() or any(odd in block for odd in _NOT_PLAIN):
            frames = zip(starts, ends, strict=True)
            good &= np.array([_is_plain(block[start:end]) for start, end in frames])
        return good

    def _grouped(self) -> Iterator[_Group]:
        letters = np.frombuffer(self._block, np.uint8)
        marks = (letters == ord("=")) | (letters == ord(";")) | (letters == ord(","))
        separators = np.flatnonzero(marks)
        first = np.searchsorted(separators, self._cp_starts)
        count = np.searchsorted(separators, self._ends - 2) - first
        numbers: dict[Layout, int] = {}
        layouts = [sender.layout for sender in self._found.senders]
        which = np.array([numbers.setdefault(layout, len(numbers)) for layout in layouts])
        for layout, number in numbers.items():
            frames = np.flatnonzero((which == number) & (count == layout.separators))
            if len(frames) >= SMALLEST_GROUP:
                places = separators[first[frames][:, None] + np.arange(layout.separators)]
                spans = Spans(places, self._cp_starts[frames], self._ends[frames] - 2)
                yield _Group(layout, frames, spans, layout.matches(self._words, spans))

    def accepted(self) -> Flags:
        """Which candidates are good frames beyond doubt; a lower-case CRC, say, is not decided here."""
        good = np.zeros(len(self._ends), dtype=np.bool_)
        for group in self._groups:
            good[group.frames] = group.same
        return good & self._sound

    def follows(self) -> Flags:
        """Which candidates stand right behind the one before, a line end between; never the first."""
        follows = np.zeros(len(self._ends), dtype=np.bool_)
        behind = self._ends[:-1] + 4
        line_end = self._words[behind] & MASKS[2] == _LINE_END
        follows[1:] = self._starts[1:] == behind + 2 * line_end
        return follows

    def qns(self, first: int, last: int) -> list[str]:
        """The QNs of the frames ``first`` to ``last - 1``."""
        low = self._found.starts[0]
        text = self._block.decode("latin-1")
        return [text[at - low + 9 : at - low + 26] for at in self._found.starts[first:last]]

    def parts(self, rows: Integers, offset: int) -> Iterator[Part]:
        """The values of the frames that got a row (not -1)."""
        offsets = np.array(self._found.starts) + offset
        for group in self._groups:
            chosen = np.flatnonzero(group.same & (rows[group.frames] >= 0))
            if len(chosen):
                frames = group.frames[chosen]
                yield group.layout.read(
                    self._block, self._words, group.spans, chosen, rows[frames], offsets[frames]
                )

    def learn_again(self, senders: Senders) -> None:
        """Whoever sends another layout now shall be known by that."""
        grouped = {id(group.layout) for group in self._groups}
        good = self.accepted()
        again: set[int] = set()
        for k in np.flatnonzero(self._sound & ~good):
            sender = self._found.senders[k]
            if id(sender) not in again and (id(sender.layout) in grouped or not grouped):
                again.add(id(sender))
                found = self._found
                senders.learn(self._data, found.starts[k], found.cp_starts[k], found.ends[k])


def _is_plain(frame: bytes) -> bool:
    return frame.isascii() and not any(odd in frame for odd in _NOT_PLAIN)
