"""Where the roots of seals are kept apart from the frames they seal.

A root beside its frames proves little: who can change one can change the other. So roots go to a
ledger elsewhere: the relational side (through ``SealLedger``), or a file on another disk, chained
so that a changed line shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from zhihuan.telemetry.chained_lines import BrokenLineError, ChainedLines
from zhihuan.telemetry.store.errors import StoreCorrupt

__all__ = ["FileLedger", "Seal", "SealLedger"]


@dataclass(frozen=True, slots=True)
class Seal:
    """The seal of one device's day. day: Beijing calendar day as yyyymmdd. root: 32 bytes.
    frames: how many it covers. sealed: epoch ms."""

    mn: str
    day: int
    root: bytes
    frames: int
    sealed: int


class SealLedger(Protocol):
    """Keeps seals. Never changes one once recorded."""

    def record(self, seals: Sequence[Seal]) -> None:
        """Keep them durably; a (mn, day) that is already there stays as it is."""
        ...

    def roots(self, day: int) -> Mapping[str, Seal]:
        """All seals of a day, by device."""
        ...


class FileLedger:
    """Seals as ``ChainedLines``."""

    def __init__(self, path: Path) -> None:
        self._lines = ChainedLines(path)

    def record(self, seals: Sequence[Seal]) -> None:
        """See ``SealLedger.record``. Raises ``StoreCorrupt`` when the chain is broken."""
        known = {(seal.mn, seal.day) for seal in self._seals()}
        new = [seal for seal in seals if (seal.mn, seal.day) not in known]
        self._lines.append({**asdict(seal), "root": seal.root.hex()} for seal in new)

    def roots(self, day: int) -> Mapping[str, Seal]:
        """See ``SealLedger.roots``. Raises ``StoreCorrupt`` naming the first broken line."""
        return {seal.mn: seal for seal in self._seals() if seal.day == day}

    def _seals(self) -> Iterator[Seal]:
        try:
            for number, entry in enumerate(self._lines, start=1):
                yield self._seal(number, entry)
        except BrokenLineError as error:
            raise StoreCorrupt(str(error)) from error

    def _seal(self, number: int, entry: Mapping[str, Any]) -> Seal:
        try:
            return Seal(**{**entry, "root": bytes.fromhex(entry["root"])})
        except (ValueError, KeyError, TypeError) as error:
            raise self._lines.told(number, f"is no seal ({error})") from error
