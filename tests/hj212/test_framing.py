"""Frames are found in any stream: nothing is lost, chunks do not matter, work and space are bounded."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.hj212 import FIELD, DecodeError, Decoder, DeviceProfile, Message, Reason

Feed = Callable[..., list[Message | DecodeError]]

GOOD = (
    b"##0140QN=20160801085857223;ST=32;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=5;"
    b"CP=&&DataTime=20160801085857;w01018-Rtd=40.1,w01018-Flag=N&&3D40\r\n"
)
RAW = GOOD[:-2]


def messages(events: Sequence[Message | DecodeError]) -> list[bytes]:
    return [event.raw for event in events if isinstance(event, Message)]


def reasons(events: Sequence[Message | DecodeError]) -> list[Reason]:
    return [event.reason for event in events if isinstance(event, DecodeError)]


# --- streams no one would write, made of pieces that look like frames ---------------------------------

_heads = st.builds(lambda n: b"##%04d" % n, st.integers(0, 9999) | st.integers(0, 160))
_damaged = st.builds(
    lambda at, byte: GOOD[:at] + bytes([byte]) + GOOD[at + 1 :],
    st.integers(0, len(GOOD) - 1),
    st.integers(0, 255),
)
_halves = st.builds(lambda a, b: GOOD[min(a, b) : max(a, b)], *[st.integers(0, len(GOOD))] * 2)
_pieces = st.one_of(
    st.just(GOOD),
    st.just(RAW),
    _damaged,
    _halves,
    _heads,
    st.sampled_from(
        [b"#", b"##", b"&&", b"&&1C80", b"\r\n", b"##0000FFFF", b"CP=&&", b"##12", b"\0"]
    ),
    st.binary(max_size=40),
)
streams = st.lists(_pieces, max_size=12).map(b"".join)


def cut(stream: bytes, places: list[int]) -> list[bytes]:
    edges = sorted({0, len(stream), *(place % (len(stream) + 1) for place in places)})
    return [stream[a:b] for a, b in itertools.pairwise(edges)]


@settings(deadline=None, max_examples=300)
@given(streams, st.lists(st.integers(0, 4000), max_size=8))
def test_no_byte_is_lost_and_chunks_do_not_matter(stream: bytes, places: list[int]) -> None:
    whole, pieces = Decoder(), Decoder()
    events = whole.feed(stream) + whole.close()
    position = 0
    for event in events:
        assert stream[event.offset : event.offset + len(event.raw)] == event.raw
        assert not stream[position : event.offset].strip(b"\r\n \t\0")
        position = event.offset + len(event.raw)
    assert not stream[position:].strip(b"\r\n \t\0")
    cut_events = [event for chunk in cut(stream, places) for event in pieces.feed(chunk)]
    cut_events += pieces.close()
    assert [event.to_json() for event in cut_events] == [event.to_json() for event in events]


@settings(deadline=None, max_examples=300)
@given(streams)
def test_a_good_frame_is_found_after_any_garbage(garbage: bytes) -> None:
    closed, expired = Decoder(), Decoder()
    assert RAW in messages(closed.feed(garbage + b"\n" + GOOD) + closed.close())
    expired.feed(garbage)
    events = expired.expire() + expired.feed(GOOD)  # the garbage's deadline passed first
    assert RAW in messages(events)


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=3000), st.integers(1, 400))
def test_no_bytes_make_it_raise_or_hold_more_than_the_cap(stream: bytes, size: int) -> None:
    decoder = Decoder(max_buffer=4096)
    for _ in range(4):
        for start in range(0, len(stream), size):
            decoder.feed(stream[start : start + size])
            assert decoder.buffered <= 4096
    decoder.close()
    assert decoder.buffered == 0


# --- one promise each ---------------------------------------------------------------------------------


def test_a_long_head_in_garbage_does_not_swallow_the_frame_behind_it(feed: Feed) -> None:
    events = feed(b"##9999" + GOOD)
    assert reasons(events) == [Reason.TRUNCATED]
    assert messages(events) == [RAW]


def test_a_damaged_length_does_not_swallow_good_frames_for_ever() -> None:
    decoder = Decoder()
    events = decoder.feed(b"##9014" + GOOD[6:])
    for _ in range(70):
        events += decoder.feed(GOOD)
    # after 9014 bytes the candidate is refused, and all good frames inside it come out
    assert len(messages(events)) >= 63
    assert reasons(events) == [Reason.LENGTH_MISMATCH]


def test_three_hashes_are_a_hash_and_a_head(feed: Feed) -> None:
    events = feed(b"#" + GOOD + b"##" + GOOD)
    assert messages(events) == [RAW, RAW]
    assert reasons(events) == [Reason.JUNK, Reason.JUNK]


def test_line_ends_and_blanks_between_frames_are_no_event(feed: Feed) -> None:
    assert messages(feed(b"\r\n" + GOOD + b"\n \0\t\r\n" + GOOD + b"\r\n")) == [RAW, RAW]
    assert reasons(feed(b" \r\n\0" * 50)) == []


def test_two_broken_frames_are_two_errors(feed: Feed) -> None:
    broken = GOOD.replace(b"40.1", b"40.2")
    events = feed(broken + broken + GOOD)
    assert reasons(events) == [Reason.BAD_CRC, Reason.BAD_CRC]
    assert [event.raw for event in events] == [broken, broken, RAW]


def test_a_broken_frame_is_reported_at_the_end_of_its_line() -> None:
    for tail in (b"\r\n", b"\n"):
        decoder = Decoder()
        broken = RAW.replace(b"40.1", b"40.2") + tail
        assert reasons(decoder.feed(broken)) == [Reason.BAD_CRC]
        assert decoder.buffered == 0


def test_junk_behind_a_broken_frame_is_an_error_of_its_own(feed: Feed) -> None:
    broken = GOOD.replace(b"40.1", b"40.2")
    events = feed(broken + b"junk\r\n" + GOOD)
    assert [event.raw for event in events] == [broken, b"junk\r\n", RAW]
    assert reasons(events) == [Reason.BAD_CRC, Reason.JUNK]


def test_a_broken_frame_with_heads_inside_is_one_error(feed: Feed) -> None:
    segment = b"QN=1;ST=32;CN=2011;CP=&&a=" + b"##0010##0005&&1C80" * 9 + b"&&"
    events = feed(b"##%04d%b0000\r\n" % (len(segment), segment) + GOOD)
    assert reasons(events) == [Reason.BAD_CRC]
    assert messages(events) == [RAW]


def test_endless_junk_comes_out_in_bounded_pieces(feed: Feed) -> None:
    events = feed(b"x" * 70000 + GOOD)
    assert [len(event.raw) for event in events] == [32768, 32768, 70000 - 2 * 32768, len(RAW)]
    assert set(reasons(events)) == {Reason.JUNK}


def test_a_length_beyond_the_profile_is_oversize(feed: Feed) -> None:
    segment = b"ST=32;CN=2011;CP=&&a=" + b"1" * 1100 + b"&&"
    long_frame = b"##%04d%b0000\r\n" % (len(segment), segment)
    events = feed(long_frame + GOOD, DeviceProfile(max_segment=1024))
    assert reasons(events) == [Reason.OVERSIZE]
    assert messages(events) == [RAW]


def test_a_frame_beyond_half_the_buffer_is_oversize() -> None:
    decoder = Decoder(max_buffer=4096)
    events = decoder.feed(b"##5000" + GOOD)
    assert reasons(events) == [Reason.OVERSIZE]
    assert messages(events) == [RAW]
    with pytest.raises(ValueError, match="max_buffer"):
        Decoder(max_buffer=1000)


def test_length_fields_of_other_widths_are_for_registered_devices_only(feed: Feed) -> None:
    short = b"##140" + GOOD[6:]
    events = feed(short + short + GOOD)
    assert reasons(events) == [Reason.BAD_LENGTH, Reason.BAD_LENGTH]
    lenient = DeviceProfile(lenient_length=True)
    events = feed(short + b"##00140" + GOOD[6:] + GOOD, lenient)
    assert len(messages(events)) == 3
    assert [event.notes for event in events if isinstance(event, Message)] == [
        ("length_form",),
        ("length_form",),
        (),
    ]


# --- half frames and deadlines -----------------------------------------------------------------------


def test_a_half_frame_waits_and_then_expires() -> None:
    decoder = Decoder()
    assert decoder.feed(GOOD[:70]) == []
    assert (decoder.buffered, decoder.offset) == (70, 0)
    (error,) = decoder.expire()
    assert isinstance(error, DecodeError)
    assert (error.reason, error.raw) == (Reason.HALF_FRAME_TIMEOUT, GOOD[:70])
    assert (error.qn, error.mn) == ("20160801085857223", "010000A8900016F0")
    assert (decoder.buffered, decoder.offset) == (0, 70)
    assert messages(decoder.feed(GOOD)) == [RAW]


def test_only_what_is_old_expires() -> None:
    decoder = Decoder()
    decoder.feed(b"##9999" + GOOD)
    tick = decoder.received
    decoder.feed(GOOD[:50])
    events = decoder.expire(tick)
    assert reasons(events) == [Reason.HALF_FRAME_TIMEOUT]
    assert messages(events) == [RAW]
    assert decoder.buffered == 50
    assert messages(decoder.feed(GOOD[50:])) == [RAW]


def test_nothing_expires_where_nothing_waits() -> None:
    decoder = Decoder()
    decoder.feed(GOOD)
    assert decoder.expire() == []
    assert decoder.close() == []


# --- work ---------------------------------------------------------------------------------------------

HOSTILE = {
    "heads": b"##9999" * 10000,
    "heads with ends": b"##9998&&0000" * 5000,
    "short frames": b"##0002&&0000" * 5000,
    "heads of printed cipher": b"##1024ST=31;CN=2011;CP=&&{0xE4,0x3E," * 1500,
    "hashes": b"#" * 60000,
    "half heads": b"##1" * 20000,
    "heads of cipher": b"##9966ST=31;CN=2011;CP=&&\xff&&0000\r\n" * 1700,
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("step", [1, 60000])
def test_each_head_is_judged_a_bounded_number_of_times(
    name: str, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = HOSTILE[name][: 20000 if step == 1 else None]
    judged: Counter[int] = Counter()
    decoder = Decoder(DeviceProfile(keys=(b"0" * 16,)))
    judge = decoder._framer._judge

    def counting(data: bytes, at: int, start: int, length: int) -> object:
        judged[decoder._framer.offset + at] += 1
        return judge(data, at, start, length)

    monkeypatch.setattr(decoder._framer, "_judge", counting)
    errors = 0
    for position in range(0, len(stream), step):
        errors += len(decoder.feed(stream[position : position + step]))
        assert decoder.buffered <= 65536
    errors += len(decoder.close())
    assert max(judged.values(), default=0) <= 2  # twice where a printed cipher turned out longer
    assert sum(judged.values()) <= 2 * stream.count(b"##")
    assert errors <= len(stream) // 10


def test_a_small_chunk_is_only_appended_while_a_candidate_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decoder = Decoder()
    looks = 0
    look = decoder._framer._look

    def counting() -> object:
        nonlocal looks
        looks += 1
        return look()

    monkeypatch.setattr(decoder._framer, "_look", counting)
    for i in range(len(GOOD)):
        decoder.feed(GOOD[i : i + 1])
    assert looks < 15  # the head's six bytes, the end, CR, LF


def test_an_iteration_left_early_goes_on_with_the_next_chunk() -> None:
    decoder = Decoder()
    first = next(decoder.iterate(GOOD + GOOD + GOOD[:30]))
    assert first.raw == RAW
    assert messages(decoder.feed(GOOD[30:])) == [RAW, RAW]


def test_a_profile_set_between_two_frames_of_a_chunk_holds_for_the_second() -> None:
    wrong = b"##0140" + GOOD[6:-6] + b"FFFF\r\n"
    decoder = Decoder()
    events: list[Message | DecodeError] = []
    for event in decoder.iterate(GOOD + wrong):
        events.append(event)
        decoder.profile = DeviceProfile(crc=FIELD.crc.OFF)
    assert [type(event) for event in events] == [Message, Message]
