"""Monitoring points, their devices and limits. Of a device neither password nor key is an attribute:
what is not declared cannot be read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.registry.models import (
    Device,
    MonitoringPoint,
    PastPlacement,
    PointFactor,
    PointLimit,
)
from zhihuan.web.api.attribute import Attribute
from zhihuan.web.api.filters import Among, Containing, Flag, InForceOn
from zhihuan.web.api.resource import Nested, Resource, Writing

_OF_POINT = Attribute("point", "point__code", refers_to="points")

POINTS = Resource(
    name="points",
    single="point",
    title=_("监测点位"),
    about="Where something is measured, with its factors (HJ 524/525 codes), the headline first.",
    model=MonitoringPoint,
    view="registry.view_monitoringpoint",
    attributes=(
        Attribute("code"),
        Attribute("name"),
        Attribute("kind"),
        Attribute("site", "site__code", refers_to="sites"),
        Attribute("outlet", "outlet_id", refers_to="outlets"),
        Attribute("section", "section__code", refers_to="sections"),
        Attribute("town"),
        Attribute("lon"),
        Attribute("lat"),
        Attribute("synthetic", is_written=False),
    ),
    nested=(
        Nested(
            "factors",
            PointFactor,
            "point",
            (Attribute("factor"), Attribute("position")),
            ("position", "factor"),
        ),
    ),
    filters=(
        Containing(("name", "code")),
        Among("kind"),
        Among("town"),
        Among("site", "site__code"),
        Among("enterprise", "site__enterprise__code"),
        Among("section", "section__code"),
        Flag("synthetic"),
    ),
    writing=Writing(
        add="registry.change_monitoringpoint", change="registry.change_monitoringpoint"
    ),
)

DEVICES = Resource(
    name="devices",
    single="device",
    title=_("数采仪"),
    about="Data loggers and how they speak HJ 212; never passwords or keys.",
    model=Device,
    view="registry.view_device",
    key="mn",
    attributes=(
        Attribute("mn"),
        _OF_POINT,
        Attribute("system_type"),
        Attribute("version"),
        Attribute("surface_water"),
        Attribute("crc"),
        Attribute("realtime_seconds"),
        Attribute("minute_minutes"),
        Attribute("enabled"),
        Attribute("registered"),
        Attribute("retired"),
        Attribute("placed"),
    ),
    nested=(
        Nested(
            "past_placements",
            PastPlacement,
            "device",
            (
                Attribute("point", "point__code"),
                Attribute("placed"),
                Attribute("removed"),
                Attribute("why"),
            ),
            ("placed", "id"),
        ),
    ),
    filters=(
        Containing(("mn",)),
        Among("point", "point__code"),
        Among("town", "point__town"),
        Among("kind", "point__kind"),
        Flag("enabled"),
    ),
    writing=Writing(add="registry.change_device", change="registry.change_device"),
)

LIMITS = Resource(
    name="limits",
    single="limit",
    title=_("点位限值"),
    about="Limits on one factor at one point, with their law and the days between which they hold.",
    model=PointLimit,
    view="registry.view_monitoringpoint",
    key="id",
    attributes=(
        Attribute("id", is_written=False),
        _OF_POINT,
        Attribute("factor"),
        Attribute("kind"),
        Attribute("upper"),
        Attribute("lower"),
        Attribute("permit", "permit_id", refers_to="permits"),
        Attribute("basis"),
        Attribute("clause"),
        Attribute("valid_from"),
        Attribute("valid_until", about="Last day; null: until further notice"),
    ),
    filters=(
        Among("point", "point__code"),
        Among("factor"),
        Among("kind"),
        Among("town", "point__town"),
        InForceOn(),
    ),
    writing=Writing(add="registry.change_permit", change="registry.change_permit"),
)
