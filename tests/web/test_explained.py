"""A frame is told field by field; no damage makes the telling show a password."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.hj212.crc import crc16
from zhihuan.web.explained import explained
from zhihuan.web.raw_bytes import shown

HEAD = b"QN=20260503100000000;ST=32;CN=1072;PW=s3cr7t;MN=44200012345678901234ABCD;Flag=5;"
WHOLE = HEAD + b"CP=&&DataTime=20260503100000;w01018-Rtd=51.0,w01018-Flag=N&&"
NAME = WHOLE.index(b"PW=")
ELSEWHERE = st.integers(0, len(WHOLE) - 1).filter(lambda at: not NAME <= at < NAME + 2)


def framed(segment: bytes) -> bytes:
    """With the length and CRC of this very segment: damage before they were counted."""
    return b"##%04d%s%04X\r\n" % (len(segment), segment, crc16(segment))


def everything(raw: bytes) -> str:
    told = [part for one in explained(raw) for part in (one.title, *map(repr, one.lines))]
    pages = shown(raw)
    return "\n".join([*told, pages.text, pages.dump.replace("\n", "")])


def test_a_whole_frame_is_told_without_its_password():
    told = everything(framed(WHOLE))
    assert "s3cr7t" not in told
    assert "44200012345678901234ABCD" in told
    assert "51.0" in told


@pytest.mark.parametrize(
    "name",
    [b"\xd0PW=", b"xPW=", b"PW =", b"PW\0=", b"OldPW=", b"PW-Rtd=", b"PW;", b"PW\xd0", b"P\xd7="],
)
def test_a_damaged_name_does_not_show_the_password(name):
    segment = WHOLE.replace(b"PW=", name)
    for raw in (framed(segment), b"##0123" + segment):
        assert "s3cr7t" not in everything(raw)


def test_a_key_with_a_separator_in_it_is_hidden_whole():
    raw = framed(HEAD + b"CP=&&SKCreateTime=20260503100000000,NewSK=ab;cdefghi,jklmn&&")
    assert not any(part in everything(raw) for part in ("cdefghi", "jklmn"))


@given(st.dictionaries(ELSEWHERE, st.integers(0, 255), max_size=6), st.booleans())
def test_damage_elsewhere_does_not_show_the_password(places, on_the_way):
    damage = bytes(places.get(at, byte) for at, byte in enumerate(WHOLE))
    raw = framed(WHOLE).replace(WHOLE, damage) if on_the_way else framed(damage)
    assert "s3cr7t" not in everything(raw)
