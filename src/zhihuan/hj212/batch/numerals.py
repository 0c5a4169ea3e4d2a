"""Numbers and digits out of bytes, eight at a time.

A text of up to eight bytes is one little-endian 64-bit word, its first character in the lowest
byte; adding, shifting and comparing the word does all characters at once. Applied to arrays of
words it reads numbers at some thirty nanoseconds each.

Refuses what is not a plain decimal of up to eight characters: it says so, and the caller asks
``number_of``, which also defines what is right. Where it answers, the answer is the same to the last
bit: up to eight digits are exact in a float, so is a power of ten up to 10^7, and the one division is
rounded correctly.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = [
    "MASKS",
    "WORD",
    "Flags",
    "Floats",
    "Integers",
    "Words",
    "are_digits",
    "digits_of",
    "numbers_of",
    "words_of",
]

Words = npt.NDArray[np.uint64]
Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

WORD = np.dtype("<u8")
MASKS: Words = np.array([(1 << 8 * count) - 1 for count in range(9)], dtype=np.uint64)
"""MASKS[n] keeps the first n characters of a word."""

_U = np.uint64
_EVERY = 0x0101010101010101
_ONES = _U(_EVERY)
_HIGH_BITS = _U(0x80 * _EVERY)
_DOTS = _U(ord(".") * _EVERY)
_ZEROS = _U(ord("0") * _EVERY)
_SIXES = _U(0x06 * _EVERY)
_HIGH_HALVES = _U(0xF0 * _EVERY)
_ABOVE_NINE = _U(0x76 * _EVERY)
_MINUS = _U(ord("-"))
_POWERS_OF_TEN = 10.0 ** np.arange(9)


def words_of(data: bytes) -> Words:
    """The word that begins at each byte of ``data``, but for the last seven; nothing is copied."""
    return np.ndarray((len(data) - 7,), dtype=WORD, buffer=data, strides=(1,))


def _without_dot(words: Words) -> tuple[Words, Words]:
    """The words without their first ``.``, and how many characters stood before it (8: no dot)."""
    difference = words ^ _DOTS
    found = (difference - _ONES) & ~difference & _HIGH_BITS  # the lowest bit set is exact
    before: Words = ((found & (~found + _U(1))) >> _U(7)) - _U(1)  # all bits below the dot
    count: Words = ((before & _ONES) * _ONES) >> _U(56)
    rest: Words = (words >> _U(8)) & ~before
    return (words & before) | rest, count


def are_digits(words: Words) -> Flags:
    """Where all eight characters are digits."""
    same: Flags = ((words + _SIXES) | words) & _HIGH_HALVES == _ZEROS
    return same


def digits_of(words: Words, counts: Words) -> tuple[Words, Flags]:
    """The numbers that the first ``counts`` (1 to 8) characters spell, and where they are digits."""
    digits = (words - (_ZEROS & MASKS[counts])) & MASKS[counts]
    good = ((digits + _ABOVE_NINE) | digits) & _HIGH_BITS == 0
    digits = digits << ((_U(8) - counts) << _U(3))  # missing leading digits are zeros
    digits = (digits * _U(10) + (digits >> _U(8))) & _U(0x00FF00FF00FF00FF)
    digits = (digits * _U(100) + (digits >> _U(16))) & _U(0x0000FFFF0000FFFF)
    return (digits * _U(10000) + (digits >> _U(32))) & _U(0xFFFFFFFF), good


def numbers_of(words: Words, lengths: Integers) -> tuple[Floats, Flags]:
    """Texts as numbers, and where that could be done here.

    words: the text's first eight bytes, whatever follows. lengths: of the texts, in bytes. Where
    the second result is False the first means nothing.
    """
    short = (lengths > 0) & (lengths <= 8)
    counts = np.where(short, lengths, 1).view(np.uint64)
    words = words & MASKS[counts]
    negative = words & _U(0xFF) == _MINUS
    signed = bool(negative.any())
    if signed:
        words = np.where(negative, words >> _U(8), words)
        counts = counts - negative
    words, before_dot = _without_dot(words)
    dotted = before_dot < counts
    fraction = np.where(dotted, counts - before_dot - _U(1), _U(0))
    counts = counts - dotted
    short &= counts > 0
    whole, good = digits_of(words, np.maximum(counts, _U(1)))
    numbers = whole / _POWERS_OF_TEN[fraction]
    return np.where(negative, -numbers, numbers) if signed else numbers, short & good
