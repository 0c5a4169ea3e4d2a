"""What was refused becomes data once its reason is gone, and only once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from zhihuan.hj212 import CrcDialect, DeviceProfile, frame
from zhihuan.hj212.profile import STRICT
from zhihuan.telemetry.gateway.replay import replay, reread
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.ports import QuarantinedTraffic, RegisteredDevice


def series(rig: Any, mn: str, factor: str) -> list[float]:
    return list(rig.store.series(mn, factor, Kind.REALTIME, 0, 2**32 - 1).value)


async def quarantined(rig: Any, sent: bytes) -> list[Any]:
    peer = await rig.connect()
    peer.send(sent)
    await peer.close()
    await rig.reasons()
    return list(rig.quarantine.items)


async def test_an_unknown_devices_frames_count_once_it_is_registered(rig: Any) -> None:
    items = await quarantined(rig, rig.upload("REPLAY-1"))
    (still,) = replay(items, {}, rig.store)
    assert (still.frames, still.refusals, still.is_clear) == (0, ("unknown_device",), False)
    devices = {"REPLAY-1": RegisteredDevice("REPLAY-1", "123456")}
    for _ in range(2):  # a second replay makes no second row
        (done,) = replay(items, devices, rig.store)
        assert (done.frames, done.rows, done.is_clear) == (1, 1, True)
    assert series(rig, "REPLAY-1", "w01018") == [21.5]
    assert rig.frames("REPLAY-1") == [items[0].raw]
    (received,) = rig.store.frames("REPLAY-1", 0, 2**50).received
    assert received == int(items[0].received.timestamp() * 1000)


async def test_a_replay_checks_the_password_too(rig: Any) -> None:
    items = await quarantined(rig, rig.upload("REPLAY-2"))
    (result,) = replay(items, {"REPLAY-2": RegisteredDevice("REPLAY-2", "999999")}, rig.store)
    assert result.refusals == ("wrong_password",)
    assert rig.frames("REPLAY-2") == []


async def test_a_frame_of_another_dialect_is_read_once_the_dialect_is_registered(rig: Any) -> None:
    items = await quarantined(rig, frame(rig.upload("REPLAY-3")[6:-6], CrcDialect.MODBUS))
    assert items[0].reason == "bad_crc"
    modbus = DeviceProfile(crc=CrcDialect.MODBUS)
    devices = {"REPLAY-3": RegisteredDevice("REPLAY-3", "123456", profile=modbus)}
    assert replay(items, devices, rig.store)[0].is_clear
    assert series(rig, "REPLAY-3", "w01018") == [21.5]


async def test_garbage_stays_garbage(rig: Any) -> None:
    items = await quarantined(rig, b"GET / HTTP/1.1\r\n\r\n")
    (result,) = replay(items, {}, rig.store)
    assert result.frames == 0
    assert result.refusals[0].startswith("junk")


async def test_an_alias_added_later_reaches_back_over_stored_frames(rig: Any) -> None:
    mn = rig.device()
    await rig.known()
    peer = await rig.connect()
    for value in (35, 36, 37):
        peer.send(rig.upload(mn, f"DataTime=2026060112000{value % 10};PM25-Rtd={value}"))
        await peer.answer()
    assert series(rig, mn, "a34004") == []
    device = replace(rig.directory.devices[mn], aliases={"PM25": "a34004"})
    assert reread(device, rig.store, 0, 2**50) == 3
    assert series(rig, mn, "a34004") == [35.0, 36.0, 37.0]
    assert reread(device, rig.store, 0, 2**50) == 3
    assert series(rig, mn, "a34004") == [35.0, 36.0, 37.0]
    assert len(rig.frames(mn)) == 3


async def test_frames_of_a_strict_device_can_be_read_again(rig: Any) -> None:
    """What is kept has no line end; the strict profile still knows the frame had one."""
    mn = rig.device(profile=STRICT)
    await rig.known()
    peer = await rig.connect()
    peer.send(rig.upload(mn))
    await peer.answer()
    assert reread(rig.directory.devices[mn], rig.store, 0, 2**50) == 1
    mn = "F" * 24
    items = await quarantined(rig, rig.upload(mn))
    devices = {mn: RegisteredDevice(mn, "123456", profile=STRICT)}
    assert replay(items, devices, rig.store)[0].refusals == ()


async def test_reading_again_keeps_what_the_device_corrected_later(
    rig: Any, monkeypatch: Any
) -> None:
    mn = rig.device()
    await rig.known()
    peer = await rig.connect()
    old = rig.upload(mn, "DataTime=20260601120000;w01018-Rtd=1")
    for sent in (old, rig.upload(mn, "DataTime=20260601120000;w01018-Rtd=2")):
        peer.send(sent)
        await peer.answer()
    device = rig.directory.devices[mn]
    monkeypatch.setattr("zhihuan.telemetry.gateway.replay._PAGE", 1)
    for _ in range(2):
        reread(device, rig.store, 0, 2**50)
        assert series(rig, mn, "w01018") == [2.0]
    first = min(rig.store.frames(mn, 0, 2**50).received) / 1000
    at = datetime.fromtimestamp(first, UTC)
    replay([QuarantinedTraffic("x", "p", mn, old, at, "")], {mn: device}, rig.store)
    assert series(rig, mn, "w01018") == [2.0]
