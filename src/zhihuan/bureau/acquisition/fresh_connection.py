"""Let code that runs in a long-lived worker thread use the database safely.

Django closes stale connections around web requests; gateway threads have no requests. Without this
a thread would keep a connection that PostgreSQL has long dropped.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import close_old_connections, connection

_P = ParamSpec("_P")
_R = TypeVar("_R")


def fresh_connection(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Drop unusable connections before and after the call; leave an open transaction alone."""

    @functools.wraps(function)
    def with_connection(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        if connection.in_atomic_block:
            return function(*args, **kwargs)
        close_old_connections()
        try:
            return function(*args, **kwargs)
        finally:
            close_old_connections()

    return with_connection
