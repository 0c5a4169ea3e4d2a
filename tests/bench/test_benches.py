"""Every bench still runs: a dose as small as it takes, and each of its figures is a line as ``python -m bench`` reads it.

Nothing here is timed: what a figure says is the machine's, that there is one is ours.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
NAMES = sorted(path.stem for path in (ROOT / "bench").glob("[a-z]*.py"))
#: As few as it takes, where ``--quick`` is more than a moment.
FEW = (
    "case_bundle", "enterprise_file", "live", "registry_import", "search",
)  # fmt: skip
#: On SQLite, a moment of each measure.
SHORT = ("--quick", "--engine", "sqlite", "--seconds", "0.3")
DOSES = {
    **dict.fromkeys(NAMES, ("--quick",)),
    **dict.fromkeys(FEW, ("--few",)),
    "case_page": (*SHORT, "--cases", "200", "--figures"),
    "inbox": ("--quick", "--matters", "200"),
    "matters": (*SHORT, "--matters", "200"),
    "store": ("--rows", "20000"),
}
#: What takes more than seconds or another engine than there is here; of these only the door is tried.
APART = {
    "audit_trail": "PostgreSQL alone",
    "exceedance": "a past year of an outlet, judged twice",
    "gateway": "a load of ten thousand frames a second from a second process",
    "registry": "a city's pages over the network, on both engines beside a naive route",
    "sensorthings": "days of minutes of many outlets, asked over and over",
    "map_page": "Chromium, and a platform with a city",
}
READ = {"bench", "figure", "unit", "target", "note"}


def run(name: str, *dose: str, **environment: str) -> Any:
    return subprocess.run(
        [sys.executable, "-m", f"bench.{name}", *dose],
        capture_output=True, text=True, check=False, cwd=ROOT, timeout=240,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "ZHIHUAN_LOG_LEVEL": "error"} | environment,
    )  # fmt: skip


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A SQLite file with all tables, which benches copy."""
    home = tmp_path_factory.mktemp("tables")
    given = {"ZHIHUAN_HOME": str(home), "ZHIHUAN_DATABASE_URL": "", "PYTHONPATH": str(ROOT / "src")}
    code = "from zhihuan.web.start import set_up; set_up(); from bench._tables import make_tables; make_tables()"
    done = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | given, cwd=ROOT, check=False, capture_output=True
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return str(home / "zhihuan.sqlite3")


@pytest.mark.parametrize("name", [each for each in NAMES if each not in APART])
def test_a_small_dose_tells_its_figures(name: str, tables: str) -> None:
    done = run(name, *DOSES[name], ZHIHUAN_BENCH_TABLES=tables, ZHIHUAN_DATABASE_URL="")
    assert done.returncode == 0, done.stderr[-3000:]
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert lines
    for line in lines:
        assert line.keys() >= READ, line
        assert isinstance(line["figure"], int | float)
        assert math.isfinite(line["figure"]), line
        assert line["target"] is None or line["target"] >= 0
        assert all(isinstance(line[text], str) for text in ("bench", "unit", "note"))


@pytest.mark.parametrize("name", sorted(APART))
def test_what_takes_more_can_be_started(name: str) -> None:
    done = run(name, "--help")
    assert done.returncode == 0, done.stderr[-2000:]
    assert "--quick" in done.stdout
