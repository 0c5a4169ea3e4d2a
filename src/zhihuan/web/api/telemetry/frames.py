"""``/points/{code}/frames``: raw frames of a span, newest first, as text with secrets masked.

``sm3`` is that of the bytes as received, before masking: what a seal is compared with.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from zhihuan.bureau.acquisition.store import the_store
from zhihuan.bureau.registry.models import MonitoringPoint
from zhihuan.bureau.registry.placements import placements_at
from zhihuan.telemetry.store import FrameTable
from zhihuan.web.api.answer import answer
from zhihuan.web.api.cursor import CURSOR, question_of, read_cursor, write_cursor
from zhihuan.web.api.reading import next_address, refuse_unknown
from zhihuan.web.api.telemetry.numbers import moment
from zhihuan.web.api.telemetry.points import POINTS, point_of
from zhihuan.web.api.telemetry.span import SpanQuestion, span_seconds
from zhihuan.web.live.frames import content_name
from zhihuan.web.raw_bytes import shown

_USUAL, _LONGEST = dt.timedelta(days=1), dt.timedelta(days=7)
_Place = tuple[int, int]


class FramesQuestion(SpanQuestion):
    """What is asked for: frames *received* in the span."""

    cursor: str = CURSOR
    limit: int = Field(50, title="每页条数", description="Frames a page", ge=1, le=200)


class Frame(BaseModel):
    """One frame."""

    mn: str
    id: str = Field(..., description="Names the frame of this device")
    received: dt.datetime
    data_time: dt.datetime | None
    cn: str
    name: str = Field(..., title="内容")
    bytes: int = Field(..., description="Length as received")
    sm3: str = Field(..., description="Of the bytes as received, hexadecimal")
    text: str = Field(..., description="Passwords and keys are masked; long frames are cut")


class FramePage(BaseModel):
    """A page of frames, newest first."""

    items: list[Frame]
    next: str | None


def add_frames(router: Router) -> None:
    """Put the operation into the router."""
    router.add_api_operation(
        "/points/{slug:key}/frames",
        ["GET"],
        frames,
        response=FramePage,
        operation_id="list_frames",
        url_name="frames",
        summary="监测数据：原始报文",
        description=f"Raw frames received in a span of at most 7 days. Needs `{POINTS.view}`.",
    )


def frames(
    request: HttpRequest,
    key: str = Path(..., max_length=40),
    asked: FramesQuestion = Query(...),  # noqa: B008
) -> HttpResponse:
    """The operation."""
    point = point_of(request, key)
    refuse_unknown(request, FramesQuestion)
    question = question_of(f"frames:{point.code}", asked.model_dump(exclude_unset=True))
    before: _Place | None = None
    span = span_seconds(asked.start, asked.end, _USUAL, _LONGEST)
    if asked.cursor:
        first, last, *place = read_cursor(question, asked.cursor)
        span, before = (first, last), (place[0], place[1])
    found = _received(point, span, before, asked.limit + 1)
    following = ""
    if len(found) > asked.limit:
        _document, place = found[asked.limit - 1]
        # an open end is a moment: the next page keeps to the span of the first
        following = next_address(request, write_cursor(question, [*span, *place]))
    items = [document for document, _place in found[: asked.limit]]
    return answer(request, {"items": items, "next": following or None})


def _received(
    point: MonitoringPoint, span: tuple[int, int], before: _Place | None, limit: int
) -> list[tuple[dict[str, Any], _Place]]:
    found: list[tuple[dict[str, Any], _Place]] = []
    for placement in placements_at([point.pk]).get(point.pk, []):
        part = placement.within(*span)
        if part is None:
            continue
        start_ms, end_ms = (int(seconds * 1000) for seconds in part)
        table = the_store().frames(placement.mn, start_ms, end_ms, limit=limit, before=before)
        found += [_frame(table, row) for row in range(len(table))]
    return sorted(found, key=lambda pair: pair[1], reverse=True)[:limit]


def _frame(table: FrameTable, row: int) -> tuple[dict[str, Any], _Place]:
    raw = bytes(table.raw[row])
    received, frame_id = int(table.received[row]), int(table.frame_id[row])
    document = {
        "mn": table.mn[row],
        "id": str(frame_id),
        "received": moment(received / 1000),
        "data_time": moment(table.data_time[row]),
        "cn": table.cn[row],
        "name": content_name(table.cn[row], table.st[row]),
        "bytes": len(raw),
        "sm3": bytes(table.sm3[row]).hex(),
        "text": shown(raw).text,
    }
    return document, (received, frame_id)
