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
from zhihuan.bureau.people.scope import grants_of
from zhihuan.bureau.people.signed_in import end_sessions

_REAL = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(user: Any) -> bool:
    """Whether a code or a key is asked of them; recovery codes alone are none."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=_REAL).exists()


def is_last(authenticator: Authenticator) -> bool:
    """Whether nothing but recovery codes would be left without it."""
    real = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=_REAL)
    return not real.exclude(pk=authenticator.pk).exists()


def must_have_second_factor(user: Any) -> bool:
    """Whether one of their roles demands it (``ZHIHUAN_SECOND_FACTOR_ROLES``)."""
    if user.synthetic:
        return False
    return user.is_superuser or demanding({held.role for held in grants_of(user)})


def demanding(roles: Iterable[str]) -> bool:
    """Whether one of these roles demands a second factor."""
    return not set(settings.ZHIHUAN_SECOND_FACTOR_ROLES).isdisjoint(roles)


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
