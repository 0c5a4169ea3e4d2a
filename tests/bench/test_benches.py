"""Every bench still runs: in its smallest dose, and each of its figures is a line as ``python -m bench`` reads it.

Nothing here is timed: what a figure says is the machine's, that there is one is ours. What takes another engine, a
server, or more than some seconds runs with ``make bench-few``.
"""

from __future__ import annotations

import importlib
import json
import math
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
NAMES = sorted(path.stem for path in (ROOT / "bench").glob("[a-z]*.py"))
#: Without a database: run in this process, which has read their packages once.
ALIKE = (
    "aggregation", "air_year", "aqi", "decode", "discretion", "noise", "sea_soil_groundwater", "store", "water_class",
)  # fmt: skip
#: With a platform, which a process has but once.
PLATFORM = {
    "case_bundle": ("--few",),
    "enterprise_file": ("--few",),
    "inbox": ("--quick", "--matters", "200"),
    "live": ("--few",),
    "registry_import": ("--few",),
    "search": ("--few",),
}
SHORT = ("--quick", "--seconds", "0.3")
DEAR = {
    "audit_trail": ("--quick", "--entries", "2000"),
    "case_page": (*SHORT, "--cases", "200", "--figures", "--engine", "sqlite"),
    "exceedance": ("--few",),
    "gateway": ("--quick", "--seconds", "2", "--connections", "50"),
    "map_page": ("--quick",),
    "matters": (*SHORT, "--matters", "200", "--engine", "sqlite"),
    "registry": ("--few",),
    "sensorthings": ("--few",),
}
#: Nothing is as good as it gets, or the growth of a peak that had been reached before.
MAY_BE_NOTHING = {"gateway: acknowledged frames not in the store", "case bundle: memory it took"}
every = pytest.mark.skipif(
    not os.environ.get("ZHIHUAN_EVERY_BENCH"), reason="minutes: make bench-few"
)
pytestmark = pytest.mark.timeout(1200)


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A SQLite file with all tables, which benches copy."""
    home = tmp_path_factory.mktemp("tables")
    code = "from zhihuan.web.start import set_up; set_up(); from bench._tables import make_tables; make_tables()"
    _run(["-c", code], ZHIHUAN_HOME=str(home), ZHIHUAN_DATABASE_URL="")
    return str(home / "zhihuan.sqlite3")


def _run(arguments: list[str], **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        capture_output=True, text=True, check=False, cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "ZHIHUAN_LOG_LEVEL": "error"} | environment,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def _figures(printed: str) -> list[dict[str, Any]]:
    """Every line a figure, each with a name of its own, a unit and a number that says something."""
    lines = [json.loads(line) for line in printed.splitlines()]
    assert lines
    for line in lines:
        assert line["bench"].strip()
        assert line["unit"].strip(), line
        assert isinstance(line["note"], str), line
        assert math.isfinite(line["figure"]), line
        assert line["figure"] > 0 or line["bench"] in MAY_BE_NOTHING, line
        assert line["target"] is None or line["target"] >= 0
    names = [line["bench"] for line in lines]
    assert len(names) == len(set(names)), names
    return lines


def test_every_bench_has_its_dose_here() -> None:
    assert sorted([*ALIKE, *PLATFORM, *DEAR]) == NAMES


@pytest.mark.parametrize("name", ALIKE)
def test_arithmetic_tells_its_figures(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    monkeypatch.setattr(sys, "argv", [name, "--few"])
    importlib.import_module(f"bench.{name}").main()
    assert _figures(capsys.readouterr().out)


@pytest.mark.parametrize("name", PLATFORM)
def test_a_platform_tells_its_figures(name: str, tables: str) -> None:
    told = ["-m", f"bench.{name}", *PLATFORM[name]]
    assert _figures(_run(told, ZHIHUAN_BENCH_TABLES=tables, ZHIHUAN_DATABASE_URL=""))


@every
@pytest.mark.parametrize("name", DEAR)
def test_what_is_dear_tells_its_figures(name: str, tables: str) -> None:
    told = ["-m", f"bench.{name}", *DEAR[name]]
    assert _figures(_run(told, ZHIHUAN_BENCH_TABLES=tables, ZHIHUAN_DATABASE_URL=""))


@pytest.mark.parametrize("name", DEAR)
def test_what_is_dear_knows_its_options(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    monkeypatch.setattr(sys, "argv", [name, "--help"])
    with pytest.raises(SystemExit, match="0"):
        importlib.import_module(f"bench.{name}").main()
    given = {each for each in DEAR[name] if each.startswith("--")}
    assert given <= set(re.findall(r"--[a-z]+", capsys.readouterr().out))


_NAMED = re.compile(r"python -m bench[. ]([a-z_]+)")


def test_every_bench_that_a_document_names_is_there() -> None:
    pages = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]
    named = {name: page.name for page in pages for name in _NAMED.findall(page.read_text("utf-8"))}
    assert len(named) > 10
    assert {name: page for name, page in named.items() if name not in NAMES} == {}
