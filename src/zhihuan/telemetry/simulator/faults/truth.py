"""The answer sheet: every fault that was injected, when, where and how, one JSON object a line.

A detector's bench compares what it found with this file. Refuses to summarise: counting is the
reader's.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TextIO

from zhihuan.telemetry.simulator.faults.data import DataFault

__all__ = ["TruthLog", "read_truth"]


@dataclass(slots=True)
class TruthLog:
    """Counts faults, and writes them to ``path`` when there is one. Times are epoch seconds UTC."""

    path: Path | None = None
    counts: Counter[str] = field(default_factory=Counter)
    _file: TextIO | None = None

    def declare(self, faults: Iterable[DataFault]) -> None:
        """Write down faults of the data; they are known before they happen."""
        for fault in faults:
            self.note(fault.kind, fault.mn, fault.start, layer="data", **_extent(fault))

    def note(self, kind: str, mn: str, time: float, *, layer: str = "wire", **more: Any) -> None:
        """Write down one fault; ``more`` holds whatever is needed to find it again."""
        self.counts[kind] += 1
        if self.path is None:
            return
        if self._file is None:
            self._file = self.path.open("a", encoding="utf-8", buffering=1)
        entry = {"layer": layer, "kind": str(kind), "mn": mn, "time": time, **more}
        self._file.write(json.dumps(entry, ensure_ascii=False) + "\n")

    def close(self) -> None:
        """Close the file; noting again opens it again."""
        if self._file is not None:
            self._file.close()
            self._file = None


def read_truth(path: Path) -> Iterator[dict[str, Any]]:
    """The entries of a log, in the order they were written."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _extent(fault: DataFault) -> dict[str, Any]:
    entry = asdict(fault)
    for known in ("kind", "mn"):
        del entry[known]
    return entry
