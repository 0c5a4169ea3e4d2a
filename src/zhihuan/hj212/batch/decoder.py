"""The batch decoder: chunks of a stream in, columns out.

It lists what looks ordinary, checks lengths, CRCs and layouts of some thousand frames with array
operations, and reads their values likewise. Everything else, from a lower-case CRC to line noise,
goes through a per-frame ``Decoder``, from the end of the last ordinary frame until that decoder
holds nothing back. A decoder that holds nothing is as good as new, so what comes out is what one
``Decoder`` over the whole stream would have said.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from zhihuan.hj212.batch.block import Block
from zhihuan.hj212.batch.candidates import Candidates, Senders, find_candidates
from zhihuan.hj212.batch.columns import Collected, ColumnNames, FrameBatch
from zhihuan.hj212.batch.numerals import Integers
from zhihuan.hj212.crc import CrcDialect
from zhihuan.hj212.decoder import Decoder
from zhihuan.hj212.errors import DecodeError
from zhihuan.hj212.message import Message
from zhihuan.hj212.profile import FIELD, DeviceProfile

__all__ = ["BatchDecoder", "decode_batch"]

BLANKS = b"\r\n \t\0"
KEPT = 65536
"""Bytes without an ordinary frame that may wait for the next chunk."""


class BatchDecoder:
    """Reads one stream. ``feed`` chunks, each of some megabytes at best, then ``close``."""

    def __init__(self, profile: DeviceProfile = FIELD) -> None:
        self._profile = profile
        self._names = ColumnNames()
        self._senders = Senders(profile, self._names)
        self._in_bulk = (
            profile.crc is CrcDialect.HJ212 and profile.lenient and not profile.lenient_length
        )
        self._data = b""
        self._offset = 0  # of data[0] in the stream
        self._slow: Decoder | None = None  # a per-frame decoder that holds bytes back
        self._slow_offset = 0  # of its first byte in the stream

    def feed(self, chunk: bytes) -> FrameBatch:
        """All frames the chunk completes."""
        out = Collected(self._names)
        self._take(out, chunk)
        return out.batch()

    def close(self) -> FrameBatch:
        """The stream has ended: what is left."""
        out = Collected(self._names)
        self._finish(out)
        return out.batch()

    def read(self, data: bytes) -> FrameBatch:
        """``feed`` and ``close`` in one."""
        out = Collected(self._names)
        self._take(out, data)
        self._finish(out)
        return out.batch()

    def _take(self, out: Collected, chunk: bytes) -> None:
        self._data += chunk
        position = self._ordinary(out) if self._in_bulk else 0
        if len(self._data) - position > KEPT:  # no frame in sight: the per-frame decoder bounds it
            self._slowly(out, position, len(self._data))
            position = len(self._data)
        self._data = self._data[position:]
        self._offset += position

    def _finish(self, out: Collected) -> None:
        self._slowly(out, 0, len(self._data))
        if self._slow is not None:
            self._collect(out, self._slow.close())
            self._slow = None
        self._offset += len(self._data)
        self._data = b""

    def _ordinary(self, out: Collected) -> int:
        """Read what can be read in bulk, and what stands between; the position reached."""
        position = 0
        while (found := find_candidates(self._data, position, self._senders)) is not None:
            block = Block(self._data, found)
            rows = self._merge(out, found, block, position)
            out.parts += block.parts(rows, self._offset)
            block.learn_again(self._senders)
            position = found.ends[-1] + 4
        return position

    def _merge(self, out: Collected, found: Candidates, block: Block, position: int) -> Integers:
        """Each accepted frame's row in stream order, -1 for the others.

        What stands between accepted frames, and what is not accepted, is read slowly.
        """
        good = block.accepted()
        breaks = np.flatnonzero(~(good & block.follows())).tolist()
        rows = np.full(len(good), -1)
        done = 0
        for stop in (*breaks, len(good)):
            while done < stop and self._slow is not None:
                self._slowly(out, found.ends[done - 1] + 4, found.ends[done] + 4)
                done += 1
            if done < stop:
                rows[done:stop] = self._add(out, found, block, done, stop)
            if stop < len(good):
                self._slowly(
                    out, found.ends[stop - 1] + 4 if stop else position, found.starts[stop]
                )
                if good[stop] and self._slow is None:
                    rows[stop : stop + 1] = self._add(out, found, block, stop, stop + 1)
                else:
                    self._slowly(out, found.starts[stop], found.ends[stop] + 4)
            done = stop + 1
        return rows

    def _add(
        self, out: Collected, found: Candidates, block: Block, first: int, last: int
    ) -> Integers:
        """Accept the candidates ``first`` to ``last - 1``; their rows."""
        row = len(out.raws)
        bounds = zip(found.starts[first:last], found.ends[first:last], strict=True)
        out.raws += [self._data[start : end + 4] for start, end in bounds]
        out.heads += [sender.head for sender in found.senders[first:last]]
        out.qns += block.qns(first, last)
        return np.arange(row, len(out.raws))

    def _slowly(self, out: Collected, start: int, end: int) -> None:
        """Give bytes to a per-frame decoder, which stays until it holds nothing back."""
        if self._slow is None and not self._data[start:end].strip(BLANKS):
            return
        if self._slow is None:
            self._slow, self._slow_offset = Decoder(self._profile), self._offset + start
        self._collect(out, self._slow.feed(self._data[start:end]))
        if not self._slow.buffered:
            self._slow = None

    def _collect(self, out: Collected, events: Iterable[Message | DecodeError]) -> None:
        for event in events:
            out.add(event, self._slow_offset)


def decode_batch(data: bytes, profile: DeviceProfile = FIELD) -> FrameBatch:
    """All frames of a stream that is here as a whole."""
    return BatchDecoder(profile).read(data)
