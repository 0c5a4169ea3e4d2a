"""Server-sent events of the live page: one poller per process feeds every open page.

Events: ``points`` (the columns of changed points, the city's counts, asOf), ``ping`` (asOf only,
every 15 s without other news), ``trouble`` (the store cannot be read; words for people). Event ids
are ticks: a browser that reconnects gets what it missed. A stream ends by itself after half an
hour, so that a session that has ended meanwhile is noticed.

It refuses more than ``ZHIHUAN_LIVE_CLIENTS`` readers with 503, and more than six of one person with
429; the page then works without stream.
"""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
import weakref
from collections.abc import AsyncIterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import numpy as np
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from numpy.typing import NDArray

from zhihuan.bureau.acquisition.fresh_connection import fresh_connection
from zhihuan.web.live.board import Snapshot, board
from zhihuan.web.live.changes import Changes
from zhihuan.web.live.columns import as_of_text, columns, dumped
from zhihuan.web.live.reading import may_read_city
from zhihuan.web.live.seats import Seat, SeatedResponse, Seats
from zhihuan.web.live.selection import counts

_log = logging.getLogger(__name__)

PING_SECONDS = 15.0
LIFETIME_SECONDS = 1_800.0
#: Streams one person may have open: several windows, not a script that takes every seat.
MOST_PER_PERSON = 6
#: A new reader's page was rendered a moment ago: tell it what changed since then.
_CATCH_UP_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class _Built:
    """A points event ready to send: what changed after tick ``since``, up to tick ``until``."""

    since: int = -2
    until: int = -2
    text: str = ""


class Feed:
    """The poller and its readers. Belongs to one event loop."""

    def __init__(self) -> None:
        self.changes = Changes()
        self.readers = 0
        self.closed = False
        self._boot = secrets.token_hex(4)
        self._news = asyncio.Condition()
        self._news_number = 0
        self._building = asyncio.Lock()
        self._built = _Built()
        self._poller: asyncio.Task[None] | None = None
        self._trouble = ""

    async def follow(self, last_id: str, seat: Seat | None = None) -> AsyncIterator[str]:
        """The events for one reader, from after the event ``last_id`` ("" for a fresh page).

        Leaves ``seat`` at its end."""
        self.readers += 1
        try:
            self._start()
            yield "retry: 3000\n\n"
            async for event in self._events(self._tick_of(last_id)):
                yield event
        finally:
            self.readers -= 1
            if seat is not None:
                seat.leave()
            if self.readers == 0:
                self._stop()

    async def close(self) -> None:
        """End every stream: the process is stopping."""
        self.closed = True
        self._stop()
        await self._announce()

    async def _events(self, seen: int) -> AsyncIterator[str]:
        ends = asyncio.get_running_loop().time() + LIFETIME_SECONDS
        while not self.closed and asyncio.get_running_loop().time() < ends:
            heard = self._news_number
            if self._trouble:
                yield _event("trouble", {"message": self._trouble})
            elif self.changes.since(seen).size:
                built = await self._build(seen)
                seen = built.until
                yield built.text
            elif self.changes.snapshot is not None:
                yield _event("ping", {"asOf": as_of_text(self.changes.snapshot)})
            await self._wait(heard)

    async def _wait(self, heard: int) -> None:
        """Until there is other news, or it is time for a ping."""
        async with self._news:
            try:
                async with asyncio.timeout(PING_SECONDS):
                    await self._news.wait_for(lambda: self.closed or self._news_number != heard)
            except TimeoutError:
                return

    async def _build(self, seen: int) -> _Built:
        """The event with what changed after ``seen``; the same text serves every reader in step."""
        async with self._building:
            now, snapshot = self.changes.tick, self.changes.snapshot
            if (self._built.since, self._built.until) != (seen, now) and snapshot is not None:
                index, event_id = self.changes.since(seen), f"{self._boot}.{now}"
                text = await asyncio.to_thread(_points_event, snapshot, index, event_id)
                self._built = _Built(seen, now, text)
            return self._built

    def _tick_of(self, last_id: str) -> int:
        if not last_id:
            return self.changes.tick - int(_CATCH_UP_SECONDS / settings.ZHIHUAN_LIVE_SECONDS)
        boot, _dot, tick = last_id.partition(".")
        # An id of another process says nothing here: everything may have changed.
        return int(tick) if boot == self._boot and tick.isdecimal() else -1

    def _start(self) -> None:
        if self._poller is None or self._poller.done():
            self._poller = asyncio.create_task(self._poll(), name="live-poller")

    def _stop(self) -> None:
        if self._poller is not None:
            self._poller.cancel()
            self._poller = None

    async def _poll(self) -> None:
        while True:
            await self._look()
            await asyncio.sleep(settings.ZHIHUAN_LIVE_SECONDS)

    async def _look(self) -> None:
        before = self._trouble
        try:
            changed = self.changes.advance(await asyncio.to_thread(_snapshot))
            self._trouble = ""
        except Exception:  # noqa: BLE001 - whatever failed, readers hear of it and the poller lives on
            _log.exception("live page: the board could not be refreshed")
            self._trouble, changed = _("监测数据暂时读不出来，正在重试。"), False
        if changed or self._trouble != before:
            await self._announce()

    async def _announce(self) -> None:
        async with self._news:
            self._news_number += 1
            self._news.notify_all()


@fresh_connection
def _snapshot() -> Snapshot:
    return board().snapshot()


def _points_event(snapshot: Snapshot, index: NDArray[np.int64], event_id: str) -> str:
    document = {
        "asOf": as_of_text(snapshot),
        "total": len(index),
        "counts": counts(snapshot),
        "columns": columns(snapshot, index),
    }
    return f"event: points\nid: {event_id}\ndata: {dumped(document)}\n\n"


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


_feeds: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, Feed] = weakref.WeakKeyDictionary()


def feed() -> Feed:
    """The feed of the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _feeds:
        _feeds[loop] = Feed()
    return _feeds[loop]


#: The streams of this process.
seats = Seats()


@require_GET
@may_read_city
async def live_stream(request: HttpRequest) -> HttpResponseBase:
    """The stream of changes."""
    person = (await request.auser()).pk
    seat = seats.take(person, most=settings.ZHIHUAN_LIVE_CLIENTS, most_each=MOST_PER_PERSON)
    if isinstance(seat, HTTPStatus):
        return HttpResponse(
            _("同时在线的实时页面已达上限，请稍后再试。"),
            status=seat,
            headers={"Retry-After": "30"},
            content_type="text/plain; charset=utf-8",
        )
    return SeatedResponse(
        seat,
        feed().follow(request.headers.get("Last-Event-ID", ""), seat),
        content_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )
