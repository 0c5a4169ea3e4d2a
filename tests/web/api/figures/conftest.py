"""Acts that count, for programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[3] / "indicators"))


@pytest.fixture
def act(db: None) -> Any:
    """See tests/indicators/acts.py."""
    from acts import Acts

    return Acts()
