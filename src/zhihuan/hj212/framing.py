"""Where frames begin and end in a stream of bytes.

    ##  0101  QN=20160801085857223;…;CP=&&RtdInterval=30&&  1C80  CR LF
        length of the data segment in bytes                 CRC         (2017: 6.3.1, table 2)

Frames are found by their length field, never by a delimiter: encrypted CPs hold every byte, and
log texts hold ``&&``, ``##`` and line ends. But a length field may be damaged, or garbage may look
like one. So every ``##`` with a readable length is a *candidate*; a judge (the decoder) accepts or
refuses it, and a refused candidate costs two bytes: the search goes on right behind its ``##``,
because a damaged length must not swallow the good frames that follow.

Three rules keep that honest.

1. *Nothing is lost.* All bytes between accepted frames come out as the ``raw`` of an error, each
   byte once. (Only blanks, NUL and line ends that stand alone between frames are dropped.)
2. *Chunks do not matter.* Whatever the network cuts, the same events come out in the same order.
3. *Work and space are bounded.* A candidate is judged once, when its last byte is there; until then
   a chunk is only appended. No more than ``max_buffer`` bytes are held between two calls.

A *run* is a stretch of refused bytes that becomes one error. It ends where a frame is accepted; with
the line of a refused frame whose length is right; and at a candidate that begins behind the end the
run's first candidate claimed. Two broken frames in a row are two errors, a broken long frame with
noise inside is one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from zhihuan.hj212.errors import DecodeError, Reason, Refusal
from zhihuan.hj212.message import Message

__all__ = ["Framer", "Judge", "Verdict"]

Verdict = Message | Refusal | int
"""Accepted; refused; or: this candidate has that many bytes in all, ask again when they are here."""

Judge = Callable[[bytes, int, int, int], Verdict]
"""Called with the data, the positions of ``##`` and of the segment, and the segment's length.

