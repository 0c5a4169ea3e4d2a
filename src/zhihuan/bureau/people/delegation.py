"""Delegation (委托代理): somebody who is away lets another act with chosen roles, for a time.

A delegation is grants with ``on_behalf_of``; each ends by itself on its last day, and with the
lender's own role (``GrantQuerySet.in_force``). Nobody passes on what was only lent to them, nobody
lends an administrator's role, and the deputy's own roles must go with the lent ones.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.people import open_work
from zhihuan.bureau.people.actions import reach_of
from zhihuan.bureau.people.granting import (
    conflict,
    duplicate_of,
    end_grants,
    grant_all,
    place_problem,
    side_problem,
)
from zhihuan.bureau.people.models import RoleGrant, User
from zhihuan.bureau.people.models.grant import GrantQuerySet

DELEGATE = "people.delegate_role"
#: No leave is longer; whoever is away for longer has another do the work in their own right.
LONGEST = dt.timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Delegation:
    """Who lends which of their roles to whom, from when until when (both included), and why."""

    holder: User
    deputy: User
    roles: Sequence[RoleGrant]
    first: dt.date
    last: dt.date
    why: str
    hand_over: bool = False


@dataclass(frozen=True, slots=True)
class Delegated:
    """What came of it: the grants, and how much open work of each kind moved."""

    grants: list[RoleGrant]
    moved: dict[str, int] = field(default_factory=dict)


#: ``effect(grants, actor, ended=…)``: grants lent together, or the one that was ended before its time.
Effect = Callable[..., None]
_effects: list[Effect] = []


def on_delegated(effect: Effect) -> None:
    """Have something follow a delegation and its end, in the same transaction: told by a room above."""
    if effect not in _effects:
        _effects.append(effect)


def _follow(grants: Sequence[RoleGrant], actor: Any, *, ended: bool) -> None:
    for effect in _effects:
        effect(grants, actor, ended=ended)


def lendable(holder: User) -> list[RoleGrant]:
    """The roles somebody may lend today: their own, in force, of those the matrix lets lend."""
    own = RoleGrant.objects.in_force().filter(user=holder, on_behalf_of__isnull=True)
    rows = own.select_related("organisation")
    return [each for each in rows if reach_of(each.role, DELEGATE) is not None]


@transaction.atomic
def delegate(wanted: Delegation, *, actor: Any, address: str = "") -> Delegated:
    """Lend. ValidationError says what stands against it, by field."""
    check(wanted)
    given = grant_all(_grants(wanted, actor), actor=actor, why=wanted.why, address=address)
    _follow(given, actor, ended=False)
    moved: dict[str, int] = {}
    if wanted.hand_over:
        places = [each.organisation for each in wanted.roles]
        moved = open_work.hand_over(wanted.holder, wanted.deputy, places, actor)
    return Delegated(given, moved)


def _grants(wanted: Delegation, actor: Any) -> list[RoleGrant]:
    return [
        RoleGrant(
            user=wanted.deputy,
            role=each.role,
            organisation=each.organisation,
            valid_from=wanted.first,
            valid_until=min(wanted.last, each.valid_until or wanted.last),
            on_behalf_of=wanted.holder,
            reason=wanted.why,
            granted_by=actor,
        )
        for each in wanted.roles
    ]


def check(wanted: Delegation) -> None:
    """ValidationError with the first thing that stands against it, by field."""
    for name, problem in _problems(wanted):
        raise ValidationError({name: problem})


def _problems(wanted: Delegation) -> Iterable[tuple[str, str]]:
    yield from _problems_of_days(wanted)
    yield from _problems_of_deputy(wanted)
    if not wanted.roles:
        yield "roles", _("请至少选择一个角色。")
    if set(wanted.roles) - set(lendable(wanted.holder)):
        yield "roles", _("所选角色不在委托人当前可委托的范围内。")
    for each in wanted.roles:
        if problem := place_problem(each.role, each.organisation):
            yield "roles", problem
        if problem := side_problem(each.role, wanted.deputy):
            yield "deputy", problem
    codes = [each.role for each in wanted.roles]
    if problem := conflict(wanted.deputy, codes, wanted.first, wanted.last):
        yield "deputy", problem
    if any(duplicate_of(each) for each in _grants(wanted, None)):
        yield "roles", _("这段时间内已有同样的委托。")


def _problems_of_days(wanted: Delegation) -> Iterable[tuple[str, str]]:
    today = timezone.localdate()
    if wanted.last < wanted.first:
        yield "last", _("截止日期早于起始日期。")
    if wanted.first < today:
        yield "first", _("起始日期不能早于今天，代理不能倒签。")
    if wanted.last - wanted.first > LONGEST:
        yield "last", _("代理期限最长 %(days)s 天。") % {"days": LONGEST.days}
    if not wanted.why.strip():
        yield "why", _("请填写事由。")


def _problems_of_deputy(wanted: Delegation) -> Iterable[tuple[str, str]]:
    if wanted.deputy.pk == wanted.holder.pk:
        yield "deputy", _("不能委托给自己。")
    if not wanted.deputy.may_sign_in:
        yield "deputy", _("此账号已停用或锁定，不能代理。")


@transaction.atomic
def end_delegation(grant: RoleGrant, *, actor: Any, why: str, address: str = "") -> None:
    """End one lent role before its time: the lender takes it back, or the deputy gives it back.

    ValidationError for whoever is neither, for a role that was not lent, and when it has ended.
    """
    if grant.on_behalf_of_id is None or actor.pk not in {grant.on_behalf_of_id, grant.user_id}:
        raise ValidationError(_("只有委托人或代理人本人可以提前结束代理。"))
    if not grant.is_open:
        raise ValidationError(_("此项代理已经结束。"))
    if not why.strip():
        raise ValidationError({"why": _("请填写事由。")})
    end_grants([grant], actor=actor, why=why, address=address)
    _follow([grant], actor, ended=True)


def lent_by(holder: User) -> GrantQuerySet:
    """What somebody lent and lends, the newest first."""
    rows = RoleGrant.objects.filter(on_behalf_of=holder)
    return rows.select_related("user", "organisation").order_by("-valid_from", "-id")


def lent_to(deputy: User) -> GrantQuerySet:
    """What was and is lent to somebody, the newest first."""
    rows = RoleGrant.objects.filter(user=deputy, on_behalf_of__isnull=False)
    return rows.select_related("on_behalf_of", "organisation").order_by("-valid_from", "-id")
