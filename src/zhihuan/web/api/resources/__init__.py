"""The resources of the registry, declared; one file per subject. ``RESOURCES`` lists them by name."""

from zhihuan.web.api.resources.enterprises import ENTERPRISES, FACILITIES, OUTLETS, PERMITS, SITES
from zhihuan.web.api.resources.episodes import EPISODES
from zhihuan.web.api.resources.measuring import DEVICES, LIMITS, POINTS
from zhihuan.web.api.resources.people import ORGANISATIONS, USERS
from zhihuan.web.api.resources.places import TOWNS
from zhihuan.web.api.resources.subjects import CONSTRUCTION_SITES, VEHICLES
from zhihuan.web.api.resources.water import RIVERS, SECTIONS

RESOURCES = {
    each.name: each
    for each in (
        TOWNS,
        ORGANISATIONS,
        USERS,
        ENTERPRISES,
        PERMITS,
        SITES,
        OUTLETS,
        FACILITIES,
        POINTS,
        DEVICES,
        LIMITS,
        EPISODES,
        RIVERS,
        SECTIONS,
        CONSTRUCTION_SITES,
        VEHICLES,
    )
}

__all__ = ["RESOURCES"]
