"""What was acknowledged: the device's side of the promise that nothing acknowledged is lost.

One line for each frame the host acknowledged: time, MN, QN, CN, DataTime, and the frame's first 8
bytes of SM3 as the store keeps them (without the line end). Written as soon as the acknowledgement is read and before
anything else happens, so a crash test can compare it with the store. Refuses to buffer.
"""

from __future__ import annotations

import csv
import time
from collections import Counter, deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from zhihuan.telemetry.digest import frame_id, sm3

__all__ = ["AckedFrame", "FrameLedger", "percentile", "read_ledger"]

COLUMNS = ("acked_ms", "mn", "qn", "cn", "data_time", "frame_id")


@dataclass(frozen=True, slots=True)
class AckedFrame:
    """A line of the ledger. acked_ms: epoch milliseconds of this machine; data_time: 14 digits of
    Beijing time as sent, "" when the frame has none."""

    acked_ms: int
    mn: str
    qn: str
    cn: str
    data_time: str
    frame_id: int


@dataclass(slots=True)
class FrameLedger:
    """Counts what happens to frames and, when given a path, keeps the acknowledged ones."""

    path: Path | None = None
    counts: Counter[str] = field(default_factory=Counter)
    ack_seconds: deque[float] = field(default_factory=lambda: deque(maxlen=100_000))
    _file: TextIO | None = None

    def acked(self, mn: str, qn: str, cn: str, data_time: str, frame: bytes) -> None:
        """Keep one acknowledged frame."""
        self.counts["acked"] += 1
        if self.path is None:
            return
        if self._file is None:
            self._file = self.path.open("a", encoding="utf-8", buffering=1)
        moment = int(time.time() * 1000)
        self._file.write(f"{moment},{mn},{qn},{cn},{data_time},{frame_id(sm3(frame.rstrip()))}\n")

    def took(self, seconds: float) -> None:
        """Note how long an acknowledgement took; the newest 100 000 are kept."""
        self.ack_seconds.append(seconds)

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None


def read_ledger(path: Path) -> Iterator[AckedFrame]:
    """The acknowledged frames, in the order of their acknowledgements."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            if len(row) == len(COLUMNS):  # a killed simulator may leave a torn last line
                yield AckedFrame(int(row[0]), row[1], row[2], row[3], row[4], int(row[5]))


def percentile(values: Collection[float], part: float) -> float:
    """The value below which ``part`` percent lie; 0 when there are none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part / 100))] if ordered else 0.0
