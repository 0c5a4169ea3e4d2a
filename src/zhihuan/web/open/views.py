"""The public home, one subject's stations, one station, and what may be taken away as data."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.disclosure.declaration import Subject, subjects
from zhihuan.bureau.disclosure.hours import hours_of
from zhihuan.bureau.disclosure.station import StationNow
from zhihuan.bureau.disclosure.today import CityNow, city_now
from zhihuan.web.api.address import for_programs
from zhihuan.web.components.crumb import Crumb
from zhihuan.web.components.pager import Pager
from zhihuan.web.components.status import Status
from zhihuan.web.components.term import Term
from zhihuan.web.components.value import Kind
from zhihuan.web.open.door import open_page
from zhihuan.web.open.map import WIDTH, ground, legend, marks, order_of
from zhihuan.web.open.names import placed
from zhihuan.web.open.tables import hours_table, readings_table, stations_table, status_of
from zhihuan.web.open.words import told, town_name

ROWS = 100
_HOME_SUBJECT = "air"


@dataclass(frozen=True, slots=True)
class Tile:
    """One subject in a few figures; ``counts``: how many stations say which word."""

    subject: Subject
    url: str
    stations: int
    counts: list[tuple[Status, int]]
    at: dt.datetime | None


@open_page
def home(request: HttpRequest) -> HttpResponse:
    """The city today: every subject in figures, the air on the map and in a table."""
    city = city_now()
    subject = subjects()[_HOME_SUBJECT]
    context = {"here": "home", "tiles": [_tile(each, city) for each in subjects().values()]}
    return render(request, "open/home.html", context | _shown(city, subject, city.of(subject.code)))


@open_page
def subject(request: HttpRequest, code: str) -> HttpResponse:
    """The stations of one subject, by code; ``?after=`` the code of the last one seen."""
    if code not in subjects():
        raise Http404
    found, city = subjects()[code], city_now()
    rows = [each for each in city.of(code) if each.station.code > request.GET.get("after", "")]
    page = rows[:ROWS]
    after = page[-1].station.code if len(rows) > ROWS else ""
    pager = Pager(
        first_url="?" if request.GET.get("after") else "",
        next_url=f"?after={after}" if after else "",
    )
    context = {
        "here": "subject",
        "tile": _tile(found, city),
        "pager": pager,
        "trail": [_home_crumb(), Crumb(told(found.title))],
    }
    return render(request, "open/subject.html", context | _shown(city, found, page))


def _shown(city: CityNow, found: Subject, page: Sequence[StationNow]) -> dict[str, Any]:
    land, stations = ground(), marks(city.of(found.code))
    return {
        "subjects": list(subjects().values()),
        "subject": found,
        "as_of": city.as_of,
        "is_synthetic": any(each.station.synthetic for each in city.of(found.code)),
        "ground": land,
        "names": placed(land.towns, stations, (WIDTH, land.height)),
        "map_width": WIDTH,
        "marks": stations,
        "legend": legend(city.of(found.code)),
        "table": stations_table(found, page),
        "csv_url": f"{for_programs('public/latest.csv')}?subject={found.code}",
    }


def _tile(found: Subject, city: CityNow) -> Tile:
    mine = city.of(found.code)
    counted = Counter((each.judgement.tone, each.judgement.word) for each in mine)
    status = {(j.tone, j.word): status_of(j) for j in (each.judgement for each in mine)}
    return Tile(
        subject=found,
        url=reverse("open-subject", kwargs={"code": found.code}),
        stations=len(mine),
        counts=[
            (status[key], counted[key]) for key in sorted(counted, key=lambda key: order_of(*key))
        ],
        at=max((each.at for each in mine if each.at), default=None),
    )


@open_page
def station(request: HttpRequest, code: str) -> HttpResponse:
    """One station: what it says now, why, and its last day. Not published is not found."""
    now = city_now().stations.get(code)
    if now is None:
        raise Http404
    own, found = now.station, subjects()[now.station.subject]
    end = int(timezone.now().timestamp())
    context = {
        "subjects": list(subjects().values()),
        "subject": found,
        "now": now,
        "status": status_of(now.judgement),
        "is_synthetic": own.synthetic,
        "facts": _facts(now),
        "readings": readings_table(now),
        "hours": hours_table(hours_of(own, end - 86_400, end)),
        "csv_url": for_programs(f"public/stations/{code}/hours.csv"),
        "json_url": for_programs(f"public/stations/{code}"),
        "trail": [
            _home_crumb(),
            Crumb(told(found.title), reverse("open-subject", kwargs={"code": found.code})),
            Crumb(own.name),
        ],
    }
    return render(request, "open/station.html", context)


def _facts(now: StationNow) -> list[Term]:
    own = now.station
    enterprise = [Term(_("企业"), own.enterprise)] if own.enterprise else []
    return [
        Term(_("站点编码"), own.code, Kind.CODE),
        Term(_("镇街"), town_name(own.town_code, own.town)),
        *enterprise,
        Term(_("坐标（WGS-84）"), f"{own.lon:.5f}, {own.lat:.5f}", Kind.CODE),
        Term(_("数据时间（起）"), now.at, Kind.MOMENT, reason=_("近几小时没有数据")),
    ]


@open_page
def data(request: HttpRequest) -> HttpResponse:
    """What is published by which law, and how programs get it."""
    context = {
        "here": "data",
        "subjects": list(subjects().values()),
        "trail": [_home_crumb(), Crumb(_("开放数据"))],
        "addresses": [
            (for_programs(f"public/{name}"), words)
            for name, words in (
                ("today", _("今日概况")),
                ("stations", _("站点")),
                ("latest", _("最新值与评价")),
                ("latest.csv", _("最新值（CSV）")),
                ("stations.geojson", _("站点（GeoJSON）")),
                ("declaration", _("公开范围与依据")),
            )
        ],
        "document_url": for_programs("openapi.json"),
    }
    return render(request, "open/data.html", context)


def _home_crumb() -> Crumb:
    return Crumb(_("今日环境"), reverse("open"))
