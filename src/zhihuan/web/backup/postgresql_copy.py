"""The PostgreSQL database by COPY, all tables in one snapshot: readers and writers go on meanwhile.

COPY and not pg_dump: it needs no program of the server's version on this machine, and there is one
way back to test instead of two. The tables themselves are not in the backup: they are made again by
the migrations that the backup names, so it can be restored by a later version and then be migrated on.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from zhihuan.web.backup.errors import BackupError
from zhihuan.web.backup.manifest import DatabaseContent
from zhihuan.web.backup.parts import Progress, sync

_CHUNK = 2**20
_MIGRATIONS = "django_migrations"
#: Ordinary tables of the schema, without those an extension brings.
_TABLES = """
    SELECT c.relname, array_agg(a.attname ORDER BY a.attnum)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
      AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
      AND NOT EXISTS (SELECT 1 FROM pg_depend d
                      WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    GROUP BY c.relname ORDER BY c.relname
"""
_SEQUENCES = """
    SELECT sequencename, last_value FROM pg_sequences
    WHERE schemaname = current_schema() AND last_value IS NOT NULL ORDER BY sequencename
"""


def save(folder: Path, progress: Progress) -> DatabaseContent:
    """Write every table into ``folder/TABLE.copy.zst``, all of them as of one moment."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        # the platform's own bound on statements is for pages
        cursor.execute("SET LOCAL statement_timeout = 0")
        columns = _tables(cursor)
        rows: dict[str, int] = {}
        for number, (table, names) in enumerate(columns.items(), start=1):
            rows[table] = _copy_out(cursor, table, names, folder / f"{table}.copy.zst")
            progress("database", number, len(columns))
        cursor.execute(f"SELECT app, name FROM {_MIGRATIONS} ORDER BY app, name")  # noqa: S608 - our own name
        applied = [list(row) for row in cursor.fetchall()]
        cursor.execute(_SEQUENCES)
        return DatabaseContent("postgresql", rows, applied, columns, dict(cursor.fetchall()))


def _tables(cursor: Any) -> dict[str, list[str]]:
    cursor.execute(_TABLES)
    return {table: list(names) for table, names in cursor.fetchall()}


def _named(table: str, columns: Sequence[str]) -> sql.Composed:
    listed = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("{} ({})").format(sql.Identifier(table), listed)


def _copy_out(cursor: Any, table: str, columns: Sequence[str], path: Path) -> int:
    statement = sql.SQL("COPY {} TO STDOUT").format(_named(table, columns))
    with (
        path.open("wb") as file,
        pa.CompressedOutputStream(file, "zstd") as out,
        cursor.copy(statement) as copy,
    ):
        for piece in copy:
            out.write(piece)
    sync(path)
    return int(cursor.rowcount)


def is_empty() -> bool:
    """Whether the schema has no table yet."""
    with connection.cursor() as cursor:
        return not _tables(cursor)


def load(folder: Path, content: DatabaseContent, progress: Progress) -> None:
    """Make the tables as they were and fill them, in one transaction; doing it again is harmless.

    Raises BackupError when the backup is of a newer version of the program.
    """
    _make_tables(content)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        tables = [table for table in content.columns if table != _MIGRATIONS]
        for table in tables:  # what guards the tables against people is not for us
            cursor.execute(_alter(table, "DISABLE TRIGGER USER"))
        everything = sql.SQL(", ").join(map(sql.Identifier, tables))
        cursor.execute(sql.SQL("TRUNCATE {} CASCADE").format(everything))
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for number, table in enumerate(tables, start=1):
            _copy_in(cursor, table, content.columns[table], folder / f"{table}.copy.zst")
            progress("database", number, len(tables))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(_alter(table, "ENABLE TRIGGER USER"))
        for name, value in content.sequences.items():
            cursor.execute("SELECT setval(%s::regclass, %s)", [f'"{name}"', value])


def _alter(table: str, action: str) -> sql.Composed:
    return sql.SQL("ALTER TABLE {} {}").format(sql.Identifier(table), sql.SQL(action))


def _make_tables(content: DatabaseContent) -> None:
    """Migrate to exactly what the backup had; newer migrations come afterwards, by ``serve``."""
    executor = MigrationExecutor(connection)
    had = {(app, name) for app, name in content.migrations}
    if unknown := had - set(executor.loader.graph.nodes) - executor.loader.replacements.keys():
        named = ", ".join(sorted(f"{app}.{name}" for app, name in unknown)[:3])
        raise BackupError(
            f"the backup has migrations this program does not know ({named}): it was made by a newer "
            "version; restore it with that one"
        )
    graph = executor.loader.graph
    ends = [
        key
        for key in sorted(had & set(graph.nodes))
        if not any(child.key in had for child in graph.node_map[key].children)
    ]
    executor.migrate(ends)


def _copy_in(cursor: Any, table: str, columns: Sequence[str], path: Path) -> None:
    statement = sql.SQL("COPY {} FROM STDIN").format(_named(table, columns))
    with (
        path.open("rb") as file,
        pa.CompressedInputStream(file, "zstd") as reading,
        cursor.copy(statement) as copy,
    ):
        while piece := reading.read(_CHUNK):
            copy.write(piece)


def counts(content: DatabaseContent) -> dict[str, int]:
    """Rows of the backup's tables as they are in the database now."""
    with connection.cursor() as cursor:
        found = {}
        for table in content.tables:
            cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
            found[table] = int(cursor.fetchone()[0])
        return found