A hostile stream makes a candidate of every few bytes, so it must be cheap: of the refusals of one
run only the first is ever explained."""

Explain = Callable[[Refusal, bytes, int], DecodeError]
"""Called once for a run: the refusal of its first candidate, its bytes and their offset."""

MARK = b"##"
BLANKS = b"\r\n \t\0"
LINE_END = b"\r\n"
_ODD_LENGTH = re.compile(rb"[0-9]{1,6}(?=[A-Za-z])")


class Framer:
    """Bytes in, what the judge accepted and errors out. Knows nothing of what a frame says.

    after_segment: bytes a candidate has behind its segment: the CRC, and CR LF where they matter.
    """

    def __init__(self, judge: Judge, explain: Explain, *, max_buffer: int) -> None:
        if max_buffer < 4096:
            raise ValueError("max_buffer below 4096 cannot hold two frames of the standard's size")
        self.after_segment = 4
        self.lenient_length = False
        self.max_segment = 9999
        self.offset = 0  # of data[0] in the stream
        self._judge = judge
        self._explain = explain
        # A run with a candidate waiting inside it is the most that is ever held: one half each. A
        # candidate and its line end never exceed a half, so cutting long runs changes no borders.
        self._half = max_buffer // 2
        self._data = b""
        self._fresh = bytearray()  # came after data, not looked at yet
        self._need = 1  # bytes of data and fresh together that make a look worth while
        self._start = 0  # of the run
        self._scan = 0  # where to look for the next ##
        self._waiting = False  # the candidate at scan is not complete
        self._refusal: Refusal | None = None  # of the run's first candidate
        self._claimed_end = 0  # of the run's first candidate

    @property
    def buffered(self) -> int:
        """Bytes held back because their frame or their run is not complete."""
        return len(self._data) - self._start + len(self._fresh)

    @property
    def incomplete(self) -> bool:
        """Whether a candidate, or the beginning of one, waits for more bytes."""
        return self._waiting or bool(self._fresh) or self._data.endswith(MARK[:1])

    @property
    def received(self) -> int:
        """Bytes received in all."""
        return self.offset + len(self._data) + len(self._fresh)

    def push(self, chunk: bytes) -> Iterator[Message | DecodeError]:
        """Take a chunk; the events it completes. Finish iterating before the next call."""
        if len(self._data) + len(self._fresh) + len(chunk) < self._need:
            self._fresh += chunk
            return iter(())
        self._data = self._data + self._fresh + chunk if self._data else bytes(chunk)
        self._fresh.clear()
        return self._look()

    def give_up(self, before: int, reason: Reason) -> Iterator[Message | DecodeError]:
        """No more bytes will come for what began before stream position ``before``."""
        self._data += self._fresh
        self._fresh.clear()
        yield from self._look()
        while self._waiting and self.offset + self._scan < before:
            refusal = _half_frame(reason, self._data, self._scan)
            self._refuse(self._scan, self._scan + 2, refusal)
            yield from self._look()
        end = self._scan if self._waiting else min(len(self._data), before - self.offset)
        if end > self._start:
            yield from self._end_run(end)
            self._scan = max(self._scan, end)
        self._drop_done()

    # --- one look at the data ---------------------------------------------------------------------

    def _look(self) -> Iterator[Message | DecodeError]:
        data, size = self._data, len(self._data)
        self._waiting = False
        while not self._waiting and (at := data.find(MARK, self._scan)) >= 0:
            digits = data[at + 2 : at + 6]
            if len(digits) == 4 and digits.isdigit() and not self.lenient_length:
                segment, length = at + 6, int(digits)
            elif (header := self._odd_header(at)) is not None:
                segment, length = header
            else:
                continue
            if at >= self._claimed_end and (at != self._start or self._refusal is not None):
                yield from self._end_run(at)
            end = segment + length + self.after_segment
            verdict: Verdict = end - at
            if end <= size and 0 <= length <= self.max_segment:
                verdict = self._judge(data, at, segment, length)
            if not isinstance(verdict, Message):
                self._not_accepted(at, end, length, verdict)
                continue
            if at != self._start:  # inside what a refused candidate claimed
                yield from self._end_run(at)
            self._start = self._scan = at + len(verdict.raw)
            if data[self._scan : self._scan + 2] == LINE_END:
                self._start = self._scan = self._scan + 2
            yield verdict
        if not self._waiting and self._start != size:
            yield from self._no_mark(size)
        self._drop_done()

    def _drop_done(self) -> None:
        done = self._start
        self.offset += done
        self._start = 0
        if done == len(self._data):
            self._data = b""
            self._scan = self._claimed_end = 0
            self._need = 1
        elif done:
            self._data = self._data[done:]
            self._scan -= done
            self._need -= done
            self._claimed_end -= done

    def _out_of_bounds(self, length: int, size: int) -> Refusal | None:
        """Why a candidate of ``size`` bytes is not worth waiting for; None if it is."""
        if length < 0:
            detail = (
                "the length field is not four digits (table 2). If the device always sends it so, "
                "allow lenient_length in its profile"
            )
            return Refusal(Reason.BAD_LENGTH, detail, length_ok=False)
        if length > self.max_segment:
            detail = f"the length field says {length}; this device may send {self.max_segment}"
            return Refusal(Reason.OVERSIZE, detail, length_ok=False)
        if size > self._half - len(LINE_END):
            detail = f"a frame of {size} bytes is too long for this decoder's buffer"
            return Refusal(Reason.OVERSIZE, detail, length_ok=False)
        return None

    def _odd_header(self, at: int) -> tuple[int, int] | None:
        """Position and length of the segment behind an unusual head; -1: no length to trust.

        None if it is no head, and the search goes on, or if it is not all there yet.
        """
        size = 9 if self.lenient_length else 6
        digits = self._data[at + 2 : at + size]
        if at + size > len(self._data) and (not digits or digits.isdigit()):
            self._wait(at, len(self._data) + 1)
            return None
        found = _ODD_LENGTH.match(digits)
        if found is None:
            self._scan = at + 1
            return None
        start = at + 2 + found.end()
        return start, int(found[0]) if self.lenient_length and found.end() > 1 else -1

    # --- what becomes of a candidate --------------------------------------------------------------

    def _not_accepted(self, at: int, end: int, length: int, verdict: Refusal | int) -> None:
        if isinstance(verdict, Refusal):
            self._refuse(at, end, verdict)
        elif (refusal := self._out_of_bounds(length, verdict)) is not None:
            self._refuse(at, at, refusal)
        else:
            self._wait(at, at + verdict)

    def _wait(self, at: int, size: int) -> None:
        self._scan = at
        self._need = size
        self._waiting = True

    def _refuse(self, at: int, claimed_end: int, refusal: Refusal) -> None:
        self._scan = at + len(MARK)
        if self._refusal is None:
            self._refusal = refusal
            self._claimed_end = at + refusal.size if refusal.size else claimed_end

    def _no_mark(self, size: int) -> Iterator[DecodeError]:
        """No further ``##``. Blanks between frames are dropped; endless junk comes out in pieces."""
        self._scan = max(self._scan, size - self._data.endswith(MARK[:1]))
        if 0 < self._line_end() <= self._scan:
            yield from self._end_run(self._line_end())
        if self._refusal is None:
            self._start += _leading_blanks(self._data[self._start : self._scan])
        junk = self._scan - self._start
        if junk >= self._half:
            yield from self._end_run(self._scan - junk % self._half)
            self._refusal = _CONTINUED
        self._need = size + 1

    def _line_end(self) -> int:
        """Where the line of a refused frame ends whose length is right; 0 if that is not so."""
        if self._refusal is None or not self._refusal.size:
            return 0
        end = self._claimed_end
        if self._data[end : end + 1] == LINE_END[1:]:
            return end + 1
        return end + 2 if self._data[end : end + 2] == LINE_END else 0

    def _end_run(self, end: int) -> Iterator[DecodeError]:
        """The bytes up to ``end`` as an error; a refused frame with its line end as one of its own."""
        if 0 < self._line_end() < end:
            yield from self._end_run(self._line_end())
        raw, refusal = self._data[self._start : end], self._refusal
        if refusal is None:
            raw = raw[_leading_blanks(raw) :]
            refusal = Refusal(Reason.JUNK, "no frame begins in these bytes", None)
        self._start = end
        self._refusal = None
        self._claimed_end = 0
        offset = self.offset + end - len(raw)
        for start in range(0, len(raw), self._half):
            yield self._explain(refusal, raw[start : start + self._half], offset + start)
            refusal = _CONTINUED


_CONTINUED = Refusal(Reason.JUNK, "these bytes continue the error before", None)


def _leading_blanks(data: bytes) -> int:
    return len(data) - len(data.lstrip(BLANKS))


def _half_frame(reason: Reason, data: bytes, at: int) -> Refusal:
    """Why the candidate at ``at`` never became complete."""
    digits, came = data[at + 2 : at + 6], len(data) - at
    if len(digits) < 4 or not digits.isdigit():
        return Refusal(reason, f"only {came} bytes of a frame's head came", None)
    detail = f"the length field says {int(digits)}, but only {came - 6} bytes followed"
    return Refusal(reason, detail, length_ok=False)
