"""Words of fines are read as they are printed, misprints with a doubt, nonsense not at all."""

from __future__ import annotations

from fractions import Fraction

import pytest

from zhihuan.bureau.discretion.bound import bound_of
from zhihuan.bureau.discretion.errors import TableFileError
from zhihuan.bureau.discretion.money import chinese_number, share_words, sum_words
from zhihuan.bureau.discretion.statute import tiers_of


@pytest.mark.parametrize(
    ("words", "low", "high", "base"),
    [
        ("5000元以上1万元以下", 5000, 10_000, ""),
        ("五百元以上一千元以下", 500, 1000, ""),
        ("5千元以上2万元以下", 5000, 20_000, ""),
        ("一百万元以上五百万元以下", 1_000_000, 5_000_000, ""),
        ("二十五万元以下", None, 250_000, ""),
        ("三万元以上", 30_000, None, ""),
        ("8.5万元", 85_000, 85_000, ""),
        ("给予警告，可以并处2500元以上5000元以下罚款", 2500, 5000, ""),
        ("没收违法所得，并处所收费用3倍以上3.5倍以下罚款", 3, Fraction(7, 2), "所收费用"),
        ("处所收费用的1倍以上1.5倍以下罚款", 1, Fraction(3, 2), "所收费用"),
        ("直接经济损失5倍", 5, 5, "直接经济损失"),
        ("上一年度从本单位取得的收入15%以下的", None, Fraction(3, 20), "上一年度从本单位取得的收入"),
        ("百分之一以上百分之五以下", Fraction(1, 100), Fraction(1, 20), ""),
    ],
)  # fmt: skip
def test_words_of_a_fine(words, low, high, base):
    found = bound_of(words)
    assert (found.low, found.high, found.base) == (low, high, base)
    assert not found.doubt


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("45万元以上60万元以上", "45万元以上60万元以下"),
        ("7.5万元元以上8.5万元元以下", "7.5万元以上8.5万元以下"),
        ("2.5元万以上3.5万元以下", "2.5万元以上3.5万元以下"),
        ("1000元以2000元以下", "1000元以上2000元以下"),
        ("19000元以下2万元以下", "1.9万元以上2万元以下"),
    ],
)
def test_misprints_are_read_with_a_doubt(words, read):
    found = bound_of(words)
    assert found.words == read
    assert words in found.doubt


def test_each_vehicle():
    assert (bound_of("500元/车次").per, bound_of("500元/车次").asks) == ("车次", "车次数")


def test_a_warning_has_no_sum():
    assert not bound_of("警告").has_fine


@pytest.mark.parametrize("words", ["", "另行规定", "10万元以上5万元以下", "1万元2万元3万元"])
def test_words_without_a_reading_are_refused(words):
    with pytest.raises(TableFileError):
        bound_of(words)


def test_the_upper_half_of_a_range_is_no_range():
    words = "1万元以上5万元以下；1万元以下；5万元以下；一倍以上三倍以下"
    assert [each.words for each in tiers_of(words)] == [
        "1万元以上5万元以下",
        "1万元以下",
        "法条所定基数1倍以上3倍以下",
    ]


@pytest.mark.parametrize(("text", "number"), [("十", 10), ("二十五", 25), ("五百", 500), ("1.5", Fraction(3, 2)), ("一百二十", 120)])  # fmt: skip
def test_chinese_numbers(text, number):
    assert chinese_number(text) == number


def test_sums_and_shares_in_words():
    assert [sum_words(Fraction(each)) for each in (2500, 15_000, 300_000, 10_000_000)] == [
        "2500元",
        "1.5万元",
        "30万元",
        "1000万元",
    ]
    assert [share_words(each) for each in (Fraction(3, 10), Fraction(1, 3), Fraction(1, 8))] == [
        "30%",
        "1/3",
        "12.5%",
    ]
