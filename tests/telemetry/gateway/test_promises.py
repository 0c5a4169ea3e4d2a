"""The promise: what is acknowledged is durable, what is durable is there once."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from zhihuan.telemetry.kinds import Kind


async def test_an_upload_is_answered_with_9014_and_is_in_the_store(rig: Any) -> None:
    mn = rig.device()
    await rig.known()
    peer = await rig.connect()
    number, time = rig.qn(), rig.wire_time()
    sent = rig.upload(mn, f"DataTime={time};w01018-Rtd=21.5,w01018-Flag=N", QN=number)
    peer.send(sent)
    answer = await peer.answer()
    assert (answer.cn, answer.qn, answer.st, answer.mn, answer.flag) == (
        "9014",
        number,
        "91",
        mn,
        4,
    )
    assert rig.frames(mn) == [sent[:-2]]
    series = rig.store.series(mn, "w01018", Kind.REALTIME, 0, 2**32 - 1)
    assert list(series.value) == [21.5]


async def test_no_answer_comes_before_the_store_has_it(rig: Any) -> None:
    mn = rig.device()
    await rig.known()
    peer = await rig.connect()
    rig.store.open.clear()
    peer.send(rig.upload(mn))
    await peer.silence()
    rig.store.open.set()
    assert (await peer.answer()).cn == "9014"


async def test_a_frame_sent_again_is_answered_again_without_a_second_row(rig: Any) -> None:
    mn = rig.device()
    await rig.known()
    sent = rig.upload(mn)
    for _ in range(2):  # a second connection, as after a lost answer
        peer = await rig.connect()
        peer.send(sent, sent)
        assert [answer.cn for answer in await peer.answers(2)] == ["9014", "9014"]
        await peer.close()
    assert rig.frames(mn) == [sent[:-2]]
    assert len(rig.store.series(mn, "w01018", Kind.REALTIME, 0, 2**32 - 1).time) == 1


async def test_a_frame_that_wants_no_answer_gets_none_and_is_stored(rig: Any) -> None:
    mn = rig.device()
    await rig.known()
    peer = await rig.connect()
    peer.send(rig.upload(mn, Flag="4"))
    await peer.silence()
    assert len(rig.frames(mn)) == 1


async def test_while_the_store_is_down_nothing_is_answered_and_then_everything(rig: Any) -> None:
    mn = rig.device()
    await rig.known()
    peer = await rig.connect()
    rig.store.down = True
    peer.send(*(rig.upload(mn) for _ in range(5)))
    await peer.silence()
    assert not rig.gateway.reception.commit.store_up
    rig.store.down = False
    assert len(await peer.answers(5)) == 5
    assert len(rig.frames(mn)) == 5


async def test_sockets_are_not_read_while_too_much_waits_for_the_store(
    gateway_with: Any,
) -> None:
    async with gateway_with(queued_bytes=100_000) as rig:
        mn = rig.device()
        await rig.known()
        peers = [await rig.connect() for _ in range(4)]
        rig.store.open.clear()
        for peer in peers:
            peer.send(
                *(rig.upload(mn, f"DataTime={rig.wire_time()};x={'y' * 900}") for _ in range(500))
            )
        await rig.until(lambda: rig.gateway.reception.queue.stopped)
        await asyncio.sleep(0.2)
        held = rig.gateway.reception.queue.held
        # what was read when the mark was passed: at most a socket's chunk more for each peer
        assert held < 100_000 + 4 * 256 * 1024 * 3
        rig.store.open.set()
        for peer in peers:
            assert len(await peer.answers(500)) == 500


async def test_heartbeats_are_answered_with_9013(rig: Any) -> None:
    mn = rig.device()
    await rig.known()
    peer = await rig.connect()
    peer.send(rig.upload(mn, " ", ST="91", CN="9015", Flag="9"))
    answer = await peer.answer()
    assert (answer.cn, answer.flag) == ("9013", 8)


async def test_two_connections_of_one_device_both_work(rig: Any) -> None:
    mn = rig.device()
    await rig.known()
    first, second = await rig.connect(), await rig.connect()
    for _ in range(2):
        for peer in (first, second):
            peer.send(rig.upload(mn))
            assert (await peer.answer()).cn == "9014"
    await first.close()
    second.send(rig.upload(mn))
    assert (await second.answer()).cn == "9014"
    assert len(rig.frames(mn)) == 5


async def test_one_connection_for_several_devices_works(rig: Any) -> None:
    mns = [rig.device(), rig.device(), rig.device(password="other")]
    await rig.known()
    peer = await rig.connect()
    frames = [rig.upload(mn, PW="other" if mn == mns[2] else "123456") for mn in mns * 2]
    peer.send(*frames)
    assert [answer.mn for answer in await peer.answers(6)] == mns * 2
    assert [len(rig.frames(mn)) for mn in mns] == [2, 2, 2]


async def test_a_peer_that_has_said_all_still_gets_its_answers(rig: Any) -> None:
    mn = rig.device()
    await rig.known()
    peer = await rig.connect()
    rig.store.open.clear()
    peer.send(rig.upload(mn))
    peer.writer.write_eof()
    await asyncio.sleep(0.1)
    rig.store.open.set()
    assert (await peer.answer()).cn == "9014"
    await peer.closed()


async def test_stopping_answers_what_was_taken(gateway_with: Any) -> None:
    async with gateway_with(batch_seconds=5.0) as rig:
        mn = rig.device()
        await rig.known()
        peer = await rig.connect()
        peer.send(rig.upload(mn), rig.upload(mn))
        await rig.until(lambda: rig.gateway.reception.commit.collecting.frames == 2)
    assert len(await peer.answers(2)) == 2
    await peer.closed()
    assert len(rig.frames(mn)) == 2


async def test_stopping_with_the_store_down_answers_nothing(gateway_with: Any) -> None:
    async with gateway_with(stop_seconds=0.2) as rig:
        mn = rig.device()
        await rig.known()
        peer = await rig.connect()
        rig.store.down = True
        peer.send(rig.upload(mn))
        await rig.until(lambda: not rig.gateway.reception.commit.store_up)
        await rig.gateway.stop()
        assert await peer.reader.read() == b""
        assert rig.frames(mn) == []


@pytest.mark.parametrize("cut", range(1, 120, 7))
async def test_where_the_network_cuts_a_frame_does_not_matter(rig: Any, cut: int) -> None:
    mn = rig.device()
    await rig.known()
    peer = await rig.connect()
    both = rig.upload(mn) + rig.upload(mn)
    peer.send(both[:cut])
    await peer.writer.drain()
    await asyncio.sleep(0.01)
    peer.send(both[cut:])
    assert len(await peer.answers(2)) == 2


async def test_a_gateway_with_a_fault_of_its_own_says_so_and_lets_go_of_its_devices(
    rig: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    mn = rig.device()
    await rig.known()
    peer = await rig.connect()
    monkeypatch.setattr(rig.gateway.metrics, "answered", lambda *_: 1 / 0)
    peer.send(rig.upload(mn))
    async with asyncio.timeout(10):
        assert isinstance(await rig.gateway.failed, ZeroDivisionError)
    await peer.closed()
