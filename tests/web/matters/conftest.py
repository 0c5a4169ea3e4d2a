"""Browsers of the people of the trial case, and more cases of theirs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _no_store_of_another_test(platform_store: Any) -> None:
    """The frame of every page asks whether there is synthetic data."""


@pytest.fixture
def open_case(case: Any, cast: Any) -> Callable[..., Any]:
    """``open_case("title", days_ago=3)``: one more case, opened by the officer or ``by`` another."""
    from django.utils import timezone

    from zhihuan.bureau.matters.engine.taking import Acting, open_matter

    def make(title: str, *, days_ago: int = 0, by: Any = None, **fields: Any) -> Any:
        at = timezone.now() - dt.timedelta(days=days_ago)
        given = {"party": cast.firm, "town": cast.town, **fields}
        return open_matter(case.code, Acting(by or cast.officer, at=at), title=title, **given)

    return make


@pytest.fixture
def file_case(open_case: Any, cast: Any) -> Callable[..., Any]:
    """``file_case("title", days_ago=3)``: the same, filed by both officers: its clock runs."""
    from django.utils import timezone

    from zhihuan.bureau.matters.engine.taking import Acting, take

    def make(title: str, *, days_ago: int = 0, **fields: Any) -> Any:
        matter = open_case(title, days_ago=days_ago, **fields)
        at = timezone.now() - dt.timedelta(days=days_ago)
        acting = Acting(cast.officer, officers=[cast.officer, cast.second], at=at)
        take(matter, "file", acting, version=matter.version)
        return matter

    return make
