"""What is read along with the account of whoever is signed in, in the same query: figures that every page
of theirs needs. Told by the rooms that keep them; nothing here knows any of those.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from zhihuan.bureau.people.built_once import ask, fields_of, record_of
from zhihuan.bureau.people.models import Organisation, User

__all__ = ["register_read_along", "signed_in_account"]

_registered: dict[str, Callable[[], Any]] = {}


def register_read_along(name: str, make: Callable[[], Any]) -> None:
    """Have ``make()``, an expression over ``User`` along an index, as the attribute ``name`` of whoever is
    signed in. ValueError for a name that is taken."""
    if _registered.setdefault(name, make) is not make:
        raise ValueError(f"{name} is read along already")


def signed_in_account(key: int) -> User | None:
    """The account with all of it, and with the organisation that the header names; None for none of that key."""
    figures = list(_registered)
    rows = ask(f"account with {', '.join(figures)}", _account, key=key)
    if not rows:
        return None
    mine, rest = _cut(rows[0], len(fields_of(User)))
    theirs, counted = _cut(rest, len(fields_of(Organisation)))
    account = record_of(User, mine)
    if account.organisation_id is not None:
        account.organisation = record_of(Organisation, theirs)
    vars(account).update(zip(figures, counted, strict=True))
    return account


def _account(key: int) -> QuerySet[User, Any]:
    figures = {name: make() for name, make in _registered.items()}
    wanted = [*fields_of(User), *(f"organisation__{name}" for name in fields_of(Organisation))]
    account = User.objects.filter(pk=key).order_by().annotate(**figures)
    return account.values_list(*wanted, *figures)


def _cut(row: tuple[Any, ...], at: int) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    return row[:at], row[at:]
