"""Enterprises. Their page is the file of everything that happened there (``web/registry/file``)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.scope import scope_of
from zhihuan.bureau.registry.industries import industries, industry_text
from zhihuan.bureau.registry.models import Enterprise
from zhihuan.web.components.status import Status, StatusKind
from zhihuan.web.components.table import Blank
from zhihuan.web.components.term import Term
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import BatchAct, ChoiceFilter, Column, Listing, TextFilter
from zhihuan.web.registry.forms.enterprise import EnterpriseForm
from zhihuan.web.registry.noun import Noun
from zhihuan.web.registry.nouns.links import page_of
from zhihuan.web.registry.nouns.todo_filter import todo_filter, todo_marks
from zhihuan.web.registry.nouns.towns import TOWN, town_filter

_VIEW = "registry.view_enterprise"
_KINDS = {
    Enterprise.Status.OPERATING: StatusKind.ONGOING,
    Enterprise.Status.SUSPENDED: StatusKind.PAUSED,
    Enterprise.Status.BUILDING: StatusKind.WAITING,
    Enterprise.Status.CLOSED: StatusKind.VOID,
}


def status_of(row: Enterprise) -> Status:
    """The state of production as a badge."""
    state = Enterprise.Status(row.status)
    return Status(_KINDS[state], state.label)


def _rows(user: Any) -> QuerySet[Enterprise]:
    return scope_of(user, _VIEW).filter(Enterprise.objects.select_related("town"))


def _divisions(_user: Any) -> list[tuple[str, str]]:
    """The two-digit divisions (大类) of GB/T 4754."""
    return [(i.code, f"{i.code} {i.name}") for i in industries().values() if len(i.code) == 2]


def _in_division(rows: QuerySet[Any], code: str) -> QuerySet[Any]:
    return rows.filter(industry__startswith=code[:4])


def _facts(row: Enterprise) -> list[Term]:
    return [
        Term(_("企业编码"), row.code, Kind.CODE),
        Term(_("统一社会信用代码"), row.credit_code, Kind.CODE, reason=row.no_code_reason),
        Term(_("法定代表人"), row.legal_representative),
        Term(_("行业"), industry_text(row.industry)),
        Term(_("排污许可管理类别"), row.get_level_display()),
        Term(_("镇街"), row.town),
        Term(_("地址"), row.address),
        Term(_("坐标（WGS-84）"), coordinates(row), Kind.CODE, reason=_("尚未登记")),
    ]


def coordinates(row: Any) -> str:
    """“113.42156, 22.68312”; "" while unknown."""
    return "" if row.lon is None else f"{row.lon:.5f}, {row.lat:.5f}"


ENTERPRISES = Listing(
    name="enterprises",
    title=_("企业"),
    scope=_rows,
    columns=(
        Column("name", _("企业名称"), sort="name", link=page_of("enterprises"), width=36),
        Column("code", _("企业编码"), Kind.CODE, sort="code", width=22),
        Column("credit_code", _("统一社会信用代码"), Kind.CODE, width=22, shown=False),
        TOWN,
        Column("industry", _("行业"), value=lambda r: industry_text(r.industry), sort="industry", width=30),
        Column("level", _("管理类别"), value=lambda r: r.get_level_display(), sort="level"),
        Column("status", _("生产状态"), Kind.STATUS, value=status_of, sort="status"),
        Column("address", _("地址"), width=40, shown=False),
        Column("synthetic", _("模拟数据"), Kind.FLAG, shown=False),
    ),
    filters=(
        TextFilter("q", _("名称或代码"), fields=("name", "code", "credit_code")),
        town_filter(_VIEW),
        ChoiceFilter("industry", _("行业大类"), options=_divisions, apply=_in_division),
        ChoiceFilter("level", _("管理类别"), options=Enterprise.Level.choices),
        ChoiceFilter("status", _("生产状态"), options=Enterprise.Status.choices),
        todo_filter(Enterprise),
    ),
    marks=todo_marks(Enterprise),
    order="code",
    acts=(BatchAct(_("批量修改"), "registry-batch-enterprises", "registry.change_enterprise"),),
    blank=Blank(_("还没有登记企业"), _("可逐个登记，也可从表格文件导入。")),
)  # fmt: skip

ENTERPRISE = Noun(
    code="enterprises",
    model=Enterprise,
    one=_("企业"),
    key="code",
    view=_VIEW,
    change="registry.change_enterprise",
    add="registry.add_enterprise",
    delete="registry.delete_enterprise",
    form=EnterpriseForm,
    batch=("town", "industry", "level", "status"),
    listing=ENTERPRISES,
    facts=_facts,
    related=("town",),
)
NOUNS = (ENTERPRISE,)
