"""Faults of the wire: how a frame or a connection goes wrong on its way.

``WireFaults`` decides, from its own seed, which fault strikes which frame, damages the bytes and
writes it down. Faults of whole connections (idle, slow reader, storms) are only decided here; the
connection carries them out. Refuses to damage anything not written down in the truth log.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from zhihuan.telemetry.simulator.faults.truth import TruthLog

__all__ = ["EXPLAINED", "Delivery", "WireFaultKind", "WireFaults", "parse_rates"]


class WireFaultKind(StrEnum):
    """The kinds there are; ``EXPLAINED`` says what each does."""

    HALF_FRAME = "half_frame"
    BROKEN_PAUSE = "broken_pause"
    GLUE = "glue"
    BYTE_FLIP = "byte_flip"
    WRONG_LENGTH = "wrong_length"
    JUNK = "junk"
    LOST_ACK = "lost_ack"
    DUPLICATE_AFTER_RECONNECT = "duplicate_after_reconnect"
    ONE_BYTE_WRITES = "one_byte_writes"
    LOST_PART = "lost_part"
    OLD_DATA_TIME = "old_data_time"
    OUT_OF_ORDER = "out_of_order"
    SLOW_READER = "slow_reader"
    IDLE_WITHOUT_FIN = "idle_without_fin"
    RESET = "reset"
    TWIN_CONNECTION = "twin_connection"
    SHARED_CONNECTION = "shared_connection"


#: a rate is the chance for each data frame, or the part of the devices where it says so
EXPLAINED = {
    WireFaultKind.HALF_FRAME: "the rest never comes; the frame is sent again later",
    WireFaultKind.BROKEN_PAUSE: "the rest comes after a pause",
    WireFaultKind.GLUE: "held back and sent in one write with the next frame",
    WireFaultKind.BYTE_FLIP: "one byte of the segment is altered",
    WireFaultKind.WRONG_LENGTH: "the length field lies",
    WireFaultKind.JUNK: "noise before the frame",
    WireFaultKind.LOST_ACK: "the first answer is not seen: sent again with the same QN",
    WireFaultKind.DUPLICATE_AFTER_RECONNECT: "sent again on a new connection",
    WireFaultKind.ONE_BYTE_WRITES: "byte after byte",
    WireFaultKind.LOST_PART: "one part of a split report is never sent",
    WireFaultKind.OLD_DATA_TIME: "real-time values with a DataTime long past",
    WireFaultKind.OUT_OF_ORDER: "withheld, sent after later ones",
    WireFaultKind.SLOW_READER: "answers are not read for a while",
    WireFaultKind.IDLE_WITHOUT_FIN: "falls silent, connection left open, a new one is made",
    WireFaultKind.RESET: "the connection is torn down",
    WireFaultKind.TWIN_CONNECTION: "[part of devices] a second connection with the same MN",
    WireFaultKind.SHARED_CONNECTION: "[part of devices] several MNs on one connection",
}
_CONNECTION_FAULTS = (
    WireFaultKind.SLOW_READER,
    WireFaultKind.IDLE_WITHOUT_FIN,
    WireFaultKind.RESET,
)
_BYTES_FAULTS = (
    WireFaultKind.HALF_FRAME,
    WireFaultKind.BROKEN_PAUSE,
    WireFaultKind.GLUE,
    WireFaultKind.BYTE_FLIP,
    WireFaultKind.WRONG_LENGTH,
    WireFaultKind.JUNK,
    WireFaultKind.ONE_BYTE_WRITES,
)
_PAUSE_SECONDS = 0.3
_JUNK = (b"\x00\xff\xfe", b"##", b"##12", b"GET / HTTP/1.1\r\n\r\n", b"\r\n##9999", b"&&ZZZZ\r\n")


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a frame travels: pieces in order, each after a pause in real seconds. hold: keep it back
    and send it in front of the next one. complete: False when the host cannot read it."""

    pieces: tuple[tuple[float, bytes], ...]
    hold: bool = False
    complete: bool = True


