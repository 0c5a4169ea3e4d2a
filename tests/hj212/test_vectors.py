"""Every reference frame says what its record expects, however it arrives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from zhihuan.hj212 import (
    FIELD,
    CrcDialect,
    DecodeError,
    DeviceProfile,
    Message,
    Oddity,
    Reason,
    Version,
    decode_frame,
)

Feed = Callable[..., list[Message | DecodeError]]

# What the records call an error is a note where the frame is accepted all the same.
NOTES = {"flag_D_vs_pnum_mismatch": Oddity.FLAG_D_VS_PNUM_MISMATCH}
# The more telling reason wins: a wrong length makes the CRC wrong, an empty segment has no CP.
REASONS = {
    ("bad_crc",): Reason.BAD_CRC,
    ("len_mismatch", "bad_crc"): Reason.LENGTH_MISMATCH,
    ("len_mismatch",): Reason.LENGTH_MISMATCH,
    ("no_cp", "empty"): Reason.EMPTY,
}
# The record was cut by a splitter that does not know // //; its own note says what is right.
TEXTS = {122: {"i11001": {"Info": "//日志里有;和,以及&&和##的字//"}}}


def profile_of(vector: dict[str, Any]) -> DeviceProfile:
    key = vector["expect"].get("sm4_key_hex")
    return DeviceProfile(keys=(bytes.fromhex(key),)) if key else FIELD


def split_by_outcome(vectors: list[dict[str, Any]], *, good: bool) -> Iterator[dict[str, Any]]:
    for vector in vectors:
        errors = [error for error in vector["expect"].get("errors", []) if error not in NOTES]
        if vector["expect"]["kind"] != "stream" and good == (not errors):
            yield vector


def factors_of(message: Message) -> dict[str, dict[str, str]]:
    factors: dict[str, dict[str, str]] = {}
    for group in message.groups:
        factors.setdefault(group.code, {}).update(group.subs)
    return factors


def check(message: Message, vector: dict[str, Any]) -> None:
    expect = vector["expect"]
    for key, value in (("QN", message.qn), ("ST", message.st), ("CN", message.cn)):
        assert value == expect.get(key, "")
    assert (message.pw, message.mn) == (expect.get("PW", ""), expect.get("MN", ""))
    assert message.flag == (int(expect["Flag"]) if "Flag" in expect else None)
    assert message.pnum == (int(expect["PNUM"]) if "PNUM" in expect else None)
    assert message.pno == (int(expect["PNO"]) if "PNO" in expect else None)
    assert message.rf == (expect.get("RF") == "1")
    bits = expect.get("flag_bits", {"has_pno": False, "need_ack": False})
    assert (message.has_parts, message.needs_ack) == (bits["has_pno"], bits["need_ack"])
    assert dict(message.fields) == expect["cp"]
    assert factors_of(message) == TEXTS.get(vector["number"], expect["factors"])
    assert message.encrypted == expect.get("encrypted", False)
    for error in expect.get("errors", []):
        assert NOTES[error] in message.notes
    assert (Oddity.LOWER_CASE_CRC in message.notes) == (expect.get("crc_case") == "lower")
    if vector["version"] != "?":
        assert message.version.year == vector["version"]


def test_there_are_124_and_each_is_used(vectors: list[dict[str, Any]]) -> None:
    good = list(split_by_outcome(vectors, good=True))
    bad = list(split_by_outcome(vectors, good=False))
    streams = [vector for vector in vectors if vector["expect"]["kind"] == "stream"]
    assert (len(vectors), len(good), len(bad), len(streams)) == (124, 105, 15, 4)


def test_good_frames_say_what_is_expected(vectors: list[dict[str, Any]], feed: Feed) -> None:
    for vector in split_by_outcome(vectors, good=True):
        (message,) = feed(vector["bytes"], profile_of(vector))
        assert isinstance(message, Message), vector["number"]
        assert message.raw == vector["bytes"].rstrip(b"\r\n")
        check(message, vector)


def test_good_frames_are_found_glued(vectors: list[dict[str, Any]], feed: Feed) -> None:
    good = list(split_by_outcome(vectors, good=True))
    events = feed(b"".join(vector["bytes"] for vector in good), DeviceProfile(keys=(b"0" * 16,)))
    assert len(events) == len(good)
    for message, vector in zip(events, good, strict=True):
        assert isinstance(message, Message)
        check(message, vector)


@pytest.mark.parametrize(
    "junk", [b"\0\xff noise ##", b"##12##", b"#", b"##0140QN=2026", b"\r\n\n&&1C80\r\n"]
)
def test_good_frames_are_found_with_junk_between(
    vectors: list[dict[str, Any]], feed: Feed, junk: bytes
) -> None:
    good = list(split_by_outcome(vectors, good=True))
    stream = junk + junk.join(vector["bytes"] for vector in good)
    events = feed(stream, DeviceProfile(keys=(b"0" * 16,)))
    messages = [event for event in events if isinstance(event, Message)]
    assert len(messages) == len(good)
    for message, vector in zip(messages, good, strict=True):
        check(message, vector)


def test_bad_frames_give_their_reason(vectors: list[dict[str, Any]], feed: Feed) -> None:
    for vector in split_by_outcome(vectors, good=False):
        (error,) = feed(vector["bytes"])
        assert isinstance(error, DecodeError), vector["number"]
        assert error.reason is REASONS[tuple(vector["expect"]["errors"])]
        assert error.raw == vector["bytes"]
        assert (error.crc_ok, error.length_ok) == (vector["crc_ok"], vector["expect"]["len_ok"])
        assert error.qn == vector["expect"].get("QN", "")
        assert error.mn == vector["expect"].get("MN", "")


def test_bad_frames_do_not_swallow_good_ones(
    vectors: list[dict[str, Any]], feed: Feed, good: bytes
) -> None:
    for vector in split_by_outcome(vectors, good=False):
        events = feed(good + vector["bytes"] + good)
        assert [event.raw for event in events if isinstance(event, Message)] == [good[:-2]] * 2


def test_streams_give_the_expected_number_of_frames(
    vectors: list[dict[str, Any]], feed: Feed
) -> None:
    for vector in vectors:
        expect = vector["expect"]
        if expect["kind"] == "stream":
            events = feed(vector["bytes"])
            messages = [event for event in events if isinstance(event, Message)]
            lost = sum(len(event.raw) for event in events if isinstance(event, DecodeError))
            assert len(messages) == expect["frames"]
            assert [message.qn for message in messages] == expect.get(
                "QNs", [m.qn for m in messages]
            )
            assert lost == expect.get("discarded_bytes", lost)


def test_the_byte_swapped_dialect_is_accepted_only_where_registered(
    vectors: list[dict[str, Any]],
) -> None:
    (vector,) = [v for v in vectors if v["expect"].get("crc_dialect") == "plain-modbus-byteswapped"]
    swapped = DeviceProfile(crc=CrcDialect.MODBUS_SWAPPED)
    assert isinstance(decode_frame(vector["bytes"], swapped), Message)
    assert isinstance(
        decode_frame(vector["bytes"], DeviceProfile(crc=CrcDialect.MODBUS)), DecodeError
    )
    error = decode_frame(vector["bytes"])
    assert isinstance(error, DecodeError)
    assert "modbus-swapped" in error.detail  # says how to mend it


def test_the_surface_water_profile_is_not_the_2025_edition(vectors: list[dict[str, Any]]) -> None:
    frames = [
        v for v in vectors if v["expect"].get("ST") == "21" and v["expect"].get("Flag") in "89"
    ]
    assert len(frames) == 3
    for vector in frames:
        message = decode_frame(vector["bytes"])
        assert isinstance(message, Message)
        assert (message.surface_water, message.version) == (True, Version.V2017)


def test_encrypted_frames_need_the_key(vectors: list[dict[str, Any]], feed: Feed) -> None:
    encrypted = [vector for vector in vectors if vector["expect"].get("encrypted")]
    assert len(encrypted) == 2
    for vector in encrypted:
        for keys in ((), (b"wrong key 123456",)):
            (error,) = feed(vector["bytes"], DeviceProfile(keys=keys))
            assert isinstance(error, DecodeError)
            assert (error.reason, error.mn) == (Reason.UNDECRYPTABLE, vector["expect"]["MN"])
        two_keys = DeviceProfile(keys=(b"the new key 1234", b"0" * 16))
        (message,) = feed(vector["bytes"], two_keys)
        assert isinstance(message, Message)
        check(message, vector)
