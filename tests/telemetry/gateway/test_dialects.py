"""All editions and dialects on one port: by registration, then ST, then Flag."""

from __future__ import annotations

from typing import Any

import pytest

from zhihuan.hj212 import CrcDialect, DeviceProfile, Version, encode, frame
from zhihuan.telemetry.kinds import Kind

KEY = bytes(range(16))


async def test_a_2005_device_is_answered_in_the_form_of_2005(rig: Any) -> None:
    """HJ/T 212-2005, C.6: QN inside CP, no PW, no MN; old codes and units."""
    mn = rig.device()
    await rig.known()
    peer = await rig.connect()
    number = rig.qn()
    cp = f"DataTime={rig.wire_time()};020-Avg=0.0005,020-Flag=N"
    segment = f"QN={number};ST=32;CN=2051;PW=123456;MN={mn};Flag=1;CP=&&{cp}&&"
    peer.send(frame(segment.encode()))
    answer = await peer.answer()
    assert (answer.cn, answer.qn, answer.mn) == ("9014", "", "")
    assert (answer.get("QN"), answer.get("CN")) == (number, "2051")
    series = rig.store.series(mn, "w20111", Kind.MINUTE, 0, 2**32 - 1)
    assert list(series.value) == [0.5]


async def test_a_2005_device_answers_a_second_part_with_its_number(rig: Any) -> None:
    mn = rig.device()
    await rig.known()
    peer = await rig.connect()
    for part in (1, 2):
        cp = f"DataTime={rig.wire_time()};01{part}-Avg=1"
        segment = (
            f"QN={rig.qn()};PNUM=2;PNO={part};ST=32;CN=2051;PW=123456;MN={mn};Flag=3;CP=&&{cp}&&"
        )
        peer.send(frame(segment.encode()))
        answer = await peer.answer()
        assert (answer.get("PNO"), answer.get("PNUM")) == (str(part), "2")


async def test_an_old_upload_without_flag_is_stored_unanswered(rig: Any) -> None:
    mn = rig.device()
    await rig.known()
    peer = await rig.connect()
    cp = f"DataTime={rig.wire_time()};011-Rtd=30"
    peer.send(frame(f"ST=32;CN=2011;PW=123456;MN={mn};CP=&&{cp}&&".encode()))
    await peer.silence()
    assert len(rig.frames(mn)) == 1


async def test_a_surface_water_station_hears_its_own_version(rig: Any) -> None:
    mn = rig.device()
    await rig.known()
    peer = await rig.connect()
    peer.send(
        rig.upload(mn, f"DataTime={rig.wire_time()};w01019-Avg=2.1", ST="21", CN="2061", Flag="9")
    )
    answer = await peer.answer()
    assert (answer.cn, answer.flag) == ("9014", 8)


@pytest.mark.parametrize("dialect", [CrcDialect.MODBUS, CrcDialect.MODBUS_SWAPPED, CrcDialect.OFF])
async def test_a_registered_crc_dialect_is_spoken_from_the_first_frame(
    rig: Any, dialect: CrcDialect
) -> None:
    mn = rig.device(profile=DeviceProfile(crc=dialect))
    await rig.known()
    peer = await rig.connect()
    peer._decoder.profile = DeviceProfile(crc=dialect)
    sent = [rig.upload(mn)[6:-6] for _ in range(3)]
    crc = CrcDialect.MODBUS if dialect is CrcDialect.OFF else dialect
    peer.send(*(frame(segment, crc) for segment in sent))
    assert [answer.mn for answer in await peer.answers(3)] == [mn] * 3
    assert rig.quarantine.items == []


async def test_a_dialect_nobody_registered_is_never_accepted(rig: Any) -> None:
    mn = rig.device()
    await rig.known()
    peer = await rig.connect()
    peer.send(frame(rig.upload(mn)[6:-6], CrcDialect.MODBUS))
    assert await rig.reasons() == ["bad_crc"]


async def test_a_length_field_of_three_digits_only_for_a_lenient_device(rig: Any) -> None:
    lenient = rig.device(profile=DeviceProfile(lenient_length=True))
    strict = rig.device()
    await rig.known()
    for mn in (lenient, strict):
        peer = await rig.connect()
        good = rig.upload(mn)
        peer.send(b"##" + good[3:], rig.upload(strict))
        assert (await peer.answer()).mn == mn
    assert await rig.reasons() == ["bad_length"]


def encrypted(rig: Any, mn: str) -> bytes:
    return encode(
        qn=rig.qn(), st="31", cn="2051", mn=mn, pw="123456", flag=9, key=KEY,
        cp=f"DataTime={rig.wire_time()};a21026-Avg=12.5,a21026-Flag=N;a21002-Avg=30,a21002-Flag=N",
    )  # fmt: skip


