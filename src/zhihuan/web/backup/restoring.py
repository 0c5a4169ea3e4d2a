"""Bring a backup back into an empty home, and prove that it is all there.

The order: every file of the backup is checked before anything is touched; a mark is set; database,
telemetry and files are brought back; counts and seals are compared; the mark goes away. While the mark
is there the platform does not start. Killed half-way, the same command is simply given again.

Refuses to write over anything. ``put_aside`` renames what is there, and deletes nothing.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection

from zhihuan.telemetry.store import open_store
from zhihuan.telemetry.store.backup.loading import differences, frames_received, has_rows, load
from zhihuan.telemetry.store.backup.saving import migrations
from zhihuan.telemetry.store.folder_lock import FolderLock
from zhihuan.telemetry.store.opening import embedded_folder
from zhihuan.telemetry.store.sql_store import SqlStore
from zhihuan.web.backup import kept_folders, postgresql_copy, sqlite_copy, vault_files
from zhihuan.web.backup.errors import BackupError, DamagedBackupError, NotEmptyError
from zhihuan.web.backup.making import DATABASE, FILES, TELEMETRY, backups_in
from zhihuan.web.backup.manifest import MANIFEST, Manifest, read_manifest
from zhihuan.web.backup.parts import Progress, copy_synced, damaged, sync, write_synced
from zhihuan.web.backup.sealed_days import seal_differences, sealed_days
from zhihuan.web.backup.sealed_keys import identified

#: In the home while a restore is under way or was broken off.
MARK = "restoring.json"


@dataclass(slots=True)
class Restored:
    """What was brought back and compared. wrong: every difference, told; empty when all is equal.
    keys_fit: whether device passwords in the database can be opened with the home's keys."""

    manifest: Manifest
    rows: int = 0
    files: int = 0
    wrong: list[str] = field(default_factory=list)
    keys_fit: bool = True


def chosen(source: Path) -> Path:
    """The backup meant by ``source``: itself, or the newest of the folder of backups it is."""
    if (source / MANIFEST).exists():
        return source
    found = backups_in(source)
    if not found:
        raise DamagedBackupError(f"{source} is no backup and holds none")
    return found[-1]


def checked(folder: Path, progress: Progress) -> Manifest:
    """The manifest, every file proven to be as it says. Raises DamagedBackupError with all faults."""
    manifest = read_manifest(folder)
    if wrong := list(damaged(folder, manifest.parts, progress)):
        raise DamagedBackupError(f"{len(wrong)} files of {folder} are damaged", wrong)
    return manifest


def restore(
    settings: Any, folder: Path, progress: Progress, *, put_aside: bool = False
) -> Restored:
    """Bring the backup in ``folder`` to where ``settings`` (Django's) lead.

    Raises DamagedBackupError or NotEmptyError before anything is touched, BackupError otherwise.
    """
    manifest = checked(folder, progress)
    work = _Restoring(settings, folder, manifest, progress)
    work.refuse_what_cannot_be()
    with work.the_store_to_itself():
        work.make_room(put_aside=put_aside)
        return work.run()


