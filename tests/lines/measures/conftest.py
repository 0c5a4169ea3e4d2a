"""The people and papers of measures."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def cast(person: Callable[..., Any], tmp_path: Path, settings: Any) -> Any:
    """Officers and a head at the branch of 三角, a leader, an officer elsewhere, a factory with its user."""
    from measures_walk import Cast

    settings.ZHIHUAN_HOME = tmp_path
    return Cast.made(person)
