"""What is registered, one file per noun."""

from zhihuan.bureau.registry.models.device import Device, FactorAlias
from zhihuan.bureau.registry.models.limit import PointFactor, PointLimit
from zhihuan.bureau.registry.models.point import MonitoringPoint, Site
from zhihuan.bureau.registry.models.version import RegistryVersion

__all__ = [
    "Device",
    "FactorAlias",
    "MonitoringPoint",
    "PointFactor",
    "PointLimit",
    "RegistryVersion",
    "Site",
]
