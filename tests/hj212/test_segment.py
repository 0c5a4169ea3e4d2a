"""A segment's CP is found however its marks are written, and its end is where the length says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from zhihuan.hj212 import (
    STRICT,
    DecodeError,
    DeviceProfile,
    Message,
    Oddity,
    Reason,
    decode_frame,
    frame,
)

HEAD = b"QN=20160801085857223;ST=32;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=5;"


@pytest.mark.parametrize("mark", [b"cp=&&", b"CP =&&", b"CP= && "])
def test_an_odd_mark_is_read_and_named(mark: bytes) -> None:
    message = decode_frame(frame(HEAD + mark + b"a=1&&"))
    assert isinstance(message, Message)
    assert message.fields == (("a", "1"),)
    assert message.notes == (Oddity.CP_MARK,)


@pytest.mark.parametrize(
    ("segment", "reason"),
    [
        (b"", Reason.EMPTY),
        (HEAD + b"&&", Reason.NO_CP),
        (HEAD + b"CP=&&", Reason.NO_CP),
        (HEAD + b"CP=&&&", Reason.NO_CP),
        (HEAD + b"CP=&&a=1", Reason.LENGTH_MISMATCH),
        (HEAD + b"CP=&&nonsense&&", Reason.BAD_GRAMMAR),
    ],
)
def test_a_right_crc_does_not_save_a_segment_without_grammar(
    segment: bytes, reason: Reason
) -> None:
    error = decode_frame(frame(segment))
    assert isinstance(error, DecodeError)
    assert error.reason is reason


def test_a_long_segment_is_read_noted_and_not_strict() -> None:
    long_frame = frame(HEAD + b"CP=&&a=" + b"1" * 1000 + b"&&")
    message = decode_frame(long_frame)
    assert isinstance(message, Message)
    assert message.notes == (Oddity.LONG_SEGMENT,)
    error = decode_frame(long_frame, STRICT)
    assert isinstance(error, DecodeError)
    assert error.reason is Reason.OVERSIZE


@pytest.mark.parametrize("tail", [b"\n", b"", b"\r", b"xx"])
def test_strict_wants_cr_lf_and_lenient_does_not_wait_for_it(tail: bytes, good: bytes) -> None:
    assert isinstance(decode_frame(good[:-2]), Message)
    error = decode_frame(good[:-2] + tail, STRICT)
    assert isinstance(error, DecodeError)
    assert error.reason in (Reason.NOT_STRICT, Reason.TRUNCATED)
    assert isinstance(decode_frame(good, STRICT), Message)


def test_lower_case_is_not_strict(good: bytes, framed: Callable[[bytes], bytes]) -> None:
    lower = framed(good[6:-6])[:-6] + good[-6:-2].lower() + b"\r\n"
    error = decode_frame(lower, DeviceProfile(lenient=False))
    assert isinstance(error, DecodeError)
    assert (error.reason, error.crc_ok, error.length_ok) == (Reason.NOT_STRICT, True, True)
    assert "lower_case_crc" in error.detail
