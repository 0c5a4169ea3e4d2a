"""The SQLite database by SQLite's own online backup: readers and writers go on meanwhile."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from zhihuan.web.backup.errors import DamagedBackupError
from zhihuan.web.backup.manifest import DatabaseContent
from zhihuan.web.backup.parts import Progress, sync

FILE = "zhihuan.sqlite3"
_PAGES = 2048


def save(source: Path, folder: Path, progress: Progress) -> DatabaseContent:
    """Copy ``source`` into ``folder`` as it is now. Raises DamagedBackupError when it is not sound."""
    target = folder / FILE
    with _reading(source) as database, contextlib.closing(sqlite3.connect(target)) as copy:
        # inside one read transaction: what others commit meanwhile would make the copy start anew
        database.execute("BEGIN")
        database.execute("SELECT count(*) FROM sqlite_master").fetchone()
        database.backup(
            copy,
            pages=_PAGES,
            progress=lambda _status, left, total: progress("database", total - left, total),
        )
        database.rollback()
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
    sync(target)
    return content(target)


@contextlib.contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    database = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=60)
    database.isolation_level = None
    try:
        yield database
    finally:
        database.close()


def content(path: Path) -> DatabaseContent:
    """What the file holds. Raises DamagedBackupError when SQLite finds it broken."""
    try:
        with _reading(path) as database:
            return _content(path, database)
    except sqlite3.DatabaseError as error:
        raise DamagedBackupError(f"{path} is no sound SQLite database: {error}") from error


def _content(path: Path, database: sqlite3.Connection) -> DatabaseContent:
    told = [row[0] for row in database.execute("PRAGMA integrity_check(3)")]
    if told != ["ok"]:
        raise DamagedBackupError(f"{path} is damaged: {'; '.join(told)}")
    tables = [
        name
        for (name,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
            "AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
        )
    ]
    counts = {name: _count(database, name) for name in tables}
    applied: list[list[str]] = []
    if "django_migrations" in counts:
        found = database.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        applied = [list(row) for row in found]
    return DatabaseContent("sqlite", counts, applied)


def _count(database: sqlite3.Connection, table: str) -> int:
    quoted = table.replace('"', '""')
    return int(database.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()[0])  # noqa: S608 - a quoted name
