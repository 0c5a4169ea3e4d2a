"""A small installation in a folder of its own, worked on through the real command line."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from ready_homes import ready

_MAIN = [sys.executable, "-c", "from zhihuan.cli import main; main()"]
#: Seals every whole day of the last three, as the platform does at night.
_SEAL = """
from zhihuan.web.start import set_up
set_up()
from zhihuan.bureau.acquisition.seals import SealTable
from zhihuan.bureau.acquisition.store import the_store, close_store
from zhihuan.telemetry.daily_seals import DailySeals
print(DailySeals(the_store(), SealTable(), days_back=3).run())
close_store()
"""


@dataclass
class Installation:
    """A home, and what is done with it from outside."""

    home: Path
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What its processes see: nothing of the caller's own settings."""
        own = {name: text for name, text in os.environ.items() if not name.startswith("ZHIHUAN_")}
        return {**own, "ZHIHUAN_HOME": str(self.home), **self.more}

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*_MAIN, *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *arguments: str, code: int | None = 0) -> str:
        """The command's output; its exit code must be ``code`` (None: any)."""
        process = self.start(*arguments)
        said, _ = process.communicate(timeout=240)
        assert code is None or process.returncode == code, said
        return said

    def python(self, program: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", program],
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=240,
        )
        return done.stdout


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Seven synthetic points with a day and a half of past data, its whole days sealed."""
    made = Installation(ready(tmp_path_factory.mktemp("city") / "home"))
    made.run("demo", "--only-prepare", "--points", "7", "--days", "1.5")
    assert "recorded" in made.python(_SEAL)
    (made.home / "statistics.json").write_text('{"looked": 1}')
    return made


@pytest.fixture(scope="session")
def backup(city: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished backup of ``city``; copy it before you harm it."""
    folder = tmp_path_factory.mktemp("backups")
    city.run("backup", str(folder), "--without-keys")
    (made,) = folder.glob("2*")
    return made


@pytest.fixture
def elsewhere(tmp_path: Path) -> Installation:
    """A machine on which nothing is installed yet."""
    return Installation(tmp_path / "elsewhere")
