"""The CRC's short cut is exact, and its dialects are what they say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.hj212 import CrcDialect, crc16
from zhihuan.hj212.crc import POWERS_OF_M, crc_matches, crc_text


def by_the_letter(segment: bytes, *, keep_low_half: bool = False) -> int:
    """Annex A, bit by bit. keep_low_half: the common misreading, CRC-16/MODBUS."""
    register = 0xFFFF
    for byte in segment:
        register = (register if keep_low_half else register >> 8) ^ byte
        for _ in range(8):
            shifted_out = register & 1
            register = (register >> 1) ^ (0xA001 if shifted_out else 0)
    return register


@pytest.mark.parametrize(
    ("text", "standard", "modbus"),
    [
        ("", 0xFFFF, 0xFFFF),
        ("\0", 0x4040, 0x40BF),
        ("A", 0x7080, 0x707F),
        ("123456789", 0x2F80, 0x4B37),
    ],
)
def test_published_check_values(text: str, standard: int, modbus: int) -> None:
    assert crc16(text.encode()) == standard
    assert crc16(text.encode(), CrcDialect.MODBUS) == modbus


def test_the_example_of_annex_a() -> None:
    segment = b"QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&"
    assert crc_text(segment) == b"1C80"


def test_m_is_linear_and_its_eighth_power_is_the_identity() -> None:
    m = POWERS_OF_M[1]
    assert all(m[x ^ y] == m[x] ^ m[y] for x in range(256) for y in range(256))
    assert bytes(m[x] for x in POWERS_OF_M[7]) == bytes(range(256))


@given(st.binary(max_size=2100))
def test_the_fold_equals_the_definition(segment: bytes) -> None:
    assert crc16(segment) == by_the_letter(segment)
    assert crc_text(segment) == b"%04X" % by_the_letter(segment)


@pytest.mark.parametrize("size", [*range(40), 1023, 1024, 9998, 9999])
def test_every_alignment_and_the_longest_segment(size: int) -> None:
    segment = bytes((i * 37 + size) % 256 for i in range(size))
    assert crc16(segment) == by_the_letter(segment)
    assert crc16(segment, CrcDialect.MODBUS) == by_the_letter(segment, keep_low_half=True)


@given(st.binary(max_size=600))
def test_modbus_and_its_swapped_form(segment: bytes) -> None:
    register = by_the_letter(segment, keep_low_half=True)
    assert crc16(segment, CrcDialect.MODBUS) == register
    swapped = int.from_bytes(register.to_bytes(2, "little"), "big")
    assert crc16(segment, CrcDialect.MODBUS_SWAPPED) == swapped


def test_only_256_values_exist() -> None:
    assert {crc16(bytes([x, y])) for x in range(256) for y in range(256)} == {
        crc16(bytes([x])) for x in range(256)
    }


@pytest.mark.parametrize(
    "dialect", [CrcDialect.HJ212, CrcDialect.MODBUS, CrcDialect.MODBUS_SWAPPED]
)
def test_letters_of_any_case_match_and_another_value_does_not(dialect: CrcDialect) -> None:
    sent = b"%04x" % crc16(b"abc", dialect)
    assert crc_matches(b"abc", sent, dialect)
    assert crc_matches(b"abc", sent.upper(), dialect)
    assert not crc_matches(b"abd", sent, dialect)


def test_off_matches_anything_and_computes_nothing() -> None:
    assert crc_matches(b"abc", b"zzzz", CrcDialect.OFF)
    with pytest.raises(ValueError, match="off"):
        crc16(b"abc", CrcDialect.OFF)
