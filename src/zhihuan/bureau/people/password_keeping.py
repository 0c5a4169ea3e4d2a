"""Give and change passwords, remember the former ones, and say when one must be changed.

A first password is made here, shown once to whoever opened the account and good only for choosing
another. Neither it nor any other is ever written to the audit trail.
"""

from __future__ import annotations

import datetime as dt
import enum
import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.people.models import UsedPassword, User
from zhihuan.bureau.people.password_rules import kinds_in, rules_on

#: Without characters that are mistaken for one another when read aloud or written by hand.
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789"
_FIRST_LENGTH = 14


class Due(enum.Enum):
    """Why somebody must choose another password before anything else."""

    FIRST = "first"
    EXPIRED = "expired"


def due(user: User, now: dt.datetime | None = None) -> Due | None:
    """Whether a new password is due. Not for accounts without one, nor for the demo's."""
    if user.synthetic or not user.has_usable_password():
        return None
    if user.must_change_password:
        return Due.FIRST
    return Due.EXPIRED if (now or timezone.now()) > good_until(user) else None


def good_until(user: User) -> dt.datetime:
    """When their password must be changed at the latest, by today's rules."""
    days = rules_on(timezone.localdate()).days
    return (user.password_since or user.date_joined) + dt.timedelta(days=days)


@transaction.atomic
def change_password(user: User, password: str, *, actor: Any, address: str = "") -> None:
    """Take a password that was checked. The caller ends the sessions of the former one."""
    _set(user, password, must_change=False)
    record("account.change_password", f"account:{user.username}", actor=actor, address=address)


@transaction.atomic
def hand_out_password(user: User, *, actor: Any, address: str = "") -> str:
    """A first password, returned once: whoever signs in with it must choose another."""
    password = _first_password()
    _set(user, password, must_change=True)
    record("account.hand_out_password", f"account:{user.username}", actor=actor, address=address)
    return password


def _set(user: User, password: str, *, must_change: bool) -> None:
    user.set_password(password)
    user.password_since = timezone.now()
    user.must_change_password = must_change
    user.save(update_fields=["password", "password_since", "must_change_password"])
    UsedPassword.objects.create(user=user, encoded=user.password, since=user.password_since)
    remembered = rules_on(timezone.localdate()).remembered
    kept = user.used_passwords.order_by("-id").values_list("pk", flat=True)[:remembered]
    user.used_passwords.exclude(pk__in=list(kept)).delete()


def _first_password() -> str:
    """Random, and of enough kinds to meet the rules."""
    rules = rules_on(timezone.localdate())
    length = max(_FIRST_LENGTH, rules.minimum_length)
    while True:
        found = "".join(secrets.choice(_ALPHABET) for _position in range(length - 1)) + "-"
        if kinds_in(found) >= rules.kinds:
            return found
