"""The guide to one machine, walked through: ``make try-one-machine`` as a test."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import try_one_machine

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.trial
@pytest.mark.timeout(900)
def test_the_guide_to_one_machine_holds() -> None:
    lacking = try_one_machine.missing_programs()
    if lacking and os.environ.get("CI") != "true":
        pytest.skip(f"missing: {'; '.join(lacking)}")
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "try_one_machine.py"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("everything held\n")
