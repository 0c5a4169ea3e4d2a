"""The tables of a file: what is registered there, each for those who may see its kind. No queries."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from zhihuan.bureau.people.scope import may
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import Column
from zhihuan.web.registry.file.contents import Contents
from zhihuan.web.registry.nouns import noun_of
from zhihuan.web.registry.nouns.device import DEVICE_COLUMNS
from zhihuan.web.registry.nouns.limit import LIMIT_COLUMNS
from zhihuan.web.registry.nouns.permit import PERMIT_COLUMNS
from zhihuan.web.registry.nouns.point import POINT_COLUMNS
from zhihuan.web.registry.nouns.site import FACILITY_COLUMNS, OUTLET_COLUMNS, SITE_COLUMNS
from zhihuan.web.registry.record_page import ShownPart, table_of


def sections_of(contents: Contents, user: Any) -> list[ShownPart]:
    """In the order in which an officer reads a file."""
    sites = {site.pk: site for site in contents.sites}
    points = {point.pk: point for point in contents.points}
    at_site = Column("site", _("厂区"), value=lambda r: sites.get(r.site_id))
    at_point = Column("point", _("监测点位"), value=lambda r: points[r.point_id].name)
    devices = (*DEVICE_COLUMNS, at_point)
    limits = tuple(each for each in LIMIT_COLUMNS if each.name != "state")
    permit_until = Column("valid_until", _("有效期至"), Kind.DAY)
    permits = tuple(permit_until if c.name == "valid_until" else c for c in PERMIT_COLUMNS)
    given = {"enterprise": contents.enterprise.code}
    return [
        *_part(user, "permits", _("排污许可"), permits, contents.permits, given),
        *_part(user, "limits", _("现行限值"), (at_point, *limits), contents.limits_in_force),
        *_part(user, "sites", _("厂区（站址）"), SITE_COLUMNS, contents.sites, given),
        *_part(user, "outlets", _("排口"), (*OUTLET_COLUMNS, at_site), contents.outlets),
        *_part(user, "facilities", _("设施"), (*FACILITY_COLUMNS, at_site), contents.facilities),
        *_part(user, "points", _("监测点位"), (*POINT_COLUMNS, at_site), contents.points),
        *_part(user, "devices", _("数采仪"), devices, contents.devices_here),
    ]


def _part(  # noqa: PLR0913, PLR0917 - one line of the table above
    user: Any,
    code: str,
    title: str,
    columns: tuple[Column, ...],
    rows: list[Any],
    given: dict[str, str] | None = None,
) -> list[ShownPart]:
    noun = noun_of(code)
    if not may(user, noun.view):
        return []
    add_url = ""
    if given and may(user, noun.add):
        add_url = f"{reverse('registry-add', args=[code])}?{urlencode(given)}"
    blank = _("还没有登记%(title)s。") % {"title": title}
    return [ShownPart(title, table_of(title, columns, rows, blank, user), add_url, is_cut=False)]
