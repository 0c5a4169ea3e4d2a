"""The people and papers of a case, and a case that goes from step to step."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def cast(person: Callable[..., Any], tmp_path: Path, settings: Any) -> Any:
    """Two officers with certificates, one without, a head, a reviewer, a lawyer, a leader, and a factory."""
    from case_walk import Cast

    settings.ZHIHUAN_HOME = tmp_path
    return Cast.made(person)


@pytest.fixture
def walk(cast: Any) -> Any:
    """A case that was opened on Monday 31 August 2026."""
    from case_walk import Walk

    return Walk.opened(cast)
