"""Construction sites and vehicles."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.registry.models import ConstructionSite, Vehicle
from zhihuan.web.api.attribute import Attribute
from zhihuan.web.api.filters import Among, Containing, Flag, InForceOn
from zhihuan.web.api.resource import Resource, Writing

CONSTRUCTION_SITES = Resource(
    name="construction-sites",
    single="construction_site",
    title=_("建筑工地"),
    about="Sites under construction between two days.",
    model=ConstructionSite,
    view="registry.view_constructionsite",
    attributes=(
        Attribute("code"),
        Attribute("name"),
        Attribute("kind"),
        Attribute("builder"),
        Attribute("contractor", "contractor_id", refers_to="organisations"),
        Attribute("town"),
        Attribute("address"),
        Attribute("lon"),
        Attribute("lat"),
        Attribute("area_m2"),
        Attribute("begun"),
        Attribute("finished"),
        Attribute("synthetic", is_written=False),
    ),
    filters=(
        Containing(("name", "code", "address", "builder")),
        Among("kind"),
        Among("town"),
        InForceOn("begun", "finished"),
        Flag("synthetic"),
    ),
    writing=Writing(
        add="registry.change_constructionsite", change="registry.change_constructionsite"
    ),
)

VEHICLES = Resource(
    name="vehicles",
    single="vehicle",
    title=_("车辆"),
    about="Vehicles the bureau follows; `stage` is the emission stage.",
    model=Vehicle,
    view="registry.view_vehicle",
    key="id",
    attributes=(
        Attribute("id", is_written=False),
        Attribute("plate"),
        Attribute("vin"),
        Attribute("owner", "owner_id", refers_to="organisations"),
        Attribute("use"),
        Attribute("fuel"),
        Attribute("stage"),
        Attribute("scrapped_on"),
        Attribute("synthetic", is_written=False),
    ),
    filters=(
        Containing(("plate", "vin")),
        Among("plate"),
        Among("use"),
        Among("fuel"),
        Among("stage"),
        Flag("synthetic"),
    ),
    writing=Writing(add="registry.change_vehicle", change="registry.change_vehicle"),
)
