"""What is said of a photograph against what its camera and the browser wrote down. Pure.

None of them is believed more than another: a camera's clock may be wrong, an officer may err. A
difference is shown with its size; what it means is for people.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

__all__ = ["Claim", "Difference", "differences", "distance_m"]

_EARTH_M = 6_371_008.8  # mean radius, IUGG
#: Smaller ones are no difference: clocks run apart, satellites see through leaves.
_MINUTES = 10
_METRES = 200.0


@dataclass(frozen=True, slots=True)
class Claim:
    """What one of them says. who: said, camera or browser. at: aware; lon, lat: degrees WGS 84;
    accuracy_m: radius [m]. None: says nothing."""

    who: str
    at: dt.datetime | None = None
    lon: float | None = None
    lat: float | None = None
    accuracy_m: float = 0.0

    @property
    def has_place(self) -> bool:
        return self.lon is not None and self.lat is not None


@dataclass(frozen=True, slots=True)
class Difference:
    """Between two of them: minutes [min], always positive, or metres [m]; the other is None."""

    one: str
    other: str
    minutes: float | None = None
    metres: float | None = None


def differences(*told: Claim) -> Iterator[Difference]:
    """Each pair that differs by more than ten minutes, or 200 m beyond both accuracies."""
    for number, one in enumerate(told):
        for other in told[number + 1 :]:
            yield from _between(one, other)


def _between(one: Claim, other: Claim) -> Iterator[Difference]:
    if one.at is not None and other.at is not None:
        minutes = abs((one.at - other.at).total_seconds()) / 60
        if minutes > _MINUTES:
            yield Difference(one.who, other.who, minutes=minutes)
    if one.has_place and other.has_place:
        metres = distance_m(one, other)
        if metres > _METRES + one.accuracy_m + other.accuracy_m:
            yield Difference(one.who, other.who, metres=metres)


def distance_m(one: Any, other: Any) -> float:
    """On the sphere [m]; half a per cent off the ellipsoid at most."""
    lat1, lat2 = math.radians(one.lat), math.radians(other.lat)
    half_lat, half_lon = (lat2 - lat1) / 2, math.radians(other.lon - one.lon) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
    return 2 * _EARTH_M * math.asin(math.sqrt(min(1.0, chord)))
