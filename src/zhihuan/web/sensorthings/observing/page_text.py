"""Observations written straight as JSON text.

Ten thousand rows as dictionaries of dictionaries are most of what a week of minutes costs; here a row is
one text, its parts known beforehand filled in. It says what ``documents.entities`` says of the same rows (a
test holds one against the other), for the plain page alone: without ``$select`` and ``$expand``.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator

from zhihuan.web.sensorthings.moments import period_seconds, shown, shown_millis
from zhihuan.web.sensorthings.observing.observed import MEMBERS, Observed, quality


def texts(root: str, rows: Iterable[Observed]) -> Iterator[str]:
    """One JSON object a row. root: the service's address, without a slash at its end."""
    place = json.dumps(root, ensure_ascii=False)[1:-1]
    for row in rows:
        series, time = row.series, row.time
        period = period_seconds(series.kind, series.minute_minutes)
        began = shown(time)
        during = f"{began}/{shown(time + period)}" if period else began
        own = f"{series.id}-{time}"
        address = f"{place}/Observations('{own}')"
        yield (
            f'{{"@iot.selfLink":"{address}","@iot.id":"{own}","phenomenonTime":"{during}",'
            f'"resultTime":"{shown_millis(row.received)}","result":{_number(row.value)},'
            f'"resultQuality":{_quality(row.flag)},"parameters":{{{_parameters(row)}}},'
            f'"Datastream@iot.navigationLink":"{address}/Datastream",'
            f'"FeatureOfInterest@iot.navigationLink":"{address}/FeatureOfInterest"}}'
        )


def _number(value: float) -> str:
    """NaN and what else JSON has no number for is null."""
    return repr(value) if value - value == 0 else "null"


def _parameters(row: Observed) -> str:
    told = zip(MEMBERS, row[3:9], strict=True)
    return ",".join([f'"{name}":{value!r}' for name, value in told if value - value == 0])


@functools.lru_cache(maxsize=256)
def _quality(flag: str) -> str:
    return json.dumps(quality(flag), ensure_ascii=False, separators=(",", ":"))
