"""The language of pages: Simplified Chinese unless the reader chose another.

Chosen by the cookie ``zhihuan_language``. What a browser says it prefers is not asked: an official
whose computer speaks English still works in Chinese.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

_Respond = Callable[[HttpRequest], HttpResponseBase]


class ChosenLanguage:
    """Activates the chosen language for one request."""

    def __init__(self, get_response: _Respond) -> None:
        self._respond = get_response
        self._known = frozenset(code for code, _name in settings.LANGUAGES)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in self._known else settings.LANGUAGE_CODE
        with translation.override(language):
            response = self._respond(request)
        response.headers.setdefault("Content-Language", language)
        return response
