"""The live page and its data. Everything shown comes from the board's one snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from zhihuan.bureau.registry.models import MonitoringPoint
from zhihuan.web.live.board import board
from zhihuan.web.live.columns import dumped, points_document
from zhihuan.web.live.point_list import STATE_NAMES, STATE_ORDER, PointList, point_list
from zhihuan.web.live.reading import may_read_city
from zhihuan.web.live.selection import Filters


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a filter, as the template shows it."""

    value: str
    text: str
    selected: bool
    count: int | None = None


@require_safe
@never_cache
@may_read_city
@vary_on_headers("HX-Request")
def live(request: HttpRequest) -> HttpResponse:
    """The map with its list; an htmx request gets the list alone."""
    snapshot, filters = board().snapshot(), Filters.from_query(request.GET)
    listed = point_list(snapshot, filters, request.GET.get("page"))
    template = "live/live.html#list" if request.htmx else "live/live.html"
    context = {"listed": listed, "filters": filters, **_choices(filters, listed, snapshot)}
    return render(request, template, context)


def _choices(filters: Filters, listed: PointList, snapshot: Any) -> dict[str, Any]:
    return {
        "states": [
            Choice(s.slug, str(STATE_NAMES[s]), s.slug in filters.state, listed.counts[s.slug])
            for s in STATE_ORDER
        ],
        "kinds": [
            Choice(value, str(text), value in filters.kind)
            for value, text in MonitoringPoint.Kind.choices
        ],
        "towns": [Choice(town, town, town == filters.town) for town in snapshot.catalogue.towns],
        "tianditu_key": settings.ZHIHUAN_TIANDITU_KEY,
    }


@require_safe
@never_cache
@may_read_city
@gzip_page
def points_json(request: HttpRequest) -> HttpResponse:
    """The same points as the list, for the map."""
    document = points_document(board().snapshot(), Filters.from_query(request.GET))
    return HttpResponse(dumped(document), content_type="application/json")
