"""Files of a vault that no row names: of an upload under way, or of a process that was killed between the file
and its row. Named here; deleted only by who asks for it, and never before their time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from zhihuan.bureau.vault.store import Vault

__all__ = ["Named", "Orphan", "orphans", "remove_orphans"]

#: Those of some digests that rows name.
Named = Callable[[Sequence[str]], Collection[str]]


@dataclass(frozen=True, slots=True)
class Orphan:
    """size_bytes: [bytes]. written: when the file was last put, by the clock of the disk."""

    sha256: str
    size_bytes: int
    written: dt.datetime

    def __str__(self) -> str:
        return f"{self.sha256} ({self.size_bytes} bytes, of {self.written:%Y-%m-%d %H:%M} UTC)"


def orphans(vault: Vault, named: Named) -> Iterator[Orphan]:
    """Each, folder by folder; one that is deleted meanwhile is left out. Reads no content."""
    for sha256 in _unnamed(vault, named):
        try:
            found = vault.path_of(sha256).stat()
        except FileNotFoundError:
            continue
        yield Orphan(sha256, found.st_size, dt.datetime.fromtimestamp(found.st_mtime, dt.UTC))


def remove_orphans(vault: Vault, named: Named, grace_seconds: float) -> int:
    """Delete those older than the grace time [s]; how many. What a row came to name meanwhile stays."""
    return sum(
        vault.remove_if(sha256, lambda sha256=sha256: not named([sha256]), grace_seconds)
        for sha256 in _unnamed(vault, named)
    )


def _unnamed(vault: Vault, named: Named) -> Iterator[str]:
    for digests in vault.names():
        known = named(digests)
        yield from (each for each in digests if each not in known)
