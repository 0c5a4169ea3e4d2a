"""A database that has had every migration, made once a run and copied for whoever needs one: a home, and the database
of the tests themselves in each worker.

Applying all migrations takes longer than most tests. What the migrations do is tested elsewhere, and every run
applies them once, for this, on its own engine.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_MIGRATE = "from zhihuan.cli import main; main(['manage', 'migrate', '-v', '0'])"
FILE = "zhihuan.sqlite3"


def ready(home: Path) -> Path:
    """The home with a migrated database on SQLite in it, and nothing else."""
    home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_file(home), home / FILE)
    return home


@contextlib.contextmanager
def tests_begin_ready(connection: Any, beside: Path) -> Iterator[None]:
    """Django's test database of this connection begins as a copy; ``migrate`` then finds nothing to do."""
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = _template(beside)
        yield
        return
    create = connection.creation._create_test_db
    with contextlib.ExitStack() as stack:

        def filled(*given: Any, **options: Any) -> str:
            name: str = create(*given, **options)
            source = stack.enter_context(contextlib.closing(sqlite3.connect(_file(beside))))
            # open until the tests end: what is shared in memory goes with its last connection
            target = sqlite3.connect(name, uri=True, check_same_thread=False)
            source.backup(stack.enter_context(contextlib.closing(target)))
            return name

        connection.creation._create_test_db = filled
        yield


def _file(beside: Path) -> Path:
    with _alone(_of_the_run(beside)) as folder:
        if not (folder / FILE).exists():
            _make(folder)
    return folder / FILE


def _template(beside: Path) -> str:
    """The name of the migrated database on the tests' server, which goes when the server goes
    (``scripts/with_postgres.py``)."""
    import psycopg

    with _alone(_of_the_run(beside)) as folder:
        note = folder / "template"
        if not note.exists():
            name = f"ready_{uuid.uuid4().hex}"
            url = os.environ["ZHIHUAN_DATABASE_URL"]
            with psycopg.connect(url, autocommit=True) as server:
                server.execute(f'CREATE DATABASE "{name}"')
            base = url.partition("?")[0].rpartition("/")[0]
            _migrate(folder / "fresh", {"ZHIHUAN_DATABASE_URL": f"{base}/{name}"})
            note.write_text(name, "utf-8")
    return note.read_text("utf-8")


def _migrate(home: Path, database: dict[str, str]) -> None:
    own = {name: text for name, text in os.environ.items() if not name.startswith("ZHIHUAN_")}
    environment = {**own, "ZHIHUAN_HOME": str(home), **database}
    subprocess.run([sys.executable, "-c", _MIGRATE], env=environment, check=True, timeout=280)


def _make(folder: Path) -> None:
    fresh = folder / "fresh"
    _migrate(fresh, {})
    with (
        contextlib.closing(sqlite3.connect(fresh / FILE)) as source,
        contextlib.closing(sqlite3.connect(folder / "half")) as target,
    ):
        source.backup(target)
    (folder / "half").rename(folder / FILE)


def _of_the_run(folder: Path) -> Path:
    """The folder that all workers of this run share: that of the run, or of the only worker."""
    above = [each for each in folder.parents if each.name.startswith("popen-gw")]
    base = (
        above[0].parent
        if above
        else next(
            (each for each in folder.parents if each.name.startswith("pytest-")), folder.parent
        )
    )
    shared = base / "ready"
    shared.mkdir(exist_ok=True)
    return shared


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[Path]:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder
