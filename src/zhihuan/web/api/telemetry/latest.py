"""``/latest``: the newest values of many points, page by page, with each point's state."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field, create_model

from zhihuan.bureau.acquisition.store import the_store
from zhihuan.bureau.registry.models import Device
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.point_state import PointState
from zhihuan.web.api.answer import answer
from zhihuan.web.api.door import require
from zhihuan.web.api.reading import page_of, question_model, refuse_unknown
from zhihuan.web.api.telemetry.numbers import moment, number
from zhihuan.web.api.telemetry.points import POINTS
from zhihuan.web.api.telemetry.series import KindName
from zhihuan.web.live.board import board

_NAMES: dict[int, str] = {
    Kind.REALTIME: "realtime",
    Kind.MINUTE: "minute",
    Kind.HOUR: "hour",
    Kind.DAY: "day",
}
_Question = create_model("LatestQuestion", __base__=question_model(POINTS))


class LatestValue(BaseModel):
    """The newest row of one factor and kind."""

    factor: str
    kind: KindName
    time: dt.datetime
    value: float | None
    converted: float | None = Field(..., title="折算值")
    mark: str = Field(..., title="标记", description="HJ 212 data mark")
    mn: str


class LatestOfPoint(BaseModel):
    """A point now. ``last_seen``: when anything was last received; null: never."""

    point: str
    state: str | None = Field(..., description="normal, abnormal, exceeding or offline")
    last_seen: dt.datetime | None
    values: list[LatestValue]


class LatestPage(BaseModel):
    """A page of points."""

    items: list[LatestOfPoint]
    next: str | None


def add_latest(router: Router) -> None:
    """Put the operation into the router."""
    router.add_api_operation(
        "/latest",
        ["GET"],
        latest,
        response=LatestPage,
        operation_id="list_latest",
        url_name="latest",
        summary="监测数据：最新值",
        description=f"The newest values of points; filters as of points. Needs `{POINTS.view}`.",
    )


def latest(request: HttpRequest, asked: Any) -> HttpResponse:
    """The operation."""
    caller = request.caller  # type: ignore[attr-defined]
    require(caller, POINTS.view)
    refuse_unknown(request, _Question)
    page = page_of(request, POINTS, asked, name="latest")
    codes = [document["code"] for document in page.items]
    values = _values(codes)
    items = [_now(code, values[code]) for code in codes]
    return answer(request, {"items": items, "next": page.next or None}, headers=page.headers)


latest.__annotations__ = {"request": HttpRequest, "asked": _Question}
latest.__defaults__ = (Query(...),)


def _values(codes: list[str]) -> dict[str, list[dict[str, Any]]]:
    """The newest values of each point, by factor and kind: one query each of database and store."""
    devices = Device.objects.filter(point__code__in=codes).values_list("mn", "point__code")
    point_of = dict(devices)
    values: dict[str, list[dict[str, Any]]] = defaultdict(list)
    if not point_of:
        return values
    table = the_store().latest(list(point_of), kinds=tuple(_NAMES))
    columns = (
        table.mn,
        table.factor,
        table.kind,
        table.time,
        table.value,
        table.zs_value,
        table.flag,
    )
    for mn, factor, kind, time, value, converted, mark in zip(*columns, strict=True):
        values[point_of[mn]].append(
            {
                "factor": factor,
                "kind": _NAMES[int(kind)],
                "time": moment(time),
                "value": number(value),
                "converted": number(converted),
                "mark": mark,
                "mn": mn,
            }
        )
    return values


def _now(code: str, values: list[dict[str, Any]]) -> dict[str, Any]:
    snapshot = board().snapshot()
    index = snapshot.catalogue.index_of.get(code)
    if index is None:  # registered since the board looked
        return {"point": code, "state": None, "last_seen": None, "values": values}
    return {
        "point": code,
        "state": PointState(int(snapshot.state[index])).slug,
        "last_seen": moment(snapshot.last_seen[index]),
        "values": values,
    }
