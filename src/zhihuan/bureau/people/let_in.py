"""Whether the rules of signing in would let an account in today, asked without its password.

For whatever acts in somebody's name while they are away: API tokens, webhooks. A rule that is added to
an authentication backend (locked, left the service) holds for those too, without being said twice.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_backends


def is_let_in(user: Any) -> bool:
    """Whether no backend has anything against this account. It says nothing about rights."""
    if not user.is_active:
        return False
    asked = [getattr(each, "user_can_authenticate", None) for each in get_backends()]
    return all(may(user) for may in asked if may is not None)
