"""A made-up series for the chart's example, shaped as ``series.json`` answers (docs/live.md).

The same span always gives the same values. It holds what a chart must be able to show: a daily
course that passes the limit, a gap, device marks, our own statistic differing once, one invalid.
"""

from __future__ import annotations

import math
from typing import Any

from zhihuan.web.live.factor_words import mark_name, words
from zhihuan.web.live.series import SeriesQuery

_STEPS = {"realtime": 60, "minute": 600, "hour": 3_600, "day": 86_400}
#: More rows than a screen has pixels are not made; a longer span takes longer steps.
_MOST_ROWS = 2_000
_LIMIT_MG_L = 50.0


def series_document(query: SeriesQuery) -> dict[str, Any]:
    """Columns for the span asked for; times in epoch seconds, values in mg/L."""
    known, step, times = words(query.factor), *_times(query)
    value = [_course(each) for each in times]
    flags = [_flag(each // step) for each in times]
    return {
        "factor": {
            "code": known.code,
            "name": known.name,
            "unit": known.unit,
            "decimals": known.decimals,
        },
        "kind": query.kind_name,
        "limits": [_limit()],
        "t": times,
        "value": value,
        "min": [round(each * 0.9, 2) for each in value],
        "max": [round(each * 1.1, 2) for each in value],
        "flag": flags,
        "flags": {mark: mark_name(mark) for mark in sorted(set(flags) - {"N"})},
        "ours": _ours(times, value, step),
        "bucketSeconds": 0 if step == _STEPS[query.kind_name] else step,
        "timeMeaning": "instant" if query.kind_name == "realtime" else "start",
    }


def _times(query: SeriesQuery) -> tuple[int, list[int]]:
    """The step [s] and the times, without those of a gap now and then."""
    step, start, end = (
        _STEPS[query.kind_name],
        int(query.start.timestamp()),
        int(query.end.timestamp()),
    )
    step *= max(1, math.ceil((end - start) / step / (query.buckets or _MOST_ROWS)))
    first = -(-start // step) * step
    return step, [at for at in range(first, end, step) if at // step % 97 > 4]


def _course(at: int) -> float:
    """A working day with a peak in the morning, Beijing time."""
    hour = (at / 3_600 + 8) % 24
    peak = 26 * math.exp(-(((hour - 9.5) / 2.2) ** 2))
    return round(28 + peak + 4 * math.sin(at / 40_000), 2)


def _flag(number: int) -> str:
    return {0: "M", 1: "M", 20: "D"}.get(number % 60, "N")


def _limit() -> dict[str, Any]:
    return {"from": None, "to": None, "upper": _LIMIT_MG_L, "lower": None, "basis": "示例限值",
            "clause": "表 1"}  # fmt: skip


def _ours(times: list[int], value: list[float], step: int) -> dict[str, Any]:
    if step < _STEPS["hour"]:
        return {"t": [], "value": [], "valid": [], "rule": []}
    numbers = [at // step for at in times]
    return {
        "t": times,
        "value": [
            each * 1.08 if n % 50 == 0 else each for n, each in zip(numbers, value, strict=True)
        ],
        "valid": [n % 33 != 0 for n in numbers],
        "rule": ["示例规则"] * len(times),
    }
