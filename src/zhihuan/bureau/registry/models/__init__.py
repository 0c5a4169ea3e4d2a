"""What is registered, one file per noun."""

from zhihuan.bureau.registry.models.construction import ConstructionSite
from zhihuan.bureau.registry.models.device import Device, FactorAlias, PastPlacement
from zhihuan.bureau.registry.models.enterprise import Contact, Enterprise
from zhihuan.bureau.registry.models.import_file import ImportFile
from zhihuan.bureau.registry.models.limit import PointFactor, PointLimit
from zhihuan.bureau.registry.models.permit import Permit, PermitTotal
from zhihuan.bureau.registry.models.point import MonitoringPoint
from zhihuan.bureau.registry.models.river import River, Section, SectionTarget
from zhihuan.bureau.registry.models.site import Facility, Outlet, Site
from zhihuan.bureau.registry.models.vehicle import Vehicle
from zhihuan.bureau.registry.models.version import RegistryVersion

__all__ = [
    "ConstructionSite",
    "Contact",
    "Device",
    "Enterprise",
    "Facility",
    "FactorAlias",
    "ImportFile",
    "MonitoringPoint",
    "Outlet",
    "PastPlacement",
    "Permit",
    "PermitTotal",
    "PointFactor",
    "PointLimit",
    "RegistryVersion",
    "River",
    "Section",
    "SectionTarget",
    "Site",
    "Vehicle",
]
