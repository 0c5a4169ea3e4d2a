"""The hours behind one cell of the strip: exceeding, not valid, or missing, newest first; by day, and
with the limits they were judged by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import numpy as np
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from numpy.typing import NDArray

from zhihuan.bureau.compliance.of_points import hours_between
from zhihuan.bureau.compliance.quarter import Quarter
from zhihuan.bureau.compliance.reckoning import HOUR, Hours, Judged
from zhihuan.bureau.people.scope import may
from zhihuan.bureau.registry.models import MonitoringPoint
from zhihuan.web.components.crumb import Crumb
from zhihuan.web.components.table import Blank, Heading, Row, Table, cell
from zhihuan.web.components.value import Kind
from zhihuan.web.live.factor_words import words
from zhihuan.web.registry.file.contents import Contents
from zhihuan.web.registry.file.hours_behind import day_of, days_table, limits_table
from zhihuan.web.registry.file.page import ask
from zhihuan.web.registry.nouns import noun_of
from zhihuan.web.registry.trail import section_of, trail_to

PAGE = 200
_WHICH = ("exceeding", "invalid", "missing")


@dataclass(frozen=True, slots=True)
class HourRow:
    """One hour of one factor at one point; ``value`` NaN when nothing arrived."""

    point: MonitoringPoint
    time: int
    factor: str
    value: float
    bound: str


@require_safe
@never_cache
def hours_page(request: HttpRequest, key: str) -> HttpResponseBase:
    """``?quarter=2026Q2&which=exceeding&point=CODE``; ``day=2026-05-03`` narrows to one of its days,
    ``from`` skips so many hours."""
    asked = ask(request, key)
    if not may(request.user, "registry.view_monitoringpoint"):
        raise PermissionDenied
    which, quarter = request.GET.get("which", ""), _quarter(request.GET.get("quarter", ""))
    if asked.contents is None or which not in _WHICH:
        raise Http404
    points = _points(asked.contents, request.GET.get("point", ""))
    rows = sorted(_rows(asked.contents, points, quarter, which), key=lambda r: (-r.time, r.factor))
    whole, day = rows, request.GET.get("day", "")
    if day:
        rows = [each for each in rows if day_of(each.time).isoformat() == day]
    start = _number(request.GET.get("from", ""))
    noun = noun_of("enterprises")
    title = " · ".join(each for each in (quarter.words, _title(which), day[:10]) if each)
    context = {
        "section": section_of(noun),
        "trail": [*trail_to(noun, asked.enterprise), Crumb(title)],
        "title": title,
        "row": asked.enterprise,
        "total": len(rows),
        "table": _table(title, rows[start : start + PAGE]),
        "days": None if day else days_table(_placed(whole), lambda each: _of_day(request, each)),
        "whole_url": _of_day(request, None) if day else "",
        "limits": limits_table(asked.contents.limits, points, quarter)
        if which == "exceeding"
        else None,
        "next_url": _turned(request, start + PAGE) if start + PAGE < len(rows) else "",
        "previous_url": _turned(request, max(start - PAGE, 0)) if start else "",
    }
    return render(request, "registry/file/hours.html", context)


def _placed(rows: list[HourRow]) -> Iterator[tuple[int, MonitoringPoint, str]]:
    return ((each.time, each.point, each.factor) for each in rows)


def _of_day(request: HttpRequest, day: dt.date | None) -> str:
    """The address of the hours of one day of the cell, or of all of them."""
    kept = {name: text for name, text in request.GET.dict().items() if name not in {"day", "from"}}
    return "?" + urlencode(kept | ({"day": day.isoformat()} if day else {}))


def _title(which: str) -> str:
    return {"exceeding": _("超标小时"), "invalid": _("无效小时"), "missing": _("缺失小时")}[which]


def _quarter(text: str) -> Quarter:
    try:
        return Quarter.read(text)
    except ValueError as error:
        raise Http404 from error


def _number(text: str) -> int:
    return int(text[:9]) if text.isascii() and text.isdecimal() else 0


def _points(contents: Contents, code: str) -> list[MonitoringPoint]:
    points = [each for each in contents.points if not code or each.code == code]
    if not points:
        raise Http404
    return points


def _rows(
    contents: Contents, points: list[MonitoringPoint], quarter: Quarter, which: str
) -> Iterator[HourRow]:
    judged = contents.judged()
    start, end = quarter.start, min(quarter.end, contents.moment.epoch // HOUR * HOUR)
    for point in points:
        hours = hours_between(judged[point.pk], start, end)
        if which == "missing":
            yield from _missing(point, judged[point.pk], hours, (start, end))
        else:
            chosen = hours.exceeding if which == "exceeding" else ~hours.valid
            yield from _chosen(point, judged[point.pk], hours, chosen)


def _chosen(
    point: MonitoringPoint, judged: Judged, hours: Hours, chosen: NDArray[np.bool_]
) -> Iterator[HourRow]:
    for n in np.flatnonzero(chosen).tolist():
        limit = judged.limits[hours.limit[n]] if hours.limit[n] >= 0 else None
        bound = f"{_bound(limit.lower)}–{_bound(limit.upper)}" if limit else ""
        yield HourRow(point, int(hours.time[n]), hours.factor[n], float(hours.value[n]), bound)


def _missing(
    point: MonitoringPoint, judged: Judged, hours: Hours, span: tuple[int, int]
) -> Iterator[HourRow]:
    every = np.arange(*span, HOUR)
    due = np.zeros(len(every), dtype=bool)
    for stay in judged.stays:
        due |= (every >= stay.start) & (every < stay.end)
    for factor in judged.factors:
        there = hours.time[hours.factor == factor]
        for time in np.setdiff1d(every[due], there).tolist():
            yield HourRow(point, time, factor, float("nan"), "")


def _bound(value: float) -> str:
    return "" if np.isnan(value) else f"{value:g}"


def _table(caption: str, rows: list[HourRow]) -> Table:
    titles = ((_("小时"), Kind.TEXT), (_("监测点位"), Kind.TEXT), (_("因子"), Kind.TEXT))
    figures = ((_("数值"), Kind.NUMBER), (_("单位"), Kind.TEXT), (_("限值"), Kind.TEXT))
    return Table(
        caption=caption,
        headings=[Heading(*each) for each in (*titles, *figures)],
        rows=[Row(_cells(each)) for each in rows],
        blank=Blank(_("没有这样的小时")),
    )


def _cells(row: HourRow) -> list[Any]:
    about = words(row.factor)
    moment = dt.datetime.fromtimestamp(row.time, dt.UTC)
    return [
        cell(moment, Kind.MOMENT, is_header=True),
        cell(row.point.name, url=noun_of("points").url_of(row.point)),
        cell(f"{about.name}（{row.factor}）"),
        cell(about.number(row.value), Kind.TEXT),
        cell(about.unit),
        cell(row.bound),
    ]


def _turned(request: HttpRequest, start: int) -> str:
    return "?" + urlencode({**request.GET.dict(), "from": start})
