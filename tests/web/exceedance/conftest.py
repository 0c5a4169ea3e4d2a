"""The stack of ``tests/bureau/exceedance`` with one small episode, for its pages."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "bureau" / "exceedance"))


@pytest.fixture
def stack(person: Callable[..., Any], platform_store: Any) -> Any:
    """Sulphur dioxide at 40 mg/m³ for two hours, limit 35; the firm was told."""
    from stack_cases import Stack, at

    made = Stack.made(person, platform_store)
    made.sends(at("03-01 00:00"), [10, 40, 40, 10])
    made.judged(at("03-01 00:00"), at("03-01 04:00"))
    return made
