"""The interface, version 1: every resource's operations behind the door, and their document.

OpenAPI 3.1 is made from the same declarations the operations run on. There is no page that draws it
in the browser: those need inline script, which the content policy forbids.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Router
from ninja.errors import HttpError
from ninja.errors import ValidationError as NinjaValidationError
from ninja.security import HttpBearer

from zhihuan.web.api import problem
from zhihuan.web.api.address import HERE, VERSION
from zhihuan.web.api.answer import JSON, answer
from zhihuan.web.api.discretion.case_types import add_case_types
from zhihuan.web.api.discretion.reckoning import add_reckoning
from zhihuan.web.api.door import api_door, problem_of
from zhihuan.web.api.figures.acts import add_acts
from zhihuan.web.api.figures.figures import add_figures
from zhihuan.web.api.geojson import add_geojson
from zhihuan.web.api.inbox.messages import add_messages
from zhihuan.web.api.inbox.to_dos import add_to_dos
from zhihuan.web.api.matters.adding import add_matters
from zhihuan.web.api.me import add_me
from zhihuan.web.api.openapi import ABOUT, finished
from zhihuan.web.api.problem import Problem, problem_response
from zhihuan.web.api.public.hours import add_hours
from zhihuan.web.api.public.stations import add_stations
from zhihuan.web.api.public.today import add_today
from zhihuan.web.api.reading import add_reads
from zhihuan.web.api.resources import RESOURCES
from zhihuan.web.api.telemetry.frames import add_frames
from zhihuan.web.api.telemetry.latest import add_latest
from zhihuan.web.api.telemetry.series import add_series
from zhihuan.web.api.validation import problem_of_pydantic
from zhihuan.web.api.writing import NOT_JSON_WORDS, add_writes


class Token(HttpBearer):
    """Documents the token; the door in front has looked at it already."""

    def __call__(self, request: HttpRequest) -> Any:
        return getattr(request, "caller", None) or "public"

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        raise NotImplementedError


def build(namespace: str = "api") -> NinjaAPI:
    """The interface over what is declared now. ``namespace``: of its url names."""
    api = NinjaAPI(
        title="智环接口 zhihuan",
        version="1",
        description=ABOUT,
        docs_url=None,
        openapi_url=None,
        auth=Token(),
        urls_namespace=namespace,
    )
    for resource in RESOURCES.values():
        router = Router(tags=[str(resource.title)])
        add_reads(router, resource)
        add_writes(router, resource, RESOURCES)
        api.add_router("", router)
    add_matters(api)
    around = Router(tags=["地图图层"])
    add_geojson(around)
    api.add_router("", around)
    measured = Router(tags=["监测数据"])
    for add in (add_latest, add_series, add_frames):
        add(measured)
    api.add_router("", measured)
    waiting = Router(tags=["待办与消息"])
    for add in (add_to_dos, add_messages):
        add(waiting)
    api.add_router("", waiting)
    discretion = Router(tags=["裁量"])
    for add in (add_case_types, add_reckoning):
        add(discretion)
    api.add_router("", discretion)
    counted = Router(tags=["执法统计"])
    for add in (add_figures, add_acts):
        add(counted)
    api.add_router("", counted)
    public = Router(tags=["公开数据"])
    for add in (add_today, add_stations, add_hours):
        add(public)
    api.add_router("", public)
    add_me(api.default_router)
    _tell_errors(api)
    return api


def _tell_errors(api: NinjaAPI) -> None:
    api.add_exception_handler(NinjaValidationError, _invalid)
    api.add_exception_handler(HttpError, _refused)
    for kind in (Http404, Exception):
        api.add_exception_handler(kind, _unexpected)


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    return problem_response(request, problem_of_pydantic(error.errors))


def _refused(request: HttpRequest, _error: Any) -> HttpResponse:
    """Ninja raises this for a body that is not JSON at all."""
    if request.content_type != JSON:
        return problem_response(request, Problem(problem.NOT_JSON, NOT_JSON_WORDS))
    return problem_response(request, Problem(problem.MALFORMED, _("请求正文不是有效的 JSON。")))


def _unexpected(request: HttpRequest, error: Any) -> HttpResponse:
    return problem_response(request, problem_of(request, error))


API = build()


@cache
def openapi_document(api: NinjaAPI = API) -> dict[str, Any]:
    """The document, made once a process."""
    return finished(api.get_openapi_schema(path_prefix=HERE + VERSION))


@api_door(public=True)
def openapi_json(request: HttpRequest) -> HttpResponse:
    """What there is, for programs that write programs. Holds no data: anybody may read it."""
    return answer(request, openapi_document())


@api_door(public=True)
def nothing_here(_request: HttpRequest) -> HttpResponse:
    """Whatever else lies under ``/api/``: no page, a problem."""
    raise Problem(problem.NOT_FOUND, _("没有这个接口地址，请对照接口文档核对。"))


def urlpatterns(api: NinjaAPI = API, below: str = HERE) -> list[URLPattern]:
    """Every address under ``/api/``, each behind the door. below: what of that stands in the routes."""
    return [
        path(f"{below}{VERSION}openapi.json", openapi_json, name="api-document"),
        *_behind_the_door(api, below + VERSION),
        re_path(f"^{below}", nothing_here, name="api-nothing"),
    ]


def _behind_the_door(api: NinjaAPI, root: str) -> Iterator[URLPattern]:
    for pattern in api.urls[0]:
        if pattern.name == "api-root":
            continue
        route = str(pattern.pattern)
        guarded = api_door(public=route.startswith("public/"))(_as_get(pattern.callback))
        yield path(root + route, guarded, name=f"api-{pattern.name}")


def _as_get(view: Any) -> Any:
    """HEAD is GET without its body, which the server leaves out; other methods are refused by name."""

    def seen(request: HttpRequest, *args: Any, **given: Any) -> HttpResponse:
        if request.method == "HEAD":
            request.method = "GET"
        response: HttpResponse = view(request, *args, **given)
        if response.status_code == problem.METHOD.status:
            methods = {each.strip() for each in response["Allow"].split(",")}
            allowed = ", ".join(sorted(methods | ({"HEAD"} if "GET" in methods else set())))
            detail = _("此地址支持：%(allowed)s。") % {"allowed": allowed}
            raise Problem(problem.METHOD, detail, headers={"Allow": allowed})
        return response

    return seen
