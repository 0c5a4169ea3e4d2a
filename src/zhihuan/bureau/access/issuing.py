"""Issue and revoke tokens. Each act is audited; the token itself is returned once and kept nowhere."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.access.models import ApiToken
from zhihuan.bureau.access.networks import MOST, NotANetworkError, read_networks
from zhihuan.bureau.audit.record import record
from zhihuan.bureau.people.let_in import is_let_in

MANAGE = "access.manage_system_token"
#: What tokens begin with, so that they are recognised where they must not be (logs, repositories).
_BEGINNINGS = {ApiToken.Kind.PERSONAL: "zhp_", ApiToken.Kind.SYSTEM: "zhs_"}
_BYTES = 32


@dataclass(frozen=True, slots=True)
class Issued:
    """A new token, and its text: shown once to whoever asked for it."""

    token: ApiToken
    text: str


@dataclass(frozen=True, slots=True)
class Bounds:
    """What binds a system token beside its scopes: whose program it is, and from where it may come."""

    organisation: Any = None
    addresses: Sequence[str] = field(default=())


def longest() -> dt.timedelta:
    """How long a token may live (``ZHIHUAN_TOKEN_DAYS``)."""
    return dt.timedelta(days=settings.ZHIHUAN_TOKEN_DAYS)


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
    bounds: Bounds = Bounds(),
    address: str = "",
) -> Issued:
    """A new token for ``owner``; ValidationError names the field that is wrong.

    ``expires_at`` is aware and at most ``longest()`` away. ``scopes`` are permission codes of which the
    owner holds each today. A personal token is issued by its owner, a system token by whoever may
    manage those: PermissionDenied otherwise. ``address``: where the act came from.
    """
    _require_right(owner, kind, by)
    wanted = sorted(set(scopes))
    networks = _checked(owner, name, wanted, expires_at, bounds)
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
            organisation=bounds.organisation,
            addresses=networks,
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
            addresses=networks,
            expires=expires_at.isoformat(),
        )
    return Issued(token, text)


def _require_right(owner: Any, kind: str, by: Any) -> None:
    is_right = by == owner if kind == ApiToken.Kind.PERSONAL else by.has_perm(MANAGE)
    if not is_right:
        raise PermissionDenied


def _checked(
    owner: Any, name: str, scopes: list[str], expires_at: dt.datetime, bounds: Bounds
) -> list[str]:
    """The networks as they are kept. Raises ValidationError."""
    now = timezone.now()
    wrong: dict[str, str] = {}
    networks: list[str] = []
    if not name.strip():
        wrong["name"] = _("请填写用途")
    if not is_let_in(owner):
        wrong["owner"] = _("账号已停用或锁定，不能持有令牌")
    if not scopes:
        wrong["scopes"] = _("请至少选择一项权限")
    elif foreign := [code for code in scopes if not owner.has_perm(code)]:
        wrong["scopes"] = _("持有人没有这些权限：%(codes)s") % {"codes": "、".join(foreign)}
    if not now < expires_at <= now + longest():
        wrong["expires_at"] = _("到期时间须晚于现在，且在 %(days)s 天以内") % {
            "days": longest().days
        }
    try:
        networks = read_networks(bounds.addresses)
    except NotANetworkError as error:
        wrong["addresses"] = _("“%(text)s”不是地址或网段") % {"text": error.text[:60]}
    if len(networks) > MOST:
        wrong["addresses"] = _("至多 %(most)s 个地址或网段") % {"most": MOST}
    if wrong:
        raise ValidationError(wrong)
    return networks


@transaction.atomic
def revoke(token: ApiToken, *, by: Any, address: str = "") -> bool:
    """Whether it was revoked now; False when it had been before.

    Owners revoke theirs, whoever manages system tokens any: PermissionDenied otherwise.
    """
    if by != token.owner and not by.has_perm(MANAGE):
        raise PermissionDenied
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
