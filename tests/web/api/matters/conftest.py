"""The interface as it is once a procedure is declared, and a program that calls it."""

from __future__ import annotations

import datetime as dt
import itertools
import types
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import include, path
from django.utils import timezone

_numbers = itertools.count(1)


@pytest.fixture
def api(case: Any, settings: Any, platform_store: Any) -> Any:
    """The interface with the trial case, in place of the platform's own."""
    from zhihuan.web.api import interface

    built = interface.build(f"trial-{next(_numbers)}")
    table = types.ModuleType("urls_of_the_trial")
    table.urlpatterns = [path("", include(interface.urlpatterns(built)))]  # type: ignore[attr-defined]
    settings.ROOT_URLCONF = table
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