async def test_an_encrypting_device_is_read_from_its_first_frame(rig: Any) -> None:
    """HJ 212-2025, 6.4 (second hand): SM4, the head in clear."""
    mn = rig.device(profile=DeviceProfile(version=Version.V2025, encrypted=True, keys=(KEY,)))
    await rig.known()
    peer = await rig.connect()
    frames = [encrypted(rig, mn) for _ in range(3)]
    assert b"a21026" not in frames[0]
    peer.send(*frames)
    assert [answer.cn for answer in await peer.answers(3)] == ["9014"] * 3
    assert 12.5 in rig.store.series(mn, "a21026", Kind.MINUTE, 0, 2**32 - 1).value
    assert rig.frames(mn)[0].startswith(b"##")
    assert b"a21026" not in rig.frames(mn)[0]  # the evidence is what came over the wire


async def test_an_encrypted_frame_without_its_key_is_told(rig: Any) -> None:
    mn = rig.device()
    await rig.known()
    peer = await rig.connect()
    peer.send(encrypted(rig, mn), rig.upload(mn))
    assert (await peer.answer()).cn == "9014"
    assert await rig.reasons() == ["undecryptable"]
    assert rig.quarantine.items[0].mn == mn


async def test_devices_of_different_dialects_share_a_connection(rig: Any) -> None:
    """Behind a serial server: one socket, loggers of several makers."""
    plain, modbus = rig.device(), rig.device(profile=DeviceProfile(crc=CrcDialect.MODBUS))
    await rig.known()
    peer = await rig.connect()
    peer._decoder.profile = DeviceProfile(crc=CrcDialect.OFF)
    for _ in range(3):
        peer.send(rig.upload(plain), frame(rig.upload(modbus)[6:-6], CrcDialect.MODBUS))
    assert [answer.mn for answer in await peer.answers(6)] == [plain, modbus] * 3
    assert rig.quarantine.items == []


async def test_a_wrong_crc_is_refused_though_a_neighbour_on_the_line_has_no_crc(rig: Any) -> None:
    checked, unchecked = rig.device(), rig.device(profile=DeviceProfile(crc=CrcDialect.OFF))
    await rig.known()
    peer = await rig.connect()
    peer._decoder.profile = DeviceProfile(crc=CrcDialect.OFF)
    peer.send(rig.upload(unchecked), rig.with_wrong_crc(rig.upload(checked)))
    peer.send(rig.with_wrong_crc(rig.upload(unchecked)), rig.upload(checked))
    assert [answer.mn for answer in await peer.answers(3)] == [unchecked, unchecked, checked]
    assert await rig.reasons() == ["bad_crc"]
    assert rig.quarantine.items[0].mn == checked
    assert len(rig.frames(checked)) == 1


async def test_a_neighbours_declared_edition_is_not_applied(rig: Any) -> None:
    """Old code 020 changed its unit: only a device that declares 2005 is taken at its word."""
    old, free = rig.device(profile=DeviceProfile(version=Version.V2005)), rig.device()
    await rig.known()
    peer = await rig.connect()
    cp = f"DataTime={rig.wire_time()};020-Rtd=0.5"
    peer.send(rig.upload(old, cp), rig.upload(free, cp))
    await peer.answers(2)
    assert await rig.reasons() == ["ambiguous_old_code"]
    assert rig.quarantine.items[0].mn == free
    assert list(rig.store.series(old, "w20111", Kind.REALTIME, 0, 2**32 - 1).value) == [500.0]


async def test_a_changed_dialect_holds_from_the_next_frame_of_an_open_connection(rig: Any) -> None:
    mn = rig.device(profile=DeviceProfile(crc=CrcDialect.OFF))
    await rig.known()
    peer = await rig.connect()
    peer._decoder.profile = DeviceProfile(crc=CrcDialect.OFF)
    peer.send(rig.upload(mn))
    await peer.answer()
    rig.directory.register(mn)
    await rig.known()
    peer.send(rig.with_wrong_crc(rig.upload(mn)), rig.upload(mn))
    await peer.answer()
    assert await rig.reasons() == ["bad_crc"]
    assert len(rig.frames(mn)) == 2


async def test_a_second_reading_tells_what_it_could_not_read_too(rig: Any) -> None:
    mn = rig.device(profile=DeviceProfile(lenient_length=True))
    await rig.known()
    peer = await rig.connect()
    good = rig.upload(mn)
    short = b"##" + good[3:-2]
    peer.send(short + b"??????\r\n", rig.upload(mn))
    await peer.answers(2)
    assert await rig.reasons() == ["junk"]
