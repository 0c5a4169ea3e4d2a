"""``/healthz``, ``/livez``, ``/readyz``, ``/metrics``: for machines, without login, about nobody."""

from __future__ import annotations

import hmac
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from zhihuan.web.operations import exported
from zhihuan.web.operations.readiness import database_answers, reasons, store_answers, under_way
from zhihuan.web.permission import everybody

_THIS_MACHINE = frozenset({"127.0.0.1", "::1"})


@everybody("balancers and monitoring ask it; it names nobody")
@require_safe
@never_cache
def healthz(_request: HttpRequest) -> JsonResponse:
    """200 when both databases answer, 503 with the one that does not. To-dos that are made anew are told while it
    lasts; they are no reason against anything."""
    parts = {"database": database_answers(), "store": store_answers()}
    words = {name: "ok" if good else "unavailable" for name, good in parts.items()}
    more = under_way() if parts["database"] else {}
    return JsonResponse(words | more, status=_status(all(parts.values())))


@everybody("supervisors ask it; it says nothing but that it answers")
@require_safe
@never_cache
def livez(_request: HttpRequest) -> JsonResponse:
    """200 while the process answers at all: what a supervisor restarts by. Asks nobody else."""
    return JsonResponse({"alive": True})


@everybody("balancers ask it; the reasons are for whoever may read the metrics")
@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 or 503: what a balancer goes by. Why not, only for whoever may read the metrics."""
    told = reasons()
    ready = set(told.values()) == {"ok"}
    body: dict[str, object] = {"ready": ready}
    if _may_read_metrics(request):
        body["reasons"] = told
    return JsonResponse(body, status=_status(ready))


def _status(good: bool) -> HTTPStatus:
    return HTTPStatus.OK if good else HTTPStatus.SERVICE_UNAVAILABLE


@everybody("monitoring asks it; the view itself asks for the machine or the token")
@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text: for this machine itself, or for whoever holds the token."""
    if not _may_read_metrics(request):
        return HttpResponse(
            "Send ZHIHUAN_METRICS_TOKEN as a bearer token.\n",
            status=HTTPStatus.FORBIDDEN,
            content_type="text/plain",
        )
    return HttpResponse(exported.text(), content_type=CONTENT_TYPE_LATEST)


def _may_read_metrics(request: HttpRequest) -> bool:
    token = settings.ZHIHUAN_METRICS_TOKEN
    if token:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), token.encode())
    return request.META.get("REMOTE_ADDR") in _THIS_MACHINE
