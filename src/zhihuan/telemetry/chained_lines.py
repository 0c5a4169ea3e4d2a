"""A text file of JSON objects, one a line, each carrying the SM3 of the line before it.

A changed, removed or added line shows, so such a file can be kept where others may write. Refuses
to append to a file whose chain is broken. What a line holds is its user's business.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from zhihuan.telemetry.digest import sm3

__all__ = ["BrokenLineError", "ChainedLines"]

_PREVIOUS = "previous"


class BrokenLineError(ValueError):
    """A line that is no object, or does not follow the one before it. Says file and line."""


class ChainedLines:
    """The objects of ``path``; an absent file has none."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        """In order, without the chain's own key. Raises BrokenLineError at the first fault."""
        for entry, _ in self._lines():
            yield entry

    def append(self, entries: Iterable[Mapping[str, Any]]) -> None:
        """Write and sync."""
        previous = ""
        for _, digest in self._lines():
            previous = digest
        with self._path.open("ab") as file:
            for entry in entries:
                line = json.dumps({**entry, _PREVIOUS: previous}, ensure_ascii=False).encode()
                file.write(line + b"\n")
                previous = sm3(line).hex()
            file.flush()
            os.fsync(file.fileno())

    def told(self, number: int, words: str) -> BrokenLineError:
        """An error about line ``number``, counted from 1."""
        return BrokenLineError(f"{self._path}, line {number}: {words}")

    def _lines(self) -> Iterator[tuple[dict[str, Any], str]]:
        """Each object with the digest of its line."""
        if not self._path.exists():
            return
        previous = ""
        with self._path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                entry = self._object(number, line)
                if entry.pop(_PREVIOUS) != previous:
                    raise self.told(
                        number,
                        "does not follow the line before it; one of the two was changed, removed or "
                        "added",
                    )
                previous = sm3(line.rstrip(b"\n")).hex()
                yield entry, previous

    def _object(self, number: int, line: bytes) -> dict[str, Any]:
        try:
            entry = json.loads(line)
        except ValueError as error:
            raise self.told(number, f"is no JSON ({error})") from error
        if not isinstance(entry, dict):
            raise self.told(number, "is no object")
        if _PREVIOUS not in entry:
            raise self.told(number, "carries no link to the line before")
        return entry
