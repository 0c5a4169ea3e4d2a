"""The latest value of every factor of a point, beside the limit that judges it.

The newest of real-time, minute and hourly values is shown; an hourly value that exceeds is shown
too, even when the instant has come down again, because the hour is what the law judges.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.acquisition.store import the_store
from zhihuan.bureau.registry.models import PointLimit
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.point_state import Readings, Verdict, judge, mark_verdicts
from zhihuan.telemetry.store import LatestTable
from zhihuan.web.live.factor_words import FactorWords, mark_name, words
from zhihuan.web.live.moment import from_seconds

Limits = Mapping[tuple[str, str], PointLimit]

_KINDS = {Kind.REALTIME: "realtime", Kind.MINUTE: "minute", Kind.HOUR: "hour", Kind.DAY: "day"}
KIND_NAMES = {
    "realtime": _("实时"),
    "minute": _("分钟"),
    "hour": _("小时"),
    "day": _("日"),
}


@dataclass(frozen=True, slots=True)
class LatestValue:
    """One row of the table. ``number`` and ``limit`` are ready to read; verdict: Verdict in words."""

    factor: str
    name: str
    unit: str
    number: str
    converted: bool
    kind: str
    kind_name: str
    at: dt.datetime | None
    mark_name: str
    verdict: str
    limit: str
    basis: str


def latest_values(mns: list[str], factors: Sequence[str], limits: Limits) -> list[LatestValue]:
    """Rows in the order of ``factors``, then of what else is sent; one store query."""
    if not mns:
        return []
    table = the_store().latest(mns, kinds=tuple(_KINDS))
    values = _values(table, limits)
    order = {factor: position for position, factor in enumerate(factors)}
    shown = _newest_and_exceeding(values, table)
    return sorted(shown, key=lambda value: (order.get(value.factor, len(order)), value.factor))


def _values(table: LatestTable, limits: Limits) -> list[LatestValue]:
    kinds = [_KINDS[Kind(kind)] for kind in table.kind.tolist()]
    found = [limits.get(key) for key in zip(table.factor, kinds, strict=True)]
    judged = np.where(np.isnan(table.zs_value), table.value, table.zs_value)
    verdicts = judge(
        Readings(
            point=np.zeros(len(table), dtype=np.int64),
            value=judged,
            upper=_bounds([limit and limit.upper for limit in found]),
            lower=_bounds([limit and limit.lower for limit in found]),
            verdict=mark_verdicts(list(table.flag)),
            fresh=np.ones(len(table), dtype=np.bool_),
        )
    )
    return [
        _value(table, row, _Judged(kinds[row], judged[row], Verdict(verdicts[row]), found[row]))
        for row in range(len(table))
    ]


class _Judged(NamedTuple):
    kind: str
    value: float
    verdict: Verdict
    limit: PointLimit | None


def _value(table: LatestTable, row: int, judged: _Judged) -> LatestValue:
    known, limit = words(table.factor[row]), judged.limit
    mark = table.flag[row]
    return LatestValue(
        factor=known.code,
        name=known.name,
        unit=known.unit,
        number=known.number(float(judged.value)),
        converted=not np.isnan(table.zs_value[row]),
        kind=judged.kind,
        kind_name=str(KIND_NAMES[judged.kind]),
        at=from_seconds(table.time[row]),
        mark_name=f"{mark} {mark_name(mark)}" if mark else "",
        verdict=judged.verdict.name.lower(),
        limit=limit_text(limit, known) if limit else "",
        basis=f"{limit.basis} {limit.clause}".strip() if limit else "",
    )


def _newest_and_exceeding(values: list[LatestValue], table: LatestTable) -> list[LatestValue]:
    """Per factor the newest value that is not a daily one, and every value that exceeds."""
    newest: dict[str, int] = {}
    for row, (value, time) in enumerate(zip(values, table.time.tolist(), strict=True)):
        best = newest.get(value.factor)
        if value.kind != "day" and (best is None or time > table.time[best]):
            newest[value.factor] = row
    chosen = set(newest.values()) | {
        row for row, value in enumerate(values) if value.verdict == "exceeding"
    }
    only_daily = {value.factor: row for row, value in enumerate(values)}
    chosen |= {row for factor, row in only_daily.items() if factor not in newest}
    return [values[row] for row in sorted(chosen)]


def limit_text(limit: PointLimit, known: FactorWords) -> str:
    """``≤ 50 mg/L``, ``6 – 9``: a limit as people write it."""
    if limit.upper is None:
        return f"≥ {limit.lower:g} {known.unit}".rstrip()
    if limit.lower is None:
        return f"≤ {limit.upper:g} {known.unit}".rstrip()
    return f"{limit.lower:g} – {limit.upper:g} {known.unit}".rstrip()


def _bounds(values: list[float | None]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
