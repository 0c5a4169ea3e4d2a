"""The files of a backup: written synced, known by their SHA-256, read back from the disk."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

#: (what is being done, how much is done, how much in all)
Progress = Callable[[str, int, int], None]

_CHUNK = 2**20


@dataclass(frozen=True, slots=True)
class Part:
    """One file. path: inside the backup, with slashes."""

    path: str
    bytes: int
    sha256: str


def write_synced(path: Path, content: bytes) -> None:
    """The whole content, on the disk when this returns."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync(path: Path) -> None:
    """A file or folder, on the disk when this returns."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def copy_synced(source: Path, target: Path) -> None:
    """A copy with the same bytes; its folder is made when missing."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as reading, target.open("wb") as writing:
        while chunk := reading.read(_CHUNK):
            writing.write(chunk)
        writing.flush()
        os.fsync(writing.fileno())


def part(folder: Path, path: Path) -> Part:
    """What ``path`` in the backup ``folder`` is now, read from the disk and not from memory."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        # what was just written is in the page cache: a disk that lies would not be noticed
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return Part(path.relative_to(folder).as_posix(), size, digest.hexdigest())


def files_in(folder: Path) -> list[Path]:
    """All files below, by name."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def damaged(folder: Path, parts: Sequence[Part], progress: Progress) -> Iterator[str]:
    """Every file that is not as the manifest has it: missing, longer, altered."""
    total, done = sum(each.bytes for each in parts), 0
    for each in parts:
        yield from _wrong(folder, each)
        done += each.bytes
        progress("checking files", done, total)


def _wrong(folder: Path, wanted: Part) -> Iterator[str]:
    path = folder / wanted.path
    try:
        found = part(folder, path)
    except FileNotFoundError:
        yield f"{wanted.path}: missing"
        return
    except OSError as error:
        yield f"{wanted.path}: cannot be read ({error.strerror})"
        return
    if found.bytes != wanted.bytes:
        yield f"{wanted.path}: {found.bytes} bytes instead of {wanted.bytes}"
    elif found != wanted:
        yield f"{wanted.path}: its bytes have changed"
