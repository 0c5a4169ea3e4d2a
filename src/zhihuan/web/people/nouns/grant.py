"""Grants: who holds which role, where and until when; lent ones tell whose they are."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.models import RoleGrant
from zhihuan.bureau.people.roles import ROLES
from zhihuan.bureau.people.scope import scope_of
from zhihuan.web.components.status import Status, StatusKind
from zhihuan.web.components.table import Blank
from zhihuan.web.components.term import Term
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import ChoiceFilter, Column, DaysFilter, Listing, TextFilter
from zhihuan.web.people.forms.grant import ReasonForm
from zhihuan.web.registry.noun import Act, Noun
from zhihuan.web.registry.nouns import noun_of
from zhihuan.web.registry.nouns.links import page_of

_VIEW = "people.view_rolegrant"
_READ_ALONG = ("user", "organisation", "on_behalf_of", "granted_by", "revoked_by")


def _rows(user: Any) -> QuerySet[RoleGrant]:
    rows = RoleGrant.objects.select_related("user", "organisation", "on_behalf_of")
    return scope_of(user, _VIEW).filter(rows)


def _lent(user: Any) -> QuerySet[RoleGrant]:
    return _rows(user).filter(on_behalf_of__isnull=False)


def state_of(row: RoleGrant) -> Status:
    """Where a grant stands today."""
    today = timezone.localdate()
    if row.revoked_at is not None:
        return Status(StatusKind.VOID, _("已收回"))
    if row.valid_until is not None and row.valid_until < today:
        return Status(StatusKind.VOID, _("已到期"))
    if row.valid_from > today:
        return Status(StatusKind.WAITING, _("尚未生效"))
    return Status(StatusKind.DONE, _("有效"))


def _in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    today = timezone.localdate()
    kept = Q(revoked_at__isnull=True)
    ended = Q(valid_until__isnull=False, valid_until__lt=today)
    states = {
        "valid": kept & ~ended & Q(valid_from__lte=today),
        "coming": kept & Q(valid_from__gt=today),
        "ended": kept & ended,
        "revoked": ~kept,
    }
    return rows.filter(states[state]) if state in states else rows.none()


_STATES = [
    ("valid", _("有效")), ("coming", _("尚未生效")), ("ended", _("已到期")), ("revoked", _("已收回")),
]  # fmt: skip
_ROLES = [(role.code, role.name) for role in ROLES.values()]
_PERSON = ("user__username", "user__display_name")


def role_name(row: RoleGrant) -> Any:
    return ROLES[row.role].name if row.role in ROLES else row.role


GRANT_COLUMNS = (
    Column("role", _("角色"), value=role_name, sort="role", link=page_of("grants"), width=22),
    Column("organisation", _("任职机构"), sort="organisation__name", width=36),
    Column("valid_from", _("自"), Kind.DAY, sort="valid_from"),
    Column("valid_until", _("至"), Kind.DAY, sort="valid_until"),
    Column("on_behalf_of", _("代理何人"), sort="on_behalf_of__username"),
    Column("state", _("状态"), Kind.STATUS, value=state_of),
)

GRANTS = Listing(
    name="grants",
    title=_("授权"),
    scope=_rows,
    columns=(
        Column("user", _("人员"), sort="user__username", link=page_of("grants")),
        *(each for each in GRANT_COLUMNS if each.name != "role"),
        Column("role", _("角色"), value=role_name, sort="role", width=22),
        Column("reason", _("事由"), width=30, shown=False),
        Column("granted_at", _("授权时间"), Kind.MOMENT, sort="granted_at", shown=False),
    ),
    filters=(
        TextFilter("q", _("账号、姓名或机构"), fields=(*_PERSON, "organisation__name")),
        ChoiceFilter("role", _("角色"), options=_ROLES),
        ChoiceFilter("state", _("状态"), options=_STATES, apply=_in_state),
        DaysFilter("until", _("至"), field="valid_until", is_moment=False, is_main=False),
    ),
    order="-granted_at",
    blank=Blank(_("还没有授权"), _("在人员账号页面由安全管理员授予角色。")),
    label=str,
)

DELEGATIONS = Listing(
    name="delegations",
    title=_("委托代理"),
    scope=_lent,
    columns=(
        Column("on_behalf_of", _("委托人"), sort="on_behalf_of__username", link=page_of("grants")),
        Column("user", _("代理人"), sort="user__username"),
        Column("role", _("角色"), value=role_name, sort="role", width=22),
        *(each for each in GRANT_COLUMNS if each.name not in {"role", "on_behalf_of"}),
        Column("reason", _("事由"), width=30),
    ),
    filters=(
        TextFilter(
            "q",
            _("委托人或代理人"),
            fields=(*_PERSON, "on_behalf_of__username", "on_behalf_of__display_name"),
        ),
        ChoiceFilter("role", _("角色"), options=_ROLES),
        ChoiceFilter("state", _("状态"), options=_STATES, apply=_in_state),
    ),
    order="-valid_from",
    blank=Blank(_("还没有委托代理"), _("在“我的角色与代理”页面办理。")),
    label=str,
)


def _facts(row: RoleGrant) -> list[Term]:
    return [
        Term(_("人员"), row.user, url=noun_of("accounts").url_of(row.user)),
        Term(_("角色"), role_name(row), note=str(ROLES[row.role].about)),
        Term(_("任职机构"), row.organisation),
        Term(_("自"), row.valid_from, Kind.DAY),
        Term(_("至"), row.valid_until, Kind.DAY, reason=_("长期")),
        Term(_("代理何人"), row.on_behalf_of, reason=_("本人任职")),
        Term(_("事由"), row.reason, reason=_("未填写")),
        Term(_("状态"), state_of(row), Kind.STATUS),
        Term(_("授权人"), row.granted_by, reason=_("平台")),
        Term(_("授权时间"), row.granted_at, Kind.MOMENT),
        Term(_("收回人"), row.revoked_by, reason=_("未收回")),
        Term(_("收回时间"), row.revoked_at, Kind.MOMENT, reason=_("未收回")),
    ]


GRANT = Noun(
    code="grants",
    room="people",
    model=RoleGrant,
    one=_("授权"),
    key="pk",
    view=_VIEW,
    change="",
    add="",
    form=ReasonForm,
    listing=GRANTS,
    facts=_facts,
    related=_READ_ALONG,
    acts=(
        Act(
            _("收回"),
            lambda row: reverse("people-revoke", args=[row.pk]),
            "people.grant_role",
            lambda row: row.is_open,
        ),
    ),
)
NOUNS = (GRANT,)
