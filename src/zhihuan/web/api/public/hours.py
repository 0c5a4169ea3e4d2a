"""``/public/stations/{code}/hours``: the hours of one station's published factors, as JSON or a table."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Path, Query, Router
from pydantic import BaseModel

from zhihuan.bureau.disclosure.hours import HourRow, hours_of
from zhihuan.bureau.disclosure.today import city_now
from zhihuan.web.api.public.answering import DOCUMENTED_CSV, csv_answer, public_answer
from zhihuan.web.api.public.stations import published
from zhihuan.web.api.reading import refuse_unknown
from zhihuan.web.api.telemetry.span import SpanQuestion, span_seconds
from zhihuan.web.live.factor_words import words

_USUAL, _LONGEST = dt.timedelta(days=1), dt.timedelta(days=31)


class HoursQuestion(SpanQuestion):
    """What is asked for."""


class PublicHour(BaseModel):
    """One hour of one factor. ``at``: its begin."""

    factor: str
    at: dt.datetime
    value: float | None
    valid: bool


class PublicHours(BaseModel):
    """The hours by factor and time."""

    station: str
    items: list[PublicHour]


def add_hours(router: Router) -> None:
    """Put both operations into the router."""
    about = "Hourly means of every published factor over at most 31 days, as devices sent them."
    router.add_api_operation(
        "/public/stations/{slug:key}/hours",
        ["GET"],
        hours,
        response=PublicHours,
        operation_id="list_public_hours",
        url_name="public-hours",
        summary="公开站点：小时值",
        description=about,
    )
    router.add_api_operation(
        "/public/stations/{slug:key}/hours.csv",
        ["GET"],
        hours_csv,
        operation_id="read_public_hours_table",
        url_name="public-hours-csv",
        summary="公开站点：小时值（表格）",
        description=about,
        openapi_extra={"responses": {200: DOCUMENTED_CSV}},
    )


def hours(
    request: HttpRequest,
    key: str = Path(..., max_length=40),
    asked: HoursQuestion = Query(...),  # noqa: B008
) -> HttpResponse:
    """The operation."""
    items = [
        {"factor": row.factor, "at": row.at, "value": row.value, "valid": row.is_valid}
        for row in _rows(request, key, asked)
    ]
    return public_answer(request, {"station": key, "items": items})


def hours_csv(
    request: HttpRequest,
    key: str = Path(..., max_length=40),
    asked: HoursQuestion = Query(...),  # noqa: B008
) -> HttpResponse:
    """The operation."""
    rows = _rows(request, key, asked)
    head = ("站点编码", "因子编码", "因子", "单位", "时间（起）", "数值", "有效", "模拟数据")
    is_synthetic = "是" if city_now().stations[key].station.synthetic else "否"
    return csv_answer(
        request, f"{key}-小时值.csv", head, [_line(key, row, is_synthetic) for row in rows]
    )


def _line(key: str, row: HourRow, is_synthetic: str) -> tuple[Any, ...]:
    known, at = words(row.factor), timezone.localtime(row.at).strftime("%Y-%m-%d %H:%M")
    valid = "是" if row.is_valid else "否"
    return (key, known.code, known.name, known.unit, at, row.value, valid, is_synthetic)


def _rows(request: HttpRequest, key: str, asked: HoursQuestion) -> list[HourRow]:
    refuse_unknown(request, HoursQuestion)
    found = published(key)
    return hours_of(found.station, *span_seconds(asked.start, asked.end, _USUAL, _LONGEST))
