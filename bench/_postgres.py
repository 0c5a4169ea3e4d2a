"""A bench that starts itself again with a PostgreSQL of its own around it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_INSIDE = "ZHIHUAN_BENCH_INSIDE"
_SCRIPT = Path(__file__).parent.parent / "scripts" / "with_postgres.py"


def need_postgres(bench: str) -> None:
    """Returns in the process that has the server; anywhere else that one is run, as ``python -m bench`` with the
    same arguments, and this one ends with its code."""
    if _INSIDE in os.environ:
        return
    again = [sys.executable, str(_SCRIPT), sys.executable, "-m", bench, *sys.argv[1:]]
    sys.exit(subprocess.run(again, env={**os.environ, _INSIDE: "1"}, check=False).returncode)
