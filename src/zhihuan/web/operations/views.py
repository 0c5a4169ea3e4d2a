"""``/healthz`` and ``/metrics``: for machines, without login, without anything about anybody."""

from __future__ import annotations

import hmac
from http import HTTPStatus

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from zhihuan.bureau.acquisition.store import the_store
from zhihuan.telemetry.store import StoreError
from zhihuan.web.operations import exported
from zhihuan.web.permission import everybody

_THIS_MACHINE = frozenset({"127.0.0.1", "::1"})


@everybody("balancers and monitoring ask it; it names nobody")
@require_safe
@never_cache
def healthz(_request: HttpRequest) -> JsonResponse:
    """200 when both databases answer, 503 with the one that does not."""
    parts = {"database": _database_answers(), "store": _store_answers()}
    healthy = all(parts.values())
    status = HTTPStatus.OK if healthy else HTTPStatus.SERVICE_UNAVAILABLE
    words = {name: "ok" if good else "unavailable" for name, good in parts.items()}
    return JsonResponse(words, status=status)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


def _store_answers() -> bool:
    try:
        the_store().events(None, 0, 1, limit=1)
    except StoreError:
        return False
    return True


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
