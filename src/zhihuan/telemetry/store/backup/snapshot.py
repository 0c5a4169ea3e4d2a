"""An embedded store's state at one moment, as a folder that a second process may open.

Only one process may open a chDB folder, so nobody else can ask the engine. But its parts are never
changed once they are there: a merge writes a new part, and the old ones stay for minutes. So hard
links to all parts, taken table by table, hold every row the engine has synced. What it has not yet
lies in the journal, which is read first: a row leaves the journal only after its part is there, so
between the two no acknowledged row is missed.

Costs no room and seconds of time. Refuses a folder on which links cannot be made, and never touches
a file of the store: small files that the engine may write anew are copied.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from zhihuan.telemetry.store.errors import StoreCorrupt, StoreUnavailable
from zhihuan.telemetry.store.folder_lock import FolderLock
from zhihuan.telemetry.store.opening import JOURNAL, open_store
from zhihuan.telemetry.store.sql_store import SqlStore

__all__ = ["opened_snapshot", "take_snapshot"]

_SNAPSHOT = "snapshot"
#: A part is named partition_first_last_level[_mutation]; others are still being made or thrown away.
_PART = re.compile(r"^(?!tmp|delete_tmp)[0-9A-Za-z-]+_\d+_\d+_\d+(_\d+)?$")
_TRIES = 20


@contextlib.contextmanager
def opened_snapshot(folder: Path) -> Iterator[SqlStore]:
    """The store in ``folder`` as it is now, opened beside the process that serves it; away afterwards.

    Raises ``StoreHeld`` when another snapshot of the same store is open, ``StoreCorrupt`` when a part
    of the store does not read.
    """
    place = folder / _SNAPSHOT
    lock = FolderLock(folder / f"{_SNAPSHOT}.lock")
    try:
        shutil.rmtree(place, ignore_errors=True)  # what a killed backup left
        take_snapshot(folder, place)
        with _opened(place) as store:
            yield store
    finally:
        shutil.rmtree(place, ignore_errors=True)
        lock.release()


@contextlib.contextmanager
def _opened(place: Path) -> Iterator[SqlStore]:
    store = open_store(f"chdb://{place}")
    assert isinstance(store, SqlStore)  # noqa: S101 - what open_store makes of chdb://
    try:
        store.engine.command("SYSTEM STOP MERGES")  # work that nobody would have anything of
        _refuse_unreadable_parts(place)
        yield store
    finally:
        store.close()


def _refuse_unreadable_parts(place: Path) -> None:
    """The engine sets aside what it cannot read and goes on without; a backup must not."""
    aside = sorted(path.name for path in place.glob("engine/store/*/*/detached/*"))
    if aside:
        raise StoreCorrupt(
            f"{len(aside)} parts of the store do not read: {', '.join(aside[:3])}; nothing was backed "
            "up. Look at the disk; older backups have their rows"
        )


def take_snapshot(folder: Path, place: Path) -> None:
    """Make ``place`` (which is not there yet) what ``folder`` is now."""
    _copy_journal(folder / JOURNAL, place / JOURNAL)
    source, target = folder / "engine", place / "engine"
    for path in sorted(source.glob("metadata/*.sql")) + sorted(source.glob("*.txt")):
        _copy(path, target / path.relative_to(source))
    for path in [*source.glob("metadata/*"), *source.glob("data/*/*")]:
        if path.is_symlink():
            _same_symlink(path, target / path.relative_to(source))
    for table in sorted(source.glob("store/*/*")):
        _take_table(table, target / table.relative_to(source))


def _copy_journal(journal: Path, place: Path) -> None:
    """Files that go away meanwhile are in the engine by then. A record cut off at the end was not
    acknowledged yet; whoever opens the journal drops it."""
    place.mkdir(parents=True)
    for path in sorted(journal.glob("*.journal")):
        with contextlib.suppress(FileNotFoundError):
            (place / path.name).write_bytes(path.read_bytes())


def _copy(path: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, place)


def _same_symlink(path: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(path.readlink())


def _take_table(table: Path, place: Path) -> None:
    """All parts of a table together; from the start again when one went away half-way."""
    for _ in range(_TRIES):
        with contextlib.suppress(FileNotFoundError):
            _link_table(table, place)
            return
        shutil.rmtree(place, ignore_errors=True)
    raise StoreUnavailable(f"the parts of {table} change faster than they can be linked; try again")


def _link_table(table: Path, place: Path) -> None:
    place.mkdir(parents=True)
    for entry in os.scandir(table):
        if entry.is_dir() and _PART.match(entry.name):
            _link_part(Path(entry.path), place / entry.name)
        elif entry.is_file():
            shutil.copyfile(entry.path, place / entry.name)


def _link_part(part: Path, place: Path) -> None:
    """Raises FileNotFoundError when the part is on its way out."""
    place.mkdir()
    inside = [path for path in part.rglob("*") if path.is_file()]
    for path in inside:
        to = place / path.relative_to(part)
        to.parent.mkdir(parents=True, exist_ok=True)
        _link(path, to)
    (part / "checksums.txt").stat()  # still there, so nothing was taken away while we looked


def _link(path: Path, to: Path) -> None:
    try:
        to.hardlink_to(path)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise StoreUnavailable(
            f"{path} cannot be linked ({error.strerror}): a backup of the running platform needs a "
            "file system with hard links; stop the platform and copy the folder instead"
        ) from error
