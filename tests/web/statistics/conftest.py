"""Acts that count, and the people who look at them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "indicators"))


@pytest.fixture(autouse=True)
def _no_store_of_another_test(platform_store: Any) -> None:
    """The frame of every page asks whether there is synthetic data."""


@pytest.fixture
def act(db: None) -> Any:
    """See tests/indicators/acts.py."""
    from acts import Acts

    return Acts()


@pytest.fixture
def branch(db: None) -> Any:
    """The branch of 三角."""
    from zhihuan.bureau.people.models import Organisation
    from zhihuan.bureau.places.city import find_town

    bureau = Organisation.objects.create(name="市生态环境局", kind="bureau")
    found = Organisation.objects.create(name="三角分局", kind="branch", parent=bureau)
    found.towns.set([find_town("三角镇")])
    return found
