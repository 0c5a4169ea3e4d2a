"""People as they are in service: with a password field that says there is none to sign in with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def person(person: Callable[..., Any]) -> Callable[..., Any]:
    """As everywhere, but saved as the platform saves an account: its password is never blank."""

    def make(*roles: str, **given: Any) -> Any:
        user = person(*roles, **given)
        if not user.password:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        return user

    return make
