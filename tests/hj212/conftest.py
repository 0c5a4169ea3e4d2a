"""What the protocol's tests share: an independent CRC, a frame maker, and feeding every way."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from zhihuan.hj212 import FIELD, DecodeError, Decoder, DeviceProfile, Message

Event = Message | DecodeError
BLANKS = b"\r\n \t\0"


def standard_crc(segment: bytes) -> int:
    """Annex A word for word, bit by bit: the oracle for everything that knows a short cut."""
    register = 0xFFFF
    for byte in segment:
        register = (register >> 8) ^ byte
        for _ in range(8):
            shifted_out = register & 1
            register >>= 1
            if shifted_out:
                register ^= 0xA001
    return register


def framed(segment: bytes) -> bytes:
    return b"##%04d%b%04X\r\n" % (len(segment), segment, standard_crc(segment))


def decode_in_chunks(
    stream: bytes, chunks: Iterable[bytes], profile: DeviceProfile, max_buffer: int = 65536
) -> list[Event]:
    decoder = Decoder(profile, max_buffer=max_buffer)
    events: list[Event] = []
    for chunk in chunks:
        events += decoder.feed(chunk)
        assert decoder.buffered <= max_buffer
    events += decoder.close()
    assert decoder.buffered == 0
    assert decoder.received == len(stream)
    return events


def signature(events: Sequence[Event]) -> list[tuple[Any, ...]]:
    """Everything an event says, comparable."""
    return [
        (event.to_json(), event.raw, event.qn, event.st, event.cn, event.mn) for event in events
    ]


def nothing_lost(stream: bytes, events: Sequence[Event]) -> None:
    """The events' bytes, in order and where they say, are the stream but for lone blanks."""
    position = 0
    for event in events:
        assert stream[event.offset : event.offset + len(event.raw)] == event.raw
        assert event.offset >= position
        assert not stream[position : event.offset].strip(BLANKS)
        position = event.offset + len(event.raw)
    assert not stream[position:].strip(BLANKS)


def feed_every_way(stream: bytes, profile: DeviceProfile = FIELD) -> list[Event]:
    """The events of a stream, which must be the same however the network cuts it."""
    events = decode_in_chunks(stream, [stream], profile)
    nothing_lost(stream, events)
    bytewise = [stream[i : i + 1] for i in range(len(stream))]
    sevens = [stream[i : i + 7] for i in range(0, len(stream), 7)]
    for chunks in (bytewise, sevens):
        assert signature(decode_in_chunks(stream, chunks, profile)) == signature(events)
    return events


@pytest.fixture(name="standard_crc", scope="session")
def _standard_crc() -> Callable[[bytes], int]:
    return standard_crc


@pytest.fixture(name="framed", scope="session")
def _framed() -> Callable[[bytes], bytes]:
    return framed


@pytest.fixture(name="feed", scope="session")
def _feed() -> Callable[..., list[Event]]:
    return feed_every_way


@pytest.fixture(name="nothing_lost", scope="session")
def _nothing_lost() -> Callable[[bytes, Sequence[Event]], None]:
    return nothing_lost


@pytest.fixture(scope="session")
def vectors(shared: Path) -> list[dict[str, Any]]:
    """The reference frames: standards' examples, captured traffic, damaged copies."""
    text = (shared / "data" / "hj212" / "vectors.jsonl").read_text("utf-8")
    vectors = [json.loads(line) for line in text.split("\n") if line]  # U+0085 ends no line
    for number, vector in enumerate(vectors):
        vector["number"] = number
        vector["bytes"] = vector["frame"].encode(vector.get("encoding", "utf-8"))
    return vectors


GOOD = framed(
    b"QN=20160801085857223;ST=32;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=5;"
    b"CP=&&DataTime=20160801085857;w01018-Rtd=40.1,w01018-Flag=N&&"
)


@pytest.fixture
def good() -> bytes:
    """A frame any standard-abiding decoder takes, CR LF included."""
    return GOOD
