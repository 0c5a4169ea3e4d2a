"""Issue and revoke tokens. Each act is audited; the token itself is returned once and kept nowhere."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.access.models import ApiToken
from zhihuan.bureau.audit.record import record

LONGEST = dt.timedelta(days=365)
#: What tokens begin with, so that they are recognised where they must not be (logs, repositories).
_BEGINNINGS = {ApiToken.Kind.PERSONAL: "zhp_", ApiToken.Kind.SYSTEM: "zhs_"}
_BYTES = 32


@dataclass(frozen=True, slots=True)
class Issued:
    """A new token, and its text: shown once to whoever asked for it."""

    token: ApiToken
    text: str


def digest_of(text: str) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def issue(  # noqa: PLR0913 - what a token is, and on whose word
    owner: Any,
    *,
    name: str,
    scopes: Iterable[str],
    expires_at: dt.datetime,
    by: Any,
    kind: str = ApiToken.Kind.PERSONAL,
    address: str = "",
) -> Issued:
    """A new token for ``owner``; ValidationError names the field that is wrong.

    ``expires_at`` is aware and at most a year away. ``scopes`` are permission codes of which the
    owner holds each today.
    """
    wanted = sorted(set(scopes))
    _check(owner, name, wanted, expires_at)
    text = _BEGINNINGS[ApiToken.Kind(kind)] + secrets.token_urlsafe(_BYTES)
    with transaction.atomic():
        token = ApiToken.objects.create(
            owner=owner,
            kind=kind,
            name=name.strip(),
            digest=digest_of(text),
            scopes=wanted,
            expires_at=expires_at,
            created_by=by,
        )
        record(
            "token.issue",
            f"token:{token.pk}",
            actor=by,
            address=address,
            name=token.name,
            kind=token.kind,
            owner=owner.get_username(),
            scopes=wanted,
            expires=expires_at.isoformat(),
        )
    return Issued(token, text)


def _check(owner: Any, name: str, scopes: list[str], expires_at: dt.datetime) -> None:
    now = timezone.now()
    wrong: dict[str, str] = {}
    if not name.strip():
        wrong["name"] = _("请填写用途")
    if not scopes:
        wrong["scopes"] = _("请至少选择一项权限")
    elif foreign := [code for code in scopes if not owner.has_perm(code)]:
        wrong["scopes"] = _("持有人没有这些权限：%(codes)s") % {"codes": "、".join(foreign)}
    if not now < expires_at <= now + LONGEST:
        wrong["expires_at"] = _("到期时间须在一年以内，且晚于现在")
    if wrong:
        raise ValidationError(wrong)


@transaction.atomic
def revoke(token: ApiToken, *, by: Any, address: str = "") -> bool:
    """Whether it was revoked now; False when it had been before."""
    rows = ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True)
    if not rows.update(revoked_at=timezone.now(), revoked_by=by):
        return False
    record(
        "token.revoke",
        f"token:{token.pk}",
        actor=by,
        address=address,
        name=token.name,
        owner=token.owner.get_username(),
    )
    return True
