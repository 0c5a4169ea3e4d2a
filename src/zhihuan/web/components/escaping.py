"""Escaping where a page writes thousands of cells itself. The rule is Django's own; most of what it is asked of
a cell (is it a lazy text? a list of arguments?) is answered by the cell's type."""

from __future__ import annotations

from html import escape
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

__all__ = ["escaped"]


def escaped(value: Any) -> str:
    """As ``conditional_escape``: fit to stand in HTML, in an attribute too; a ``SafeString`` as it is."""
    kind = type(value)
    if kind is SafeString:
        return str(value)
    return escape(value) if kind is str else conditional_escape(value)
