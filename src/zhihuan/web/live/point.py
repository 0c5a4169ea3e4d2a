"""A point's drawer: what it is, its latest values against the limits, devices, and what happened.

One view for the whole page and for the drawer's fragment. The number of queries does not depend on
the number of factors, devices or events.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from dataclasses import asdict, dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from zhihuan.bureau.acquisition.models import DeviceConnection
from zhihuan.bureau.acquisition.store import the_store
from zhihuan.bureau.registry.models import Device, MonitoringPoint, PointLimit
from zhihuan.telemetry.kinds import Kind
from zhihuan.web.live.board import board
from zhihuan.web.live.episodes import Episode, episodes
from zhihuan.web.live.factor_words import FactorWords, mark_name, words
from zhihuan.web.live.latest_values import LatestValue, latest_values
from zhihuan.web.live.limits import limits_today
from zhihuan.web.live.moment import from_millis, from_seconds
from zhihuan.web.live.point_list import STATE_NAMES, PointRow, row
from zhihuan.web.live.reading import may_read, point_for

_TIMELINE = dt.timedelta(days=7)
_MOST_EVENTS = 100
EVENT_NAMES = {
    "online": gettext_lazy("上线"),
    "offline": gettext_lazy("离线"),
    "auth_failed": gettext_lazy("密码不符"),
    "clock_drift": gettext_lazy("时钟偏差超限"),
    "clock_steady": gettext_lazy("时钟恢复正常"),
    "error_rate": gettext_lazy("错误报文过多"),
    "evicted": gettext_lazy("连接被替换"),
    "number_asked": gettext_lazy("申请设备编号（MN）"),
}


@dataclass(frozen=True, slots=True)
class DeviceView:
    """One device of the point, as the drawer shows it. Never its password or keys."""

    mn: str
    version_name: str
    realtime_seconds: int
    minute_minutes: int
    connection_name: str
    since: dt.datetime | None
    drift_seconds: float | None


@dataclass(frozen=True, slots=True)
class EventView:
    """One entry of the timeline."""

    at: dt.datetime | None
    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class EpisodeView:
    """A stretch of hours that exceeded, or whose values must not be judged."""

    start: dt.datetime | None
    end: dt.datetime | None
    hours: int
    state: str
    state_name: str
    factor_name: str
    worst: str
    marks: str


@dataclass(frozen=True, slots=True)
class PointView:
    """Everything the drawer shows."""

    row: PointRow
    as_of: dt.datetime
    latest: list[LatestValue]
    devices: list[DeviceView]
    events: list[EventView]
    episodes: list[EpisodeView]
    chart_factors: list[FactorWords]
    chart_kind: str

    @property
    def chart_factors_json(self) -> str:
        return json.dumps([asdict(factor) for factor in self.chart_factors], ensure_ascii=False)


@require_safe
@never_cache
@may_read
@vary_on_headers("HX-Request")
def point(request: HttpRequest, code: str) -> HttpResponse:
    """The whole page; for htmx the drawer's content alone."""
    level = 2 if request.htmx else 1  # of the drawer's headings, below the page's own
    context = {
        "section": "live",
        "view": point_view(point_for(request.user, code)),
        "heading": level,
        "subheading": level + 1,
    }
    template = "live/point.html#detail" if request.htmx else "live/point.html"
    return render(request, template, context)


def point_view(found: MonitoringPoint) -> PointView:
    """What the drawer of a point shows now. Raises ``Http404`` while the board does not know it."""
    snapshot = board().snapshot()
    index = snapshot.catalogue.index_of.get(found.code)
    if index is None:
        raise Http404
    devices = list(found.devices.order_by("-registered", "mn"))
    latest = latest_values(
        [device.mn for device in devices], snapshot.catalogue.factors[index], limits_today(found)
    )
    events, told = _timeline(found, devices)
    return PointView(
        row=row(snapshot, index),
        as_of=snapshot.as_of,
        latest=latest,
        devices=_devices(devices),
        events=events,
        episodes=told,
        chart_factors=[
            words(factor) for factor in _factors(snapshot.catalogue.factors[index], latest)
        ],
        chart_kind=_chart_kind(latest),
    )


def _factors(registered: list[str], latest: list[LatestValue]) -> list[str]:
    """The registered factors, then what the device sends beside them."""
    return list(dict.fromkeys([*registered, *(value.factor for value in latest)]))


def _chart_kind(latest: list[LatestValue]) -> str:
    kinds = {value.kind for value in latest}
    return next((kind for kind in ("hour", "minute", "realtime", "day") if kind in kinds), "hour")


def _devices(devices: list[Device]) -> list[DeviceView]:
    mns = [device.mn for device in devices]
    links = {link.mn: link for link in DeviceConnection.objects.filter(mn__in=mns)}
    return [_device(device, links.get(device.mn)) for device in devices]


def _device(device: Device, link: DeviceConnection | None) -> DeviceView:
    if not device.in_use(timezone.localdate()):
        connection = _("已停用")
    elif link is None:
        connection = _("从未连接")
    else:
        connection = _("在线") if link.online else _("离线")
    return DeviceView(
        mn=device.mn,
        version_name=device.get_version_display() or _("按报文判断"),
        realtime_seconds=device.realtime_seconds,
        minute_minutes=device.minute_minutes,
        connection_name=connection,
        since=link.since if link else None,
        drift_seconds=link.drift_seconds if link else None,
    )


def _timeline(
    found: MonitoringPoint, devices: list[Device]
) -> tuple[list[EventView], list[EpisodeView]]:
    """What happened in the last seven days: connections, and stretches of hours out of the ordinary."""
    now = int(timezone.now().timestamp())
    start = now - int(_TIMELINE.total_seconds())
    hours = the_store().measurements(
        Kind.HOUR, start, now, mns=[device.mn for device in devices] or [""]
    )
    hourly = list(found.limits.filter(kind=PointLimit.Period.HOUR))
    return _events(devices, start, now), [_told(each) for each in episodes(hours, hourly)]


def _told(episode: Episode) -> EpisodeView:
    known = words(episode.factor)
    marks = "、".join(f"{mark} {mark_name(mark)}" for mark in episode.marks if mark != "N")
    return EpisodeView(
        start=from_seconds(episode.start),
        end=from_seconds(episode.end),
        hours=episode.hours,
        state=episode.state.slug,
        state_name=str(STATE_NAMES[episode.state]),
        factor_name=known.name,
        worst="" if math.isnan(episode.worst) else f"{known.number(episode.worst)} {known.unit}",
        marks=marks,
    )


def _events(devices: list[Device], start: int, now: int) -> list[EventView]:
    found: list[tuple[int, str, str]] = []
    for device in devices:  # one or two per point
        table = the_store().events(device.mn, start * 1000, (now + 1) * 1000, limit=_MOST_EVENTS)
        found += zip(table.time.tolist(), table.event, table.detail, strict=True)
    newest = sorted(found, reverse=True)[:_MOST_EVENTS]
    return [
        EventView(from_millis(millis), str(EVENT_NAMES.get(name, name)), detail)
        for millis, name, detail in newest
    ]
