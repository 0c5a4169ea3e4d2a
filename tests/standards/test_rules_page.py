"""The page of validity rules says what the packaged files say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_of_validity_rules_is_what_the_files_say() -> None:
    check = [sys.executable, str(ROOT / "scripts" / "write_validity_rules.py"), "--check"]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
