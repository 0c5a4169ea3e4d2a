"""SM4 as the 2025 edition has it: both wire forms, two keys, nothing accepted with a wrong one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.hj212 import (
    DecodeError,
    DeviceProfile,
    Group,
    Message,
    Oddity,
    Reason,
    decode_frame,
    encode,
    frame,
)
from zhihuan.hj212.security import (
    decrypt_segment,
    encrypt_segment,
    looks_encrypted,
    measure_printed,
    must_encrypt,
    unprint,
)

Feed = Callable[..., list[Any]]
KEY, OLD = b"the newest key 1", b"the former key 2"
PROFILE = DeviceProfile(keys=(KEY, OLD), encrypted=True)
SEGMENT = (
    b"QN=20240520210700000;ST=31;CN=2051;PW=123456;MN=010000A8900016F000169DC0;Flag=9;"
    b"CP=&&DataTime=20240520210600;a01011-Min=1.35,a01011-Avg=1.35,a01011-Flag=N&&"
)


def printed(segment: bytes, key: bytes, separator: bytes = b",") -> bytes:
    """The segment as annex A.2 prints it, made without the code under test."""
    head, cp = segment[:-2].split(b"CP=&&", 1)
    whole = len(cp) // 16 * 16
    cipher = Cipher(SM4(key), modes.ECB()).encryptor().update(cp[:whole])
    text = separator.join(b"0x%02X" % byte for byte in cipher)
    return head + b"CP=&&{" + text + b"}" + cp[whole:] + b"&&"


def as_printed_frame(segment: bytes, key: bytes, separator: bytes = b",") -> bytes:
    """Length field and CRC of the plain segment around its printed cipher."""
    plain = frame(segment)
    return plain[:6] + printed(segment, key, separator) + plain[-6:]


@given(st.binary(max_size=300), st.binary(min_size=16, max_size=16))
def test_decrypting_undoes_encrypting_and_keeps_the_length(cp: bytes, key: bytes) -> None:
    segment = b"ST=31;CN=2051;CP=&&" + cp + b"&&"
    sealed = encrypt_segment(segment, key)
    assert len(sealed) == len(segment)
    assert decrypt_segment(sealed, key) == segment


def test_the_tail_shorter_than_a_block_stays_in_clear() -> None:
    sealed = encrypt_segment(b"CP=&&" + b"A" * 35 + b"&&", KEY)
    assert sealed.endswith(b"AAA&&")
    assert b"AAAA" not in sealed
    assert encrypt_segment(b"CP=&&short&&", KEY) == b"CP=&&short&&"


def test_a_segment_without_cp_cannot_be_encrypted() -> None:
    with pytest.raises(ValueError, match="no CP"):
        encrypt_segment(b"ST=31", KEY)
    with pytest.raises(ValueError, match="16 bytes"):
        DeviceProfile(keys=(b"short",))


@pytest.mark.parametrize("key", [KEY, OLD])
def test_raw_form_is_read_with_either_live_key(key: bytes, feed: Feed) -> None:
    sealed = frame(encrypt_segment(SEGMENT, key), over=SEGMENT)
    for message in feed(sealed + sealed, PROFILE):
        assert isinstance(message, Message)
        assert message.encrypted
        assert message.groups == [Group("a01011", {"Min": "1.35", "Avg": "1.35", "Flag": "N"})]
        assert message.raw == sealed[:-2]
        assert message.notes == ()


@pytest.mark.parametrize("separator", [b",", b", "])
def test_printed_form_is_read_glued_and_in_pieces(separator: bytes, feed: Feed) -> None:
    one = as_printed_frame(SEGMENT, KEY, separator)
    events = feed(one + frame(SEGMENT) + one, PROFILE)
    assert [event.raw for event in events] == [one[:-2], frame(SEGMENT)[:-2], one[:-2]]
    assert [event.encrypted for event in events] == [True, False, True]
    assert events[0].notes == (Oddity.CIPHER_AS_TEXT,)
    assert events[0].groups == events[1].groups


def test_a_printed_form_whose_length_counts_the_print_is_read(feed: Feed) -> None:
    (message,) = feed(frame(printed(SEGMENT, KEY), over=SEGMENT), PROFILE)
    assert message.encrypted


def test_a_crc_over_the_cipher_is_read_and_noted(feed: Feed) -> None:
    (message,) = feed(frame(encrypt_segment(SEGMENT, KEY)), PROFILE)
    assert message.notes == (Oddity.CRC_OVER_CIPHER,)


def test_a_print_that_never_closes_does_not_swallow_the_next_frame(feed: Feed, good: bytes) -> None:
    broken = as_printed_frame(SEGMENT, KEY).replace(b"}", b",")
    events = feed(broken + good, PROFILE)
    assert [type(event) for event in events] == [DecodeError, Message]


def test_a_half_print_waits_then_expires(good: bytes) -> None:
    error = decode_frame(as_printed_frame(SEGMENT, KEY)[:-40], PROFILE)
    assert isinstance(error, DecodeError)
    assert error.reason is Reason.TRUNCATED


@settings(deadline=None, max_examples=100)
@given(st.binary(min_size=16, max_size=16))
def test_a_wrong_key_opens_nothing(key: bytes) -> None:
    sealed = frame(encrypt_segment(SEGMENT, KEY), over=SEGMENT)
    if key != KEY:
        error = decode_frame(sealed, DeviceProfile(keys=(key,)))
        assert isinstance(error, DecodeError)
        assert error.reason is Reason.UNDECRYPTABLE
        assert (error.mn, error.length_ok) == ("010000A8900016F000169DC0", True)


def test_a_damaged_text_is_not_taken_for_cipher(good: bytes) -> None:
    error = decode_frame(good.replace(b"40.1", b"40.2"), PROFILE)
    assert isinstance(error, DecodeError)
    assert error.reason is Reason.BAD_CRC
    assert not looks_encrypted(good[6:-6])


def test_clear_data_of_an_encrypting_device_is_noted(feed: Feed) -> None:
    clear = encode(
        qn="20240520210700000",
        st="31",
        cn="2051",
        mn="010000A8900016F000169DC0",
        flag=9,
        cp=[("DataTime", "20240520210600")],
    )
    (message,) = feed(clear, PROFILE)
    assert message.notes == (Oddity.NOT_ENCRYPTED,)
    assert [cn for cn in ("2011", "2062", "1014", "3020", "9014", "1013") if must_encrypt(cn)] == [
        *("2011", "2062", "1014", "3020"),
    ]


def test_what_is_no_print_is_not_measured() -> None:
    assert measure_printed(SEGMENT, len(SEGMENT)) is None
    assert measure_printed(b"CP=&&{0xE4,0x3E,", 12) is None  # no room for a block
    assert unprint(SEGMENT) is None
    assert unprint(b"CP=&&{0xE4,zz}&&") is None
