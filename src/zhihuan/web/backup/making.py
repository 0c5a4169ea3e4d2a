"""Make a backup while the platform runs: complete under its name, or not there at all.

Everything is written into a folder whose name begins with a dot, read back from the disk, and only
then given its name. What is killed half-way leaves that folder behind; the next backup removes it.
Nothing acknowledged before it began is missing: each part is read after that moment, and what reads
see then includes it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhihuan import __version__
from zhihuan.telemetry.store.backup.loading import frames_received
from zhihuan.telemetry.store.backup.saving import Saved, migrations, save
from zhihuan.web.backup import kept_folders, postgresql_copy, sqlite_copy, vault_files
from zhihuan.web.backup.errors import BackupError, DamagedBackupError
from zhihuan.web.backup.manifest import (
    MANIFEST,
    DatabaseContent,
    Manifest,
    SealedDay,
    read_manifest,
    write_manifest,
)
from zhihuan.web.backup.parts import (
    Progress,
    copy_synced,
    damaged,
    files_in,
    part,
    sync,
    write_synced,
)
from zhihuan.web.backup.sealed_days import sealed_days
from zhihuan.web.backup.sealed_keys import identified
from zhihuan.web.backup.store_access import store_to_read

DATABASE, TELEMETRY, FILES = "database", "telemetry", "files"
#: In the home: when the last backup was made, and where; ``zhihuan doctor`` looks at its age.
LAST_BACKUP = "last-backup.json"
_HALF = ".making"


@dataclass(frozen=True, slots=True)
class Made:
    """A finished backup. sha256: of its manifest. reused: slices taken from the backup before."""

    folder: Path
    sha256: str
    manifest: Manifest
    reused: int


def make(settings: Any, destination: Path, progress: Progress, say: Callable[[str], None]) -> Made:
    """Back up the installation that ``settings`` (Django's) describe into a new folder in
    ``destination``. Raises BackupError, StoreError, OSError, django.db.Error; then none was made."""
    began = dt.datetime.now(dt.UTC)
    with _alone_in(destination):
        half = destination / _HALF
        shutil.rmtree(half, ignore_errors=True)
        for name in (DATABASE, TELEMETRY, FILES):
            (half / name).mkdir(parents=True)
        before = _Before.newest(destination, say)
        making = _Making(settings, half, before, progress)
        manifest = making.content(began)
        digest = write_manifest(half, manifest)
        _prove(half, manifest, progress)
        folder = _named(half, destination / f"{began:%Y%m%dT%H%M%SZ}")
    _note(settings.ZHIHUAN_HOME, folder, digest, began)
    return Made(folder, digest, manifest, before.taken)


@contextlib.contextmanager
def _alone_in(destination: Path) -> Iterator[None]:
    destination.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (destination / ".lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BackupError(f"another backup into {destination} is being made") from error
        yield


@dataclass(slots=True)
class _Before:
    """The backup before, of which unchanged slices are taken. taken: how many were."""

    folder: Path | None
    manifest: Manifest | None
    say: Callable[[str], None]
    taken: int = 0

    @classmethod
    def newest(cls, destination: Path, say: Callable[[str], None]) -> _Before:
        for folder in reversed(backups_in(destination)):
            try:
                return cls(folder, read_manifest(folder), say)
            except DamagedBackupError as error:
                say(f"an earlier backup is damaged: {error}")
        return cls(None, None, say)

    def slices(self) -> dict[str, Saved]:
        return {} if self.manifest is None else {each.name: each for each in self.manifest.store}

    def seals(self) -> dict[str, SealedDay]:
        return {} if self.manifest is None else self.manifest.seals

    def take(self, saved: Saved, path: Path) -> bool:
        """Put the earlier file at ``path``, when it is still what it was."""
        if self.folder is None or self.manifest is None:
            return False
        name = f"{TELEMETRY}/{saved.name}.parquet"
        wanted = [each for each in self.manifest.parts if each.path == name]
        wrong = list(damaged(self.folder, wanted, lambda *_: None))
        if wrong or not wanted:
            self.say(f"{self.folder / name} is no longer sound; it is read from the store anew")
            return False
        try:
            path.hardlink_to(self.folder / name)
        except OSError:
            copy_synced(self.folder / name, path)
        self.taken += 1
        return True


def backups_in(destination: Path) -> list[Path]:
    """The finished backups, oldest first."""
    return sorted(path.parent for path in destination.glob(f"[0-9]*/{MANIFEST}"))


class _Making:
    """One backup being made in ``half``."""

    def __init__(self, settings: Any, half: Path, before: _Before, progress: Progress) -> None:
        self._settings = settings
        self._half = half
        self._before = before
        self._progress = progress

    def content(self, began: dt.datetime) -> Manifest:
        database = self._database()
        store, seals = self._store()
        folders = kept_folders.kept_folders()
        lacking = vault_files.missing(self._settings.ZHIHUAN_HOME)
        kept_folders.save(self._settings.ZHIHUAN_HOME, self._half / FILES, folders, self._progress)
        parts = [part(self._half, path) for path in files_in(self._half)]
        return Manifest(
            made=began.isoformat(timespec="seconds"),
            program=__version__,
            database=database,
            store=store,
            store_migrations=migrations(),
            seals=seals,
            folders=folders,
            keys=identified(self._settings.ZHIHUAN_SEALING_KEYS),
            parts=parts,
            vault=[*lacking, *vault_files.altered(parts)],
        )

    def _database(self) -> DatabaseContent:
        entry = self._settings.DATABASES["default"]
        if entry["ENGINE"].endswith("sqlite3"):
            file = Path(entry["NAME"])
            if not file.is_file():
                raise BackupError(f"there is no database at {file} yet; nothing to back up")
            return sqlite_copy.save(file, self._half / DATABASE, self._progress)
        return postgresql_copy.save(self._half / DATABASE, self._progress)

    def _store(self) -> tuple[list[Saved], dict[str, SealedDay]]:
        with store_to_read(self._settings.ZHIHUAN_STORE_URL) as store:
            if store is None:
                return [], {}
            saved = save(
                store.engine,
                self._half / TELEMETRY,
                self._before.slices(),
                self._before.take,
                lambda done, total: self._progress("telemetry", done, total),
            )
            received = frames_received(saved)
            return saved, sealed_days(store, received, self._before.seals(), self._progress)


def _prove(folder: Path, manifest: Manifest, progress: Progress) -> None:
    """Read everything back, as a restore would."""
    wrong = list(damaged(folder, read_manifest(folder).parts, progress))
    if wrong:
        raise DamagedBackupError(f"what was written does not read back: {wrong[0]}", wrong)
    if manifest.database.vendor == "sqlite":
        again = sqlite_copy.content(folder / DATABASE / sqlite_copy.FILE)
        if again != manifest.database:
            raise DamagedBackupError("the copied database does not read back as it was written")


def _named(half: Path, folder: Path) -> Path:
    for path in [*(path for path in half.rglob("*") if path.is_dir()), half]:
        sync(path)
    half.rename(folder)
    sync(folder.parent)
    return folder


def _note(home: Path, folder: Path, digest: str, began: dt.datetime) -> None:
    facts = {"made": began.isoformat(), "folder": str(folder), "manifest_sha256": digest}
    new = home / f".{LAST_BACKUP}.{os.getpid()}"
    write_synced(new, json.dumps(facts, indent=1).encode())
    new.replace(home / LAST_BACKUP)


def forget_old(destination: Path, keep: int) -> list[Path]:
    """Delete all finished backups but the newest ``keep``; which ones. Files that newer backups
    share with them stay."""
    old = backups_in(destination)[:-keep] if keep > 0 else []
    for folder in old:
        # the manifest first: what is half deleted must not look finished
        (folder / MANIFEST).unlink()
        shutil.rmtree(folder)
    return old
