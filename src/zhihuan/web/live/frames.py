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
from zhihuan.hj212.codes import Edition, command
from zhihuan.telemetry.store import FrameTable
from zhihuan.web.explained import explained
from zhihuan.web.live.moment import from_millis, from_seconds
from zhihuan.web.live.reading import may_read, point_for
from zhihuan.web.raw_bytes import shown

ROWS = 50
_SPAN_MS = 7 * 86_400_000

#: When a frame was received [epoch ms], and its id: a place in the list.
_Place = tuple[int, int]


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
    """A week of frames up to the newest there is; ``before=<received>-<frame id>`` turns the page,
    as far back as there are frames."""
    point = point_for(request.user, code)
    before = _before(request.GET.get("before", ""))
    mns = list(point.devices.values_list("mn", flat=True))
    found = _frames(mns, before)
    context = {
        "section": "live",
        "point": point,
        "frames": found[:ROWS],
        "older": _older(mns, found),
    }
    return render(request, "live/frames.html", context)


@require_safe
@never_cache
@may_read
def point_frame(request: HttpRequest, code: str, mn: str, frame_id: int) -> HttpResponse:
    """One frame, every field told."""
    point = point_for(request.user, code)
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


def _before(text: str) -> _Place | None:
    received, _dash, frame_id = text.partition("-")
    if received.isdecimal() and frame_id.isdecimal():
        return int(received[:15]), int(frame_id[:20])
    return None


def _frames(mns: list[str], before: _Place | None) -> list[FrameRow]:
    """Up to a page and one more, of the week before ``before`` or of the last one with frames."""
    now_ms = int(timezone.now().timestamp() * 1000)
    end_ms = before[0] + 1 if before else now_ms + 60_000
    found = _received(mns, (end_ms - _SPAN_MS, end_ms), before, ROWS + 1)
    if found:
        return found
    newest = _received(mns, (0, end_ms), before, 1)  # silent for longer than a week
    if not newest:
        return []
    end_ms = newest[0].received_ms + 1
    return _received(mns, (end_ms - _SPAN_MS, end_ms), before, ROWS + 1)


def _older(mns: list[str], found: list[FrameRow]) -> str | None:
    """Where the next page begins; None when nothing older was received."""
    if not found:
        return None
    last = found[:ROWS][-1]
    place = (last.received_ms, last.frame_id)
    more = len(found) > ROWS or _received(mns, (0, last.received_ms + 1), place, 1)
    return f"{last.received_ms}-{last.frame_id}" if more else None


def _received(
    mns: list[str], span_ms: tuple[int, int], before: _Place | None, limit: int
) -> list[FrameRow]:
    """The newest frames of a span, of all these devices."""
    found: list[FrameRow] = []
    for mn in mns:  # one or two per point
        table = the_store().frames(mn, max(0, span_ms[0]), span_ms[1], limit=limit, before=before)
        found += [_row(table, row) for row in range(len(table))]
    return sorted(found, key=lambda row: (row.received_ms, row.frame_id), reverse=True)[:limit]


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
