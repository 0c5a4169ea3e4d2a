"""Slow, silent, flooding and lying peers cost a bounded amount, and honest ones do not notice."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest


def resident_bytes() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


async def honest(rig: Any) -> None:
    """An honest device is served as if nothing was going on."""
    mn = rig.device()
    await rig.known()
    peer = await rig.connect()
    peer.send(rig.upload(mn))
    assert (await peer.answer()).mn == mn
    await peer.close()


async def push(peer: Any, chunk: bytes, times: int) -> None:
    """Write until told off."""
    try:
        for _ in range(times):
            peer.writer.write(chunk)
            await peer.writer.drain()
            await asyncio.sleep(0)
    except (ConnectionError, RuntimeError):  # RuntimeError: uvloop's word for a closed transport
        return


async def test_one_byte_at_a_time_is_given_up_after_the_deadline(gateway_with: Any) -> None:
    async with gateway_with(half_frame_seconds=0.3) as rig:
        peer = await rig.connect()
        for byte in rig.upload("SLOW")[:90]:
            peer.send(bytes([byte]))
            await asyncio.sleep(0.01)
        assert (await rig.reasons())[0] == "half_frame_timeout"
        await honest(rig)


async def test_many_slow_writers_hold_no_more_than_the_budget(gateway_with: Any) -> None:
    async with gateway_with(partial_bytes=200_000, connections_per_address=100) as rig:
        peers = [await rig.connect() for _ in range(60)]
        half = b"##9999" + b"QN=20260601120000000;" + b"x" * 9000
        for peer in peers:
            peer.send(half)
        await rig.until(lambda: rig.gateway.metrics.disconnects["partial_memory"] > 0)
        partial = rig.gateway.switchboard.partial
        assert partial.held <= 200_000
        # what one chunk may add before it is noticed
        assert partial.peak <= 200_000 + rig.gateway.settings.frame_buffer_bytes
        await honest(rig)
        for peer in peers:
            await peer.close()
        await rig.until(lambda: partial.held == 0)


async def test_a_silent_stranger_is_shown_the_door(gateway_with: Any) -> None:
    async with gateway_with(stranger_seconds=0.2) as rig:
        peer = await rig.connect()
        await peer.closed()
        assert rig.gateway.metrics.disconnects["silent"] == 1


async def test_a_stranger_who_keeps_talking_nonsense_is_one_too(gateway_with: Any) -> None:
    async with gateway_with(stranger_seconds=0.3, strikes_burst=1e9) as rig:
        peer = await rig.connect()
        talking = asyncio.create_task(push(peer, rig.upload("STRANGER"), 10**9))
        await peer.closed()
        talking.cancel()
        assert rig.gateway.metrics.disconnects["silent"] == 1


async def test_a_known_device_may_be_silent_for_longer(gateway_with: Any) -> None:
    async with gateway_with(stranger_seconds=0.2, silent_seconds=0.8) as rig:
        mn = rig.device()
        await rig.known()
        peer = await rig.connect()
        peer.send(rig.upload(mn))
        await peer.answer()
        await asyncio.sleep(0.4)
        peer.send(rig.upload(mn))
        await peer.answer()
        await peer.closed()


async def test_endless_garbage_ends_the_connection_and_costs_no_memory(gateway_with: Any) -> None:
    async with gateway_with(errors_burst=50.0) as rig:
        await push(await rig.connect(), b"\x00garbage#" * 8192, 20)  # warm: allocator and buffers
        before = resident_bytes()
        for _ in range(10):
            await push(await rig.connect(), os.urandom(65536), 200)
        assert rig.gateway.metrics.disconnects["error_rate"] >= 10
        assert resident_bytes() - before < 48 * 1024 * 1024
        assert any(entry.event == "error_rate" for entry in rig.journal.items)
        await honest(rig)


async def test_a_flood_of_unknown_frames_fills_neither_memory_nor_quarantine(
    gateway_with: Any,
) -> None:
    async with gateway_with(quarantine_burst=20.0, strikes_burst=1e9) as rig:
        peer = await rig.connect()
        chunk = b"".join(rig.upload("STRANGER") for _ in range(100))
        await push(peer, chunk, 50)
        frames = rig.gateway.metrics.frames
        await rig.until(lambda: frames["2017", "unknown_device"] == 5000)
        await rig.until(lambda: len(rig.quarantine.items) >= 20)
        assert len(rig.quarantine.items) < 60
        assert rig.gateway.metrics.suppressed["unknown_device"] > 4900
        await honest(rig)


async def test_reconnecting_does_not_fill_the_quarantine_either(gateway_with: Any) -> None:
    async with gateway_with(quarantine_all_burst=30.0, quarantine_all_per_second=0.0) as rig:
        for _ in range(10):
            peer = await rig.connect()
            peer.send(*(rig.upload("STRANGER") for _ in range(10)))
            await peer.close()
        frames = rig.gateway.metrics.frames
        await rig.until(lambda: frames["2017", "unknown_device"] == 100)
        await rig.until(lambda: len(rig.quarantine.items) == 30)
        assert rig.gateway.metrics.suppressed["unknown_device"] == 70


async def test_a_long_outage_of_the_store_is_not_held_against_the_devices(
    gateway_with: Any,
) -> None:
    async with gateway_with(silent_seconds=0.4, queued_bytes=1_000) as rig:
        mn = rig.device()
        await rig.known()
        peer = await rig.connect()
        rig.store.down = True
        peer.send(rig.upload(mn))
        await rig.until(lambda: rig.gateway.reception.queue.stopped)
        await asyncio.sleep(0.8)
        rig.store.down = False
        assert (await peer.answer()).mn == mn
        peer.send(rig.upload(mn))
        assert (await peer.answer()).mn == mn


async def test_guessing_passwords_ends_the_connection(gateway_with: Any) -> None:
    async with gateway_with(strikes_burst=5.0) as rig:
        mn = rig.device()
        await rig.known()
        peer = await rig.connect()
        peer.send(*(rig.upload(mn, PW=f"{guess:06d}") for guess in range(20)))
        await peer.closed()
        assert rig.gateway.metrics.disconnects["strikes"] == 1


async def test_a_peer_that_never_reads_its_answers_is_paused_then_put_out(
    gateway_with: Any,
) -> None:
    async with gateway_with(ack_buffer_bytes=4096, slow_reader_seconds=0.3) as rig:
        mn = rig.device()
        await rig.known()
        peer = await rig.connect(limit=1)
        peer.writer.transport.pause_reading()
        chunk = b"".join(rig.upload(mn) for _ in range(200))
        sending = asyncio.create_task(push(peer, chunk, 2000))
        await rig.until(lambda: rig.gateway.metrics.disconnects["slow_reader"] == 1, seconds=30)
        await sending
        await honest(rig)


async def test_one_address_cannot_take_all_connections(gateway_with: Any) -> None:
    async with gateway_with(connections_per_address=3) as rig:
        peers = [await rig.connect() for _ in range(3)]
        await (await rig.connect()).closed()
        assert rig.gateway.metrics.disconnects["address_limit"] == 1
        await peers[0].close()
        await rig.until(lambda: len(rig.gateway.switchboard.connections) == 2)
        await honest(rig)


async def test_a_full_gateway_turns_peers_away(gateway_with: Any) -> None:
    async with gateway_with(connections=2) as rig:
        peers = [await rig.connect() for _ in range(2)]
        await (await rig.connect()).closed()
        assert rig.gateway.metrics.disconnects["full"] == 1
        assert len(peers) == 2


async def test_one_connection_speaks_for_a_bounded_number_of_devices(
    gateway_with: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhihuan.telemetry.gateway.presence._MOST_DEVICES", 5)
    async with gateway_with() as rig:
        mns = [rig.device() for _ in range(10)]
        await rig.known()
        peer = await rig.connect()
        peer.send(*(rig.upload(mn) for mn in mns))
        await peer.closed()
        assert rig.gateway.metrics.disconnects["too_many_devices"] == 1
