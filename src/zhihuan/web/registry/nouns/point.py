"""Monitoring points: what is measured there, by which device, and judged by which limits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.scope import scope_of
from zhihuan.bureau.registry.models import MonitoringPoint
from zhihuan.web.components.table import Blank
from zhihuan.web.components.term import Term
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import BatchAct, ChoiceFilter, Column, Listing, TextFilter
from zhihuan.web.registry.forms.point import PointForm
from zhihuan.web.registry.noun import Act, Noun, Part
from zhihuan.web.registry.nouns.device import DEVICE, DEVICE_COLUMNS
from zhihuan.web.registry.nouns.enterprise import ENTERPRISE, coordinates
from zhihuan.web.registry.nouns.limit import FACTOR_COLUMNS, LIMIT, LIMIT_COLUMNS
from zhihuan.web.registry.nouns.links import page_of
from zhihuan.web.registry.nouns.todo_filter import todo_filter, todo_marks
from zhihuan.web.registry.nouns.towns import TOWN, town_filter

_VIEW, _CHANGE = "registry.view_monitoringpoint", "registry.change_monitoringpoint"


def _rows(user: Any) -> QuerySet[MonitoringPoint]:
    rows = MonitoringPoint.objects.select_related("town", "site__enterprise")
    return scope_of(user, _VIEW).filter(rows)


def _enterprise(row: MonitoringPoint) -> Any:
    return row.site.enterprise if row.site else None


def _enterprise_url(row: MonitoringPoint) -> str:
    found = _enterprise(row)
    return ENTERPRISE.url_of(found) if found else ""


POINT_COLUMNS = (
    Column("name", _("点位名称"), sort="name", link=page_of("points"), width=36),
    Column("code", _("点位编码"), Kind.CODE, sort="code", width=20),
    Column("kind", _("类别"), value=lambda r: r.get_kind_display(), sort="kind"),
    TOWN,
)

POINTS = Listing(
    name="points",
    title=_("监测点位"),
    scope=_rows,
    columns=(
        *POINT_COLUMNS,
        Column("enterprise", _("企业"), value=_enterprise, link=_enterprise_url, width=36),
        Column("synthetic", _("模拟数据"), Kind.FLAG, shown=False),
    ),
    filters=(
        TextFilter("q", _("名称或编码"), fields=("name", "code")),
        town_filter(_VIEW),
        ChoiceFilter("kind", _("类别"), options=MonitoringPoint.Kind.choices),
        todo_filter(MonitoringPoint),
    ),
    marks=todo_marks(MonitoringPoint),
    order="code",
    acts=(BatchAct(_("批量修改"), "registry-batch-points", _CHANGE),),
    blank=Blank(_("还没有登记监测点位")),
)


def _facts(row: MonitoringPoint) -> list[Term]:
    from zhihuan.web.registry.nouns import noun_of

    site, section = row.site, row.section
    return [
        Term(_("类别"), row.get_kind_display()),
        Term(_("企业"), _enterprise(row), url=_enterprise_url(row)),
        Term(_("厂区（站址）"), site, url=noun_of("sites").url_of(site) if site else ""),
        Term(_("排口"), row.outlet),
        Term(_("断面"), section, url=noun_of("sections").url_of(section) if section else ""),
        Term(_("镇街"), row.town),
        Term(_("坐标（WGS-84）"), coordinates(row), Kind.CODE),
    ]


def _live_url(row: MonitoringPoint) -> str:
    return reverse("point", kwargs={"code": row.code})


POINT = Noun(
    code="points",
    model=MonitoringPoint,
    one=_("监测点位"),
    key="code",
    view=_VIEW,
    change=_CHANGE,
    add=_CHANGE,
    form=PointForm,
    batch=("town",),
    listing=POINTS,
    facts=_facts,
    related=("town", "site__enterprise", "outlet", "section"),
    acts=(Act(_("监测数据"), _live_url, _VIEW),),
    parts=(
        Part(
            _("监测因子"),
            lambda r: r.factors.order_by("position", "factor"),
            FACTOR_COLUMNS,
            _VIEW,
            _("还没有登记监测因子，请编辑点位补充。"),
        ),
        Part(
            _("限值"),
            lambda r: r.limits.select_related("permit").order_by("factor", "kind", "-valid_from"),
            LIMIT_COLUMNS,
            LIMIT.view,
            _("还没有登记限值：数据不会被判为超标。"),
            adds="limits",
            given=lambda r: {"point": r.code},
        ),
        Part(
            _("数采仪"),
            lambda r: r.devices.all(),
            DEVICE_COLUMNS,
            DEVICE.view,
            _("还没有数采仪：没有数据来源。"),
            adds="devices",
            given=lambda r: {"point": r.code},
        ),
    ),
)


def points_part(blank: Any, given: Callable[[Any], dict[str, str]]) -> Part:
    """The points at a record: ``given`` fills the form of one that is registered from there."""
    return Part(
        _("监测点位"),
        lambda r: r.points.select_related("town"),
        POINT_COLUMNS,
        POINT.view,
        blank,
        adds="points",
        given=given,
    )


NOUNS = (POINT,)
