"""Numbers of resident identity cards: every slip of one digit is found, every sound number is taken."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from zhihuan.bureau.people.masking import masked
from zhihuan.bureau.people.resident_number import check_character, fault_of, is_resident_number

TODAY = dt.date(2026, 11, 30)
#: Of GB 11643-1999 itself, its two examples.
EXAMPLES = ("11010519491231002X", "440524188001010014")
DAYS = st.dates(dt.date(1900, 1, 1), TODAY)


@st.composite
def numbers(draw):
    area = draw(st.sampled_from(["110105", "442000", "810000", "659004"]))
    first = f"{area}{draw(DAYS):%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return first + check_character(first)


@pytest.mark.parametrize("number", EXAMPLES)
def test_the_standards_own_examples_hold(number):
    assert fault_of(number, TODAY) == ""
    assert is_resident_number(number)


@given(numbers())
def test_what_has_its_check_character_is_taken(number):
    assert fault_of(number, TODAY) == ""


@given(numbers(), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(number, place, more):
    wrong = f"{number[:place]}{(int(number[place]) + more) % 10}{number[place + 1 :]}"
    assert fault_of(wrong, TODAY) != ""
    assert not is_resident_number(wrong)


@given(numbers(), st.integers(0, 16))
def test_two_neighbours_exchanged_are_always_found(number, place):
    assume(number[place] != number[place + 1])
    wrong = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert fault_of(wrong, TODAY) != ""


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("110105491231002", "18 位，已填 15 位"),
        ("1101051949123100AX", "前 17 位为数字"),
        ("11010519491231002A", "第 18 位"),
        ("99010519491231002X", "省级行政区划代码"),
        ("110105194913310021", "出生日期"),
        ("110105202612010012", "出生日期"),
        ("110105194912310021", "校验码不符"),
    ],
)
def test_what_is_wrong_is_told_without_the_number(number, words):
    told = str(fault_of(number, TODAY))
    assert words in told
    assert number not in told


@given(st.text("0123456789ABCX", max_size=30))
def test_a_mask_hides_at_least_half_of_any_number_worth_the_name(number):
    shown = masked(number)
    assert number == "" or "*" in shown
    if len(number) >= 4:
        assert shown.count("*") * 2 >= len(number)
    assert number not in shown or number == ""


def test_a_mask_of_a_resident_number_shows_four_at_each_end():
    assert masked(EXAMPLES[0]) == "1101**********002X"
