"""Sites, and the outlets and facilities that stand on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.scope import scope_of
from zhihuan.bureau.registry.models import Facility, Outlet, Site
from zhihuan.web.components.table import Blank
from zhihuan.web.components.term import Term
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import BatchAct, ChoiceFilter, Column, Listing, TextFilter
from zhihuan.web.registry.forms.site import FacilityForm, OutletForm, SiteForm
from zhihuan.web.registry.noun import Noun, Part
from zhihuan.web.registry.nouns.enterprise import ENTERPRISE, coordinates
from zhihuan.web.registry.nouns.links import page_of
from zhihuan.web.registry.nouns.point import points_part
from zhihuan.web.registry.nouns.towns import TOWN, town_filter

_VIEW, _CHANGE = "registry.view_site", "registry.change_site"


def _sites(user: Any) -> QuerySet[Site]:
    return scope_of(user, _VIEW).filter(Site.objects.select_related("town", "enterprise"))


def _outlets(user: Any) -> QuerySet[Outlet]:
    rows = Outlet.objects.select_related("site__town", "site__enterprise")
    return scope_of(user, _VIEW).filter(rows)


def _facilities(user: Any) -> QuerySet[Facility]:
    rows = Facility.objects.select_related("site__town", "site__enterprise", "outlet")
    return scope_of(user, _VIEW).filter(rows)


def _enterprise_url(enterprise: Any) -> str:
    return ENTERPRISE.url_of(enterprise) if enterprise else ""


OUTLET_COLUMNS = (
    Column("number", _("排口编号"), Kind.CODE, sort="number", link=page_of("outlets")),
    Column("name", _("排口名称"), sort="name", width=30),
    Column("medium", _("介质"), value=lambda r: r.get_medium_display(), sort="medium"),
    Column("receiving", _("排放去向"), width=24),
    Column("height_m", _("排气筒高度"), Kind.NUMBER, unit="m"),
    Column("closed_on", _("封堵日期"), Kind.DAY, sort="closed_on"),
)
FACILITY_COLUMNS = (
    Column("number", _("设施编号"), Kind.CODE, sort="number", link=page_of("facilities")),
    Column("name", _("设施名称"), sort="name", width=30),
    Column("kind", _("类别"), value=lambda r: r.get_kind_display(), sort="kind"),
    Column("process", _("工艺"), width=24),
    Column("capacity", _("设计能力"), width=20),
    Column("outlet", _("对应排口"), value=lambda r: r.outlet and r.outlet.number),
    Column("closed_on", _("停用日期"), Kind.DAY, sort="closed_on"),
)
SITE_COLUMNS = (
    Column("name", _("厂区（站址）"), sort="name", link=page_of("sites"), width=36),
    Column("code", _("编码"), Kind.CODE, sort="code", width=20),
    TOWN,
    Column("address", _("地址"), width=40),
)
_AT = (
    Column("site", _("厂区"), link=lambda r: SITE.url_of(r.site), width=30),
    Column("town", _("镇街"), value=lambda r: r.site.town),
)
_NAMED = TextFilter("q", _("名称或编号"), fields=("name", "number"))

SITES = Listing(
    name="sites",
    title=_("厂区（站址）"),
    scope=_sites,
    columns=(
        *SITE_COLUMNS,
        Column("enterprise", _("所属企业"), link=lambda r: _enterprise_url(r.enterprise), width=36),
    ),
    filters=(TextFilter("q", _("名称或编码"), fields=("name", "code")), town_filter(_VIEW)),
    order="code",
    acts=(BatchAct(_("批量修改"), "registry-batch-sites", _CHANGE),),
    blank=Blank(_("还没有登记厂区")),
)


def _on_sites(  # noqa: PLR0913 - what differs between two lists
    *,
    name: str,
    title: Any,
    scope: Callable[[Any], QuerySet[Any]],
    columns: tuple[Column, ...],
    choice: ChoiceFilter,
    blank: Any,
) -> Listing:
    """The list of what stands on sites, each with its site and the town of that."""
    return Listing(
        name=name,
        title=title,
        scope=scope,
        columns=(*columns, *_AT),
        filters=(_NAMED, town_filter(_VIEW, "site__town"), choice),
        order="number",
        blank=Blank(blank),
    )


OUTLETS = _on_sites(
    name="outlets",
    title=_("排口"),
    scope=_outlets,
    columns=OUTLET_COLUMNS,
    choice=ChoiceFilter("medium", _("介质"), options=Outlet.Medium.choices),
    blank=_("还没有登记排口"),
)
FACILITIES = _on_sites(
    name="facilities",
    title=_("设施"),
    scope=_facilities,
    columns=FACILITY_COLUMNS,
    choice=ChoiceFilter("kind", _("类别"), options=Facility.Kind.choices),
    blank=_("还没有登记设施"),
)
_FACILITIES = Part(
    _("设施"),
    lambda r: r.facilities.select_related("site", "outlet"),
    FACILITY_COLUMNS,
    _VIEW,
    _("还没有登记设施。"),
)


def _site_facts(row: Site) -> list[Term]:
    enterprise = row.enterprise
    return [
        Term(_("编码"), row.code, Kind.CODE),
        Term(_("所属企业"), enterprise, url=_enterprise_url(enterprise), reason=_("公共站址")),
        Term(_("镇街"), row.town),
        Term(_("地址"), row.address),
        Term(_("坐标（WGS-84）"), coordinates(row), Kind.CODE, reason=_("尚未登记")),
    ]


def _outlet_facts(row: Outlet) -> list[Term]:
    return [
        Term(_("厂区"), row.site, url=SITE.url_of(row.site)),
        Term(_("介质"), row.get_medium_display()),
        Term(_("排放去向"), row.receiving),
        Term(_("排气筒高度"), row.height_m, Kind.NUMBER, unit="m"),
        Term(_("坐标（WGS-84）"), coordinates(row), Kind.CODE, reason=_("尚未登记")),
        Term(_("封堵日期"), row.closed_on, Kind.DAY, reason=_("在用")),
    ]


def _facility_facts(row: Facility) -> list[Term]:
    return [
        Term(_("厂区"), row.site, url=SITE.url_of(row.site)),
        Term(_("类别"), row.get_kind_display()),
        Term(_("工艺"), row.process),
        Term(_("设计能力"), row.capacity),
        Term(_("对应排口"), row.outlet, url=OUTLET.url_of(row.outlet) if row.outlet else ""),
        Term(_("停用日期"), row.closed_on, Kind.DAY, reason=_("在用")),
    ]


SITE = Noun(
    code="sites",
    model=Site,
    one=_("厂区（站址）"),
    key="code",
    view=_VIEW,
    change=_CHANGE,
    add=_CHANGE,
    form=SiteForm,
    batch=("town",),
    listing=SITES,
    facts=_site_facts,
    related=("town", "enterprise"),
    parts=(
        Part(
            _("排口"),
            lambda r: r.outlets.select_related("site"),
            OUTLET_COLUMNS,
            _VIEW,
            _("还没有登记排口。"),
            adds="outlets",
            given=lambda r: {"site": r.code},
        ),
        replace(_FACILITIES, adds="facilities", given=lambda r: {"site": r.code}),
        points_part(_("还没有监测点位。"), lambda r: {"site": r.code, "town": r.town_id}),
    ),
)
OUTLET = Noun(
    code="outlets",
    model=Outlet,
    one=_("排口"),
    key="pk",
    view=_VIEW,
    change=_CHANGE,
    add=_CHANGE,
    form=OutletForm,
    listing=OUTLETS,
    facts=_outlet_facts,
    related=("site__town", "site__enterprise"),
    parts=(
        points_part(
            _("还没有监测点位。"),
            lambda r: {"site": r.site.code, "outlet_number": r.number, "town": r.site.town_id},
        ),
        replace(_FACILITIES, title=_("治理设施")),
    ),
)
FACILITY = Noun(
    code="facilities",
    model=Facility,
    one=_("设施"),
    key="pk",
    view=_VIEW,
    change=_CHANGE,
    add=_CHANGE,
    form=FacilityForm,
    listing=FACILITIES,
    facts=_facility_facts,
    related=("site__town", "site__enterprise", "outlet"),
)
NOUNS = (SITE, OUTLET, FACILITY)
