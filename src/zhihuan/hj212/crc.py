"""The check value of an HJ 212 frame, by the standard's definition but at array speed.

What it refuses to do: guess. A frame is checked under the one dialect its device is registered
for; that another dialect would fit is for a person to decide.

**The definition** (HJ/T 212-2005 annex A, HJ 212-2017 annex A; HJ 212-2025 A.1 at second hand).
Register = 0xFFFF. For each byte: register = (register >> 8) XOR byte, then eight times: shift
right, and if the bit shifted out was 1, XOR 0xA001. Unlike CRC-16/MODBUS, the low half of the
register is thrown away *before* the XOR. With T the usual table of 0xA001, a step is

    register' = T[(register >> 8) ^ byte]

**Why that is weak, and fast.** Between two bytes only ``s = register >> 8`` survives: eight bits.
Let ``M(x) = T[x] >> 8``; then ``s' = M(s ^ byte)``. T is linear over GF(2) and so is M; written out,
the last look-up of an n-byte segment b[0] … b[n-1] has the index

    x = M^(n-1)(0xFF) ^ M^(n-1)(b[0]) ^ M^(n-2)(b[1]) ^ … ^ b[n-1],       register = T[x]

(the start value 0xFF sits in the first byte's place). M applied eight times is the identity: there
are 256 cases and the tests try them all. So M^k only depends on k mod 8, and the long sum collapses:
XOR together all bytes whose distance to the end is equal modulo 8, which is one XOR-reduction
over 64-bit words, and look up the eight results. That is exact, not an approximation.

It also follows that only 256 of the 65 536 values exist: a damaged frame passes with p = 1/256.
The CRC alone proves little; the decoder therefore also insists on the length, the closing ``&&``
and the grammar.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

import numpy as np
import numpy.typing as npt

__all__ = ["CrcDialect", "crc16", "crc_matches", "crc_text", "crcs_match"]

_POLYNOMIAL = 0xA001


class CrcDialect(StrEnum):
    """How a device computes its CRC; a property of its registration, never detected."""

    HJ212 = "hj212"
    MODBUS = "modbus"
    """Plain CRC-16/MODBUS, high byte first: a frequent misreading of annex A."""
    MODBUS_SWAPPED = "modbus-swapped"
    """The same, low byte first: seen in a receiver's log (captured frame ``…&&A6EC``)."""
    OFF = "off"
    """Not checked. Length, closing ``&&`` and grammar still are."""


def _table_entry(index: int) -> int:
    register = index
    for _ in range(8):
        register = (register >> 1) ^ (_POLYNOMIAL if register & 1 else 0)
    return register


_T = tuple(_table_entry(index) for index in range(256))


def _powers_of_m() -> tuple[bytes, ...]:
    """M^0 … M^7, each as 256 bytes; M^8 would be M^0 again."""
    powers = [bytes(range(256))]
    for _ in range(7):
        powers.append(bytes(_T[x] >> 8 for x in powers[-1]))
    return tuple(powers)


POWERS_OF_M = _powers_of_m()
# The last byte's distance to the end is 0, and it is the highest byte of a little-endian word.
_M7, _M6, _M5, _M4, _M3, _M2, _M1, _ = reversed(POWERS_OF_M)
# M^(n-1)(0xFF), by n mod 8
_START = tuple(POWERS_OF_M[(n - 1) % 8][0xFF] for n in range(8))
_TEXT = tuple(b"%04X" % value for value in _T)
_WORD = np.dtype("<u8")
_fold = np.bitwise_xor.reduce
_words = np.frombuffer


def crc_text(segment: bytes) -> bytes:
    """The CRC by the standard, as the four upper-case hex digits a frame carries, high byte first.

    HJ 212-2017, 6.3.1 table 2 and annex A. An empty segment gives ``FFFF``.
    """
    count = len(segment)
    lead = count & 7  # bytes before the first whole word, counted from the end
    lanes = int(_fold(_words(segment, _WORD, count >> 3, lead))) if count > 7 else 0
    if lead:
        lanes ^= int.from_bytes(segment[:lead], "little") << (64 - 8 * lead)
    elif not count:
        return b"FFFF"
    a, b, c, d, e, f, g, h = lanes.to_bytes(8, "little")
    return _TEXT[_M7[a] ^ _M6[b] ^ _M5[c] ^ _M4[d] ^ _M3[e] ^ _M2[f] ^ _M1[g] ^ h ^ _START[lead]]


