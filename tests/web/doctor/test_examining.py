"""One broken check does not silence the others; the exit code is the worst finding's."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from zhihuan.web.doctor.diagnosis import Level, fine, warning
from zhihuan.web.doctor.examining import all_checks, examine


def test_every_file_in_checks_is_a_check():
    found = all_checks()
    assert {
        "settings",
        "database",
        "store",
        "disk",
        "clock",
        "keys",
        "front_end",
        "addresses",
    } <= set(found)
    assert all(callable(look) for look in found.values())


def test_a_check_that_breaks_is_told_and_the_others_still_look(patient):
    def broken(_patient):
        yield fine("before")
        raise RuntimeError("no such thing")

    said = list(examine(patient, {"a": broken, "b": lambda _patient: [warning("w", "y", "m")]}))
    assert [(name, each.level) for name, each in said] == [
        ("a", Level.FINE),
        ("a", Level.ERROR),
        ("b", Level.WARNING),
    ]
    assert "no such thing" in said[1][1].what


def _doctor(home, *arguments):
    import os

    own = {name: text for name, text in os.environ.items() if not name.startswith("ZHIHUAN_")}
    return subprocess.run(
        [sys.executable, "-c", "from zhihuan.cli import main; main()", "doctor", *arguments],
        env={**own, "ZHIHUAN_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize(("check", "code"), [("front_end", 0), ("backups", 1), ("database", 2)])
def test_the_exit_code_tells_the_worst(tmp_path, check, code):
    done = _doctor(tmp_path / "home", "--json", "--only", check)
    assert done.returncode == code, done.stderr
    findings = json.loads(done.stdout)["findings"]
    assert {each["check"] for each in findings} == {check}
    assert set(findings[0]) == {"check", "level", "what", "why", "mend"}


def test_the_table_names_what_to_do_and_an_unknown_check_is_refused(tmp_path):
    done = _doctor(tmp_path / "home", "--only", "backups")
    assert "no backup was ever made" in done.stdout
    assert "zhihuan backup" in done.stdout
    assert _doctor(tmp_path / "home", "--only", "nothing").returncode == 2
