"""The interface as it is once a procedure is declared, and a program that calls it."""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from django.urls import include, path
from django.utils import timezone


@cache
def _built() -> tuple[Any, types.ModuleType]:
    """The interface over what is declared at the first call, and its addresses: making one takes seconds, and the
    trial case is declared the same for each test."""
    from zhihuan.web.api import interface

    built = interface.build("trial")
    table = types.ModuleType("urls_of_the_trial")
    table.urlpatterns = [path("", include(interface.urlpatterns(built)))]  # type: ignore[attr-defined]
    return built, table


@pytest.fixture
def api(case: Any, settings: Any, platform_store: Any) -> Any:
    """The interface with the trial case, in place of the platform's own."""
    built, settings.ROOT_URLCONF = _built()
    settings.ZHIHUAN_API_PER_CALLER = settings.ZHIHUAN_API_PER_ADDRESS = 0
    return built


@pytest.fixture
def token() -> Callable[..., dict[str, str]]:
    """``token(user, "matters.view_trial_case")``: the header of a program of theirs with these scopes,
    with all that the user may when none is named."""
    from zhihuan.bureau.access.issuing import issue

    def make(user: Any, *scopes: str) -> dict[str, str]:
        named = list(scopes) or sorted(user.get_all_permissions())
        end = timezone.now() + dt.timedelta(days=1)
        text = issue(user, name="试", scopes=named, expires_at=end, by=user).text
        return {"HTTP_AUTHORIZATION": f"Bearer {text}"}

    return make