class _Restoring:
    def __init__(self, settings: Any, folder: Path, manifest: Manifest, progress: Progress) -> None:
        self._settings = settings
        self._folder = folder
        self._manifest = manifest
        self._progress = progress
        self._home: Path = settings.ZHIHUAN_HOME
        entry = settings.DATABASES["default"]
        self._sqlite = Path(entry["NAME"]) if entry["ENGINE"].endswith("sqlite3") else None
        self._telemetry = embedded_folder(settings.ZHIHUAN_STORE_URL)

    # ---- before anything is touched ----

    def refuse_what_cannot_be(self) -> None:
        here = "postgresql" if self._sqlite is None else "sqlite"
        if here != self._manifest.database.vendor:
            raise BackupError(
                f"the backup is of {self._manifest.database.vendor}, ZHIHUAN_DATABASE_URL leads to "
                f"{here}; set it to a database of the same kind"
            )
        if newer := set(self._manifest.store_migrations) - set(migrations()):
            raise BackupError(
                f"the telemetry was saved by a newer version ({', '.join(sorted(newer))}); restore it "
                "with that one"
            )

    @contextlib.contextmanager
    def the_store_to_itself(self) -> Iterator[None]:
        """Raises StoreHeld when the platform runs."""
        if self._telemetry is not None and self._telemetry.is_dir():
            FolderLock(self._telemetry).release()
        yield

    def make_room(self, *, put_aside: bool) -> None:
        mark = self._home / MARK
        if mark.exists() and json.loads(mark.read_text()) == self._own_mark():
            self._clear_own_half()
            return
        occupied = [path for path in self._targets() if _occupied(path)]
        if occupied and not put_aside:
            named = ", ".join(map(str, occupied))
            raise NotEmptyError(
                f"there is something already: {named}. Give another ZHIHUAN_HOME, or --put-aside to "
                "have it renamed first"
            )
        self._refuse_filled_servers()
        stamp = f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%SZ}"
        for path in occupied:
            path.rename(path.with_name(f"{path.name}.before-{stamp}"))
        write_synced(mark, json.dumps(self._own_mark()).encode())
        sync(self._home)

    def _own_mark(self) -> dict[str, str]:
        return {"from": str(self._folder), "made": self._manifest.made}

    def _targets(self) -> list[Path]:
        """What a restore writes on this machine, with what SQLite keeps beside its file."""
        files = [self._home / name for name in (*self._manifest.folders, *kept_folders.HOME_FILES)]
        if self._sqlite is not None:
            names = (self._sqlite.name + ending for ending in ("", "-wal", "-shm"))
            files += [self._sqlite.with_name(name) for name in names]
        return files if self._telemetry is None else [*files, self._telemetry]

    def _clear_own_half(self) -> None:
        """What the broken-off restore of this same backup has written."""
        for path in self._targets():
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    def _refuse_filled_servers(self) -> None:
        if self._sqlite is None and not postgresql_copy.is_empty():
            raise NotEmptyError(
                f"the database {connection.settings_dict['NAME']} has tables already; create an empty "
                "one (createdb) and set ZHIHUAN_DATABASE_URL to it"
            )
        if self._telemetry is None:
            with self._store() as store:
                if has_rows(store.engine):
                    raise NotEmptyError(
                        f"the cluster's database {store.engine.database} has rows already; name another "
                        "one in ZHIHUAN_STORE_URL"
                    )

    # ---- the work ----

    def run(self) -> Restored:
        done = Restored(self._manifest)
        done.wrong += self._database()
        with self._store() as store:
            done.rows = load(
                store.engine,
                self._manifest.store,
                self._folder / TELEMETRY,
                lambda rows, total: self._progress("telemetry", rows, total),
            )
            done.wrong += differences(store.engine, self._manifest.store)
            done.wrong += self._seals(store)
        done.files = kept_folders.load(self._folder / FILES, self._home)
        done.wrong += self._vault()
        fits = set(self._manifest.keys) & set(identified(self._settings.ZHIHUAN_SEALING_KEYS))
        done.keys_fit = bool(fits) or not self._manifest.keys
        if not done.wrong:
            (self._home / MARK).unlink()
            sync(self._home)
        return done

    def _database(self) -> list[str]:
        wanted = self._manifest.database.tables
        if self._sqlite is None:
            postgresql_copy.load(self._folder / DATABASE, self._manifest.database, self._progress)
            found = postgresql_copy.counts(self._manifest.database)
        else:
            copy_synced(self._folder / DATABASE / sqlite_copy.FILE, self._sqlite)
            self._sqlite.chmod(0o600)
            found = sqlite_copy.content(self._sqlite).tables
        return [
            f"table {name}: {found.get(name, 0)} rows, the backup has {count}"
            for name, count in wanted.items()
            if found.get(name, 0) != count
        ]

    @contextlib.contextmanager
    def _store(self) -> Iterator[SqlStore]:
        with contextlib.closing(open_store(self._settings.ZHIHUAN_STORE_URL)) as store:
            assert isinstance(store, SqlStore)  # noqa: S101 - every store is
            store.migrate()
            yield store

    def _vault(self) -> list[str]:
        if vault_files.TABLE not in self._manifest.database.tables:
            return []  # made before there was a vault
        known = set(self._manifest.vault)
        return [words for words in vault_files.missing(self._home) if words not in known]

    def _seals(self, store: SqlStore) -> list[str]:
        received = frames_received(self._manifest.store)
        return seal_differences(
            self._manifest.seals, sealed_days(store, received, {}, self._progress)
        )


def _occupied(path: Path) -> bool:
    return any(path.iterdir()) if path.is_dir() else path.exists()


def refuse_half_restored(home: Path, stop: Callable[[str], Exception]) -> None:
    """Raise ``stop(words)`` when a restore into this home was broken off or found differences."""
    mark = home / MARK
    if mark.exists():
        source = json.loads(mark.read_text())["from"]
        raise stop(
            f"a restore from {source} is not finished; give `zhihuan restore {source}` again, or restore "
            f"another backup into a clean home ({mark} tells of it)"
        )
