"""Addresses that are made when the first of them is asked for.

    late("api/", "zhihuan.web.api.urls")

The interface for programs costs seconds to make (a schema for every step of every procedure), which the first reader of
a page would wait for in every process. What lies below such a prefix has no names that ``reverse`` knows.
"""

from __future__ import annotations

from django.urls import URLResolver
from django.urls.resolvers import RoutePattern
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language

__all__ = ["LateResolver", "late"]


class LateResolver(URLResolver):
    """Imports its module at the first address below its prefix, and not when names are gathered for ``reverse``."""

    def _populate(self) -> None:
        language = get_language()
        self._reverse_dict[language] = MultiValueDict()
        self._namespace_dict[language] = {}
        self._app_dict[language] = {}
        self._populated = True


def late(route: str, module: str) -> LateResolver:
    """What ``include(module)`` would put below ``route``."""
    return LateResolver(RoutePattern(route, is_endpoint=False), module)
