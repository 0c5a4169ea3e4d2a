"""``Decoder.incomplete`` tells a half frame from bytes that are refused already."""

from __future__ import annotations

from zhihuan.hj212 import CrcDialect, DecodeError, Decoder, frame

SEGMENT = b"QN=20260601120000000;ST=32;CN=2011;PW=123456;MN=X;Flag=5;CP=&&DataTime=20260601120000&&"


def test_a_frame_that_is_still_coming_is_incomplete_at_every_byte() -> None:
    decoder, good = Decoder(), frame(SEGMENT)[:-2]
    for at in range(len(good) - 1):
        assert decoder.feed(good[at : at + 1]) == []
        assert decoder.incomplete, at
    assert len(decoder.feed(good[-1:])) == 1
    assert not decoder.incomplete


def test_a_refused_frame_that_is_all_there_is_not() -> None:
    decoder = Decoder()
    # without its line end nobody can say yet whether what follows belongs to it
    assert decoder.feed(frame(SEGMENT, CrcDialect.MODBUS)[:-2]) == []
    assert decoder.buffered
    assert not decoder.incomplete
    (event,) = decoder.expire()
    assert isinstance(event, DecodeError)
    assert decoder.buffered == 0


def test_the_first_mark_of_a_frame_behind_junk_is_incomplete() -> None:
    decoder = Decoder()
    decoder.feed(b"junk#")
    assert decoder.incomplete
