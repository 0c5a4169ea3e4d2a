"""The people of a clue, and a clue that goes from step to step."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def cast(person: Callable[..., Any], tmp_path: Path, settings: Any) -> Any:
    """Desk, head, leader and two certified officers at the bureau and the branch of 三角; strangers elsewhere."""
    from clue_walk import Cast

    settings.ZHIHUAN_HOME = tmp_path
    return Cast.made(person)


@pytest.fixture
def walk(cast: Any) -> Any:
    """A clue that was opened on Thursday 12 February 2026."""
    from clue_walk import Walk

    return Walk.opened(cast, "2026-02-12")


@pytest.fixture
def pooled(walk: Any) -> Any:
    """The same, registered as an abnormal reading found that morning."""
    walk.register()
    return walk


@pytest.fixture
def dispatched(pooled: Any) -> Any:
    """The same, judged worth a check and sent to the branch on the next day."""
    pooled.take("accept", pooled.cast.duty, "2026-02-13", **pooled.JUDGED)
    pooled.take("dispatch", pooled.cast.duty, "2026-02-13", **pooled.sent())
    return pooled


@pytest.fixture
def checked(dispatched: Any) -> Any:
    """The same, found true by two officers on 24 February, after Spring Festival."""
    dispatched.verify("2026-02-24", "proved")
    return dispatched
