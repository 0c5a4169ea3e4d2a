"""`zhihuan search`: the index compared and made anew, in an installation of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from ready_homes import ready

_SPOILS = """
from zhihuan.web.start import set_up; set_up()
from zhihuan.bureau.places.city import find_town
from zhihuan.bureau.registry.models import Site
from zhihuan.bureau.search.entries import forget
from zhihuan.bureau.search.models import Entry
Site.objects.create(code="S1", name="厂区一", town=find_town("三角镇"))
forget(list(Entry.objects.values_list("pk", flat=True)))
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    home = tmp_path_factory.mktemp("search")
    environment = os.environ | {"ZHIHUAN_HOME": str(home), "ZHIHUAN_DATABASE_URL": ""}

    def give(*arguments: str) -> subprocess.CompletedProcess[str]:
        program = (
            arguments
            if arguments[0] == "-c"
            else ("-c", "from zhihuan.cli import main; main()", *arguments)
        )
        return subprocess.run(
            [sys.executable, *program], env=environment, capture_output=True, text=True,
            check=False, timeout=120, cwd=Path(__file__).parent,
        )  # fmt: skip

    ready(home)
    assert give("-c", _SPOILS).returncode == 0
    return give


def test_what_is_missing_is_told_and_written(run):
    checked = run("search", "check")
    assert checked.returncode == 1, checked.stderr
    assert "1 missing, 0 wrong, 0 left over" in checked.stdout
    assert "zhihuan search rebuild" in checked.stdout
    rebuilt = run("search", "rebuild")
    assert rebuilt.returncode == 0, rebuilt.stderr
    assert "1 missing, 0 wrong, 0 left over" in rebuilt.stdout
    assert "100%" in rebuilt.stderr or "厂区" in rebuilt.stderr
    again = run("search", "check")
    assert (again.returncode, again.stdout) == (0, "index and records agree\n")
