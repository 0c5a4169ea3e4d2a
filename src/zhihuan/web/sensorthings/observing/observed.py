"""One row of the store, as part of a series."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from zhihuan.hj212.codes import is_normal
from zhihuan.telemetry.store import LatestTable, MeasurementColumns
from zhihuan.web.live.factor_words import mark_name
from zhihuan.web.sensorthings.moments import period_seconds, shown, shown_millis
from zhihuan.web.sensorthings.observing.series import Series

_ID = re.compile(r"([1-9]\d{0,17})-(\d{1,10})", re.ASCII)
#: What ``parameters`` may hold, in the order of the columns behind ``value``.
MEMBERS = ("min", "max", "total", "converted", "convertedMin", "convertedMax")


class Observed(NamedTuple):
    """time: start of the period [epoch s]. received: [epoch ms]. NaN is missing."""

    series: Series
    time: int
    value: float
    minimum: float
    maximum: float
    total: float
    zs_value: float
    zs_minimum: float
    zs_maximum: float
    flag: str
    received: int


def columns_of(table: MeasurementColumns | LatestTable) -> Iterator[Any]:
    """What an ``Observed`` holds behind its series, row by row."""
    columns = (
        table.time, table.value, table.minimum, table.maximum, table.total, table.zs_value,
        table.zs_minimum, table.zs_maximum, table.flag, table.received,
    )  # fmt: skip
    return zip(*(column.tolist() for column in columns), strict=True)


def id_of(row: Observed) -> str:
    """The Observation's id."""
    return f"{row.series.id}-{row.time}"


def named(text: str) -> tuple[int, int] | None:
    """(Datastream id, time [epoch s]) of an Observation's id; None when it is none."""
    found = _ID.fullmatch(text)
    return (int(found[1]), int(found[2])) if found else None


def described(row: Observed) -> dict[str, Any]:
    """The properties of an Observation."""
    period = period_seconds(row.series.kind, row.series.minute_minutes)
    began = shown(row.time)
    return {
        "phenomenonTime": f"{began}/{shown(row.time + period)}" if period else began,
        "resultTime": shown_millis(row.received),
        "result": None if math.isnan(row.value) else row.value,
        "resultQuality": quality(row.flag),
        "parameters": parameters(row),
    }


@functools.lru_cache(maxsize=256)
def quality(flag: str) -> dict[str, Any]:
    """The device's mark (HJ 212-2017, table 8), what it means, and whether it says "ordinary"."""
    return {"flag": flag, "meaning": mark_name(flag), "normal": is_normal(flag)}


def parameters(row: Observed) -> dict[str, float]:
    """What else the device said of the period, as far as it did: extremes, amount (Cou), converted
    values (折算)."""
    told = zip(MEMBERS, row[3:9], strict=True)
    return {name: value for name, value in told if value == value}  # type: ignore[misc] # noqa: PLR0124 - not NaN
