"""The batch decoder says what the per-frame decoder says, whatever the stream and its chunks."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.hj212 import (
    CrcDialect,
    DecodeError,
    Decoder,
    DeviceProfile,
    Group,
    Message,
    encode,
    frame,
)
from zhihuan.hj212.batch import NO_TIME, BatchDecoder, FrameBatch, block, candidates, decode_batch

KEY = b"sixteen byte key"


@pytest.fixture(autouse=True)
def small_doses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the array path take what it would leave to the per-frame decoder for its price."""
    monkeypatch.setattr(block, "SMALLEST_GROUP", 1)
    monkeypatch.setattr(candidates, "BLOCK_FRAMES", 7)


def rows_of(batch: FrameBatch) -> list[tuple[Any, ...]]:
    """Everything a batch says, a tuple a frame; numbers as text, for NaN is not itself."""
    numbers: list[list[tuple[Any, ...]]] = [[] for _ in range(len(batch))]
    for at, column, number in zip(
        batch.number_frames, batch.number_columns, batch.numbers, strict=True
    ):
        numbers[at].append((*batch.columns[column], repr(float(number))))
    texts: list[list[tuple[Any, ...]]] = [[] for _ in range(len(batch))]
    for at, column, text in zip(batch.text_frames, batch.text_columns, batch.texts, strict=True):
        texts[at].append((*batch.columns[column], text))
    frames = zip(batch.offsets.tolist(), batch.raws, batch.qns, batch.heads, strict=True)
    rest = zip(batch.data_times.tolist(), numbers, texts, strict=True)
    return [(*frame, *more) for frame, more in zip(frames, rest, strict=True)]


def rows_by_frame(messages: Iterable[Message]) -> list[tuple[Any, ...]]:
    """The same from the per-frame decoder's messages."""
    rows = []
    for message in messages:
        columns, values = message.shape.columns, message.values
        numbers = [
            (*columns[i], repr(number))
            for i, number in zip(message.shape.number_columns, message.numbers, strict=True)
        ]
        texts = [
            (*column, values[i])
            for i, column in enumerate(columns)
            if column.code and i not in message.shape.number_columns
        ]
        epoch = NO_TIME if message.data_epoch is None else message.data_epoch
        rows.append((message.offset, message.raw, message.qn, message.head, epoch, numbers, texts))
    return rows


def check_equal(stream: bytes, chunks: Sequence[bytes], profile: DeviceProfile) -> None:
    single = Decoder(profile)
    events = single.feed(stream) + single.close()
    messages = [event for event in events if isinstance(event, Message)]
    errors = [event for event in events if isinstance(event, DecodeError)]
    batches = BatchDecoder(profile)
    results = [batches.feed(chunk) for chunk in chunks] + [batches.close()]
    assert [row for batch in results for row in rows_of(batch)] == rows_by_frame(messages)
    assert [error for batch in results for error in batch.errors] == errors


# --- streams -----------------------------------------------------------------------------------------

_codes = st.sampled_from(
    ["a21026", "a01011", "w01018", "LA", "101", "ea30010101", "a-long-code-of-20chr"]
)
_numbers = st.one_of(
    st.integers(-999, 99999).map(str),
    st.floats(-9999, 9999).map(lambda x: f"{x:.3f}"),
    st.sampled_from(["", "-", ".", "5.", ".5", "-0", "-0.00", "1e3", "inf", "NaN", "1_0", "1..2"]),
    st.sampled_from(
        ["12345678", "123456789", "7.15293021684183", "00000000.1", "+1", "1-1", "0x1F"]
    ),
    st.text("0123456789.-+e", max_size=10),
)
_marks = st.sampled_from(
    ["N", "D", "", "SM", "12345678", "123456789", "状", "é", "\x00", "N\x00", "a=b"]
)
_times = st.one_of(
    st.sampled_from(["20160801085857", "20160801085857000", "2016080108585", "", "99999999999999"]),
    st.sampled_from(["20160230000000", "20160801240000", "20160801006000", "2016080100005x"]),
    st.datetimes().map(lambda at: at.strftime("%Y%m%d%H%M%S").rjust(14, "0")),
)


@st.composite
def _frames(draw: st.DrawFn) -> bytes:
    """Frames of few layouts and many values, some in forms only the field sends."""
    groups = [
        ",".join(
            [
                f"{code}-Rtd={draw(_numbers)}",
                f"{code}-Avg={draw(_numbers)}",
                f"{code}-Flag={draw(_marks)}",
            ]
        )
        for code in draw(st.sampled_from([["a21026"], ["a21026", "LA"], ["w01018", "101"]]))
    ]
    time = draw(
        st.one_of(
            st.just("DataTime=20160801085857;"), _times.map("DataTime={};".format), st.just("")
        )
    )
    qn = draw(
        st.sampled_from(["QN=20160801085857223;", "QN=20160801085857224;", "QN=1617936069734;", ""])
    )
    mn = draw(st.sampled_from(["010000A8900016F000169DC0", "M1"]))
    end = draw(st.sampled_from(["", "", "", ";", " ", "//"]))
    text = f"{qn}ST=32;CN=2011;PW=123456;MN={mn};Flag=5;CP=&&{time}{';'.join(groups)}{end}&&"
    made = frame(text.encode())
    return draw(st.sampled_from([made, made, made, made[:-2], made[:-6] + made[-6:].lower()]))


