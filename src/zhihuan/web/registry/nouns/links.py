"""Links to records of nouns that are declared later: looked up when the link is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zhihuan.web.registry.nouns import noun_of


def page_of(code: str) -> Callable[[Any], str]:
    """A column's ``link`` to the page of its own row."""
    return lambda row: noun_of(code).url_of(row)


def form_of(code: str) -> Callable[[Any], str]:
    """A column's ``link`` to the form of its own row."""
    return lambda row: noun_of(code).edit_url_of(row)
