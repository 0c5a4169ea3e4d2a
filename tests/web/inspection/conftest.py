"""The people of a visit, as the line's own tests have them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "lines" / "inspection"))


@pytest.fixture
def inspectors(person: Callable[..., Any], tmp_path: Path, settings: Any) -> Any:
    from visit_walk import Cast

    settings.ZHIHUAN_HOME = tmp_path
    return Cast.made(person)


@pytest.fixture
def recorded(inspectors: Any) -> Any:
    """A visit that was begun and recorded, signed by all three."""
    from visit_walk import Walk

    walk, day = Walk.opened(inspectors, "2026-02-12"), "2026-02-13"
    walk.take("assign", inspectors.head, "2026-02-12", **inspectors.assignment())
    walk.take("begin", inspectors.first, day, **inspectors.arrival(day))
    walk.take("record", inspectors.first, day, **inspectors.record(day))
    return walk
