"""Tells both sides that somebody stands in for somebody, and that it has ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.inbox.models import Message
from zhihuan.bureau.inbox.telling import News, tell_all
from zhihuan.bureau.people.models import RoleGrant

__all__ = ["tell_of_delegation"]

_LENT = _("%(lender)s 委托 %(deputy)s 代理，自 %(first)s 至 %(last)s。")
_ENDED = _("%(deputy)s 对 %(lender)s 的代理已提前结束。")


def tell_of_delegation(grants: Sequence[RoleGrant], actor: Any, *, ended: bool) -> None:
    """One message for the grants lent or ended together, to both sides but whoever did it. An effect of
    ``people.delegation``."""
    first = grants[0]
    lender, deputy = first.on_behalf_of, first.user
    if lender is None:
        return
    facts = {
        "lender": str(lender),
        "deputy": str(deputy),
        "first": first.valid_from.isoformat(),
        "last": first.valid_until.isoformat() if first.valid_until else "",
    }
    news = News(Message.Kind.DELEGATION, _ENDED if ended else _LENT, facts=facts)
    tell_all([(news, {lender.pk, deputy.pk} - {getattr(actor, "pk", None)})])
