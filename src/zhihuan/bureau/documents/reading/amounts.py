"""Amounts of money in figures and in words (大写), and both read out of a text.

Source of the words: 正确填写票据和结算凭证的基本规定 (支付结算办法 附件, 银发〔1997〕393号), 一 to 四. Where it
leaves a choice (一仟陆佰捌拾元叁角 with or without 零) we write the shorter form and read both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

__all__ = ["WrittenAmount", "amounts_in", "in_figures", "in_words", "of_words"]

_SIGNS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")
_VALUES = {sign: value for value, sign in enumerate(_SIGNS)} | {"两": 2, "貳": 2, "參": 3}
_TENS = {"拾": 10, "佰": 100, "仟": 1000}
_MOST = Decimal(10) ** 12

_SIGN_RUN = "零壹贰叁肆伍陆柒捌玖貳參拾佰仟万亿"
_WORDS = re.compile(
    rf"([{_SIGNS}貳參][{_SIGN_RUN}]*[元圆](?:[{_SIGN_RUN}]角)?(?:[{_SIGN_RUN}]{{1,2}}分)?[整正]?)"
)
_FORM = re.compile(
    rf"^(?:人民币)?(?:([{_SIGN_RUN}]+)[元圆])?零?(?:([{_SIGNS}])角)?零?(?:([{_SIGNS}])分)?[整正]?$"
)
_FIGURES = re.compile(
    r"[¥￥]?\s*(\d{1,3}(?:[,，]\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d+)?)\s*(亿|万)?\s*元"
)


@dataclass(frozen=True, slots=True)
class WrittenAmount:
    """An amount where it is written. yuan: None for words that make no amount. at: its first character."""

    words: str
    at: int
    yuan: Decimal | None
    is_words: bool


def in_words(yuan: Decimal) -> str:
    """An amount [元], to the cent, in words. ValueError below 0, from 10¹² (万亿), or with parts of a cent.

    >>> in_words(Decimal("30000")), in_words(Decimal("1409.50")), in_words(Decimal("16409.02"))
    ('叁万元整', '壹仟肆佰零玖元伍角', '壹万陆仟肆佰零玖元零贰分')
    """
    cents = yuan * 100
    if not 0 <= yuan < _MOST or cents != cents.to_integral_value():
        raise ValueError(f"{yuan} is no amount in whole cents")
    whole, rest = divmod(int(cents), 100)
    tenths, hundredths = divmod(rest, 10)
    yuan_words = f"{_whole_in_words(whole)}元" if whole or not rest else ""
    if not rest:
        return f"{yuan_words}整"
    tenth_words = f"{_SIGNS[tenths]}角" if tenths else "零" * bool(whole)
    return yuan_words + tenth_words + (f"{_SIGNS[hundredths]}分" if hundredths else "")


def in_figures(yuan: Decimal) -> str:
    """An amount [元] with separators; cents only where there are any.

    >>> in_figures(Decimal("30000")), in_figures(Decimal("1409.5"))
    ('30,000', '1,409.50')
    """
    return f"{yuan:,.0f}" if yuan == yuan.to_integral_value() else f"{yuan:,.2f}"


def of_words(words: str) -> Decimal:
    """The amount [元] that words say. ValueError for words that say none.

    >>> of_words("人民币壹拾万零柒仟元伍角叁分")
    Decimal('107000.53')
    """
    match = _FORM.match(words.strip())
    if match is None or not any(match.groups()):
        raise ValueError(f"{words!r} is no amount in words")
    whole, tenths, hundredths = match.groups()
    cents = 10 * _VALUES[tenths or "零"] + _VALUES[hundredths or "零"]
    return Decimal(_whole_of(whole or "零")) + Decimal(cents) / 100


def amounts_in(text: str) -> tuple[WrittenAmount, ...]:
    """All amounts of a text, in its order."""
    words = [
        WrittenAmount(match[0], match.start(), _tried(match[0]), is_words=True)
        for match in _WORDS.finditer(text)
    ]
    figures = [
        WrittenAmount(match[0].strip(), match.start(), _figure(match), is_words=False)
        for match in _FIGURES.finditer(text)
    ]
    return tuple(sorted([*words, *figures], key=lambda each: each.at))


def _whole_in_words(number: int) -> str:
    if number == 0:
        return "零"
    words, group, gap = "", 0, False
    while number:
        number, four = divmod(number, 10_000)
        if four:
            words = _four_in_words(four) + _GROUPS[group] + "零" * gap + words
        # a group with a leading zero, or an empty one, is set apart from what stands before it
        gap = bool(words) and four < 1000
        group += 1
    return words


def _four_in_words(four: int) -> str:
    digits = [(place, four // 10**place % 10) for place in (3, 2, 1, 0)]
    text = "".join(_SIGNS[digit] + _PLACES[place] if digit else "零" for place, digit in digits)
    return re.sub("零+", "零", text).strip("零")


def _whole_of(words: str) -> int:
    total = section = digit = 0
    for sign in words:
        if sign in _VALUES:
            digit = _VALUES[sign]
        elif sign in _TENS:
            section, digit = section + (digit or 1) * _TENS[sign], 0
        elif sign == "万":
            total, section, digit = total + (section + digit) * 10_000, 0, 0
        else:
            total, section, digit = (total + section + digit) * 10**8, 0, 0
    return total + section + digit


def _tried(words: str) -> Decimal | None:
    try:
        return of_words(words)
    except ValueError:
        return None


def _figure(match: re.Match[str]) -> Decimal:
    value = Decimal(re.sub("[,，]", "", match[1]))
    return value * {"万": 10_000, "亿": 10**8, None: 1}[match[2]]
