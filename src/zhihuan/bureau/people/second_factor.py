"""The second factor: whose it must be, whether somebody has one, and taking it away when it is lost.

GB/T 22239-2019, 8.1.4.1 d): two ways of telling who somebody is, one of them cryptographic. The
roles that must have one are a setting; accounts of the demo are left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.people.models import RoleGrant
from zhihuan.bureau.people.scope import grants_of
from zhihuan.bureau.people.signed_in import end_sessions

_REAL = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(user: Any) -> bool:
    """Whether a code or a key is asked of them; recovery codes alone are none."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=_REAL).exists()


def all_with_second_factor() -> set[int]:
    """The keys of all accounts that have one: one query for lists of many."""
    return set(Authenticator.objects.filter(type__in=_REAL).values_list("user_id", flat=True))


def is_last(authenticator: Authenticator) -> bool:
    """Whether nothing but recovery codes would be left without it."""
    real = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=_REAL)
    return not real.exclude(pk=authenticator.pk).exists()


def must_have_second_factor(user: Any) -> bool:
    """Whether one of their roles demands it (``ZHIHUAN_SECOND_FACTOR_ROLES``)."""
    return is_demanded_of(user, {held.role for held in grants_of(user)})


def is_demanded_of(user: Any, roles: Iterable[str]) -> bool:
    """The same, with the roles that somebody holds given."""
    if user.synthetic:
        return False
    demanding = set(settings.ZHIHUAN_SECOND_FACTOR_ROLES)
    return bool(user.is_superuser) or not demanding.isdisjoint(roles)


def lacking(users: Iterable[Any]) -> list[Any]:
    """Those of ``users`` who must have a second factor and have none: two queries for all."""
    roles: dict[int, set[str]] = {}
    for user_id, role in RoleGrant.objects.in_force().values_list("user_id", "role"):
        roles.setdefault(user_id, set()).add(role)
    having = all_with_second_factor()
    return [
        user
        for user in users
        if user.pk not in having and is_demanded_of(user, roles.get(user.pk, ()))
    ]


@transaction.atomic
def take_away(user: Any, *, actor: Any, why: str, address: str = "") -> int:
    """Forget every factor of somebody who lost theirs, and end their sessions; how many it were."""
    count, _rows = Authenticator.objects.filter(user_id=user.pk).delete()
    record(
        "account.reset_second_factor",
        f"account:{user.get_username()}",
        actor=actor,
        address=address,
        count=count,
        why=why,
    )
    end_sessions(user, actor=actor, why="second_factor_reset", address=address)
    return count
