"""Observations written straight as JSON text.

Ten thousand rows as dictionaries of dictionaries are most of what a week of minutes costs; here the times of
a series are written all at once, and a row is one text in which its parts stand. It says what
``documents.entities`` says of the same rows (a test holds one against the other), for the plain page alone:
without ``$select`` and ``$expand``.
"""

from __future__ import annotations

import functools
import itertools
import json
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from zhihuan.web.sensorthings.moments import period_seconds
from zhihuan.web.sensorthings.observing.observed import MEMBERS, Observed, quality
from zhihuan.web.sensorthings.observing.series import Series


def texts(root: str, rows: Iterable[Observed]) -> Iterator[str]:
    """One JSON object a row. root: the service's address, without a slash at its end."""
    place = json.dumps(root, ensure_ascii=False)[1:-1]
    for series, group in itertools.groupby(rows, key=lambda row: row.series):
        yield from _of_series(f"{place}/Observations('{series.id}-", series, list(group))


def _of_series(place: str, series: Series, rows: Sequence[Observed]) -> Iterator[str]:
    received = _moments([row.received for row in rows], "ms")
    times = zip(rows, _during(series, rows), received, strict=True)
    for row, during, arrived in times:
        address = f"{place}{row.time}')"
        value = row.value
        yield (
            f'{{"@iot.selfLink":"{address}","@iot.id":"{series.id}-{row.time}",'
            f'"phenomenonTime":"{during}","resultTime":"{arrived}Z",'
            # what JSON has no number for, NaN above all, is null
            f'"result":{repr(value) if value - value == 0 else "null"},'
            f'"resultQuality":{_quality(row.flag)},"parameters":{{{_parameters(row)}}},'
            f'"Datastream@iot.navigationLink":"{address}/Datastream",'
            f'"FeatureOfInterest@iot.navigationLink":"{address}/FeatureOfInterest"}}'
        )


def _during(series: Series, rows: Sequence[Observed]) -> list[str]:
    """``phenomenonTime``: a period as its start and end, an instant as itself."""
    times = [row.time for row in rows]
    period = period_seconds(series.kind, series.minute_minutes)
    began = _moments(times, "s")
    if not period:
        return [f"{at}Z" for at in began]
    ended = _moments([time + period for time in times], "s")
    return [f"{at}Z/{end}Z" for at, end in zip(began, ended, strict=True)]


def _moments(times: Sequence[int], unit: str) -> list[str]:
    """Epoch seconds or milliseconds as ISO 8601, without the Z."""
    told: list[str] = np.datetime_as_string(np.array(times, f"datetime64[{unit}]")).tolist()
    return told


def _parameters(row: Observed) -> str:
    told = zip(MEMBERS, row[3:9], strict=True)
    return ",".join([f'"{name}":{value!r}' for name, value in told if value - value == 0])


@functools.lru_cache(maxsize=256)
def _quality(flag: str) -> str:
    return json.dumps(quality(flag), ensure_ascii=False, separators=(",", ":"))
