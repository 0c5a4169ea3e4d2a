"""A file that comes in portions, over a network that breaks: ``vault/arriving/<account>-<sha256>``.

How much there is already is the length of the file on the disk and nothing else; a portion that comes
twice, overlaps or comes too early changes nothing that is there. It refuses to know what a file means.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

__all__ = ["Arriving", "sweep_arriving"]

_CHUNK = 2**20


class Arriving:
    """One file under way. Any number of processes may use it at once."""

    def __init__(self, folder: Path, key: str, sha256: str, size_bytes: int) -> None:
        self._path = folder / "arriving" / f"{key}-{sha256}"
        self._sha256, self._size = sha256, size_bytes

    @property
    def received_bytes(self) -> int:
        """How much there is of it [bytes]."""
        with suppress(FileNotFoundError):
            return self._path.stat().st_size
        return 0

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """The file, for one at a time; made when there is none yet."""
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        while True:
            with self._path.open("a+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                if _is_still(self._path, file):
                    yield file
                    return

    def add(self, file: IO[bytes], offset: int, portion: bytes) -> int:
        """Append what is new in a portion that begins at ``offset``; how much there is then [bytes]. Too
        early a portion, or bytes beyond the size told, are left out."""
        there = file.seek(0, os.SEEK_END)
        new = portion[there - offset : self._size - offset] if offset <= there else b""
        if new:
            file.write(new)
            file.flush()
            os.fsync(file.fileno())
        return there + len(new)

    def is_whole(self, file: IO[bytes]) -> bool:
        """Whether all of it is there."""
        return file.seek(0, os.SEEK_END) >= self._size

    def is_sound(self, file: IO[bytes]) -> bool:
        """Whether it is what the phone said it would be."""
        file.seek(0)
        digest = hashlib.sha256()
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
        return digest.hexdigest() == self._sha256

    def forget(self) -> None:
        """It is in the vault, or was broken: begin anew."""
        self._path.unlink(missing_ok=True)


def sweep_arriving(folder: Path, grace_seconds: float) -> int:
    """Delete what nobody went on with for so long; how many. A phone still has its file, and begins anew."""
    arriving = folder / "arriving"
    old = [path for path in arriving.glob("*") if _age_seconds(path) > grace_seconds]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _age_seconds(path: Path) -> float:
    with suppress(FileNotFoundError):
        return time.time() - path.stat().st_mtime
    return 0.0


def _is_still(path: Path, file: IO[bytes]) -> bool:
    """Whether the locked file is still the one of that name: whoever held it before may have finished it."""
    with suppress(FileNotFoundError):
        return path.stat().st_ino == os.fstat(file.fileno()).st_ino
    return False
