"""The people and papers of a filing, and a plan that goes from step to step."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def cast(person: Callable[..., Any], tmp_path: Path, settings: Any) -> Any:
    """A clerk and a head at the branch of 三角, a head elsewhere, a factory with its user and papers."""
    from plan_walk import Cast

    settings.ZHIHUAN_HOME = tmp_path
    return Cast.made(person)


@pytest.fixture
def walk(cast: Any) -> Any:
    """A factory's plan, opened by its own user on Thursday 12 February 2026."""
    from plan_walk import Walk

    return Walk.opened(cast, "2026-02-12")


@pytest.fixture
def filed(walk: Any) -> Any:
    """The same, of larger risk, handed in on 12 February and filed on 2 March."""
    walk.take("submit", walk.cast.owner, "2026-02-12", **walk.cast.plan(risk="M"))
    walk.take("file", walk.cast.clerk, "2026-03-02")
    return walk
