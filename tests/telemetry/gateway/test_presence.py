"""Who is online, told once for each coming and going, to the journal and to the store."""

from __future__ import annotations

from typing import Any

from structlog.testing import capture_logs


def told(rig: Any, mn: str) -> list[str]:
    return [entry.event.value for entry in rig.journal.items if entry.mn == mn]


async def test_a_device_is_online_from_its_first_good_frame_to_its_last_connection(
    rig: Any,
) -> None:
    mn = rig.device()
    await rig.known()
    first, second = await rig.connect(), await rig.connect()
    for peer in (first, second):
        peer.send(rig.upload(mn), rig.upload(mn))
        await peer.answers(2)
    await first.close()
    second.send(rig.upload(mn))
    await second.answer()
    assert told(rig, mn) == ["online"]
    await second.close()
    await rig.until(lambda: told(rig, mn) == ["online", "offline"])
    await rig.until(lambda: len(rig.store.events(mn, 0, 2**50).event) == 2)
    assert sorted(rig.store.events(mn, 0, 2**50).event) == ["offline", "online"]


async def test_a_wrong_password_does_not_make_a_device_online(rig: Any) -> None:
    mn = rig.device()
    await rig.known()
    peer = await rig.connect()
    peer.send(rig.upload(mn, PW="654321"))
    await rig.reasons()
    await rig.until(lambda: told(rig, mn) == ["auth_failed"])
    assert not rig.gateway.links.connected()


async def test_a_device_taken_out_of_the_registry_goes_offline_at_once(rig: Any) -> None:
    mn = rig.device()
    await rig.known()
    peer = await rig.connect()
    peer.send(rig.upload(mn))
    await peer.answer()
    rig.directory.register(mn, enabled=False)
    await rig.known()
    await rig.until(lambda: told(rig, mn) == ["online", "offline"])
    peer.send(rig.upload(mn))
    assert await rig.reasons() == ["disabled_device"]


async def test_no_password_reaches_the_log(rig: Any) -> None:
    mn = rig.device(password="s3cret")
    await rig.known()
    peer = await rig.connect()
    with capture_logs() as entries:
        peer.send(rig.upload(mn, PW="s3cret"), rig.upload(mn, PW="gue55ed"))
        await peer.answer()
        await rig.reasons()
        peer.send(rig.with_wrong_crc(rig.upload(mn, PW="s3cret")), rig.upload(mn, PW="s3cret"))
        await peer.answer()
    logged = repr(entries)
    assert "auth_failed" in logged
    for secret in ("s3cret", "gue55ed"):
        assert secret not in logged


async def test_stopping_the_gateway_stores_who_went_offline(gateway_with: Any) -> None:
    async with gateway_with() as rig:
        mn = rig.device()
        await rig.known()
        peer = await rig.connect()
        peer.send(rig.upload(mn))
        await peer.answer()
    assert sorted(rig.store.events(mn, 0, 2**50).event) == ["offline", "online"]