def crc16(segment: bytes, dialect: CrcDialect = CrcDialect.HJ212) -> int:
    """The CRC of a data segment (``QN…&&``; neither ``##`` nor the length) as 0 … 0xFFFF.

    Printed as ``%04X`` it is what the frame carries: for ``MODBUS_SWAPPED`` the bytes are already
    swapped. ``OFF`` has no value: ValueError.
    """
    if dialect is CrcDialect.HJ212:
        return int(crc_text(segment), 16)
    if dialect is CrcDialect.OFF:
        raise ValueError("CRC dialect 'off' computes nothing; ask crc_matches() instead")
    register = _modbus(segment)
    if dialect is CrcDialect.MODBUS_SWAPPED:
        return (register >> 8) | (register & 0xFF) << 8
    return register


def crc_matches(segment: bytes, sent: bytes, dialect: CrcDialect = CrcDialect.HJ212) -> bool:
    """Whether the four bytes a frame carries fit its segment under ``dialect``.

    Letters of any case are accepted (captured frames ``…&&cc01``, ``…&&71c0``). Under ``OFF``
    everything fits.
    """
    if dialect is CrcDialect.HJ212:
        return crc_text(segment) == sent.upper()
    if dialect is CrcDialect.OFF:
        return True
    return b"%04X" % crc16(segment, dialect) == sent.upper()


# --- many frames at once --------------------------------------------------------------------------

_POWERS = np.array([list(power) for power in POWERS_OF_M], dtype=np.uint8)
_STARTS = np.array(_START, dtype=np.uint8)
_SENT = np.array([int.from_bytes(text, "little") for text in _TEXT], dtype=np.uint64)
_BELOW = np.array([(1 << 8 * count) - 1 for count in range(9)], dtype=np.uint64)


def crcs_match(
    block: bytes, starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]
) -> npt.NDArray[np.bool_]:
    """For each segment ``block[start:end]``, whether the CRC behind it is right by the standard.

    The same fold; only the words are those of the block, so a segment's first and last word hold
    foreign bytes, which are taken out again. starts: ascending, with at least 8 bytes between two
    segments; none is empty. The block must go on for 16 bytes behind the last segment. Lower-case
    letters do not match here.
    """
    words = np.frombuffer(block, _WORD, len(block) >> 3)
    firsts, lasts = starts >> 3, (ends - 1) >> 3
    lanes = np.bitwise_xor.reduceat(words, np.stack([firsts, lasts + 1], axis=1).ravel())[::2]
    lanes ^= words[firsts] & _BELOW[starts & 7]
    lanes ^= words[lasts] & ~_BELOW[((ends - 1) & 7) + 1]
    distances = (ends[:, None] - 1 - np.arange(8)) & 7
    folded = _POWERS[distances, lanes.astype("<u8").view(np.uint8).reshape(-1, 8)]
    index = np.bitwise_xor.reduce(folded, axis=1) ^ _STARTS[(ends - starts) & 7]
    sent = np.ndarray((len(block) - 7,), dtype=_WORD, buffer=block, strides=(1,))[ends]
    same: npt.NDArray[np.bool_] = sent & _BELOW[4] == _SENT[index]
    return same


# --- CRC-16/MODBUS ------------------------------------------------------------------------------
# Its state has 16 bits and no short period, so each distance from the end needs a table of its
# own. A Python loop would be shorter, but a peer could then buy a millisecond of ours with every
# few bytes of garbage.


@lru_cache(maxsize=16)
def _modbus_rows(doublings: int) -> npt.NDArray[np.uint16]:
    """Row k: what a byte contributes to the register k bytes before the end. 64·2^doublings rows."""
    table = np.array(_T, dtype=np.uint16)
    rows = np.empty((64 << doublings, 256), dtype=np.uint16)
    rows[0] = table
    for k in range(1, len(rows)):
        rows[k] = (rows[k - 1] >> 8) ^ table[rows[k - 1] & 0xFF]
    return rows


def _modbus(segment: bytes) -> int:
    if not segment:
        return 0xFFFF
    count = len(segment)
    rows = _modbus_rows(max(0, (count - 1).bit_length() - 6))
    values = np.frombuffer(segment, dtype=np.uint8)[::-1]
    register = int(_fold(rows[np.arange(count), values]))
    # the start value 0xFFFF acts like 0xFF on the first byte and 0xFF on the second
    register ^= int(rows[count - 1, 0xFF])
    return register ^ (int(rows[count - 2, 0xFF]) if count > 1 else 0xFF)
