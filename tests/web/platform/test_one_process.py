"""The whole platform: a device reports over TCP, is answered, and is seen; then all stops cleanly."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import urllib.request

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings as django_settings
from django.db import connections
from django.utils import timezone

from zhihuan.bureau.acquisition.models import DeviceConnection, QuarantinedFrame
from zhihuan.bureau.acquisition.ordering import Giver, place
from zhihuan.hj212.decoder import Decoder
from zhihuan.hj212.encoder import encode
from zhihuan.telemetry.store import StoreHeld
from zhihuan.web.live.board import board
from zhihuan.web.platform.one_process import OneProcess

pytestmark = pytest.mark.django_db(transaction=True)
MN = "44200012345678901234ABCD"


@pytest.fixture
def home(tmp_path, settings):
    settings.ZHIHUAN_HOME = tmp_path
    settings.ZHIHUAN_STORE_URL = f"chdb://{tmp_path}/telemetry"
    settings.ZHIHUAN_WEB_ADDRESS = settings.ZHIHUAN_GATEWAY_ADDRESS = "127.0.0.1:0"
    settings.ZHIHUAN_GATEWAY_NAME = "gw-test"
    settings.ZHIHUAN_LIVE_SECONDS = 0
    board().forget()
    yield tmp_path
    board().forget()


@pytest.fixture(autouse=True)
async def _let_go_of_the_database():
    """Threads of this test's loop keep connections that nobody else would close."""
    yield
    await sync_to_async(connections.close_all)()


def new_process() -> OneProcess:
    return OneProcess(django_settings, lambda _sentence: None)


def frame(mn: str = MN, value: str = "66.6", **given) -> bytes:
    stamp = timezone.localtime().strftime("%Y%m%d%H%M%S")
    head = {"qn": f"{stamp}000", "st": "32", "cn": "2011", "pw": "123456", "mn": mn, "flag": 5}
    return encode(**head | given, cp=f"DataTime={stamp};w01018-Rtd={value},w01018-Flag=N")


async def exchange(port: int, sent: bytes, seconds: float = 15) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    try:
        async with asyncio.timeout(seconds):
            return await reader.readuntil(b"\r\n")
    finally:
        writer.close()


def get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=20) as response:
        return response.read()


async def eventually(true, seconds: float = 20) -> None:
    async with asyncio.timeout(seconds):
        while not await sync_to_async(true)():  # noqa: ASYNC110 - another process's state
            await asyncio.sleep(0.05)


async def test_a_device_reports_is_answered_and_is_seen(home, outlet):
    process = new_process()
    up = await process.start()
    try:
        answer = await exchange(up.gateway.port, frame())
        (message,) = Decoder().feed(answer)
        assert message.cn == "9014"
        snapshot = await sync_to_async(board().snapshot)()
        assert snapshot.headline == ["化学需氧量 66.6 mg/L"]
        health = json.loads(await asyncio.to_thread(get, f"{up.web}healthz"))
        assert health == {"database": "ok", "store": "ok"}
        figures = (await asyncio.to_thread(get, f"{up.web}metrics")).decode()
        assert "zhihuan_gateway" in figures
        assert "zhihuan_job_runs" in figures
        assert 'zhihuan_store_journal_files{kind="refused"} 0.0' in figures
        assert {"outbox", "seals", "quarantine", "matters-due"} <= {j.name for j in process._jobs()}
        online = DeviceConnection.objects.filter(mn=MN, gateway="gw-test").exists
        await eventually(online)
    finally:
        await process.stop()


async def test_the_gateway_listens_as_the_settings_say(home, outlet, settings):
    settings.ZHIHUAN_GATEWAY_CONNECTIONS = 1
    process = new_process()
    up = await process.start()
    try:
        _reader, first = await asyncio.open_connection("127.0.0.1", up.gateway.port)
        first.write(frame())
        await _reader.readuntil(b"\r\n")  # in, and taken
        second, writer = await asyncio.open_connection("127.0.0.1", up.gateway.port)
        async with asyncio.timeout(10):
            with contextlib.suppress(ConnectionResetError):
                assert await second.read() == b""  # put out at once
        writer.close()
        first.close()
    finally:
        await process.stop()


