"""The relational database: does it answer, are its tables those of this program, does it grow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from zhihuan.web.doctor.diagnosis import Diagnosis, error, fine, warning
from zhihuan.web.doctor.patient import Patient

_LONG_WAL_BYTES = 256 * 2**20
_LONG_TRANSACTION_SECONDS = 3600
_OLDEST_POSTGRESQL = 140_000


def look(_patient: Patient) -> Iterator[Diagnosis]:
    file = _sqlite_file()
    if file is not None and not file.exists():
        yield error(
            f"there is no database at {file} yet",
            "Nothing can be registered or logged in to.",
            "Start the platform once (zhihuan serve), or restore a backup.",
        )
        return
    try:
        yield from _answering(file)
    except Error as trouble:
        yield error(
            f"does not answer: {' '.join(str(trouble).split())}",
            "No page works; devices get no answer for new connections.",
            "Start it, or correct ZHIHUAN_DATABASE_URL.",
        )


def _sqlite_file() -> Path | None:
    return Path(str(connection.settings_dict["NAME"])) if connection.vendor == "sqlite" else None


def _answering(file: Path | None) -> Iterator[Diagnosis]:
    yield from _migrations()
    if file is None:
        yield from _postgresql()
    else:
        yield from _sqlite(file)


def _migrations() -> Iterator[Diagnosis]:
    executor = MigrationExecutor(connection)
    if missing := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield error(
            f"{len(missing)} migrations are not applied, the first: {missing[0][0]}",
            "The tables are those of another version; pages may fail.",
            "Back up, then restart the platform: zhihuan serve applies them.",
        )
    known = set(executor.loader.graph.nodes) | set(executor.loader.replacements)
    if newer := sorted(set(executor.loader.applied_migrations) - known):
        yield error(
            f"{len(newer)} applied migrations are unknown to this program, the first: "
            f"{'.'.join(newer[0])}",
            "A newer version has worked on this database; this one may damage it.",
            "Run the newer version again, or restore the backup made before it (docs/upgrade.md).",
        )


def _sqlite(file: Path) -> Iterator[Diagnosis]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(3)")
        told = [row[0] for row in cursor.fetchall()]
    if told != ["ok"]:
        yield error(
            f"SQLite finds it damaged: {'; '.join(told)}",
            "Registry, accounts and orders can be lost.",
            "Stop the platform, keep the file, restore the newest backup; look at the disk.",
        )
    log = file.with_name(file.name + "-wal")
    size = log.stat().st_size if log.exists() else 0
    if size > _LONG_WAL_BYTES:
        yield warning(
            f"its write-ahead log has {size / 2**20:,.0f} MiB",
            "Some reader never ends, so the log cannot be taken in; reads become slow.",
            "Restart the platform; look for a forgotten sqlite3 shell or copy program.",
        )
    yield fine(f"SQLite, {file.stat().st_size / 2**20:,.1f} MiB, log {size / 2**20:,.1f} MiB")


def _postgresql() -> Iterator[Diagnosis]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::int, current_setting('server_version'), "
            "pg_database_size(current_database()), pg_is_in_recovery()"
        )
        number, version, size, standby = cursor.fetchone()
        cursor.execute(
            "SELECT coalesce(max(extract(epoch FROM now() - xact_start)), 0)::float "
            "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        (longest,) = cursor.fetchone()
    if standby:
        yield error(
            "this server is a standby: it can be read only",
            "Nothing can be written: no login, no order.",
            "Point ZHIHUAN_DATABASE_URL to the primary, or promote this one (docs/deploy-many.md).",
        )
    if number < _OLDEST_POSTGRESQL:
        yield warning(
            f"PostgreSQL {version}", "Versions before 14 are not tried.", "Upgrade the server."
        )
    if longest > _LONG_TRANSACTION_SECONDS:
        yield warning(
            f"a transaction has been open for {longest / 3600:.1f} hours",
            "Dead rows cannot be removed while it is; tables grow.",
            "Find it in pg_stat_activity and end it (pg_terminate_backend).",
        )
    yield fine(f"PostgreSQL {version}, {size / 2**20:,.1f} MiB")
