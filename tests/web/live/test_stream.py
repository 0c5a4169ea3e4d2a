"""The stream: changes as they happen, one poller for all, bounded readers, an end."""

from __future__ import annotations

import asyncio
import json
from contextlib import aclosing

import pytest
from asgiref.sync import sync_to_async
from django.db import connections
from django.test import AsyncClient

from zhihuan.telemetry.store import StoreUnavailable
from zhihuan.web.live import stream
from zhihuan.web.live.seats import Seats

# Worker threads look into the database: what the test writes must be committed.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _quick(settings, platform_store, monkeypatch):
    settings.ZHIHUAN_LIVE_SECONDS = 0.05
    monkeypatch.setattr(stream, "PING_SECONDS", 0.3)


@pytest.fixture(autouse=True)
async def _let_go_of_the_database():
    """Threads of this test's loop keep connections that nobody else would close."""
    yield
    # A look that is still under way would open the platform's own store once this one is gone.
    await stream.feed().close()
    await asyncio.get_running_loop().shutdown_default_executor()
    await sync_to_async(connections.close_all)()


def parsed(text: str) -> tuple[str, str, dict]:
    fields = dict(line.split(": ", 1) for line in text.strip().splitlines())
    return fields.get("event", ""), fields.get("id", ""), json.loads(fields.get("data", "{}"))


async def until(events, name: str) -> tuple[str, dict]:
    async with asyncio.timeout(20):
        async for chunk in events:
            text = chunk.decode() if isinstance(chunk, bytes) else chunk
            event, event_id, data = parsed(text)
            if event == name:
                return event_id, data
    raise AssertionError(f"the stream ended before any {name}")


async def test_a_fresh_page_gets_the_points_and_then_what_changes(outlet, report):
    async with aclosing(stream.feed().follow("")) as events:
        _id, first = await until(events, "points")
        assert first["columns"]["state"] == ["offline"]
        await sync_to_async(report)("w01018", 66.6)
        _id, then = await until(events, "points")
    assert then["columns"]["code"] == ["WS-001"]
    assert then["columns"]["state"] == ["exceeding"]
    assert then["counts"] == {
        "total": 1,
        "normal": 0,
        "exceeding": 1,
        "abnormal": 0,
        "offline": 0,
    }
    assert then["asOf"].endswith("+08:00")


async def test_a_reader_who_returns_gets_what_was_missed(outlet, report):
    here = stream.feed()
    async with aclosing(here.follow("")) as stays:
        async with aclosing(here.follow("")) as events:
            last_id, _data = await until(events, "points")
        await until(stays, "points")
        await sync_to_async(report)("w01018", 66.6)
        await until(stays, "points")
        async with aclosing(here.follow(last_id)) as events:
            _id, missed = await until(events, "points")
    assert missed["columns"]["state"] == ["exceeding"]


async def test_an_id_of_another_process_brings_everything(outlet):
    here = stream.feed()
    async with aclosing(here.follow("")) as stays:
        await until(stays, "points")
        async with aclosing(here.follow("0ddba11.7")) as events:
            _id, data = await until(events, "points")
    assert data["columns"]["code"] == ["WS-001"]


async def test_without_news_there_is_a_ping_with_the_time(outlet):
    async with aclosing(stream.feed().follow("")) as events:
        await until(events, "points")
        _id, data = await until(events, "ping")
    assert data["asOf"]


async def test_a_store_that_fails_is_told_and_its_return_too(outlet, platform_store, monkeypatch):
    def down(*_args, **_given):
        raise StoreUnavailable("down")

    async with aclosing(stream.feed().follow("")) as events:
        await until(events, "points")
        with monkeypatch.context() as broken:
            broken.setattr(platform_store, "latest", down)
            broken.setattr(platform_store, "latest_since", down)
            _id, data = await until(events, "trouble")
            assert "读不出来" in data["message"]
        await until(events, "ping")


async def test_one_poller_serves_all_and_rests_when_nobody_reads(outlet):
    here = stream.feed()
    assert here.readers == 0
    readers = [here.follow("") for _ in range(20)]
    for reader in readers:
        await until(reader, "points")
    pollers = [task for task in asyncio.all_tasks() if task.get_name() == "live-poller"]
    assert (here.readers, len(pollers)) == (20, 1)
    for reader in readers:
        await reader.aclose()
    await asyncio.sleep(0)
    assert here.readers == 0
    assert all(task.cancelled() or task.cancelling() for task in pollers)


async def test_a_stream_ends_when_the_process_stops(outlet):
    here = stream.feed()
    reader = here.follow("")
    await until(reader, "points")
    await here.close()
    async with asyncio.timeout(5):
        rest = [text async for text in reader]
    assert len(rest) <= 1


async def test_a_stream_ends_by_itself(outlet, monkeypatch):
    monkeypatch.setattr(stream, "LIFETIME_SECONDS", 0.5)
    async with asyncio.timeout(20):
        assert [text async for text in stream.feed().follow("")]


async def test_the_address_streams_to_people_and_to_nobody_else(outlet, person):
    client = AsyncClient()
    refused = await client.get("/live/stream")
    assert refused.status_code == 302
    await client.aforce_login(await sync_to_async(person)("值班员"))
    response = await client.get("/live/stream")
    assert response["Content-Type"] == "text/event-stream"
    assert response["Cache-Control"] == "no-store"
    assert not response.has_header("Content-Encoding")
    _id, data = await until(response.streaming_content, "points")
    assert data["total"] == 1
    await response.streaming_content.aclose()


async def test_too_many_readers_are_refused_and_the_page_lives_on(outlet, person, settings):
    settings.ZHIHUAN_LIVE_CLIENTS = 0
    client = AsyncClient()
    await client.aforce_login(await sync_to_async(person)("值班员"))
    response = await client.get("/live/stream")
    assert (response.status_code, response["Retry-After"]) == (503, "30")


async def test_streams_count_from_when_they_are_granted_and_one_person_has_six(
    outlet, person, monkeypatch
):
    monkeypatch.setattr(stream, "seats", Seats())
    client = AsyncClient()
    await client.aforce_login(await sync_to_async(person)("值班员"))
    granted = [await client.get("/live/stream") for _ in range(stream.MOST_PER_PERSON)]
    assert {response.status_code for response in granted} == {200}
    refused = await client.get("/live/stream")
    assert (refused.status_code, refused["Retry-After"]) == (429, "30")
    other = AsyncClient()
    await other.aforce_login(await sync_to_async(person)("执法人员"))
    granted.append(await other.get("/live/stream"))
    assert granted[-1].status_code == 200
    for response in granted:  # nobody ever read from them
        await sync_to_async(response.close)()
    assert len(stream.seats) == 0


async def test_a_stream_that_ends_leaves_its_seat_once():
    seats = Seats()
    seat = seats.take("a", most=2, most_each=2)
    seats.take("a", most=2, most_each=2)
    assert seats.take("b", most=2, most_each=2) == 503
    async with aclosing(stream.feed().follow("", seat)) as events:
        await anext(events)
    seat.leave()
    assert len(seats) == 1
