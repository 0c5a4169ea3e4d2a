"""The digest of what due dates rest on changes with each of its parts, and with nothing else."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

import zhihuan
from zhihuan.bureau.clock import installed, published_calendar
from zhihuan.bureau.clock.installed import digest_of_installed
from zhihuan.bureau.clock.work_calendar import parse_year

_ASK = (
    "from zhihuan.bureau.clock.installed import digest_of_installed; print(digest_of_installed())"
)


def fresh_digest() -> str:
    digest_of_installed.cache_clear()
    try:
        return digest_of_installed()
    finally:
        digest_of_installed.cache_clear()


def test_every_process_says_the_same() -> None:
    said = {
        subprocess.run(
            [sys.executable, "-c", _ASK],
            env=os.environ | {"PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert said == {fresh_digest()}


def test_a_year_that_was_published_since_changes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fresh_digest()
    known = published_calendar()
    year = known.known_until.year + 1
    notice = parse_year(f"date,status\n{year}-01-01,放假\n")
    monkeypatch.setattr(installed, "published_calendar", lambda: known.with_year(notice))
    assert fresh_digest() != before


def test_another_version_changes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fresh_digest()
    monkeypatch.setattr(zhihuan, "__version__", "999")
    assert fresh_digest() != before


@pytest.mark.parametrize("name", ["laws.yaml", "time_limits.yaml", "own_limits.yaml"])
def test_every_file_of_limits_counts(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    before = fresh_digest()
    assert name in installed._FILES
    monkeypatch.setattr(installed, "_FILES", [each for each in installed._FILES if each != name])
    assert fresh_digest() != before
