"""The people of a visit, and a visit that goes from step to step."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def cast(person: Callable[..., Any], tmp_path: Path, settings: Any) -> Any:
    """A head and four officers at the branch of 三角, a head elsewhere, factories with outlets and limits."""
    from visit_walk import Cast

    settings.ZHIHUAN_HOME = tmp_path
    return Cast.made(person)


@pytest.fixture
def walk(cast: Any) -> Any:
    """A visit to the factory, ordered on Thursday 12 February 2026 (the 15th to the 23rd are off)."""
    from visit_walk import Walk

    return Walk.opened(cast, "2026-02-12")


@pytest.fixture
def assigned(walk: Any) -> Any:
    walk.take("assign", walk.cast.head, "2026-02-12", **walk.cast.assignment())
    return walk


@pytest.fixture
def visiting(assigned: Any) -> Any:
    assigned.take("begin", assigned.cast.first, "2026-02-13", **assigned.cast.arrival("2026-02-13"))
    return assigned


@pytest.fixture
def told(visiting: Any) -> Any:
    """Recorded without suspicion, left, archived, and told on 13 February."""
    walk, day = visiting, "2026-02-13"
    walk.take("record", walk.cast.first, day, **walk.cast.record(day))
    walk.take("leave", walk.cast.first, day, left_at=f"{day}T09:00")
    walk.take("archive", walk.cast.first, day, recorders="01", footage="ZF-1")
    walk.take("tell", walk.cast.first, day, **walk.cast.telling())
    return walk
