"""The case, its people and its time, as the bureau's tests have them, with browsers for the people."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

sys.path.insert(0, str(Path(__file__).parents[2] / "bureau" / "inbox"))

from inbox_cases import case, cast, decided, decided_too, filed, leader, moment, walk

__all__ = ["case", "cast", "decided", "decided_too", "filed", "leader", "moment", "walk"]


@pytest.fixture
def browse(platform_store: Any) -> Callable[[Any], Client]:
    """``browse(user)``: a browser in which they are signed in."""

    def sign_in(user: Any) -> Client:
        browser = Client()
        browser.force_login(user)
        return browser

    return sign_in
