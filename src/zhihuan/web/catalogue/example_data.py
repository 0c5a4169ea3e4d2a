"""What the examples of chart and map draw: made up, named so, and read from nowhere."""

from __future__ import annotations

import csv
import datetime as dt
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.places.models import Town
from zhihuan.telemetry.point_state import PointState
from zhihuan.web.catalogue.actions import VIEW_CATALOGUE
from zhihuan.web.catalogue.example_series import series_document
from zhihuan.web.live.series import BadQueryError, read_query
from zhihuan.web.permission import requires

#: States in the order they are dealt out; one of eight points is unusual in each way.
_DEALT = [PointState.EXCEEDING, PointState.ABNORMAL, PointState.OFFLINE] + [PointState.NORMAL] * 5


@require_safe
@never_cache
@requires(VIEW_CATALOGUE)
def example_series(request: HttpRequest) -> HttpResponse:
    """A series; ``show=empty`` one without rows, ``show=broken`` an answer no chart can read."""
    try:
        document = series_document(read_query(request.GET))
    except BadQueryError as error:
        return JsonResponse({"error": str(error)}, status=HTTPStatus.BAD_REQUEST)
    if request.GET.get("format") == "csv":
        return _csv(document)
    if request.GET.get("show") == "broken":
        return JsonResponse({"synthetic": True})
    return JsonResponse({"synthetic": True, **document, **_emptied(request, document)})


def _emptied(request: HttpRequest, document: dict[str, Any]) -> dict[str, Any]:
    if request.GET.get("show") != "empty":
        return {}
    nothing = {name: [] for name in ("t", "value", "min", "max", "flag")}
    return {**nothing, "ours": {name: [] for name in document["ours"]}}


def _csv(document: dict[str, Any]) -> HttpResponse:
    """The rows as a file that spreadsheet programs read, its first row saying that it is made up."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="example.csv"'
    write = csv.writer(response).writerow
    write([_("模拟数据"), document["factor"]["name"], document["factor"]["unit"]])
    write([_("时间（北京时间）"), "Avg", _("标记")])
    for at, value, flag in zip(document["t"], document["value"], document["flag"], strict=True):
        moment = dt.datetime.fromtimestamp(at, timezone.get_default_timezone())
        write([moment.strftime("%Y-%m-%d %H:%M:%S"), value, flag])
    return response


@require_safe
@never_cache
@requires(VIEW_CATALOGUE)
def example_points(request: HttpRequest) -> HttpResponse:
    """One made-up point at the seat of every town; ``show=empty`` none."""
    towns = [] if request.GET.get("show") == "empty" else list(Town.objects.order_by("code"))
    states = [_DEALT[number % len(_DEALT)].slug for number in range(len(towns))]
    now = int(timezone.now().timestamp())
    columns = {
        "code": [f"EXAMPLE-{town.code}" for town in towns],
        "name": [f"{town.name}模拟点位" for town in towns],
        "kind": ["wastewater"] * len(towns),
        "town": [town.name for town in towns],
        "lon": [town.lon for town in towns],
        "lat": [town.lat for town in towns],
        "state": states,
        "lastSeen": [now - 60] * len(towns),
        "headline": ["化学需氧量 32.0 mg/L（模拟）"] * len(towns),
    }
    counts = {state.slug: states.count(state.slug) for state in PointState}
    as_of = timezone.localtime().isoformat(timespec="seconds")
    document = {"asOf": as_of, "total": len(towns), "counts": counts, "columns": columns}
    return JsonResponse({"synthetic": True, **document})
