"""A database that has had every migration, made once a run and copied for whoever needs one.

Applying all migrations takes longer than most tests. What the migrations do is tested elsewhere, and every run
applies them: once for this, and once for the database of the tests themselves.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

_MIGRATE = "from zhihuan.cli import main; main(['manage', 'migrate', '-v', '0'])"
FILE = "zhihuan.sqlite3"


def ready(home: Path) -> Path:
    """The home with a migrated database on SQLite in it, and nothing else."""
    home.mkdir(parents=True, exist_ok=True)
    with _alone(_of_the_run(home)) as folder:
        if not (folder / FILE).exists():
            _make(folder)
    shutil.copyfile(folder / FILE, home / FILE)
    return home


def _make(folder: Path) -> None:
    fresh = folder / "fresh"
    own = {name: text for name, text in os.environ.items() if not name.startswith("ZHIHUAN_")}
    environment = {**own, "ZHIHUAN_HOME": str(fresh)}
    subprocess.run([sys.executable, "-c", _MIGRATE], env=environment, check=True, timeout=240)
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
