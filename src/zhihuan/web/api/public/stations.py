"""``/public/stations``, ``/public/latest``: the published stations and what they say now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from zhihuan.bureau.disclosure.station import StationNow
from zhihuan.bureau.disclosure.today import city_now
from zhihuan.web.api.cursor import CURSOR, question_of, read_cursor, write_cursor
from zhihuan.web.api.geojson import CONTENT_TYPE, DOCUMENTED
from zhihuan.web.api.public.answering import DOCUMENTED_CSV, csv_answer, public_answer
from zhihuan.web.api.public.documents import (
    PublicLatest,
    PublicStation,
    SubjectName,
    latest_document,
    station_document,
    value_document,
)
from zhihuan.web.api.reading import next_address, refuse_unknown

_MOST = 1000


class StationsFilter(BaseModel):
    """Which stations."""

    subject: list[SubjectName] = Field(
        default_factory=list, title="类别", description="One of these; repeat to give several",
        max_length=4,
    )  # fmt: skip
    town: list[str] = Field(
        default_factory=list, title="镇街", description="Division codes", max_length=50
    )


class StationsQuestion(StationsFilter):
    """Which stations, and which page of them."""

    cursor: str = CURSOR
    limit: int = Field(200, title="每页个数", description="Stations a page", ge=1, le=_MOST)


class PublicStationPage(BaseModel):
    """A page of stations, by code."""

    items: list[PublicStation]
    next: str | None


class PublicLatestPage(BaseModel):
    """A page of what stations say now, by code."""

    items: list[PublicLatest]
    next: str | None


class PublicStationNow(PublicStation):
    """A station with what it says now and why: facts, steps, standard, clause, days in force."""

    latest: PublicLatest
    derivation: dict[str, Any] | None


_OPERATIONS: Sequence[tuple[str, str, Any, str, str]] = (
    ("stations", "list_public_stations", PublicStationPage, "公开站点", "Published stations."),
    ("latest", "list_public_latest", PublicLatestPage, "公开站点：最新值",
     "The newest hour (of noise, day) of published stations, judged by its standard."),
)  # fmt: skip


def add_stations(router: Router) -> None:
    """Put the operations into the router."""
    views = (stations, latest)
    for (name, operation, page, summary, about), view in zip(_OPERATIONS, views, strict=True):
        router.add_api_operation(
            f"/public/{name}",
            ["GET"],
            view,
            response=page,
            operation_id=operation,
            url_name=f"public-{name}",
            summary=summary,
            description=f"{about} Anybody may ask.",
        )
    router.add_api_operation(
        "/public/stations.geojson",
        ["GET"],
        places,
        operation_id="read_public_places",
        url_name="public-places",
        summary="公开站点（GeoJSON）",
        description="All published stations with their judgement, as a FeatureCollection, WGS-84.",
        openapi_extra={"responses": {200: DOCUMENTED}},
    )
    router.add_api_operation(
        "/public/latest.csv",
        ["GET"],
        latest_csv,
        operation_id="read_public_latest_table",
        url_name="public-latest-csv",
        summary="公开站点：最新值（表格）",
        description="The newest value of every factor of published stations, one line each.",
        openapi_extra={"responses": {200: DOCUMENTED_CSV}},
    )
    router.add_api_operation(
        "/public/stations/{slug:key}",
        ["GET"],
        station,
        response=PublicStationNow,
        operation_id="read_public_station",
        url_name="public-station",
        summary="公开站点：详情",
        description="One published station: what it says now, and the reasons of the judgement.",
    )


def stations(request: HttpRequest, asked: StationsQuestion = Query(...)) -> HttpResponse:  # noqa: B008
    """The operation."""
    found, headers, following = _page(request, asked, "public-stations")
    items = [station_document(each.station) for each in found]
    return public_answer(request, {"items": items, "next": following}, headers=headers)


def latest(request: HttpRequest, asked: StationsQuestion = Query(...)) -> HttpResponse:  # noqa: B008
    """The operation."""
    found, headers, following = _page(request, asked, "public-latest")
    items = [latest_document(each) for each in found]
    return public_answer(request, {"items": items, "next": following}, headers=headers)


def station(request: HttpRequest, key: str = Path(..., max_length=40)) -> HttpResponse:
    """The operation."""
    found = published(key)
    why = found.judgement.derivation
    document = station_document(found.station) | {
        "latest": latest_document(found),
        "derivation": why.to_json() if why else None,
    }
    return public_answer(request, document)


def places(request: HttpRequest, asked: StationsFilter = Query(...)) -> HttpResponse:  # noqa: B008
    """The operation."""
    refuse_unknown(request, StationsFilter)
    features = [_feature(each) for each in matching(asked)]
    document = {"type": "FeatureCollection", "features": features}
    return public_answer(request, document, content_type=CONTENT_TYPE)


_HEAD = ("站点编码", "站点名称", "类别", "镇街", "企业", "模拟数据", "因子编码", "因子", "单位", "数据类型",
         "时间（起）", "数值", "有效", "上限", "下限", "评价")  # fmt: skip


def latest_csv(request: HttpRequest, asked: StationsFilter = Query(...)) -> HttpResponse:  # noqa: B008
    """The operation."""
    refuse_unknown(request, StationsFilter)
    day = timezone.localdate()
    return csv_answer(request, f"最新值-{day:%Y%m%d}.csv", _HEAD, _lines(matching(asked)))


def _lines(found: Sequence[StationNow]) -> Iterator[tuple[Any, ...]]:
    for each in found:
        own = each.station
        about = (
            own.code,
            own.name,
            own.subject,
            own.town,
            own.enterprise,
            "是" if own.synthetic else "否",
        )
        for reading in each.readings:
            told = value_document(own, reading)
            at = timezone.localtime(reading.at).strftime("%Y-%m-%d %H:%M")
            yield (
                *about, told["factor"], told["name"], told["unit"], told["data"], at, told["value"],
                "是" if told["valid"] else "否", told["upper"], told["lower"], each.judgement.word,
            )  # fmt: skip


def matching(asked: StationsFilter) -> list[StationNow]:
    """The stations that the filter names, by code."""
    return [
        each
        for each in city_now().stations.values()
        if (not asked.subject or each.station.subject in asked.subject)
        and (not asked.town or each.station.town_code in asked.town)
    ]


def published(code: str) -> StationNow:
    """Raises Http404 for what is not published, whether it exists or not."""
    found = city_now().stations.get(code)
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest, asked: StationsQuestion, name: str
) -> tuple[list[StationNow], dict[str, str], str | None]:
    refuse_unknown(request, StationsQuestion)
    question = question_of(name, asked.model_dump())
    found = matching(asked)
    if asked.cursor:
        before = read_cursor(question, asked.cursor)
        found = [each for each in found if each.station.code > before]
    if len(found) <= asked.limit:
        return found, {}, None
    last = found[asked.limit - 1].station.code
    following = next_address(request, write_cursor(question, last))
    return found[: asked.limit], {"Link": f'<{following}>; rel="next"'}, following


def _feature(now: StationNow) -> dict[str, Any]:
    told = station_document(now.station)
    lon, lat = told.pop("lon"), told.pop("lat")
    judged = latest_document(now)["judgement"]
    return {
        "type": "Feature",
        "id": told["code"],
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": told | {"at": now.at, "word": judged["word"], "figure": judged["figure"]},
    }
