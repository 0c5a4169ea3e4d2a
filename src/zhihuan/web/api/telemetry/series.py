"""``/points/{code}/series``: one factor of one point over a bounded span, every row of it.

What devices sent, or with ``by=platform`` our own statistics of hours and days. A missing value is
null. Rows of a device that stood elsewhere at the time are left out.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from zhihuan.bureau.acquisition.store import the_store
from zhihuan.bureau.registry.placements import Placement, placements_at
from zhihuan.telemetry.kinds import Kind
from zhihuan.web.api.answer import answer
from zhihuan.web.api.problem import INVALID, FieldError, Problem
from zhihuan.web.api.reading import refuse_unknown
from zhihuan.web.api.telemetry.numbers import moment, number
from zhihuan.web.api.telemetry.points import POINTS, point_of
from zhihuan.web.api.telemetry.span import SpanQuestion, span_seconds
from zhihuan.web.live.factor_words import words

KINDS = {"realtime": Kind.REALTIME, "minute": Kind.MINUTE, "hour": Kind.HOUR, "day": Kind.DAY}
KindName = Literal["realtime", "minute", "hour", "day"]
#: What one call may span, and what it spans where nothing is said.
LONGEST = {
    Kind.REALTIME: dt.timedelta(days=2),
    Kind.MINUTE: dt.timedelta(days=31),
    Kind.HOUR: dt.timedelta(days=366),
    Kind.DAY: dt.timedelta(days=3660),
}
_USUAL = {
    Kind.REALTIME: dt.timedelta(hours=6),
    Kind.MINUTE: dt.timedelta(days=1),
    Kind.HOUR: dt.timedelta(days=7),
    Kind.DAY: dt.timedelta(days=90),
}
MOST_ROWS = 20_000
FACTOR = r"^[A-Za-z0-9_-]{1,20}$"


class SeriesQuestion(SpanQuestion):
    """What is asked for."""

    factor: str = Field(..., title="监测因子", description="HJ 524/525 code", pattern=FACTOR)
    kind: KindName = Field("hour", title="数据类型", description="Kind of data")
    by: Literal["device", "platform"] = Field(
        "device", title="来源", description="As devices sent it, or our own statistics (hour, day)"
    )


class SeriesRow(BaseModel):
    """One row. ``time``: the instant, or the start of the period."""

    time: dt.datetime
    value: float | None
    minimum: float | None
    maximum: float | None
    total: float | None
    converted: float | None = Field(..., title="折算值")
    mark: str = Field(..., title="标记", description="HJ 212 data mark; our statistics: their rule")
    valid: bool | None = Field(..., title="有效", description="Of our own statistics alone")
    mn: str


class SeriesAnswer(BaseModel):
    """The rows by rising time, with what they are of."""

    point: str
    factor: str
    name: str
    unit: str
    kind: KindName
    items: list[SeriesRow]


def add_series(router: Router) -> None:
    """Put the operation into the router."""
    router.add_api_operation(
        "/points/{slug:key}/series",
        ["GET"],
        series,
        response=SeriesAnswer,
        operation_id="read_series",
        url_name="series",
        summary="监测数据：时间序列",
        description=(
            f"One factor over a span: realtime ≤ 2, minute ≤ 31, hour ≤ 366, day ≤ 3660 days and "
            f"≤ {MOST_ROWS} rows. Needs `{POINTS.view}`."
        ),
    )


def series(
    request: HttpRequest,
    key: str = Path(..., max_length=40),
    asked: SeriesQuestion = Query(...),  # noqa: B008
) -> HttpResponse:
    """The operation."""
    point = point_of(request, key)
    refuse_unknown(request, SeriesQuestion)
    kind = KINDS[asked.kind]
    start, end = span_seconds(asked.start, asked.end, _USUAL[kind], LONGEST[kind])
    read = _sent if asked.by == "device" else _ours
    rows: list[dict[str, Any]] = []
    for placement in placements_at([point.pk]).get(point.pk, []):
        part = placement.within(start, end)
        if part is not None:
            rows += read(placement, asked.factor, kind, (int(part[0]), int(part[1])))
    _refuse_too_many(len(rows))
    known = words(asked.factor)
    document = {
        "point": point.code,
        "factor": known.code,
        "name": known.name,
        "unit": known.unit,
        "kind": asked.kind,
        "items": sorted(rows, key=lambda row: (row["time"], row["mn"])),
    }
    return answer(request, document)


def _sent(
    placement: Placement, factor: str, kind: Kind, span: tuple[int, int]
) -> list[dict[str, Any]]:
    found = the_store().series(placement.mn, factor, kind, *span, limit=MOST_ROWS + 1)
    columns = (found.value, found.minimum, found.maximum, found.total, found.zs_value)
    rows = zip(found.time.tolist(), *(c.tolist() for c in columns), found.flag, strict=True)
    return [_row(placement.mn, time, numbers, mark=str(mark)) for time, *numbers, mark in rows]


def _ours(
    placement: Placement, factor: str, kind: Kind, span: tuple[int, int]
) -> list[dict[str, Any]]:
    if kind not in {Kind.HOUR, Kind.DAY}:
        return []
    found = the_store().statistics(placement.mn, factor, kind, *span)
    columns = (found.value, found.minimum, found.maximum, found.total, found.zs_value)
    rows = zip(
        found.time.tolist(), *(c.tolist() for c in columns), found.valid, found.rule, strict=True
    )
    return [
        _row(placement.mn, time, numbers, mark=str(rule), valid=bool(valid))
        for time, *numbers, valid, rule in rows
    ]


def _row(
    mn: str, time: float, numbers: list[float], *, mark: str, valid: bool | None = None
) -> dict[str, Any]:
    names = ("value", "minimum", "maximum", "total", "converted")
    told = dict(zip(names, map(number, numbers), strict=True))
    return {"time": moment(time), **told, "mark": mark, "valid": valid, "mn": mn}


def _refuse_too_many(rows: int) -> None:
    if rows > MOST_ROWS:
        what = _("超过 %(most)s 行") % {"most": MOST_ROWS}
        raise Problem(INVALID, what, [FieldError("start", what, _("请缩短时间段，分次查询"))])