class WireFaults:
    """Strikes frames at the given rates. One object serves one device, in its own random order."""

    def __init__(self, rates: Mapping[str, float], seed: int, truth: TruthLog, mn: str) -> None:
        self._rates = {WireFaultKind(kind): rate for kind, rate in rates.items()}
        self._random = random.Random(seed)  # noqa: S311 - reproducible on purpose
        self._truth = truth
        self._mn = mn

    @property
    def none(self) -> bool:
        """True when no fault can ever strike, so nothing need be asked."""
        return not any(self._rates.values())

    def strikes(self, kind: WireFaultKind, now: float, **more: Any) -> bool:
        """Whether this fault of a report or connection strikes now; if so it is written down."""
        rate = self._rates.get(kind, 0.0)
        if not rate or self._random.random() >= rate:
            return False
        self._truth.note(kind, self._mn, now, **more)
        return True

    def connection_fault(self, now: float) -> WireFaultKind | None:
        """The fault of the whole connection that strikes now, if any."""
        for kind in _CONNECTION_FAULTS:
            if self.strikes(kind, now):
                return kind
        return None

    def deliver(self, frame: bytes, qn: str, now: float) -> Delivery:
        """How this frame travels. Every fault that strikes is written down with the frame's QN."""
        for kind in _BYTES_FAULTS:
            if self.strikes(kind, now, qn=qn):
                return self._damaged(kind, frame)
        return Delivery(((0.0, frame),))

    def pick(self, count: int) -> int:
        """A random index below ``count``."""
        return self._random.randrange(count)

    def _damaged(self, kind: WireFaultKind, frame: bytes) -> Delivery:
        cut = self._random.randrange(7, len(frame) - 6)
        whole: dict[WireFaultKind, Delivery] = {
            WireFaultKind.HALF_FRAME: Delivery(((0.0, frame[:cut]),), complete=False),
            WireFaultKind.BROKEN_PAUSE: Delivery(
                ((0.0, frame[:cut]), (_PAUSE_SECONDS, frame[cut:]))
            ),
            WireFaultKind.GLUE: Delivery(((0.0, frame),), hold=True),
            WireFaultKind.BYTE_FLIP: Delivery(((0.0, self._flipped(frame, cut)),), complete=False),
            WireFaultKind.WRONG_LENGTH: Delivery(((0.0, self._lying(frame)),), complete=False),
            WireFaultKind.JUNK: Delivery(((0.0, self._random.choice(_JUNK) + frame),)),
            WireFaultKind.ONE_BYTE_WRITES: Delivery(
                tuple((0.0, frame[i : i + 1]) for i in range(len(frame)))
            ),
        }
        return whole[kind]

    def _flipped(self, frame: bytes, cut: int) -> bytes:
        bit = 1 << self._random.randrange(8)
        return frame[:cut] + bytes([frame[cut] ^ bit]) + frame[cut + 1 :]

    def _lying(self, frame: bytes) -> bytes:
        length = int(frame[2:6])
        wrong = (length + self._random.choice((-40, -7, 5, 90, 400))) % 10_000
        return b"##%04d" % wrong + frame[6:]


def parse_rates(texts: tuple[str, ...]) -> dict[str, float]:
    """``kind=rate`` texts as a mapping; ValueError names what is wrong and what is possible."""
    rates: dict[str, float] = {}
    for text in texts:
        kind, _, rate = text.partition("=")
        if kind not in set(WireFaultKind):
            raise ValueError(f"no wire fault {kind!r}; there are {', '.join(WireFaultKind)}")
        try:
            rates[kind] = float(rate or "0.01")
        except ValueError:
            raise ValueError(f"{text!r}: the rate after = must be a number such as 0.01") from None
        if not 0.0 <= rates[kind] <= 1.0:
            raise ValueError(f"{text!r}: the rate must lie between 0 and 1")
    return rates
