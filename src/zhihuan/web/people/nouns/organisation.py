"""Organisations but enterprises, which the registry keeps."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.people.scope import scope_of
from zhihuan.web.components.status import Status, StatusKind
from zhihuan.web.components.table import Blank
from zhihuan.web.components.term import Term
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import ChoiceFilter, Column, FlagFilter, Listing, TextFilter
from zhihuan.web.people.forms.organisation import OrganisationForm
from zhihuan.web.people.nouns.account import state_of as account_state
from zhihuan.web.registry.noun import Act, Noun, Part
from zhihuan.web.registry.nouns.links import page_of

_VIEW, _CHANGE = "people.view_organisation", "people.change_organisation"


def without_enterprises(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.exclude(kind=Organisation.Kind.ENTERPRISE)


def _rows(user: Any) -> QuerySet[Organisation]:
    rows = without_enterprises(Organisation.objects.select_related("parent"))
    counted = rows.annotate(active=Count("people", filter=Q(people__is_active=True)))
    return scope_of(user, _VIEW).filter(counted)


def state_of(row: Organisation) -> Status:
    """Whether it works still."""
    if row.is_closed:
        return Status(StatusKind.VOID, _("已撤销"))
    return Status(StatusKind.DONE, _("在办"))


def _kinds(_user: Any) -> list[tuple[str, Any]]:
    return [each for each in Organisation.Kind.choices if each[0] != Organisation.Kind.ENTERPRISE]


ORGANISATIONS = Listing(
    name="organisations",
    title=_("机构"),
    scope=_rows,
    columns=(
        Column("name", _("名称"), sort="name", link=page_of("organisations"), width=36),
        Column("kind", _("类别"), value=lambda r: r.get_kind_display(), sort="kind"),
        Column("parent", _("上级机构"), width=36),
        Column("credit_code", _("统一社会信用代码"), Kind.CODE, width=22, shown=False),
        Column("active", _("在用账号"), Kind.NUMBER, sort="active"),
        Column("state", _("状态"), Kind.STATUS, value=state_of),
        Column("closed_on", _("撤销日期"), Kind.DAY, sort="closed_on", shown=False),
        Column("synthetic", _("模拟数据"), Kind.FLAG, shown=False),
    ),
    filters=(
        TextFilter("q", _("名称或代码"), fields=("name", "credit_code")),
        ChoiceFilter("kind", _("类别"), options=_kinds),
        FlagFilter("open", _("只看在办"), only=Q(closed_on__isnull=True)),
    ),
    order="name",
    blank=Blank(_("还没有登记机构")),
)


def _parent_url(row: Organisation) -> str:
    return ORGANISATION.url_of(row.parent) if row.parent is not None else ""


def _facts(row: Organisation) -> list[Term]:
    towns = "、".join(row.towns.order_by("code").values_list("name", flat=True))
    return [
        Term(_("类别"), row.get_kind_display()),
        Term(_("上级机构"), row.parent, url=_parent_url(row), reason=_("无")),
        Term(_("统一社会信用代码"), row.credit_code, Kind.CODE, reason=_("无")),
        Term(_("辖区"), towns, reason=_("未划定，沿用上级；上级也未划定的本局机构面向全市")),
        Term(_("状态"), state_of(row), Kind.STATUS),
        Term(_("撤销日期"), row.closed_on, Kind.DAY, reason=_("在办")),
        Term(_("模拟数据"), row.synthetic, Kind.FLAG),
    ]


ORGANISATION = Noun(
    code="organisations",
    room="people",
    model=Organisation,
    one=_("机构"),
    key="pk",
    view=_VIEW,
    change=_CHANGE,
    add=_CHANGE,
    form=OrganisationForm,
    listing=ORGANISATIONS,
    facts=_facts,
    narrow=without_enterprises,
    related=("parent",),
    acts=(
        Act(
            _("撤销机构"),
            lambda row: reverse("people-close", args=[row.pk]),
            _CHANGE,
            lambda row: not row.is_closed,
        ),
        Act(
            _("恢复机构"),
            lambda row: reverse("people-reopen", args=[row.pk]),
            _CHANGE,
            lambda row: row.is_closed,
        ),
    ),
    parts=(
        Part(
            _("下级机构"),
            lambda r: r.children.order_by("kind", "name"),
            (
                Column("name", _("名称"), link=page_of("organisations"), width=36),
                Column("kind", _("类别"), value=lambda r: r.get_kind_display()),
                Column("state", _("状态"), Kind.STATUS, value=state_of),
            ),
            _VIEW,
            _("没有下级机构。"),
            adds="organisations",
            given=lambda r: {"parent": str(r.pk)} if r.is_inside else {},
        ),
        Part(
            _("人员"),
            lambda r: r.people.order_by("username"),
            (
                Column("display_name", _("姓名"), value=str, link=page_of("accounts")),
                Column("username", _("账号"), Kind.CODE),
                Column("state", _("状态"), Kind.STATUS, value=account_state),
            ),
            "people.view_user",
            _("没有人员账号。"),
        ),
    ),
)
NOUNS = (ORGANISATION,)
