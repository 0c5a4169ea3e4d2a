"""Frames that look ordinary, found by hopping from length field to length field.

Here only what must be done frame by frame: following the length fields, and knowing each head
again. Nothing is accepted; what cannot be read in bulk is simply not listed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhihuan.hj212.batch.columns import ColumnNames
from zhihuan.hj212.batch.layout import Layout, layout_of, spans_of
from zhihuan.hj212.decoder import decode_frame
from zhihuan.hj212.head import Head, looks_like_qn
from zhihuan.hj212.message import Message
from zhihuan.hj212.profile import DeviceProfile

__all__ = ["Candidates", "Sender", "Senders", "find_candidates"]

CP_OPEN = b"CP=&&"
BLOCK_FRAMES = 512
"""Frames read together: enough to share the cost of an array operation, few enough for the cache."""
AFTER_QN = len("##0123QN=YYYYMMDDhhmmssZZZ")


@dataclass(slots=True)
class Sender:
    """What one head's frames look like: a device sends one layout per command, mostly."""

    head: Head
    layout: Layout


class Senders:
    """Heads and their layouts, learned through the per-frame decoder. Bounded."""

    def __init__(self, profile: DeviceProfile, names: ColumnNames, *, limit: int = 16384) -> None:
        self._profile = profile
        self._names = names
        self._limit = limit
        self._layouts: dict[tuple[bytes, ...], Layout | None] = {}
        self._known: dict[bytes, Sender | None] = {}

    def of(self, data: bytes, frames: Sequence[tuple[int, int, int]]) -> list[Sender | None]:
        """Who sent each frame (start, start of CP, end); None: its frames are not for bulk."""
        known = self._known
        rests = [data[at + AFTER_QN : cp_start] for at, cp_start, _ in frames]
        senders = list(map(known.get, rests))
        if None in senders:
            for k, (rest, frame) in enumerate(zip(rests, frames, strict=True)):
                senders[k] = known[rest] if rest in known else self.learn(data, *frame)
        return senders

    def learn(self, data: bytes, at: int, cp_start: int, end: int) -> Sender | None:
        """Read a frame by itself, and remember its head and its layout."""
        raw = data[at : end + 4]
        message = decode_frame(raw, self._profile)
        sender = None
        if isinstance(message, Message) and message.raw == raw and looks_like_qn(message.qn):
            layout = self._layout(message, data[cp_start : end - 2])
            sender = None if layout is None else Sender(message.head, layout)
        if len(self._known) >= self._limit:
            self._known.clear()
            self._layouts.clear()
        self._known[data[at + AFTER_QN : cp_start]] = sender
        return sender

    def _layout(self, message: Message, cp: bytes) -> Layout | None:
        """One object for all frames alike, so that they are read together."""
        spans = spans_of(cp)
        if spans not in self._layouts:
            self._layouts[spans] = layout_of(message.shape, cp, self._names)
        return self._layouts[spans]


@dataclass(slots=True)
class Candidates:
    """Frames that may be ordinary: lists of equal length, positions in the data.

    starts: of ``##``. cp_starts: behind ``CP=&&``. ends: of the segments; the CRC follows.
    """

    starts: list[int]
    cp_starts: list[int]
    ends: list[int]
    senders: list[Sender]


def find_candidates(data: bytes, position: int, senders: Senders) -> Candidates | None:
    """The frames of the next stretch that may be ordinary; None if there are no more."""
    while bounds := _next_frames(data, position):
        position = bounds[-1][1] + 4
        find = data.find
        cp_starts = [find(CP_OPEN, at, end) + len(CP_OPEN) for at, end in bounds]
        frames = [
            (at, cp_start, end)
            for (at, end), cp_start in zip(bounds, cp_starts, strict=True)
            if cp_start > at
        ]
        pairs = zip(frames, senders.of(data, frames), strict=True)
        known = [(*frame, sender) for frame, sender in pairs if sender is not None]
        if known:
            return Candidates(*map(list, zip(*known, strict=True)))
    return None


def _next_frames(data: bytes, position: int) -> list[tuple[int, int]]:
    """Start and end of the frames of a stretch, by their length fields; [] at the end of data."""
    size = len(data)
    find = data.find
    bounds: list[tuple[int, int]] = []
    while len(bounds) < BLOCK_FRAMES and (at := find(b"##", position)) >= 0:
        digits = data[at + 2 : at + 6]
        if len(digits) < 4 or not digits.isdigit():
            position = at + 1
            continue
        end = at + 6 + int(digits)
        if end + 4 > size:
            break
        position = end + 4
        bounds.append((at, end))
    return bounds
