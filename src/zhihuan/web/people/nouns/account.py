"""Accounts of people. What is shown is the name and the rights: no telephone, no identity number."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.certificate_watch import best_certificate, standing
from zhihuan.bureau.people.models import Organisation, RoleGrant, User
from zhihuan.bureau.people.roles import FIELD_OFFICER, ROLES
from zhihuan.bureau.people.scope import scope_of
from zhihuan.web.components.status import Status, StatusKind
from zhihuan.web.components.table import Blank
from zhihuan.web.components.term import Term
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import ChoiceFilter, Column, DaysFilter, FlagFilter, Listing, TextFilter
from zhihuan.web.people.forms.account import AccountForm
from zhihuan.web.people.nouns.certificate import status_of
from zhihuan.web.people.nouns.grant import GRANT_COLUMNS, role_name
from zhihuan.web.people.nouns.grant import state_of as grant_state
from zhihuan.web.registry.noun import Act, Noun, Part
from zhihuan.web.registry.nouns.links import page_of

_VIEW, _CHANGE, _LOCK = "people.view_user", "people.change_user", "people.lock_user"


def _rows(user: Any) -> QuerySet[User]:
    held = Prefetch("grants", RoleGrant.objects.in_force().order_by("pk"), to_attr="held")
    rows = User.objects.select_related("organisation").prefetch_related(held)
    return scope_of(user, _VIEW).filter(rows)


def state_of(row: User) -> Status:
    """Whether the account can be used."""
    if not row.is_active:
        return Status(StatusKind.VOID, _("已停用"))
    if row.locked_at is not None:
        return Status(StatusKind.DANGER, _("已锁定"))
    if row.must_change_password:
        return Status(StatusKind.WAITING, _("待改初始密码"))
    return Status(StatusKind.DONE, _("在用"))


def _roles(row: Any) -> str:
    return "、".join(str(role_name(each)) for each in row.held)


def _with_role(rows: QuerySet[Any], role: str) -> QuerySet[Any]:
    holders = RoleGrant.objects.in_force().filter(role=role[:40])
    return rows.filter(pk__in=holders.values("user_id"))


def _side(rows: QuerySet[Any], side: str) -> QuerySet[Any]:
    inside = Q(organisation__kind__in=Organisation.INSIDE)
    return rows.filter(inside if side == "inside" else ~inside)


ACCOUNTS = Listing(
    name="accounts",
    title=_("账号"),
    scope=_rows,
    columns=(
        Column("display_name", _("姓名"), value=str, sort="display_name", link=page_of("accounts")),
        Column("username", _("账号"), Kind.CODE, sort="username"),
        Column("organisation", _("所属机构"), sort="organisation__name", width=36),
        Column("roles", _("现有角色"), value=_roles, width=36),
        Column("last_login", _("最近登录"), Kind.MOMENT, sort="last_login", width=20),
        Column("date_joined", _("开设时间"), Kind.MOMENT, sort="date_joined", shown=False),
        Column("state", _("状态"), Kind.STATUS, value=state_of),
        Column("synthetic", _("模拟账号"), Kind.FLAG, shown=False),
    ),
    filters=(
        TextFilter("q", _("账号、姓名或机构"), fields=("username", "display_name", "organisation__name")),
        ChoiceFilter(
            "role", _("角色"), options=[(r.code, r.name) for r in ROLES.values()], apply=_with_role
        ),
        ChoiceFilter(
            "side", _("范围"), options=[("inside", _("本局")), ("outside", _("局外"))], apply=_side
        ),
        FlagFilter("locked", _("只看已锁定"), only=Q(locked_at__isnull=False)),
        FlagFilter("gone", _("只看已停用"), only=Q(is_active=False)),
        DaysFilter("last", _("最近登录"), field="last_login", is_main=False),
    ),
    order="username",
    blank=Blank(_("还没有账号")),
)  # fmt: skip


def _certificate(row: User) -> Term:
    """An officer by role without a valid certificate is shown as such."""
    found = best_certificate(row)
    days = (found.issued, found.expires) if found else (None, None)
    shown = status_of(standing(*days, timezone.localdate()))
    return Term(_("执法证"), shown, Kind.STATUS, note=f"{found.number}" if found else "")


def _facts(row: User) -> list[Term]:
    facts = [
        Term(_("账号"), row.username, Kind.CODE),
        Term(_("姓名"), row.display_name, reason=_("未登记")),
        Term(_("所属机构"), row.organisation, reason=_("未登记")),
        Term(_("状态"), state_of(row), Kind.STATUS),
        Term(_("开设时间"), row.date_joined, Kind.MOMENT),
        Term(_("最近登录"), row.last_login, Kind.MOMENT, reason=_("没有登录过")),
        Term(_("模拟账号"), row.synthetic, Kind.FLAG),
    ]
    if RoleGrant.objects.in_force().filter(user=row, role=FIELD_OFFICER).exists():
        facts.append(_certificate(row))
    return facts


def _is_active(row: User) -> bool:
    return row.is_active


def _link(name: str) -> Any:
    return lambda row: reverse(name, args=[row.username])


ACCOUNT = Noun(
    code="accounts",
    room="people",
    model=User,
    one=_("账号"),
    key="username",
    view=_VIEW,
    change=_CHANGE,
    add="people.add_user",
    form=AccountForm,
    listing=ACCOUNTS,
    facts=_facts,
    related=("organisation",),
    acts=(
        Act(_("授予角色"), _link("people-grant"), "people.grant_role", _is_active),
        Act(_("重置密码"), _link("people-password"), _CHANGE, lambda row: row.may_sign_in),
        Act(_("办理离职"), _link("people-leave"), _CHANGE, _is_active),
        Act(_("恢复账号"), _link("people-come-back"), _CHANGE, lambda row: not row.is_active),
        Act(_("锁定"), _link("people-lock"), _LOCK, lambda row: row.may_sign_in),
        Act(_("解锁"), _link("people-unlock"), _LOCK, lambda row: row.locked_at is not None),
    ),
    parts=(
        Part(
            _("角色"),
            lambda r: r.grants.select_related("organisation", "on_behalf_of").order_by("-pk"),
            GRANT_COLUMNS,
            "people.view_rolegrant",
            _("没有授予过角色。"),
        ),
        Part(
            _("委托他人代理"),
            lambda r: r.delegations.select_related("user", "organisation").order_by("-pk"),
            (
                Column("user", _("代理人"), link=page_of("grants")),
                Column("role", _("角色"), value=role_name),
                Column("valid_from", _("自"), Kind.DAY),
                Column("valid_until", _("至"), Kind.DAY),
                Column("state", _("状态"), Kind.STATUS, value=grant_state),
            ),
            "people.view_rolegrant",
            _("没有委托过他人。"),
        ),
    ),
)
NOUNS = (ACCOUNT,)
