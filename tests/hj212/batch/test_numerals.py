"""Numbers read as words of eight bytes are the numbers their texts say."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.hj212.batch.numerals import are_digits, digits_of, numbers_of, words_of
from zhihuan.hj212.message import number_of


def read(texts: list[str]) -> list[float | None]:
    data = ";".join(texts).encode("latin-1", "replace") + b";99999999" + bytes(8)
    lengths = np.array([len(text) for text in texts])
    starts = np.cumsum(lengths + 1) - lengths - 1
    numbers, good = numbers_of(words_of(data)[starts], lengths)
    return [float(x) if ok else None for x, ok in zip(numbers, good, strict=True)]


@settings(deadline=None)
@given(st.lists(st.text("0123456789.-", max_size=9) | st.text(max_size=9), min_size=1, max_size=30))
def test_what_is_read_is_exact_and_nothing_else_is_read(texts: list[str]) -> None:
    texts = [text.encode("latin-1", "replace").decode("latin-1") for text in texts]
    for text, number in zip(texts, read(texts), strict=True):
        if number is not None:
            assert repr(number) == repr(number_of(text))  # to the last bit, and the sign of zero


@pytest.mark.parametrize(
    "text", ["0", "-0", "12.34", "-12.34", "1.", ".5", "-.5", "99999999", "0.000001"]
)
def test_plain_decimals_of_eight_characters_are_read_here(text: str) -> None:
    assert read([text]) == [float(text)]


@pytest.mark.parametrize(
    "text", ["", "-", ".", "-.", "1..2", "1-1", "--1", "+1", "1e1", "123456789", "N", "\xb2"]
)
def test_all_else_is_left_to_the_definition(text: str) -> None:
    assert read([text]) == [None]


@given(st.binary(min_size=8, max_size=8))
def test_eight_digits_are_eight_digits(text: bytes) -> None:
    words = words_of(text + b"20160801" + bytes(8))
    assert are_digits(words[[0, 8]]).tolist() == [text.isdigit(), True]


def test_digits_are_counted_from_the_left() -> None:
    words = words_of(b"20160801085857" + bytes(8))
    counts = np.array([8, 4, 1, 8], dtype=np.uint64)
    numbers, good = digits_of(words[[0, 0, 0, 10]], counts)
    assert numbers[:3].tolist() == [20160801, 2016, 2]
    assert good.tolist() == [True, True, True, False]


def test_a_number_is_itself_whatever_follows_and_zero_keeps_its_sign() -> None:
    assert read(["1", "2.5"]) == [1.0, 2.5]
    assert [math.copysign(1, number or 0.0) for number in read(["0.0"])] == [1]
    assert repr(read(["-0.0"])[0]) == "-0.0"
