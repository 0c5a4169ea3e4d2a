"""What a sheet of each kind holds. Headings, choices and lengths are those of the model's fields.

Adding a kind of record to the import is adding a line here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.registry.models import (
    ConstructionSite,
    Contact,
    Device,
    Enterprise,
    Facility,
    MonitoringPoint,
    Outlet,
    Permit,
    PointLimit,
    River,
    Section,
    Site,
    Vehicle,
)

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Sheet:
    """One kind of file: ``identity`` are the fields that tell whether a row is known already.

    ``fixed`` are values every row gets; ``permission`` is what the importer must hold.
    """

    code: str
    title: Any
    model: type[models.Model]
    identity: tuple[str, ...]
    names: tuple[str, ...]
    permission: str
    fixed: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)

    @cached_property
    def fields(self) -> tuple[models.Field[Any, Any], ...]:
        """The model's fields, in the order of the columns."""
        return tuple(self.model._meta.get_field(name) for name in self.names)  # type: ignore[misc]

    def heading(self, name: str) -> str:
        """The heading of a column: the field's name as people know it."""
        return str(self.model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]

    def is_needed(self, name: str) -> bool:
        """Whether a row without this cell is refused."""
        found: Any = self.model._meta.get_field(name)
        return name in self.identity or not (found.blank or found.has_default())


_ENTERPRISE = {"kind": "enterprise"}
_PLACE = ("town", "address", "lon", "lat")

SHEETS: dict[str, Sheet] = {
    sheet.code: sheet
    for sheet in (
        Sheet("enterprise", _("企业"), Enterprise, ("code",),
              ("code", "name", "credit_code", "no_code_reason", "industry", "level", "status",
               "legal_representative", *_PLACE), "registry.add_enterprise", _ENTERPRISE),
        Sheet("contact", _("联系人"), Contact, ("enterprise", "name"),
              ("enterprise", "name", "duty", "phone", "email", "verified_on"), "registry.change_contact"),
        Sheet("permit", _("排污许可证"), Permit, ("number",),
              ("number", "enterprise", "issued_by", "valid_from", "valid_until"), "registry.change_permit"),
        Sheet("site", _("厂区（站址）"), Site, ("code",),
              ("code", "name", "enterprise", *_PLACE), "registry.change_site"),
        Sheet("outlet", _("排口"), Outlet, ("site", "number"),
              ("site", "number", "name", "medium", "receiving", "height_m", "lon", "lat", "closed_on"),
              "registry.change_site"),
        Sheet("facility", _("设施"), Facility, ("site", "number"),
              ("site", "number", "name", "kind", "process", "capacity", "closed_on"), "registry.change_site"),
        Sheet("point", _("监测点位"), MonitoringPoint, ("code",),
              ("code", "name", "kind", "site", "town", "lon", "lat"), "registry.change_monitoringpoint"),
        Sheet("device", _("数采仪"), Device, ("mn",),
              ("mn", "point", "system_type", "version", "crc", "realtime_seconds", "minute_minutes",
               "placed", "retired"), "registry.change_device"),
        Sheet("limit", _("点位限值"), PointLimit, ("point", "factor", "kind", "valid_from"),
              ("point", "factor", "kind", "upper", "lower", "basis", "clause", "valid_from",
               "valid_until"), "registry.change_permit"),
        Sheet("river", _("河流（湖库）"), River, ("code",), ("code", "name", "kind", "basin"),
              "registry.change_section"),
        Sheet("section", _("断面"), Section, ("code",),
              ("code", "name", "river", "level", "town", "lon", "lat"), "registry.change_section"),
        Sheet("construction", _("建筑工地"), ConstructionSite, ("code",),
              ("code", "name", "kind", "builder", "area_m2", "begun", "finished", *_PLACE),
              "registry.change_constructionsite"),
        Sheet("vehicle", _("车辆"), Vehicle, ("plate",),
              ("plate", "vin", "owner", "use", "fuel", "stage", "scrapped_on"), "registry.change_vehicle"),
    )
}  # fmt: skip
