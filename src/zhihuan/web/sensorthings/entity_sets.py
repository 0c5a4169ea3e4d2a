"""The eight entity sets, by name, in the order the service document lists them."""

from __future__ import annotations

from zhihuan.web.sensorthings.collection import Collection, announce
from zhihuan.web.sensorthings.datastreams import Datastreams
from zhihuan.web.sensorthings.features_of_interest import FeaturesOfInterest
from zhihuan.web.sensorthings.historical_locations import HistoricalLocations
from zhihuan.web.sensorthings.locations import Locations
from zhihuan.web.sensorthings.observations import Observations
from zhihuan.web.sensorthings.observed_properties import ObservedProperties
from zhihuan.web.sensorthings.sensors import Sensors
from zhihuan.web.sensorthings.things import Things

_EVERY: tuple[Collection, ...] = (
    Things(), Locations(), HistoricalLocations(), Datastreams(), Sensors(), ObservedProperties(),
    Observations(), FeaturesOfInterest(),
)  # fmt: skip
ENTITY_SETS = {each.entity.set_name: each for each in _EVERY}
announce(*_EVERY)
