"""Hours of each station to natural days: daily means and the largest 8-hour mean of ozone.

found = station_days(rows, label="end")
found.rows["PM25"], found.rows["O3_8h"]      # one row a station and day, NaN where too few hours
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhihuan.evaluation.rows import Rows
from zhihuan.standards.air.means import Means, daily_means
from zhihuan.standards.air.natural_days import natural_days
from zhihuan.standards.air.ozone_8h import Mda8, mda8
from zhihuan.standards.air.reporting import reported
from zhihuan.standards.hours import on_hours

__all__ = ["StationDays", "station_days"]

_MEANS = ("SO2", "NO2", "CO", "PM10", "PM25")
_HOUR = 3600
_LABELS = ("city", "station", "control")


@dataclass(frozen=True, slots=True)
class StationDays:
    """rows: the days (unrounded concentrations); columns: their concentrations and counts for the
    report; means: what they were made of, for the reasons."""

    rows: Rows
    columns: dict[str, NDArray[Any]]
    means: tuple[Means | Mda8, ...]


def station_days(rows: Rows, *, label: str) -> StationDays:
    """Days of all stations, one after another. label: what an hour's time names, start or end.

    The edition of a day decides how many hours it needs. Raises as the functions of
    ``standards.air``.
    """
    pollutants = [item for item in (*_MEANS, "O3") if item in rows]
    parts = [
        _of_station(rows, places, pollutants, _HOUR if label == "start" else 0)
        for places in _stations(rows)
    ]
    days = np.concatenate([part["day"] for part in parts])
    hours = {item: np.concatenate([part[item] for part in parts]) for item in pollutants}
    columns: dict[str, NDArray[Any]] = {"day": days}
    columns |= {
        key: np.concatenate([part[key] for part in parts]) for key in _LABELS if key in rows
    }
    means: dict[str, Means] = {
        item: daily_means(hours[item], item, on=days, checked=False)
        for item in pollutants
        if item != "O3"
    }
    columns |= {item: found.values for item, found in means.items()}
    shown: dict[str, NDArray[Any]] = {}
    for item, found in means.items():
        name = item.replace("PM25", "PM2.5")
        shown[f"{name}日均值"] = reported(found.values, item, on=days)
        shown[f"{name}有效小时数"] = found.counts
    reasons: tuple[Means | Mda8, ...] = tuple(means.values())
    if "O3" in hours:
        ozone = mda8(hours["O3"], on=days, checked=False)
        largest = np.fmax.reduce(hours["O3"], axis=-1)
        # a few hours are no day: their maximum counts where their eight-hour means make one
        columns |= {
            "O3_8h": ozone.values, "O3": np.where(np.isnan(ozone.values), np.nan, largest)
        }  # fmt: skip
        shown["O3日最大8小时均值"] = reported(ozone.values, "O3", on=days)
        shown["O3有效8小时均值数"] = ozone.windows
        reasons = (*reasons, ozone)
    numbers = np.concatenate([part["number"] for part in parts])
    return StationDays(Rows(numbers, columns), shown, reasons)


def _stations(rows: Rows) -> list[NDArray[np.intp]]:
    """The places of each station's rows, in order of time."""
    _names, station = np.unique(rows.text("station").astype(str), return_inverse=True)
    order = np.lexsort((rows["time"], station))
    return np.split(order, np.flatnonzero(np.diff(station[order])) + 1)


def _of_station(
    rows: Rows, places: NDArray[np.intp], pollutants: list[str], shift: int
) -> dict[str, NDArray[Any]]:
    stamps = rows["time"][places] + shift
    grid = on_hours(stamps, np.stack([rows[item][places] for item in pollutants]))
    days, hours = natural_days(grid)
    local = np.searchsorted(
        stamps, days.astype("datetime64[s]").astype(np.int64) - 8 * _HOUR, side="right"
    )
    found: dict[str, NDArray[Any]] = dict(zip(pollutants, hours, strict=True))
    found["day"] = days
    found["number"] = rows.numbers[places][np.minimum(local, len(places) - 1)]
    for key in _LABELS:
        if key in rows:
            found[key] = np.full(len(days), rows[key][places[0]], dtype=object)
    return found
