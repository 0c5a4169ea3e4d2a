"""The city as the public sees it now: every published station, its newest figures, what they mean.

Made at most once a minute and process, from three queries and one look at the store, whatever how many
people ask. A figure older than three hours is no "now": it is left out, and the station says so.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from zhihuan.bureau.acquisition.store import the_store
from zhihuan.bureau.disclosure.air import judged_air
from zhihuan.bureau.disclosure.declaration import subjects
from zhihuan.bureau.disclosure.emission import judged_emission
from zhihuan.bureau.disclosure.measured import measured
from zhihuan.bureau.disclosure.noise import judged_noise
from zhihuan.bureau.disclosure.published import devices_of, read_stations
from zhihuan.bureau.disclosure.station import Judgement, Reading, Station, StationNow
from zhihuan.bureau.disclosure.water import judged_water
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.store import LatestTable

#: How old the beginning of a period may be for its value to tell of now.
FRESH = {"hour": dt.timedelta(hours=4), "day": dt.timedelta(days=2, hours=12)}
#: How long a look is shown before another is made [s].
KEPT_SECONDS = 60
_KINDS = {Kind.HOUR: "hour", Kind.DAY: "day"}
_JUDGES: Mapping[str, Callable[[Station, Sequence[Reading]], Judgement]] = {
    "air": judged_air,
    "water": judged_water,
    "noise": judged_noise,
    "emission": judged_emission,
}


@dataclass(frozen=True, slots=True)
class CityNow:
    """All stations by code, at ``as_of`` (aware)."""

    as_of: dt.datetime
    stations: dict[str, StationNow]

    def of(self, subject: str) -> list[StationNow]:
        """Those of one subject, by code."""
        return [each for each in self.stations.values() if each.station.subject == subject]

    @property
    def has_synthetic(self) -> bool:
        return any(each.station.synthetic for each in self.stations.values())


def look(now: dt.datetime) -> CityNow:
    """A fresh look."""
    local = timezone.localtime(now)
    stations = {each.code: each for each in read_stations(local.date())}
    readings = _readings(stations, local)
    return CityNow(now, {code: _now(each, readings[code]) for code, each in stations.items()})


def _now(station: Station, readings: list[Reading]) -> StationNow:
    """Judged by what belongs together: the newest hour, or for noise the newest day."""
    data = "day" if station.subject == "noise" else "hour"
    at = max((each.at for each in readings if each.data == data), default=None)
    together = [each for each in readings if each.data == data and each.at == at]
    judgement = _JUDGES[station.subject](station, together)
    return StationNow(station, tuple(readings), judgement, at)


def _readings(stations: Mapping[str, Station], now: dt.datetime) -> dict[str, list[Reading]]:
    code_of = devices_of(stations, now.date())
    found: dict[str, list[Reading]] = defaultdict(list)
    if not code_of:
        return found
    table = the_store().latest(list(code_of), kinds=tuple(_KINDS))
    for mn, reading in zip(table.mn, readings_of(table), strict=True):
        station = stations[code_of[mn]]
        if is_published(station, reading.factor, reading.data) and _is_fresh(reading, now):
            found[station.code].append(reading)
    return {code: _newest(rows) for code, rows in found.items()} | {
        code: [] for code in stations if code not in found
    }


def is_published(station: Station, factor: str, data: str) -> bool:
    """Whether the declaration names this figure of this station."""
    subject = subjects()[station.subject]
    named = factor in subject.factors if subject.factors else factor in station.limits
    return named and data in subject.data


def readings_of(table: LatestTable) -> Iterable[Reading]:
    """The rows as readings; the converted value where there is one, as limits are for that."""
    rows = zip(table.factor, table.kind.tolist(), table.time.tolist(), measured(table), strict=True)
    for factor, kind, seconds, (value, is_valid) in rows:
        at = dt.datetime.fromtimestamp(seconds, timezone.get_default_timezone())
        yield Reading(str(factor), _KINDS[Kind(kind)], at, value, is_valid)


def _is_fresh(reading: Reading, now: dt.datetime) -> bool:
    return now - reading.at <= FRESH[reading.data]


def _newest(rows: list[Reading]) -> list[Reading]:
    """One reading a factor and kind of data, by factor: two devices of a point may both have sent."""
    newest: dict[tuple[str, str], Reading] = {}
    for row in sorted(rows, key=lambda each: each.at):
        newest[row.factor, row.data] = row
    return [newest[key] for key in sorted(newest)]


class Board:
    """Keeps the newest look; one caller makes it while the others wait for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made = -float("inf")
        self._city: CityNow | None = None

    def city(self) -> CityNow:
        """The city as it was at most ``KEPT_SECONDS`` ago. The store's error reaches the reader."""
        with self._lock:
            if self._city is None or time.monotonic() - self._made > KEPT_SECONDS:
                self._city, self._made = look(timezone.now()), time.monotonic()
            return self._city

    def forget(self) -> None:
        """Look anew at the next question."""
        with self._lock:
            self._city = None


_board = Board()


def city_now() -> CityNow:
    """The look of this process."""
    return _board.city()


def forget_look() -> None:
    """Look anew at the next question."""
    _board.forget()
