"""Every request: an id that log and answer share, one log line, and figures.

The line says which view, how it was answered, how long it took and how many statements it needed; it
says nothing about who asked, from where, or for what. An id that comes along is taken over only from a
trusted proxy.
"""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import structlog
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponseBase
from prometheus_client import Counter, Gauge, Histogram

_log = logging.getLogger("zhihuan.web.request")
_Respond = Callable[[HttpRequest], HttpResponseBase]
_ID = re.compile(r"^[0-9A-Za-z_-]{8,64}$")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
#: Asked for every few seconds by machines.
_QUIET = frozenset({"healthz", "livez", "readyz", "metrics"})

requests_total = Counter(
    "zhihuan_web_requests_total", "answered requests", ["view", "method", "status"]
)
request_seconds = Histogram(
    "zhihuan_web_request_seconds",
    "until the answer began",
    ["view"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.15, 0.3, 0.5, 1, 2, 5, 10),
)
request_queries = Histogram(
    "zhihuan_web_request_queries",
    "statements of the database a request",
    ["view"],
    buckets=(0, 2, 4, 8, 12, 16, 24, 50, 100),
)
in_progress = Gauge(
    "zhihuan_web_requests_in_progress", "requests being answered", multiprocess_mode="livesum"
)


class Observed:
    """The outermost middleware."""

    def __init__(self, get_response: _Respond) -> None:
        self._respond = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        name = request_id(request.headers.get("X-Request-ID", ""))
        statements = _Statements()
        started = time.perf_counter()
        with (
            structlog.contextvars.bound_contextvars(request_id=name),
            in_progress.track_inprogress(),
            connection.execute_wrapper(statements),
        ):
            response = self._respond(request)
            response["X-Request-ID"] = name
            note(request, response.status_code, time.perf_counter() - started, statements.count)
        return response


def request_id(given: str) -> str:
    """The proxy's id, when there is a trusted proxy and it looks like one; else a new one."""
    return given if settings.BEHIND_PROXY and _ID.match(given) else uuid.uuid4().hex


class _Statements:
    """Counts what goes to the database, of whatever it is."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        self.count += 1
        return execute(sql, params, many, context)


def note(request: HttpRequest, status: int, seconds: float, queries: int) -> None:
    """Count and log one answer."""
    view = view_of(request)
    method = request.method if request.method in _METHODS else "other"
    requests_total.labels(view, method, status).inc()
    request_seconds.labels(view).observe(seconds)
    request_queries.labels(view).observe(queries)
    level = logging.DEBUG if view in _QUIET else logging.INFO
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        level = logging.ERROR
    facts = {"view": view, "method": method, "status": status, "queries": queries}
    _log.log(level, "answered", extra={**facts, "seconds": round(seconds, 4)})


def view_of(request: HttpRequest) -> str:
    """The view's own name: few, whatever addresses people type."""
    match = getattr(request, "resolver_match", None)
    if match is not None:
        return match.view_name or "unnamed"
    return "static" if request.path.startswith(settings.STATIC_URL) else "none"
