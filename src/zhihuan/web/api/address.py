"""Addresses of the interface for pages that name some: making the interface to reverse one would cost seconds."""

from __future__ import annotations

from django.urls import get_script_prefix

__all__ = ["HERE", "VERSION", "for_programs"]

#: Where the interface lies, and its version there.
HERE, VERSION = "api/", "v1/"


def for_programs(route: str) -> str:
    """The address of a route of the interface (``public/today``)."""
    return f"{get_script_prefix()}{HERE}{VERSION}{route}"
