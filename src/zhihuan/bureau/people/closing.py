"""Close an organisation (撤销) and open it again. A body is never deleted: its past stays its own.

A body closes when nobody works there any more and nothing lies below it: people and sub-units are
moved first, by somebody who decides where to.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.history.changing import changing
from zhihuan.bureau.people.models import Organisation, RoleGrant, User


def close(
    body: Organisation, on: dt.date, *, actor: Any, why: str, address: str = ""
) -> Organisation:
    """From ``on`` it is no more. ValidationError tells everything that stands against it."""
    if problems := list(hindrances(body)):
        raise ValidationError(problems)
    if on > timezone.localdate():
        raise ValidationError({"on": _("撤销日期不能晚于今天。")})
    with changing(actor, why=why) as changes:
        changes.update(body, closed_on=on)
        record("organisation.close", _subject(body), actor=actor, address=address, why=why)
    return body


def reopen(body: Organisation, *, actor: Any, why: str, address: str = "") -> Organisation:
    """It works again. ValidationError when what stands above it is closed."""
    with changing(actor, why=why) as changes:
        changes.update(body, closed_on=None)
        record("organisation.reopen", _subject(body), actor=actor, address=address, why=why)
    return body


def hindrances(body: Organisation) -> Iterable[str]:
    """Why it cannot close yet, in words; three queries."""
    today = timezone.localdate()
    below = Organisation.objects.filter(path__startswith=body.path).exclude(pk=body.pk)
    found = (
        (below.filter(closed_on=None).count(), _("还有 %(n)s 个下级机构，请先撤销或划转。")),
        (
            User.objects.filter(organisation=body, is_active=True).count(),
            _("还有 %(n)s 个在用账号，请先调整所属机构或办理离职。"),
        ),
        (
            RoleGrant.objects.open(today).filter(organisation=body).count(),
            _("还有 %(n)s 项有效授权，请安全管理员先收回。"),
        ),
    )
    return [words % {"n": count} for count, words in found if count]


def _subject(body: Organisation) -> str:
    return f"organisations:{body.pk}"
