"""People of a case about a natural person, and browsers of theirs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "lines" / "enforcement"))


@pytest.fixture(autouse=True)
def _no_store_of_another_test(platform_store: Any) -> None:
    """The frame of every page asks whether there is synthetic data."""


@pytest.fixture
def cast(person: Callable[..., Any], tmp_path: Path, settings: Any) -> Any:
    from case_walk import Cast

    settings.ZHIHUAN_HOME = tmp_path
    return Cast.made(person)


@pytest.fixture
def browse(client: Any) -> Callable[[Any], Any]:
    """``browse(cast.officer)``: a browser in which that person has signed in."""

    def log_in(user: Any) -> Any:
        client.force_login(user)
        return client

    return log_in
