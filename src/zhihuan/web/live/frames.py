"""A point's raw frames: the bytes as its devices sent them, newest first, each explained."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.acquisition.directory import profile_of
from zhihuan.bureau.acquisition.store import the_store
from zhihuan.bureau.registry.models import MonitoringPoint
from zhihuan.hj212.codes import Edition, command
from zhihuan.telemetry.store import FrameTable
from zhihuan.web.explained import explained
from zhihuan.web.live.moment import from_millis, from_seconds
from zhihuan.web.live.reading import may_read
from zhihuan.web.raw_bytes import shown

ROWS = 50
_SPAN_MS = 7 * 86_400_000


@dataclass(frozen=True, slots=True)
class FrameRow:
    """One frame of the list. frame_id: names it in the store, beside its mn."""

    mn: str
    frame_id: int
    received: dt.datetime | None
    received_ms: int
    data_time: dt.datetime | None
    cn: str
    name: str
    beginning: str
    sm3: str


@require_safe
@never_cache
@may_read
def point_frames(request: HttpRequest, code: str) -> HttpResponse:
    """The frames of the last seven days; ``before=<received>-<frame id>`` turns the page."""
    point = get_object_or_404(MonitoringPoint, code=code)
    before = _before(request.GET.get("before", ""))
    found = _frames(list(point.devices.values_list("mn", flat=True)), before)
    more = found[ROWS - 1] if len(found) > ROWS else None
    context = {
        "section": "live",
        "point": point,
        "frames": found[:ROWS],
        "older": f"{more.received_ms}-{more.frame_id}" if more else None,
    }
    return render(request, "live/frames.html", context)


@require_safe
@never_cache
@may_read
def point_frame(request: HttpRequest, code: str, mn: str, frame_id: int) -> HttpResponse:
    """One frame, every field told."""
    point = get_object_or_404(MonitoringPoint, code=code)
    device = get_object_or_404(point.devices, mn=mn)
    table = the_store().frame_by_id(mn, frame_id)
    if len(table) == 0:
        raise Http404
    raw = bytes(table.raw[0])
    context = {
        "section": "live",
        "point": point,
        "frame": _row(table, 0),
        "shown": shown(raw),
        "explained": explained(raw, profile_of(device)),
    }
    return render(request, "live/frame.html", context)


def _before(text: str) -> tuple[int, int] | None:
    received, _dash, frame_id = text.partition("-")
    if received.isdecimal() and frame_id.isdecimal():
        return int(received[:15]), int(frame_id[:20])
    return None


def _frames(mns: list[str], before: tuple[int, int] | None) -> list[FrameRow]:
    now_ms = int(timezone.now().timestamp() * 1000)
    end_ms = before[0] + 1 if before else now_ms + 60_000
    found: list[FrameRow] = []
    for mn in mns:  # one or two per point
        table = the_store().frames(mn, end_ms - _SPAN_MS, end_ms, limit=ROWS + 1, before=before)
        found += [_row(table, row) for row in range(len(table))]
    return sorted(found, key=lambda row: (row.received_ms, row.frame_id), reverse=True)[: ROWS + 1]


def _row(table: FrameTable, row: int) -> FrameRow:
    return FrameRow(
        mn=table.mn[row],
        frame_id=int(table.frame_id[row]),
        received=from_millis(table.received[row]),
        received_ms=int(table.received[row]),
        data_time=from_seconds(table.data_time[row]),
        cn=table.cn[row],
        name=content_name(table.cn[row], table.st[row]),
        beginning=shown(bytes(table.raw[row])[:160]).text,
        sm3=bytes(table.sm3[row]).hex(),
    )


def content_name(cn: str, st: str) -> str:
    """What a device sends under this command code, in words; the code when no table knows it."""
    for edition in (Edition.SURFACE_WATER,) if st == "21" else (Edition.HJ2017, Edition.HJ2025):
        found = command(cn, edition, "device", st)
        if found:
            return found.name
    return cn
