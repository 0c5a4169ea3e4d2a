"""Pages in a few threads that stay: who waits for whom, and what becomes of connections."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator

import pytest
from asgiref.testing import ApplicationCommunicator
from django.db import connection, connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path

from zhihuan.web.page_threads import PageThreads

pytestmark = pytest.mark.django_db(transaction=True)

_inside = threading.Semaphore(0)
_go_on = threading.Event()


def slow(request: HttpRequest) -> HttpResponse:
    _inside.release()
    _go_on.wait(30)
    return HttpResponse("slow")


def who(request: HttpRequest) -> HttpResponse:
    """The thread, and the connection that it looks through."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse(f"{threading.current_thread().name} {id(connection.connection)}")


def cut(request: HttpRequest) -> HttpResponse:
    """The server ends the connection, as when it is started anew."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
    with connection.copy().cursor() as other:
        other.execute("SELECT pg_terminate_backend(%s)", [process])
        other.db.close()
    return HttpResponse("cut")


async def stream(request: HttpRequest) -> StreamingHttpResponse:
    async def events() -> AsyncIterator[str]:
        yield "first"
        await asyncio.Event().wait()

    return StreamingHttpResponse(events())


urlpatterns = [path(each.__name__, each) for each in (slow, who, cut, stream)]


@pytest.fixture
def pages(settings):
    settings.ROOT_URLCONF, settings.MIDDLEWARE, settings.ZHIHUAN_PAGES_AT_ONCE = __name__, [], 2
    _go_on.clear()
    found = PageThreads()
    yield found
    _go_on.set()
    both = threading.Barrier(2)
    for each in [found._threads.submit(_close, both) for _ in range(2)]:
        each.result()
    found._threads.shutdown()


def _close(both: threading.Barrier) -> None:
    """Each thread its own connection, which would outlive the test's database."""
    both.wait(20)
    connections.close_all()


def asked(pages: PageThreads, name: str) -> ApplicationCommunicator:
    scope = {
        "type": "http",
        "method": "GET",
        "path": f"/{name}",
        "query_string": b"",
        "headers": [(b"host", b"testserver")],
        "http_version": "1.1",
    }
    return ApplicationCommunicator(pages, scope)


async def begun(pages: PageThreads, name: str) -> ApplicationCommunicator:
    one = asked(pages, name)
    await one.send_input({"type": "http.request", "body": b""})
    return one


async def answer(one: ApplicationCommunicator) -> str:
    assert (await one.receive_output(20))["status"] == 200
    return (await one.receive_output(20))["body"].decode()


async def of(pages: PageThreads, name: str) -> str:
    """The whole answer, to the end of the exchange."""
    one = await begun(pages, name)
    found = await answer(one)
    await one.wait(20)
    return found


async def test_what_comes_beyond_the_threads_waits_and_is_answered(pages):
    busy = [await begun(pages, "slow") for _ in range(2)]
    for _each in busy:
        assert await asyncio.to_thread(_inside.acquire, timeout=20)
    waiting = await begun(pages, "who")
    assert await waiting.receive_nothing(0.3)
    _go_on.set()
    assert [await answer(each) for each in busy] == ["slow", "slow"]
    assert (await answer(waiting)).startswith("page")


async def test_open_streams_hold_no_thread(pages):
    streams = [await begun(pages, "stream") for _ in range(5)]
    assert [await answer(each) for each in streams] == ["first"] * 5
    assert (await of(pages, "who")).startswith("page")
    for each in streams:
        await each.send_input({"type": "http.disconnect"})
        await each.wait(10)


async def test_a_body_that_comes_slowly_holds_no_thread(pages):
    senders = [asked(pages, "who") for _ in range(5)]
    for each in senders:
        await each.send_input({"type": "http.request", "body": b"a", "more_body": True})
    assert (await of(pages, "who")).startswith("page")
    for each in senders:
        await each.send_input({"type": "http.request", "body": b"b"})
        assert (await answer(each)).startswith("page")


async def test_a_thread_keeps_its_connection(pages):
    seen = {await of(pages, "who") for _ in range(10)}
    assert len(seen) == len({each.split()[0] for each in seen})


@pytest.mark.skipif(connection.vendor == "sqlite", reason="nothing ends a connection to a file")
async def test_a_connection_that_was_cut_is_made_anew(pages):
    for _each in range(4):
        assert await of(pages, "cut") == "cut"
        assert (await of(pages, "who")).startswith("page")
