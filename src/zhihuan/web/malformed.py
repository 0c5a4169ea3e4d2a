"""Refuses addresses no page of ours ever makes: those with a NUL character.

PostgreSQL cannot hold one, so that any look-up with it would end as a fault of ours.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _

from zhihuan.web.api.problem import MALFORMED, Problem, problem_response
from zhihuan.web.errors import error_page

_FOR_PROGRAMS = ("/api/", "/sensorthings/")
_Respond = Callable[[HttpRequest], HttpResponseBase]


class RefuseNul:
    """Answers 400 when path or query hold a NUL, before anything is looked up."""

    def __init__(self, get_response: _Respond) -> None:
        self._respond = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = unquote_to_bytes(request.META.get("QUERY_STRING", ""))
        if "\0" in request.path_info or b"\0" in query:
            return _refusal(request)
        return self._respond(request)


def _refusal(request: HttpRequest) -> HttpResponseBase:
    if not request.path_info.startswith(_FOR_PROGRAMS):
        return error_page(request, HTTPStatus.BAD_REQUEST)
    with translation.override(translation.get_language_from_request(request)):
        return problem_response(request, Problem(MALFORMED, _("地址中不得有空字符（NUL）。")))
