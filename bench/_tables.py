"""The tables of the database that a bench works in."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

#: A SQLite file that has them already: a bench with a small dose would migrate longer than it measures.
READY = "ZHIHUAN_BENCH_TABLES"


def make_tables() -> None:
    """By the migrations, or copied from what ``READY`` names. Where Django is ready, before anything was asked."""
    from django.core.management import call_command
    from django.db import connection

    ready, file = os.environ.get(READY), Path(connection.settings_dict["NAME"])
    if ready and connection.vendor == "sqlite" and not file.exists():
        shutil.copyfile(ready, file)
        return
    call_command("migrate", verbosity=0, interactive=False)
