"""Sensors: devices (数采仪), by which a point's instruments speak.

Their number (MN) is known to people who may see devices; to others a device is its point's logger.
Nothing of how it speaks (password, keys, dialect) is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, CharField, F, QuerySet, Value, When
from django.db.models.functions import Concat

from zhihuan.bureau.registry.models import Device
from zhihuan.web.sensorthings.ask import Ask
from zhihuan.web.sensorthings.collection import Row
from zhihuan.web.sensorthings.entity import Entity, Relation
from zhihuan.web.sensorthings.odata.kinds import Kind
from zhihuan.web.sensorthings.table import Table

_ENCODING = "text/plain"
#: Names are data, the same for every reader: not translated.
_LOGGER, _ABOUT = "数采仪", "监测点位的数据采集传输仪"


class Sensors(Table):
    """A device. What it is made by is not registered; ``metadata`` names the protocol it speaks."""

    entity = Entity(
        "Sensors",
        properties={
            ("id",): Kind.WHOLE,
            ("name",): Kind.TEXT,
            ("description",): Kind.TEXT,
            ("encodingType",): Kind.TEXT,
            ("properties", "mn"): Kind.TEXT,
            ("properties", "systemType"): Kind.TEXT,
            ("properties", "enabled"): Kind.TRUTH,
        },
        relations={"Datastreams": Relation("Datastreams", "Datastreams", True, "id", "sensor")},
        shown=("name", "description", "encodingType", "metadata", "properties"),
        open_objects=frozenset({"properties"}),
    )

    def rows(self, ask: Ask) -> QuerySet[Any]:
        return Device.objects.filter(ask.readable("point"))

    def fields(self, ask: Ask) -> Mapping[str, Any]:
        return {
            "id": F("id"),
            "mn": _number(ask),
            "code": F("point__code"),
            "system_type": F("system_type"),
            "version": F("version"),
            "enabled": F("enabled"),
        }

    def column(self, ask: Ask, names: tuple[str, ...]) -> Any:
        match names:
            case ("name",):
                return Concat(F("point__code"), Value(f" {_LOGGER}"))
            case ("description",):
                return Concat(Value(f"{_ABOUT} "), F("point__code"))
            case ("encodingType",):
                return Value(_ENCODING)
            case ("properties", "mn"):
                return _number(ask)
            case ("properties", "systemType"):
                return F("system_type")
        return F("enabled")

    def described(self, row: Row) -> dict[str, Any]:
        edition = dict(Device.Version.choices).get(row["version"], "HJ 212")
        return {
            "name": f"{row['code']} {_LOGGER}",
            "description": f"{_ABOUT} {row['code']}",
            "encodingType": _ENCODING,
            "metadata": f"{edition}, ST={row['system_type'] or '?'}",
            "properties": {
                "mn": row["mn"],
                "systemType": row["system_type"],
                "enabled": row["enabled"],
            },
        }


def _number(ask: Ask) -> Case:
    known = ask.knows_devices()
    if not known:
        return Case(default=F("mn"), output_field=CharField())
    return Case(When(known, then=F("mn")), default=Value(None), output_field=CharField())
