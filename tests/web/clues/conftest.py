"""Browsers of the people of a clue, and clues of theirs."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "lines" / "clues"))


@pytest.fixture(autouse=True)
def _no_store_of_another_test(platform_store: Any) -> None:
    """The frame of every page asks whether there is synthetic data."""


@pytest.fixture
def cast(person: Callable[..., Any], tmp_path: Path, settings: Any) -> Any:
    """Desk, head, leader and officers of the branch of 三角; strangers elsewhere."""
    from clue_walk import Cast

    settings.ZHIHUAN_HOME = tmp_path
    return Cast.made(person)


@pytest.fixture
def browse(client: Any) -> Callable[[Any], Any]:
    """``browse(cast.duty)``: a browser in which that person has signed in."""

    def log_in(user: Any) -> Any:
        client.force_login(user)
        return client

    return log_in


@pytest.fixture
def found(cast: Any) -> Callable[..., Any]:
    """``found("title", days_ago=3, rule="hour_over", tier="A")``: a clue registered today or so many days ago."""
    from clue_walk import Walk
    from django.utils import timezone

    def make(
        title: str = "某厂超标",
        *,
        days_ago: int = 0,
        source: str = "alarm",
        said: Any = None,
        **fields: Any,
    ) -> Any:
        day = (timezone.localdate() - dt.timedelta(days_ago)).isoformat()
        walk = Walk.opened(cast, day, title=title, **fields)
        told = {"source": source, "found_at": f"{day}T08:30"} | (said or {})
        walk.register(day, **told)
        walk.day = day
        return walk

    return make
