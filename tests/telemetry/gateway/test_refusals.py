"""Every kind of bad traffic gets its reason, is kept with its bytes, and is never acknowledged."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from zhihuan.hj212 import frame
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.store.errors import RowsRefused


async def test_an_unknown_device_is_quarantined_and_not_answered(rig: Any) -> None:
    peer = await rig.connect()
    sent = rig.upload("NOT-REGISTERED")
    peer.send(sent)
    assert await rig.reasons() == ["unknown_device"]
    (item,) = rig.quarantine.items
    assert (item.mn, item.raw, item.stored) == ("NOT-REGISTERED", sent[:-2], False)
    await peer.silence(0.1)


async def test_a_disabled_device_is_quarantined(rig: Any) -> None:
    mn = rig.device(enabled=False)
    await rig.known()
    peer = await rig.connect()
    peer.send(rig.upload(mn))
    assert await rig.reasons() == ["disabled_device"]


async def test_a_wrong_password_is_quarantined_counted_and_told(rig: Any) -> None:
    mn = rig.device()
    await rig.known()
    peer = await rig.connect()
    peer.send(rig.upload(mn), rig.upload(mn, PW="654321"))
    assert (await peer.answer()).cn == "9014"  # a good frame before does not excuse the bad one
    assert await rig.reasons() == ["wrong_password"]
    await peer.silence(0.1)
    assert rig.gateway.metrics.frames["2017", "wrong_password"] == 1
    await rig.until(lambda: "auth_failed" in [entry.event for entry in rig.journal.items])


async def test_a_device_without_a_password_in_the_registry_may_send_any(rig: Any) -> None:
    mn = rig.device(password=None)
    await rig.known()
    peer = await rig.connect()
    peer.send(rig.upload(mn, PW="000000"), rig.upload(mn, PW=""))
    assert len(await peer.answers(2)) == 2


async def test_an_upload_without_mn_is_quarantined(rig: Any) -> None:
    peer = await rig.connect()
    peer.send(rig.upload(""))
    assert await rig.reasons() == ["missing_mn"]


async def test_hardware_serials_of_a_device_without_mn_are_shown(rig: Any) -> None:
    """HJ 212-2025, C.2 (second hand): the first contact, MN empty."""
    peer = await rig.connect()
    peer.send(rig.upload("", "i23005-Info=L1;i23006-Info=CPU7", CN="1001", Flag="9"))
    assert await rig.reasons() == ["unknown_logger"]
    assert b"i23006-Info=CPU7" in rig.quarantine.items[0].raw


GOOD_HEAD = "QN=20260601120000000;ST=32;CN=2011;PW=123456;MN=X;Flag=5"
BROKEN = {
    "bad_crc": lambda rig: rig.with_wrong_crc(rig.upload("X")),
    "no_cp": lambda rig: frame(f"{GOOD_HEAD};&&".encode()),
    "bad_grammar": lambda rig: frame(f"{GOOD_HEAD};CP=&&nonsense&&".encode()),
    "empty": lambda rig: b"##0000FFFF\r\n",
    "junk": lambda rig: b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    "bad_length": lambda rig: b"##12QN=20260601120000000;ST=32;CN=2011;CP=&&&&0000\r\n",
    "length_mismatch": lambda rig: b"##0190" + rig.upload("X")[6:],
}


@pytest.mark.parametrize("reason", BROKEN)
async def test_broken_bytes_get_their_reason_and_the_next_good_frame_is_found(
    rig: Any, reason: str
) -> None:
    mn = rig.device()
    await rig.known()
    peer = await rig.connect()
    broken = BROKEN[reason](rig)
    # two good frames behind it: a wrong length may make the decoder wait for what follows
    peer.send(broken, rig.upload(mn), rig.upload(mn))
    assert [answer.mn for answer in await peer.answers(2)] == [mn, mn]
    assert set(await rig.reasons()) == {reason}
    kept = b"".join(item.raw for item in rig.quarantine.items)
    assert kept.strip() == broken.strip()


async def test_a_half_frame_is_given_up_after_its_deadline(gateway_with: Any) -> None:
    async with gateway_with(half_frame_seconds=0.3) as rig:
        mn = rig.device()
        await rig.known()
        peer = await rig.connect()
        peer.send(rig.upload("X")[:100])
        assert await rig.reasons() == ["half_frame_timeout"]
        peer.send(rig.upload(mn))
        assert (await peer.answer()).mn == mn


async def test_the_end_of_the_stream_inside_a_frame_is_told(rig: Any) -> None:
    peer = await rig.connect()
    peer.send(rig.upload("X")[:100])
    await peer.close()
    assert await rig.reasons() == ["truncated"]


VALUES = {
    "bad_number": "DataTime={now};w01018-Rtd=abc;w21003-Rtd=0.5",
    "unknown_factor": "DataTime={now};PM25-Rtd=35;w21003-Rtd=0.5",
}


@pytest.mark.parametrize("reason", VALUES)
async def test_a_bad_value_is_shown_while_the_frame_and_the_rest_are_stored(
    rig: Any, reason: str
) -> None:
    mn = rig.device()
    await rig.known()
    peer = await rig.connect()
    peer.send(rig.upload(mn, VALUES[reason].format(now=rig.wire_time())))
    assert (await peer.answer()).cn == "9014"
    assert await rig.reasons() == [reason]
    assert rig.quarantine.items[0].stored
    assert list(rig.store.series(mn, "w21003", Kind.REALTIME, 0, 2**32 - 1).value) == [0.5]


@pytest.mark.parametrize(
    ("text", "reason"), [("20261301000000", "bad_time"), ("20990101000000", "implausible_time")]
)
async def test_a_bad_time_is_shown_while_the_frame_is_stored(
    rig: Any, text: str, reason: str
) -> None:
    mn = rig.device()
    await rig.known()
    peer = await rig.connect()
    peer.send(rig.upload(mn, f"DataTime={text};w01018-Rtd=1"))
    assert (await peer.answer()).cn == "9014"
    assert await rig.reasons() == [reason]
    assert len(rig.frames(mn)) == 1


async def test_a_fault_that_stands_in_every_frame_is_told_once(rig: Any) -> None:
    mn = rig.device()
    await rig.known()
    peer = await rig.connect()
    peer.send(*(rig.upload(mn, f"DataTime={rig.wire_time()};PM25-Rtd={n}") for n in range(20)))
    await peer.answers(20)
    peer.send(rig.upload("OTHER"))
    assert await rig.reasons(2) == ["unknown_factor", "unknown_device"]


async def test_a_frame_the_store_can_never_take_goes_to_quarantine_unanswered(rig: Any) -> None:
    mn, good = rig.device(), rig.device()
    await rig.known()
    peer = await rig.connect()
    write = rig.store._store.write

    def picky(batch: Any) -> None:
        if mn in batch.frames.mn:
            raise ValueError("this device breaks the engine")
        write(batch)

    rig.store.write = picky
    peer.send(rig.upload(mn), rig.upload(good))
    assert (await peer.answer()).mn == good
    assert await rig.reasons() == ["store_refused"]
    await peer.silence(0.1)


async def test_a_registry_change_takes_effect_without_a_restart(rig: Any) -> None:
    peer = await rig.connect()
    peer.send(rig.upload("NEWCOMER"))
    assert await rig.reasons() == ["unknown_device"]
    rig.directory.register("NEWCOMER")
    await rig.known()
    peer.send(rig.upload("NEWCOMER"))
    assert (await peer.answer()).cn == "9014"
    rig.directory.register("NEWCOMER", password="changed")
    await rig.known()
    peer.send(rig.upload("NEWCOMER"))
    assert await rig.reasons(2) == ["unknown_device", "wrong_password"]
    del rig.directory.devices["NEWCOMER"]
    rig.directory.register("SOMEONE-ELSE")
    await rig.known()
    peer.send(rig.upload("NEWCOMER", PW="changed"))
    assert (await rig.reasons(3))[2] == "unknown_device"


async def test_a_registry_that_cannot_be_read_leaves_the_last_copy_in_force(rig: Any) -> None:
    mn = rig.device()
    await rig.known()
    rig.directory.snapshot = lambda: 1 / 0
    rig.device()
    with pytest.raises(ZeroDivisionError):
        await rig.known()
    peer = await rig.connect()
    peer.send(rig.upload(mn))
    assert (await peer.answer()).cn == "9014"


async def test_a_quarantine_that_fails_is_tried_again(rig: Any) -> None:
    rig.quarantine.fail = 3
    peer = await rig.connect()
    peer.send(rig.upload("A"), rig.upload("B"))
    assert await rig.reasons(2) == ["unknown_device"] * 2


async def test_a_clock_that_is_off_is_told_once(gateway_with: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("zhihuan.telemetry.gateway.presence._CLOCK_EVERY_MS", 0)
    async with gateway_with(drift_limit_seconds=60) as rig:
        mn = rig.device()
        await rig.known()
        peer = await rig.connect()
        slow = datetime.now(UTC) - timedelta(minutes=10)
        peer.send(*(rig.upload(mn, QN=f"{rig.wire_time(slow)}{n:03d}") for n in range(20)))
        await peer.answers(20)
        told = [entry for entry in rig.journal.items if entry.event == "clock_drift"]
        assert len(told) == 1
        assert told[0].detail.startswith("-60")
        events = rig.store.events(mn, 0, 2**50)
        assert "clock_drift" in list(events.event)


async def test_a_data_time_no_store_can_hold_is_answered_and_told(rig: Any) -> None:
    mn = rig.device()
    await rig.known()
    peer = await rig.connect()
    peer.send(rig.upload(mn, "DataTime=19000101000000;w01018-Rtd=1"), rig.upload(mn))
    assert [answer.cn for answer in await peer.answers(2)] == ["9014", "9014"]
    assert await rig.reasons() == ["implausible_time"]
    assert rig.quarantine.items[0].stored
    assert len(rig.frames(mn)) == 2


async def test_the_reason_given_for_a_frame_stays_short(rig: Any) -> None:
    mn = rig.device()
    await rig.known()
    peer = await rig.connect()
    cp = ";".join(f"{'unknown' * 5}{number}-Rtd=1" for number in range(40))
    peer.send(rig.upload(mn, f"DataTime={rig.wire_time()};{cp}"))
    await peer.answer()
    await rig.reasons()
    assert len(rig.quarantine.items[0].detail) < 600


async def test_a_repeated_message_reaches_the_exchange_that_waits_for_it(rig: Any) -> None:
    mn = rig.device()
    await rig.known()
    peer, sent, heard = await rig.connect(), rig.upload(mn), []
    peer.send(sent)
    await peer.answer()

    class Exchange:
        def heard(self, message: Any, now: float) -> None:
            heard.append(message.cn)

    rig.gateway.links.get(mn).exchange = Exchange()
    peer.send(sent)
    await peer.answer()
    rig.gateway.links.get(mn).exchange = None
    assert heard == ["2011"]


async def test_a_peer_that_said_all_is_let_go_though_its_frame_was_refused(
    rig: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_batch: Any) -> None:
        raise RowsRefused("by the test")

    mn = rig.device()
    await rig.known()
    monkeypatch.setattr(rig.store, "write", refuse)
    peer = await rig.connect()
    peer.send(rig.upload(mn))
    peer.writer.write_eof()
    await peer.closed(3.0)
    assert await rig.reasons() == ["store_refused"]
