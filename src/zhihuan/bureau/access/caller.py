"""Who calls: a person's session or a token, and what this caller may do.

A token narrows its owner, it never widens: a caller may do what the owner may today **and** the
token's scopes name. Ask the caller, never ``caller.user.has_perm``: that one knows no token.
"""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q
from django.utils import timezone

from zhihuan.bureau.access.issuing import digest_of
from zhihuan.bureau.access.models import ApiToken
from zhihuan.bureau.access.networks import lies_within
from zhihuan.bureau.people.let_in import is_let_in
from zhihuan.bureau.people.scope import NOTHING, Scope, scope_of

#: Use is written down at most this often: a token that is used all day costs one row a minute.
_NOTED_EVERY = dt.timedelta(minutes=1)
#: Longer than any token of ours: whatever a stranger sends is not hashed without end.
_LONGEST_TEXT = 200


class Refusal(enum.Enum):
    """Why a token does not open the door."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    REVOKED = "revoked"
    OWNER_DISABLED = "owner-disabled"
    WRONG_ADDRESS = "wrong-address"


class TokenRefusedError(Exception):
    """A token that does not open; ``refusal`` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Caller:
    """``user`` acts; through ``token``, or in a session of their own (None)."""

    user: Any
    token: ApiToken | None = None

    def holds(self, permission: str) -> bool:
        """Whether the token's scopes name this; a session is not narrowed."""
        return self.token is None or permission in self.token.scopes

    def scope(self, permission: str) -> Scope:
        """Where this caller may do this: nowhere, when the token does not name it."""
        return scope_of(self.user, permission) if self.holds(permission) else NOTHING

    def may(self, permission: str, row: Model | None = None) -> bool:
        """Whether this caller may do this at all, or to this record."""
        scope = self.scope(permission)
        return bool(scope) if row is None else scope.covers(row)

    @property
    def key(self) -> str:
        """Names the caller where requests are counted."""
        return f"user:{self.user.pk}" if self.token is None else f"token:{self.token.pk}"


def caller_by_token(text: str, address: str = "") -> Caller:
    """The caller behind a token, and a note that it was used. Raises ``TokenRefusedError``."""
    token = _find(text)
    if token is None:
        raise TokenRefusedError(Refusal.UNKNOWN)
    if (refusal := _refusal(token, address)) is not None:
        raise TokenRefusedError(refusal)
    _note_use(token, address)
    return Caller(token.owner, token)


def _refusal(token: ApiToken, address: str) -> Refusal | None:
    """What speaks against this token, from this address, now."""
    if token.revoked_at is not None:
        return Refusal.REVOKED
    if token.is_expired():
        return Refusal.EXPIRED
    if not is_let_in(token.owner):
        return Refusal.OWNER_DISABLED
    return None if lies_within(address, token.addresses) else Refusal.WRONG_ADDRESS


def _find(text: str) -> ApiToken | None:
    if len(text) > _LONGEST_TEXT:
        return None
    return ApiToken.objects.select_related("owner").filter(digest=digest_of(text)).first()


def _note_use(token: ApiToken, address: str) -> None:
    now = timezone.now()
    due = now - _NOTED_EVERY
    if token.last_used_at is not None and token.last_used_at > due:
        return
    unnoted = Q(last_used_at__isnull=True) | Q(last_used_at__lte=due)
    ApiToken.objects.filter(unnoted, pk=token.pk).update(
        last_used_at=now, last_used_address=address[:45]
    )
