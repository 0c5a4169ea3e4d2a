"""What is read along with the account of whoever is signed in, in the same query: figures that every page
of theirs needs. Told by the rooms that keep them; nothing here knows any of those.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zhihuan.bureau.people.models import User

__all__ = ["register_read_along", "with_what_is_read_along"]

_registered: dict[str, Callable[[], Any]] = {}


def register_read_along(name: str, make: Callable[[], Any]) -> None:
    """Have ``make()``, an expression over ``User`` along an index, as the attribute ``name`` of whoever is
    signed in. ValueError for a name that is taken."""
    if _registered.setdefault(name, make) is not make:
        raise ValueError(f"{name} is read along already")


def with_what_is_read_along() -> Any:
    """Accounts with all of it, and with the organisation that the header names."""
    figures = {name: make() for name, make in _registered.items()}
    return User.objects.select_related("organisation").annotate(**figures)
