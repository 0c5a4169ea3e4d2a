"""The first administrators: while nobody holds a right, whoever keeps the machine may act without one.

It ends by itself: as soon as somebody who can sign in holds the right, only they act.
"""

from __future__ import annotations

from typing import Any

from zhihuan.bureau.people.actions import declared_actions
from zhihuan.bureau.people.models import Organisation, RoleGrant, User


def nobody_may(permission: str) -> bool:
    """Whether no account that can sign in holds this right today."""
    roles = declared_actions()[permission].roles
    able = User.objects.filter(is_active=True, locked_at__isnull=True)
    if able.filter(is_superuser=True).exists():
        return False
    return not RoleGrant.objects.in_force().filter(role__in=roles, user__in=able).exists()


def first_body(name: str, changes: Any) -> Organisation:
    """The bureau itself, registered when no organisation is yet; ValueError when there is one."""
    if Organisation.objects.exists():
        raise ValueError("there are organisations: name one of them")
    body = Organisation(name=name, kind=Organisation.Kind.BUREAU)
    changes.create(body)
    return body
