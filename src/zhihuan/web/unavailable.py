"""A database that does not answer is told as that: the 503 page in plain words, not "our fault".

The error goes to the log with its trace; the reader sees neither.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from zhihuan.web.errors import UNAVAILABLE, unavailable

_log = logging.getLogger(__name__)
_Respond = Callable[[HttpRequest], HttpResponseBase]


class DatabaseTrouble:
    """Answers 503 when a view could not read a database (``errors.server_error`` does, where
    middleware could not)."""

    def __init__(self, get_response: _Respond) -> None:
        self._respond = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._respond(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, UNAVAILABLE):
            return None
        _log.error("%s: a database does not answer", request.path, exc_info=exception)
        return unavailable(request)
