"""Every reason has words; no secret survives masking."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.bureau.acquisition import reasons
from zhihuan.bureau.acquisition.masking import masked
from zhihuan.hj212.errors import Reason
from zhihuan.telemetry.refusals import Refusal


def test_every_reason_of_codec_and_gateway_has_words_and_no_other():
    assert reasons.codes() == {*map(str, Reason), *map(str, Refusal)}


def test_an_unknown_reason_is_shown_as_itself():
    assert reasons.reason_words("brand_new").name == "brand_new"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"ST=32;PW=123456;MN=1", b"ST=32;PW=******;MN=1"),
        (b"pw=;MN=1", b"pw=******;MN=1"),
        (b"CP=&&NewPW=abc&&", b"CP=&&NewPW=******&&"),
        (b"SKCreateTime=1,NewSK=0123456789abcdef&&", b"SKCreateTime=1,NewSK=******&&"),
        (b"a01001-Rtd=1.0", b"a01001-Rtd=1.0"),
        (b"PW=123456", b"PW=******"),
        (b"PW=1;PW=2", b"PW=******;PW=******"),
        (b"CN=2011;\xd0PW=100000;MN=1", b"CN=2011;\xd0PW=******;MN=1"),
        (b"CN=1062xPW=100000;MN=1", b"CN=1062xPW=******;MN=1"),
        (b"PW =100000;MN=1", b"PW******;MN=1"),
        (b"PW\0=100000;MN=1", b"PW******;MN=1"),
        (b"P\xd7=100000;MN=1", b"P\xd7=******;MN=1"),
        (b"OldPW=100000&&", b"OldPW=******&&"),
        (b"PW-Rtd=100000,", b"PW******,"),
        (b"NewSK=ab;cdefghijklmno&&ABCD", b"NewSK=******&&ABCD"),
        (b"NewSK=0123456789abcdef0123456789abcdef&&", b"NewSK=******&&"),
        (b"CN=2011;MN=1;Flag=5;CP=&&&&", b"CN=2011;MN=1;Flag=5;CP=&&&&"),
    ],
)
def test_secrets_are_masked_wherever_they_stand(raw, expected):
    assert masked(raw) == expected


FRAME = (
    b"##0135QN=20260503100000000;ST=32;CN=1072;PW=s3cr7t;MN=44200012345678901234ABCD;Flag=5;"
    b"CP=&&DataTime=20260503100000;w01018-Rtd=51.0,w01018-Flag=N&&ABCD\r\n"
)
NAME = FRAME.index(b"PW=")
ELSEWHERE = st.integers(0, len(FRAME) - 1).filter(lambda at: not NAME <= at < NAME + 2)


def damaged(frame: bytes, places: dict[int, int]) -> bytes:
    return bytes(places.get(at, byte) for at, byte in enumerate(frame))


@given(st.dictionaries(ELSEWHERE, st.integers(0, 255), max_size=12))
def test_damage_anywhere_shows_no_password_while_its_name_survives(places):
    assert b"s3cr7t" not in masked(damaged(FRAME, places))


@given(st.integers(0, 255))
def test_one_damaged_byte_of_the_name_shows_no_password(byte):
    for at in (NAME, NAME + 1, NAME + 2):
        assert b"s3cr7t" not in masked(damaged(FRAME, {at: byte}))


@given(st.binary(min_size=16, max_size=16))
def test_no_key_shows_whatever_its_bytes(key):
    kept = masked(b"CP=&&SKCreateTime=20260503100000000,NewSK=" + key + b"&&ABCD")
    assert kept.startswith(b"CP=&&SKCreateTime=20260503100000000,NewSK=******")
    assert key not in kept