async def test_what_is_refused_is_quarantined(home, outlet):
    process = new_process()
    up = await process.start()
    try:
        with pytest.raises((TimeoutError, asyncio.IncompleteReadError)):
            await exchange(up.gateway.port, frame(mn="STRANGER0000000000000001"), seconds=1)
        kept = QuarantinedFrame.objects.filter(reason="unknown_device").exists
        await eventually(kept)
    finally:
        await process.stop()


async def test_an_order_reaches_the_device_and_its_answer_the_page(home, outlet, person):
    giver = Giver(await sync_to_async(person)("值班员"), reason="核对时钟")
    device = await sync_to_async(outlet.devices.get)()
    process = new_process()
    up = await process.start()
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", up.gateway.port)
        writer.write(frame())
        await reader.readuntil(b"\r\n")
        command = await sync_to_async(place)(device, "SetClock", {}, giver)
        async with asyncio.timeout(20):
            (request,) = Decoder().feed(await reader.readuntil(b"\r\n"))
        assert request.cn == "1012"
        assert request.get("SystemTime").startswith(timezone.localtime().strftime("%Y%m%d"))
        head = {"qn": request.qn, "st": "91", "pw": "123456", "mn": MN, "flag": 4}
        writer.write(encode(**head, cn="9011", cp="QnRtn=1"))
        writer.write(encode(**head, cn="9012", cp="ExeRtn=1"))

        def is_done() -> bool:
            command.refresh_from_db()
            return command.status == "done"

        await eventually(is_done)
        steps = await sync_to_async(list)(command.steps.values_list("step", flat=True))
        assert [name for name in steps if name != "reply"] == ["sent", "qn_rtn", "exe_rtn", "done"]
        writer.close()
    finally:
        await process.stop()


async def test_everything_is_there_after_a_restart(home, outlet):
    process = new_process()
    up = await process.start()
    await exchange(up.gateway.port, frame())
    await process.stop()
    board().forget()
    again = new_process()
    await again.start()
    try:
        snapshot = await sync_to_async(board().snapshot)()
        assert snapshot.headline == ["化学需氧量 66.6 mg/L"]
        online = await sync_to_async(DeviceConnection.objects.filter(online=True).exists)()
        assert not online
    finally:
        await again.stop()


async def test_a_taken_port_is_told_and_leaves_nothing_running(home, outlet, settings):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings.ZHIHUAN_GATEWAY_ADDRESS = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(OSError, match="ZHIHUAN_GATEWAY_ADDRESS"):
            await new_process().start()
    settings.ZHIHUAN_GATEWAY_ADDRESS = "127.0.0.1:0"
    process = new_process()
    await process.start()  # the store was let go
    await process.stop()


async def test_a_held_store_is_told(home, outlet, monkeypatch):
    def held(_url):
        raise StoreHeld("the data folder is held by process 4711", 4711)

    monkeypatch.setattr("zhihuan.bureau.acquisition.store.open_store", held)
    with pytest.raises(StoreHeld, match="4711"):
        await new_process().start()


async def test_a_gateway_that_breaks_is_told_so_that_the_process_can_end(home, outlet):
    process, told = new_process(), asyncio.Event()
    await process.start()
    try:
        process.when_failed(told.set)
        assert process.failure() is None
        process._gateway.failed.set_result(RuntimeError("a fault of ours"))
        async with asyncio.timeout(5):
            await told.wait()
        assert "a fault of ours" in repr(process.failure())
    finally:
        await process.stop()


async def test_parts_left_to_other_processes_are_not_started(home, settings):
    settings.ZHIHUAN_PARTS = frozenset()
    process = new_process()
    up = await process.start()
    try:
        assert up.gateway is None
        text = await asyncio.to_thread(get, f"{up.web}metrics")
        assert b"zhihuan_web_requests_total" in text
        assert b"zhihuan_job_interval_seconds{" not in text
        assert b"zhihuan_gateway_connections" not in text
    finally:
        await process.stop()
