"""Grant and revoke roles. What is refused is refused in words; what is done is in the audit trail.

A person never grants anything to themselves, the three administrators stay apart, and the last of
each of them stays: nobody could appoint another. Sessions of whoever loses a role go on: what they
may do is asked anew with every request.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.history.changing import Changes, changing
from zhihuan.bureau.people.models import Organisation, RoleGrant, User
from zhihuan.bureau.people.roles import ROLES, Side, incompatible


def grant_role(grant: RoleGrant, *, actor: Any, address: str = "") -> RoleGrant:
    """Save a grant that was filled in. ValidationError says what is wrong with it."""
    grant.granted_by, grant.granted_at = actor, timezone.now()
    _check(grant, actor)
    with changing(actor, why=grant.reason) as changes:
        _grant(grant, changes, actor, address)
    return grant


def grant_all(
    grants: Iterable[RoleGrant], *, actor: Any, why: str, address: str = ""
) -> list[RoleGrant]:
    """Several grants as one act, checked by the caller: all of them, or none."""
    given = list(grants)
    with changing(actor, why=why) as changes:
        for grant in given:
            _grant(grant, changes, actor, address)
    return given


def _grant(grant: RoleGrant, changes: Changes, actor: Any, address: str) -> None:
    changes.create(grant)
    _audit("role.grant", grant, actor, address, grant.reason)


def _audit(action: str, grant: RoleGrant, actor: Any, address: str, why: str) -> None:
    record(
        action,
        f"account:{grant.user.username}",
        actor=actor,
        address=address,
        role=grant.role,
        organisation=grant.organisation.name,
        valid_from=grant.valid_from.isoformat(),
        valid_until=grant.valid_until.isoformat() if grant.valid_until else None,
        on_behalf_of=grant.on_behalf_of.username if grant.on_behalf_of else None,
        grant=grant.pk,
        why=why,
    )


def revoke_role(grant: RoleGrant, *, actor: Any, why: str, address: str = "") -> list[RoleGrant]:
    """End a grant now, and with it what its holder lent of it; all that ended.

    ValidationError when it has been revoked, no reason is given, or nobody else of an
    administrator's role would be left.
    """
    if not why.strip():
        raise ValidationError({"why": _("请填写收回事由。")})
    if grant.revoked_at is not None:
        raise ValidationError(_("此项授权已经收回。"))
    if problem := last_of_role(grant):
        raise ValidationError(problem)
    return end_grants([grant, *lent_of(grant)], actor=actor, why=why, address=address)


def end_grants(
    grants: Iterable[RoleGrant], *, actor: Any, why: str, address: str = ""
) -> list[RoleGrant]:
    """Revoke several as one act, checked by the caller."""
    ended = list(grants)
    with changing(actor, why=why) as changes:
        for grant in ended:
            changes.update(grant, revoked_by=actor, revoked_at=timezone.now())
            _audit("role.revoke", grant, actor, address, why)
    return ended


def lent_of(grant: RoleGrant) -> list[RoleGrant]:
    """What the holder lent of this very grant and has not ended."""
    if grant.on_behalf_of_id is not None:
        return []
    rows = RoleGrant.objects.open(timezone.localdate()).filter(
        on_behalf_of=grant.user, role=grant.role, organisation=grant.organisation
    )
    return list(rows.select_related("user", "organisation"))


def last_of_role(grant: RoleGrant) -> str:
    """Why an administrator's grant may not end: it is the last in force; "" when it may."""
    if ROLES[grant.role].side is not Side.ADMINISTRATION:
        return ""
    others = RoleGrant.objects.in_force().filter(
        role=grant.role, user__is_active=True, user__locked_at=None
    )
    if others.exclude(user=grant.user_id).exists():
        return ""
    words = _("%(role)s只剩此人，收回后将无人履职。请先为他人授予该角色。")
    return words % {"role": ROLES[grant.role].name}


def _check(grant: RoleGrant, actor: Any) -> None:
    for name, problem in _problems(grant, actor):
        raise ValidationError({name: problem})


def _problems(grant: RoleGrant, actor: Any) -> Iterable[tuple[str, str]]:
    if actor is not None and grant.user_id == actor.pk:
        yield "user", _("不能给自己授权，请由另一名安全管理员办理。")
    if not grant.user.is_active:
        yield "user", _("此账号已停用，不能授权。")
    if grant.valid_until and grant.valid_until < max(grant.valid_from, timezone.localdate()):
        yield "valid_until", _("截止日期已过，或早于起始日期。")
    if problem := place_problem(grant.role, grant.organisation):
        yield "organisation", problem
    if problem := side_problem(grant.role, grant.user):
        yield "role", problem
    if problem := conflict(grant.user, [grant.role], grant.valid_from, grant.valid_until):
        yield "role", problem
    if duplicate_of(grant):
        yield "role", _("此人在该机构已有这一角色，且期限重叠。")


def side_problem(role: str, user: User) -> str:
    """Why this role is not for this person: the bureau's roles are for its own people, those of
    outside bodies for theirs. An administrator may be of a body that runs the platform."""
    if user.organisation is None:
        return _("此账号没有所属机构，请系统管理员先补登。")
    side, inside = ROLES[role].side, user.organisation.is_inside
    if side is Side.BUREAU and not inside:
        return _("“%(role)s”是本局角色，不能授予局外人员。") % {"role": ROLES[role].name}
    if side is Side.OUTSIDE and inside:
        return _("“%(role)s”是局外单位角色，不能授予本局人员。") % {"role": ROLES[role].name}
    return ""


def place_problem(role: str, organisation: Organisation) -> str:
    """Why this role cannot be held there, "" when it can: a role of the bureau is held inside it."""
    if organisation.is_closed:
        return _("“%(name)s”已撤销，不能在其任职。") % {"name": organisation.name}
    inside = ROLES[role].side is not Side.OUTSIDE
    if inside and not organisation.is_inside:
        return _("“%(role)s”只能在本局机构任职。") % {"role": ROLES[role].name}
    if not inside and organisation.is_inside:
        return _("“%(role)s”只能在局外单位任职。") % {"role": ROLES[role].name}
    return ""


def conflict(user: User, roles: Iterable[str], first: dt.date, last: dt.date | None) -> str:
    """Which held roles do not go with these, told by name; "" when all go together.

    Grants that begin later count too: two that are never in force on one day do not meet.
    """
    wanted = set(roles)
    meeting = RoleGrant.objects.meeting(first, last).filter(user=user)
    held = set(meeting.values_list("role", flat=True))
    if not incompatible(held | wanted):
        return ""
    names = "、".join(
        str(ROLES[code].name) for code in sorted(held | wanted, key=list(ROLES).index)
    )
    return _("三员分立：%(names)s 不能由一人兼任。请先收回其一，或改授他人。") % {"names": names}


def duplicate_of(grant: RoleGrant) -> RoleGrant | None:
    """A grant that says the same, on some of the same days."""
    same = RoleGrant.objects.meeting(grant.valid_from, grant.valid_until).filter(
        user=grant.user,
        role=grant.role,
        organisation=grant.organisation,
        on_behalf_of=grant.on_behalf_of,
    )
    return same.exclude(pk=grant.pk).first()
