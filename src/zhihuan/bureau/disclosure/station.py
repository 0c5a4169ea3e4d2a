"""A published station and what it says now, as plain values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from zhihuan.standards.derivation import Derivation

#: How a judgement looks to a reader, whatever its subject: the kind of a status badge.
TONES = ("good", "fair", "bad", "none")


@dataclass(frozen=True, slots=True)
class Limit:
    """The limit of one factor by the hour, with its law."""

    upper: float | None
    lower: float | None
    basis: str
    clause: str
    valid_from: dt.date


@dataclass(frozen=True, slots=True)
class Station:
    """What the registry tells the public of a point: nothing of devices, nothing of people.

    ``lake``: the water body is a lake or reservoir (GB 3838 table 1 has rows of its own for it).
    ``zone``: the functional zone of noise as the point's limits name it, "" when they do not.
    """

    code: str
    name: str
    kind: str
    subject: str
    town: str
    town_code: str
    lon: float
    lat: float
    synthetic: bool
    enterprise: str = ""
    lake: bool = False
    zone: str = ""
    limits: Mapping[str, Limit] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """The newest value of one factor of one kind of data. ``value`` is NaN where nothing valid was
    sent; ``at`` begins the period (aware). ``is_valid``: the device's mark says it may be judged."""

    factor: str
    data: str
    at: dt.datetime
    value: float
    is_valid: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the readings mean. ``word``: level or class in one word; ``figure``: the index, "" for none.

    ``rgb``: the colour that the standard gives the level, None where it gives none. ``advice``: what it
    means for people, in the standard's words. ``derivation``: why, with clause and days in force;
    None where there was nothing to judge, and then ``word`` says so.
    """

    word: str
    tone: str
    figure: str = ""
    rgb: tuple[int, int, int] | None = None
    advice: str = ""
    derivation: Derivation | None = None


@dataclass(frozen=True, slots=True)
class StationNow:
    """A station with its newest readings and their judgement. ``at``: of the readings judged."""

    station: Station
    readings: tuple[Reading, ...]
    judgement: Judgement
    at: dt.datetime | None
