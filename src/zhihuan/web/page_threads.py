"""Pages are made by a few threads that stay, each with its connection to the database.

Django's own handler gives every request a thread and a connection of its own and goes back and forth
between thread and event loop for every middleware. Python runs one thread at a time: under load each of
those turns waits for whoever computes. Here a request goes to a thread once and comes back with its
answer; what comes beyond the threads waits in the order it came. A body is received, and an answer sent,
without a thread: neither slow senders nor streams that stay open keep others waiting.
"""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.handlers.asgi import ASGIHandler
from django.db import close_old_connections, connections
from django.http import HttpRequest, HttpResponseBase

__all__ = ["PageThreads"]


class PageThreads(ASGIHandler):
    """Django's ASGI application, with its middleware and views in ``ZHIHUAN_PAGES_AT_ONCE`` threads."""

    def __init__(self) -> None:
        super(ASGIHandler, self).__init__()
        self.load_middleware(is_async=False)
        self._threads = ThreadPoolExecutor(
            settings.ZHIHUAN_PAGES_AT_ONCE, "page", initializer=_keep_connections
        )

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """As Django's, in one of the threads."""
        respond = sync_to_async(self._respond, thread_sensitive=False, executor=self._threads)
        return await respond(request)

    def _respond(self, request: HttpRequest) -> HttpResponseBase:
        close_old_connections()
        try:
            return self.get_response(request)
        finally:
            close_old_connections()
            # A page leaves some hundred objects in cycles. Beside a gateway the collector runs seldom
            # (``telemetry.gateway.garbage``) and would stop everybody for a third of a second by then.
            gc.collect(0)


def _keep_connections() -> None:
    """In this thread a connection stays until it breaks, and is looked at before a request uses it."""
    for connection in connections.all():
        connection.settings_dict = {
            **connection.settings_dict,
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
        }
