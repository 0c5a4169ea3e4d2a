"""Acts that count, made below the engine."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def act(db: None) -> Any:
    """``act("penalty_fined", "2026-03-02", amount="5000", town="三角镇")``: a row with its matter and step."""
    from acts import Acts

    return Acts()
