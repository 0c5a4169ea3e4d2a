"""Enterprises and what belongs to them: permits, sites, outlets, facilities."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.registry.models import Enterprise, Facility, Outlet, Permit, PermitTotal, Site
from zhihuan.web.api.attribute import Attribute
from zhihuan.web.api.filters import Among, Containing, Flag, InForceOn
from zhihuan.web.api.resource import Nested, Resource, Writing

_OF_ENTERPRISE = Attribute("enterprise", "enterprise__code", refers_to="enterprises")
_OF_SITE = Attribute("site", "site__code", refers_to="sites")
_KEEPING_SITES = Writing(add="registry.change_site", change="registry.change_site")

ENTERPRISES = Resource(
    name="enterprises",
    single="enterprise",
    title=_("企业"),
    about="Bodies the bureau supervises.",
    model=Enterprise,
    view="registry.view_enterprise",
    attributes=(
        Attribute("code"),
        Attribute("name"),
        Attribute("credit_code"),
        Attribute("no_code_reason"),
        Attribute("industry", about="GB/T 4754-2017"),
        Attribute("town", about="Division code"),
        Attribute("address"),
        Attribute("lon"),
        Attribute("lat"),
        Attribute("level"),
        Attribute("status"),
        Attribute("legal_representative"),
        Attribute(
            "organisation",
            "organisation_ptr_id",
            is_written=False,
            about="`id` among organisations",
        ),
        Attribute("synthetic", is_written=False),
    ),
    filters=(
        Containing(("name", "code", "credit_code", "address")),
        Among("town"),
        Among("industry"),
        Among("level"),
        Among("status"),
        Among("credit_code"),
        Flag("synthetic"),
    ),
    writing=Writing(
        add="registry.add_enterprise",
        change="registry.change_enterprise",
        fixed={"kind": Organisation.Kind.ENTERPRISE},
    ),
)

PERMITS = Resource(
    name="permits",
    single="permit",
    title=_("排污许可证"),
    about="Discharge permits with the amounts they allow a year [t].",
    model=Permit,
    view="registry.view_permit",
    key="id",
    attributes=(
        Attribute("id", is_written=False),
        Attribute("number"),
        _OF_ENTERPRISE,
        Attribute("issued_by"),
        Attribute("valid_from"),
        Attribute("valid_until", about="Last day; null: without end"),
    ),
    nested=(
        Nested(
            "totals",
            PermitTotal,
            "permit",
            (Attribute("factor"), Attribute("year"), Attribute("tonnes")),
            ("year", "factor"),
        ),
    ),
    filters=(
        Among("enterprise", "enterprise__code"),
        Among("number"),
        Among("town", "enterprise__town"),
        InForceOn(),
    ),
    writing=Writing(add="registry.change_permit", change="registry.change_permit"),
)

SITES = Resource(
    name="sites",
    single="site",
    title=_("厂区（站址）"),
    about="The works of an enterprise, or the place of a public station.",
    model=Site,
    view="registry.view_site",
    attributes=(
        Attribute("code"),
        Attribute("name"),
        _OF_ENTERPRISE,
        Attribute("town"),
        Attribute("address"),
        Attribute("lon"),
        Attribute("lat"),
        Attribute("synthetic", is_written=False),
    ),
    filters=(
        Containing(("name", "code", "address")),
        Among("town"),
        Among("enterprise", "enterprise__code"),
        Flag("synthetic"),
    ),
    writing=_KEEPING_SITES,
)

OUTLETS = Resource(
    name="outlets",
    single="outlet",
    title=_("排口"),
    about="Where waste gas, waste water or noise leaves a site, as the permit numbers it.",
    model=Outlet,
    view="registry.view_site",
    key="id",
    attributes=(
        Attribute("id", is_written=False),
        _OF_SITE,
        Attribute("number"),
        Attribute("name"),
        Attribute("medium"),
        Attribute("receiving"),
        Attribute("height_m"),
        Attribute("lon"),
        Attribute("lat"),
        Attribute("closed_on"),
    ),
    filters=(
        Containing(("name", "number")),
        Among("site", "site__code"),
        Among("enterprise", "site__enterprise__code"),
        Among("town", "site__town"),
        Among("medium"),
    ),
    writing=_KEEPING_SITES,
)

FACILITIES = Resource(
    name="facilities",
    single="facility",
    title=_("设施"),
    about="Plants that make pollution or treat it.",
    model=Facility,
    view="registry.view_site",
    key="id",
    attributes=(
        Attribute("id", is_written=False),
        _OF_SITE,
        Attribute("number"),
        Attribute("name"),
        Attribute("kind"),
        Attribute("process"),
        Attribute("capacity"),
        Attribute("outlet", "outlet_id", refers_to="outlets"),
        Attribute("closed_on"),
    ),
    filters=(
        Containing(("name", "number")),
        Among("site", "site__code"),
        Among("enterprise", "site__enterprise__code"),
        Among("town", "site__town"),
        Among("kind"),
    ),
    writing=_KEEPING_SITES,
)
