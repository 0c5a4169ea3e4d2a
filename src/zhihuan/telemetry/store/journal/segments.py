"""The journal's files: appended to, synced, and removed once the engine has their rows.

A record is durable when ``append`` returns. After a failed write or sync the kernel's idea of the
file cannot be trusted any more, so that file is left and the next record begins a new one. Refuses
to remove a file that holds anything unread.
"""

from __future__ import annotations

import contextlib
import itertools
import os
from pathlib import Path

import structlog

from zhihuan.telemetry.store.errors import StoreUnavailable
from zhihuan.telemetry.store.journal.record import Segment, read_segment

__all__ = ["Segments"]

_log = structlog.get_logger(__name__)
_FULL_BYTES = 16 * 2**20


class Segments:
    """The files of ``folder``, numbered; one is being written. Not thread-safe."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        _sync_folder(folder.parent)
        # past every file there is, also those put aside: their names must not be given again
        self._number = max([0, *(int(path.name[:10]) for path in folder.glob("[0-9]*.*"))])
        self._file = -1
        self._bytes = 0

    def numbers(self) -> list[int]:
        """The files there are, oldest first."""
        return sorted(int(path.stem) for path in self._folder.glob("*.journal"))

    def read(self, number: int) -> Segment:
        """What the file holds."""
        return read_segment(self._path(number).read_bytes())

    def append(self, record: bytes | bytearray) -> int:
        """Write and sync; returns the number of the file. Raises StoreUnavailable: not durable."""
        try:
            if self._file < 0 or self._bytes >= _FULL_BYTES:
                self._begin()
            _write_all(self._file, record)
            os.fdatasync(self._file)
        except OSError as error:
            self._leave(self._bytes)
            raise StoreUnavailable(
                f"the journal {self._folder} cannot be written ({error.strerror}); nothing was "
                "acknowledged. Free space or mend the disk; writing goes on by itself"
            ) from error
        self._bytes += len(record)
        return self._number

    def remove_below(self, number: int) -> None:
        """Away with the files before ``number``: the engine has all their rows."""
        for each in self.numbers():
            if each < number:
                self._path(each).unlink(missing_ok=True)

    def keep_damaged(self, number: int) -> None:
        """Put a file aside whose middle does not read, for somebody to look at."""
        kept = self._path(number).with_suffix(".damaged")
        self._path(number).rename(kept)
        _log.error("journal_damaged", kept=str(kept))

    def set_aside(self, record: bytes | bytearray, reason: str) -> None:
        """Keep a record that the engine refuses for good, out of the way of the others."""
        file, place = self._new_refused()
        try:
            _write_all(file, record)
            os.fsync(file)  # it was acknowledged, and the file it stood in goes away after this
        finally:
            os.close(file)
        _sync_folder(self._folder)
        _log.error("journal_record_refused", kept=str(place), reason=reason)

    def _new_refused(self) -> tuple[int, Path]:
        """A file of a name that no other refused record has or gets."""
        for count in itertools.count(1):
            place = self._folder / f"{self._number:010}-{count}.refused"
            with contextlib.suppress(FileExistsError):
                flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
                return os.open(place, flags, 0o600), place
        raise AssertionError("counting does not end")

    def close(self) -> None:
        """Stop writing. The files stay."""
        self._leave(None)

    def _begin(self) -> None:
        self._leave(None)
        self._number += 1
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC
        self._file = os.open(self._path(self._number), flags, 0o600)
        self._bytes = 0
        _sync_folder(self._folder)

    def _leave(self, good_bytes: int | None) -> None:
        """Close the file; cut what was not promised off its end, as far as that still works."""
        file, self._file = self._file, -1
        if file < 0:
            return
        with contextlib.suppress(OSError):
            if good_bytes is not None:
                os.ftruncate(file, good_bytes)
        with contextlib.suppress(OSError):
            os.close(file)

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:010}.journal"


def _write_all(file: int, data: bytes | bytearray) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
