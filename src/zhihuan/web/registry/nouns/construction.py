"""Construction sites."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.scope import scope_of
from zhihuan.bureau.registry.models import ConstructionSite
from zhihuan.web.components.status import Status, StatusKind
from zhihuan.web.components.table import Blank
from zhihuan.web.components.term import Term
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import BatchAct, ChoiceFilter, Column, FlagFilter, Listing, TextFilter
from zhihuan.web.registry.forms.construction import ConstructionForm
from zhihuan.web.registry.noun import Noun
from zhihuan.web.registry.nouns.enterprise import coordinates
from zhihuan.web.registry.nouns.links import page_of
from zhihuan.web.registry.nouns.towns import TOWN, town_filter

_VIEW, _CHANGE = "registry.view_constructionsite", "registry.change_constructionsite"


def _rows(user: Any) -> QuerySet[ConstructionSite]:
    rows = ConstructionSite.objects.select_related("town", "contractor")
    return scope_of(user, _VIEW).filter(rows)


def _state(row: ConstructionSite) -> Status:
    today = timezone.localdate()
    if row.finished is not None and row.finished <= today:
        return Status(StatusKind.VOID, _("已竣工"))
    if row.begun is None or row.begun > today:
        return Status(StatusKind.WAITING, _("未开工"))
    return Status(StatusKind.ONGOING, _("在建"))


CONSTRUCTION_SITES = Listing(
    name="construction",
    title=_("建筑工地"),
    scope=_rows,
    columns=(
        Column("name", _("工程名称"), sort="name", link=page_of("construction"), width=36),
        Column("code", _("工地编码"), Kind.CODE, sort="code", width=20),
        Column("kind", _("类别"), value=lambda r: r.get_kind_display(), sort="kind"),
        TOWN,
        Column("contractor", _("施工单位"), width=36),
        Column("area_m2", _("占地面积"), Kind.NUMBER, sort="area_m2", unit="m²"),
        Column("begun", _("开工日期"), Kind.DAY, sort="begun"),
        Column("finished", _("竣工日期"), Kind.DAY, sort="finished"),
        Column("state", _("状态"), Kind.STATUS, value=_state),
    ),
    filters=(
        TextFilter("q", _("名称或编码"), fields=("name", "code", "builder")),
        town_filter(_VIEW),
        ChoiceFilter("kind", _("类别"), options=ConstructionSite.Kind.choices),
        FlagFilter("open", _("只看未竣工"), only=Q(finished__isnull=True)),
    ),
    order="code",
    acts=(BatchAct(_("批量修改"), "registry-batch-construction", _CHANGE),),
    blank=Blank(_("还没有登记建筑工地")),
)


def _facts(row: ConstructionSite) -> list[Term]:
    return [
        Term(_("工地编码"), row.code, Kind.CODE),
        Term(_("类别"), row.get_kind_display()),
        Term(_("建设单位"), row.builder),
        Term(_("施工单位"), row.contractor),
        Term(_("镇街"), row.town),
        Term(_("地址"), row.address),
        Term(_("坐标（WGS-84）"), coordinates(row), Kind.CODE, reason=_("尚未登记")),
        Term(_("占地面积"), row.area_m2, Kind.NUMBER, unit="m²"),
        Term(_("开工日期"), row.begun, Kind.DAY, reason=_("未开工")),
        Term(_("竣工日期"), row.finished, Kind.DAY, reason=_("未竣工")),
    ]


CONSTRUCTION = Noun(
    code="construction",
    model=ConstructionSite,
    one=_("建筑工地"),
    key="code",
    view=_VIEW,
    change=_CHANGE,
    add=_CHANGE,
    form=ConstructionForm,
    batch=("town", "kind", "finished"),
    listing=CONSTRUCTION_SITES,
    facts=_facts,
    related=("town", "contractor"),
)
NOUNS = (CONSTRUCTION,)
