"""Files in a folder, each under the SHA-256 of its content. Any machine's ``sha256sum`` can check them.

    vault/files/ab/ab12…      read-only, written once
    vault/incoming/…          being written; left behind by whatever was killed
    vault/aside/…             was found altered when the same content came again

The order of ``put``: written under another name, synced, renamed, folder synced. Only then does the
caller write its row. So a crash leaves at most a file that no row names; ``remove_if`` takes such
files away once they are old enough. It refuses to know what a file means.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import re
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

__all__ = ["Digests", "MissingFileError", "Vault", "digests_of"]

_CHUNK = 2**20
_NAME = re.compile(r"[0-9a-f]{64}")


class MissingFileError(LookupError):
    """The vault has no file of that digest, although somebody says so."""


@dataclass(frozen=True, slots=True)
class Digests:
    """What a content is known by. sha256, sm3: hexadecimal, lower case."""

    sha256: str
    sm3: str
    size_bytes: int


def digests_of(source: IO[bytes], into: IO[bytes] | None = None) -> Digests:
    """Read ``source`` to its end; what was read also goes ``into`` a file, when given."""
    sha256, sm3, size = hashlib.sha256(), hashlib.new("sm3"), 0
    while chunk := source.read(_CHUNK):
        sha256.update(chunk)
        sm3.update(chunk)
        size += len(chunk)
        if into is not None:
            into.write(chunk)
    return Digests(sha256.hexdigest(), sm3.hexdigest(), size)


class Vault:
    """The files below ``folder``. Any number of processes may use it at once; on several machines it
    must be one shared folder that knows ``flock``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = folder / "files"
        self._incoming = folder / "incoming"

    @property
    def folder(self) -> Path:
        return self._folder

    def path_of(self, sha256: str) -> Path:
        """Where that content lies, or would."""
        if not _NAME.fullmatch(sha256):
            raise ValueError(f"{sha256!r} is no SHA-256")
        return self._files / sha256[:2] / sha256

    def put(self, source: IO[bytes]) -> Digests:
        """Keep what is read from ``source``, from where it stands; on the disk when this returns."""
        self._incoming.mkdir(parents=True, exist_ok=True, mode=0o700)
        coming = self._incoming / secrets.token_hex(16)
        try:
            digests = _write_synced(source, coming)
            with self._locked(fcntl.LOCK_SH):
                self._settle(coming, digests)
        finally:
            coming.unlink(missing_ok=True)
        return digests

    def open(self, sha256: str) -> IO[bytes]:
        """The content, to be read and closed. Raises MissingFileError."""
        try:
            return self.path_of(sha256).open("rb")
        except FileNotFoundError as error:
            raise MissingFileError(f"the vault has no file {sha256}") from error

    def size_of(self, sha256: str) -> int | None:
        """Its length [bytes]; None when it is missing."""
        try:
            return self.path_of(sha256).stat().st_size
        except FileNotFoundError:
            return None

    def is_sound(self, sha256: str) -> bool:
        """Whether the content still has that digest; reads all of it. Raises MissingFileError."""
        with self.open(sha256) as file:
            return digests_of(file).sha256 == sha256

    def names(self) -> Iterator[list[str]]:
        """The digests of all files, folder by folder."""
        if self._files.is_dir():
            for folder in sorted(self._files.iterdir()):
                yield sorted(path.name for path in folder.iterdir() if _NAME.fullmatch(path.name))

    def remove_if(self, sha256: str, unwanted: Callable[[], bool], grace_seconds: float) -> bool:
        """Delete a file that nobody put within the grace time and that is ``unwanted``; whether it went.

        While this decides, nobody can put the same content again.
        """
        path = self.path_of(sha256)
        with self._locked(fcntl.LOCK_EX):
            if not _is_older(path, grace_seconds) or not unwanted():
                return False
            path.unlink()
        return True

    def remove_half_written(self, grace_seconds: float) -> int:
        """Delete what was being written when its process ended; how many."""
        left = list(self._incoming.iterdir()) if self._incoming.is_dir() else []
        gone = [path for path in left if _is_older(path, grace_seconds)]
        for path in gone:
            path.unlink(missing_ok=True)
        return len(gone)

    def aside(self) -> list[str]:
        """Names of the files that were found altered when the same content came again."""
        folder = self._folder / "aside"
        return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []

    def _settle(self, coming: Path, digests: Digests) -> None:
        target = self.path_of(digests.sha256)
        if target.exists():
            if self.is_sound(digests.sha256):
                os.utime(target)  # young again: a sweep under way leaves it
                return
            self._put_aside(target)
        _make_synced(target.parent)
        coming.replace(target)
        _sync(target.parent)

    def _put_aside(self, altered: Path) -> None:
        """Somebody changed the file underneath; kept, for it tells what was done."""
        aside = self._folder / "aside"
        _make_synced(aside)
        altered.replace(aside / f"{altered.name}.{time.time_ns()}")

    @contextlib.contextmanager
    def _locked(self, how: int) -> Iterator[None]:
        with (self._folder / ".lock").open("a") as file:
            fcntl.flock(file, how)
            yield


def _write_synced(source: IO[bytes], path: Path) -> Digests:
    with path.open("xb") as file:
        digests = digests_of(source, file)
        file.flush()
        os.fchmod(file.fileno(), 0o400)
        os.fsync(file.fileno())
    return digests


def _make_synced(folder: Path) -> None:
    """Make it with all above it, each entry on the disk."""
    if folder.is_dir():
        return
    _make_synced(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    _sync(folder.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _is_older(path: Path, seconds: float) -> bool:
    """By the clock of the disk; False for what is gone meanwhile."""
    try:
        return time.time() - path.stat().st_mtime > seconds
    except FileNotFoundError:
        return False
