"""docs/hj212-messages.md is what the tables say, and its examples run."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import Path

from zhihuan.hj212.exchange import machines

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "hj212-messages.md"


def test_the_generated_parts_are_not_stale() -> None:
    script = ROOT / "scripts" / "write_hj212_messages.py"
    done = subprocess.run(
        [sys.executable, str(script), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_transition_of_every_exchange_is_drawn() -> None:
    text = PAGE.read_text("utf-8")
    drawn = text.count(" : ")
    assert drawn == sum(len(machine.transitions) for machine in machines().values())


def test_the_examples_run() -> None:
    failed, tried = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert (failed, tried > 20) == (0, True)
