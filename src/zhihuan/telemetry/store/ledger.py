"""Where the roots of seals are kept apart from the frames they seal.

A root beside its frames proves little: who can change one can change the other. So roots go to a
ledger elsewhere: the relational side (through ``SealLedger``), or a file on another disk, chained
so that a changed line shows.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from zhihuan.telemetry.digest import sm3
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
    """A text file, one JSON object a line, each carrying the SM3 of the line before it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def record(self, seals: Sequence[Seal]) -> None:
        """See ``SealLedger.record``. Raises ``StoreCorrupt`` when the chain is broken."""
        known, previous = set(), ""
        for seal, digest in self._lines():
            known.add((seal.mn, seal.day))
            previous = digest
        with self._path.open("ab") as file:
            for seal in seals:
                if (seal.mn, seal.day) not in known:
                    line = _line(seal, previous)
                    file.write(line + b"\n")
                    previous = sm3(line).hex()
            file.flush()
            os.fsync(file.fileno())

    def roots(self, day: int) -> Mapping[str, Seal]:
        """See ``SealLedger.roots``. Raises ``StoreCorrupt`` naming the first broken line."""
        return {seal.mn: seal for seal, _ in self._lines() if seal.day == day}

    def _lines(self) -> Iterator[tuple[Seal, str]]:
        """Each seal with the digest of its line."""
        if not self._path.exists():
            return
        previous = ""
        with self._path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                seal, said = self._read(number, line)
                if said != previous:
                    raise StoreCorrupt(
                        f"{self._path}, line {number}: does not follow the line before it; "
                        "one of the two was changed, removed or added"
                    )
                previous = sm3(line.rstrip(b"\n")).hex()
                yield seal, previous

    def _read(self, number: int, line: bytes) -> tuple[Seal, str]:
        try:
            entry = json.loads(line)
            root = bytes.fromhex(entry["root"])
            seal = Seal(entry["mn"], entry["day"], root, entry["frames"], entry["sealed"])
            return seal, entry["previous"]
        except (ValueError, KeyError, TypeError) as error:
            raise StoreCorrupt(f"{self._path}, line {number}: is no seal ({error})") from error


def _line(seal: Seal, previous: str) -> bytes:
    entry = {
        "mn": seal.mn,
        "day": seal.day,
        "root": seal.root.hex(),
        "frames": seal.frames,
        "sealed": seal.sealed,
        "previous": previous,
    }
    return json.dumps(entry, ensure_ascii=False).encode()
