"""Frames that look ordinary, found by hopping from length field to length field.

Here only what must be done frame by frame: following the length fields, and knowing each head
again. Nothing is accepted; what cannot be read in bulk is simply not listed.
"""

from __future__ import annotations

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

    def of(
        self, data: bytes, starts: list[int], cp_starts: list[int], ends: list[int]
    ) -> list[Sender | None]:
        """Who sent each frame; None: its frames are not for bulk."""
        bounds = zip(starts, cp_starts, strict=True)
        rests = [data[start + AFTER_QN : cp_start] for start, cp_start in bounds]
        senders = list(map(self._known.get, rests))
        if None in senders:
            for k, rest in enumerate(rests):
                if rest in self._known:
                    senders[k] = self._known[rest]
                else:
                    senders[k] = self.learn(data, starts[k], cp_starts[k], ends[k])
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
    find = data.find
    while (bounds := _next_frames(data, position))[0]:
        starts, ends = bounds
        position = ends[-1] + 4
        # where there is no CP=&& the rest of the head is empty, and nobody's
        cp_starts = [find(CP_OPEN, *pair) + 5 for pair in zip(starts, ends, strict=True)]
        found = senders.of(data, starts, cp_starts, ends)
        if None not in found:
            return Candidates(starts, cp_starts, ends, found)  # type: ignore[arg-type]  # just seen
        rows = zip(starts, cp_starts, ends, found, strict=True)
        known = [(*row, sender) for *row, sender in rows if sender is not None]
        if known:
            return Candidates(*map(list, zip(*known, strict=True)))
    return None


def _next_frames(data: bytes, position: int) -> tuple[list[int], list[int]]:
    """Starts and ends of the frames of a stretch, by their length fields; none at the end of data."""
    size, find = len(data), data.find
    starts: list[int] = []
    ends: list[int] = []
    while len(starts) < BLOCK_FRAMES and (at := find(b"##", position)) >= 0:
        digits = data[at + 2 : at + 6]
        if not digits.isdigit() or len(digits) < 4:
            position = at + 1
            continue
        end = at + 6 + int(digits)
        position = end + 4
        if position > size:
            break
        starts.append(at)
        ends.append(end)
    return starts, ends
