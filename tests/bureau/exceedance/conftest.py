"""A stack with its enterprise, the branch of its town, and hours that its device sends."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def stack(person: Callable[..., Any], platform_store: Any) -> Any:
    """An enterprise of 三角镇 with one stack, sulphur dioxide limited to 35 mg/m³ by the hour."""
    from stack_cases import Stack

    return Stack.made(person, platform_store)


@pytest.fixture(autouse=True)
def _no_line_takes_what_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    """This room is tested by itself; what a line makes of an episode is tested with the line."""
    from zhihuan.bureau.exceedance import rising

    monkeypatch.setattr(rising, "_takers", [])