_encrypted = encode(
    qn="20260101000000001",
    st="31",
    cn="2011",
    mn="010000A8900016F000169DC0",
    flag=9,
    cp=[("DataTime", "20260101000000"), Group("a21026", {"Rtd": "12.3", "Flag": "N"})],
    key=KEY,
)
_between = st.sampled_from(
    [
        b"",
        b"",
        b"",
        b"\r\n",
        b"\n",
        b"junk",
        b"##",
        b"##9999",
        b"##0140QN=2016",
        b"#",
        b"\0",
        _encrypted,
    ]
)


@st.composite
def _streams(draw: st.DrawFn) -> bytes:
    pieces = draw(st.lists(st.tuples(_between, _frames()), max_size=25))
    frames = draw(
        st.lists(_frames(), min_size=1, max_size=3)
    )  # the same again: layouts must settle
    stream = b"".join(a + b for a, b in pieces) + b"".join(frames) * 4
    if draw(st.booleans()):
        at = draw(st.integers(0, len(stream) - 1))
        stream = stream[:at] + bytes([draw(st.integers(0, 255))]) + stream[at + 1 :]
    return stream


PROFILES = [
    DeviceProfile(),
    DeviceProfile(keys=(KEY,)),
    DeviceProfile(lenient=False),
    DeviceProfile(crc=CrcDialect.MODBUS),
    DeviceProfile(lenient_length=True),
]


@settings(deadline=None, max_examples=int(os.environ.get("ZHIHUAN_BATCH_EXAMPLES", "50")))
@given(_streams(), st.integers(1, 3000), st.sampled_from([PROFILES[0], *PROFILES]))
def test_it_equals_the_per_frame_decoder(stream: bytes, size: int, profile: DeviceProfile) -> None:
    chunks = [stream[i : i + size] for i in range(0, len(stream), size)]
    check_equal(stream, chunks, profile)


def test_it_equals_the_per_frame_decoder_on_all_reference_frames(
    vectors: list[dict[str, Any]],
) -> None:
    stream = b"".join(vector["bytes"] for vector in vectors) * 3
    check_equal(stream, [stream], DeviceProfile(keys=(b"0" * 16,)))


# --- that the array path is really taken ---------------------------------------------------------------


def ordinary(count: int) -> bytes:
    return b"".join(
        encode(
            qn=f"20160801085857{k % 1000:03d}",
            st="32",
            cn="2011",
            mn="010000A8900016F000169DC0",
            flag=5,
            cp=[
                ("DataTime", f"201608010858{k % 60:02d}"),
                Group("w01018", {"Rtd": f"{k / 7:.2f}", "Flag": "N"}),
            ],
        )
        for k in range(count)
    )


def test_ordinary_frames_do_not_pass_the_per_frame_decoder(monkeypatch: pytest.MonkeyPatch) -> None:
    fed = 0
    feed = Decoder.feed

    def counting(self: Decoder, chunk: bytes) -> Any:
        nonlocal fed
        fed += len(chunk)
        return feed(self, chunk)

    monkeypatch.setattr(Decoder, "feed", counting)
    stream = ordinary(500)
    batch = decode_batch(stream)
    assert len(batch) == 500
    assert fed < len(stream) / 100  # one frame, to learn its layout
    assert batch.numbers[7] == 1.0
    assert batch.columns[batch.number_columns[7]] == ("w01018", "Rtd")
    assert set(batch.texts) == {"N"}


def test_a_new_layout_is_learned_on_the_way() -> None:
    changed = ordinary(20).replace(b"-Rtd=", b"-Avg=")  # length and CRC no longer fit
    again = b"".join(
        frame(part[4:].rsplit(b"&&", 1)[0] + b"&&") for part in changed.split(b"##")[1:]
    )
    check_equal(ordinary(20) + again * 3, [ordinary(20) + again * 3], DeviceProfile())


def test_it_keeps_no_more_than_a_decoder_does() -> None:
    batches = BatchDecoder()
    for _ in range(50):
        batches.feed(b"x" * 10000)
    assert len(batches._data) <= 2 * 65536
    assert sum(len(error.raw) for error in batches.close().errors) > 0


def test_an_empty_stream_is_an_empty_batch() -> None:
    batch = decode_batch(b"")
    assert len(batch) == 0
    assert batch.numbers.dtype == np.float64
    assert not math.isnan(batch.numbers.sum())
