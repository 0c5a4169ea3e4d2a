"""Amounts in words are those of the rules for banking forms, and are read back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.bureau.documents.reading.amounts import amounts_in, in_figures, in_words, of_words

# the examples printed in 支付结算办法 附件《正确填写票据和结算凭证的基本规定》, 一 to 四, in their shorter form
PRINTED = {
    "1409.50": "壹仟肆佰零玖元伍角",
    "6007.14": "陆仟零柒元壹角肆分",
    "1680.32": "壹仟陆佰捌拾元叁角贰分",
    "107000.53": "壹拾万柒仟元伍角叁分",
    "16409.02": "壹万陆仟肆佰零玖元零贰分",
    "325.04": "叁佰贰拾伍元零肆分",
}
# and the longer forms it allows beside them
ALSO = {"1680.32": "壹仟陆佰捌拾元零叁角贰分", "107000.53": "壹拾万零柒仟元伍角叁分"}


@pytest.mark.parametrize(("figures", "words"), PRINTED.items())
def test_the_printed_examples_come_out(figures, words):
    assert in_words(Decimal(figures)) == words


@pytest.mark.parametrize(("figures", "words"), [*PRINTED.items(), *ALSO.items()])
def test_both_printed_forms_are_read(figures, words):
    assert of_words(words) == Decimal(figures)
    assert of_words(f"人民币{words}") == Decimal(figures)


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角"),
        ("10", "壹拾元整"),
        ("100000", "壹拾万元整"),
        ("100010001", "壹亿零壹万零壹元整"),
        ("20000010", "贰仟万零壹拾元整"),
        ("300000000000", "叁仟亿元整"),
    ],
)
def test_zeros_stand_where_they_must(figures, words):
    assert in_words(Decimal(figures)) == words


@given(st.integers(min_value=0, max_value=10**14 - 1))
def test_every_amount_is_read_back(cents):
    yuan = Decimal(cents) / 100
    words = in_words(yuan)
    assert of_words(words) == yuan
    assert "零零" not in words


@pytest.mark.parametrize("wrong", ["-1", "0.001", "1000000000000", "NaN"])
def test_what_is_no_amount_is_refused(wrong):
    with pytest.raises((ValueError, ArithmeticError)):
        in_words(Decimal(wrong))


@pytest.mark.parametrize("wrong", ["", "元", "人民币", "三万元整", "叁万", "整"])
def test_words_that_say_no_amount_are_refused(wrong):
    with pytest.raises(ValueError, match="no amount"):
        of_words(wrong)


def test_figures_have_separators_and_cents_only_where_there_are_any():
    assert in_figures(Decimal("30000.00")) == "30,000"
    assert in_figures(Decimal("1409.5")) == "1,409.50"


def test_amounts_are_found_in_a_text_in_their_order():
    found = amounts_in("处罚款人民币叁万元整（￥30,000.00元），已缴5万元，余1，200元")
    assert [(each.yuan, each.is_words) for each in found] == [
        (Decimal(30000), True),
        (Decimal(30000), False),
        (Decimal(50000), False),
        (Decimal(1200), False),
    ]


def test_words_that_only_look_like_an_amount_are_told_without_one():
    [found] = amounts_in("罚款叁万零元伍陆分")
    assert found.yuan is None
