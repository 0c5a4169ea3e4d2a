"""The number of a resident identity card (公民身份号码, GB 11643-1999): form, day of birth, check character.

Residence permits for people of Hong Kong, Macao and Taiwan (港澳台居民居住证) bear numbers of the same form.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

__all__ = ["LENGTH", "check_character", "fault_of", "is_resident_number", "looks_resident"]

LENGTH = 18
#: Of the 17 places in front, and what stands for each remainder (GB 11643-1999, ISO 7064:1983 MOD 11-2).
_WEIGHTS = tuple(pow(2, LENGTH - 1 - place, 11) for place in range(LENGTH - 1))
_CHARACTERS = "10X98765432"
_FORM = re.compile("[1-9][0-9]{16}[0-9X]")
_LIKE = re.compile(
    r"[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]"
)
#: Of provinces (GB/T 2260), and 81–83 of residence permits.
_PROVINCE = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")


def check_character(first_17: str) -> str:
    """The 18th character that belongs to the first 17 digits. ValueError for what is no 17 digits.

    >>> check_character("11010519491231002")
    'X'
    """
    total = sum(int(each) * weight for each, weight in zip(first_17, _WEIGHTS, strict=True))
    return _CHARACTERS[total % 11]


def fault_of(number: str, today: date) -> Any:
    """What is wrong with a number, in words that do not quote it; "" for none. today: of Beijing."""
    if len(number) != LENGTH:
        words = _("公民身份号码为 18 位，已填 %(length)d 位（15 位旧号码已停用）。")
        return words % {"length": len(number)}
    if not _FORM.fullmatch(number):
        return _("公民身份号码前 17 位为数字，第 18 位为数字或者 X，请核对。")
    if not _PROVINCE.fullmatch(number[:2]):
        return _("公民身份号码前两位不是省级行政区划代码，请核对。")
    if not _was_born(number[6:14], today):
        return _("公民身份号码第 7–14 位不是有效的出生日期，请核对。")
    if check_character(number[:17]) != number[17]:
        return _("公民身份号码的校验码不符，请对照证件逐位核对。")
    return ""


def is_resident_number(text: str) -> bool:
    """Whether a text is such a number in form and check character, whenever its holder was born."""
    return bool(_FORM.fullmatch(text)) and check_character(text[:17]) == text[17]


def looks_resident(text: str) -> bool:
    """Whether a text is written like such a number, right or wrong: eighteen signs with a day of birth among them."""
    return bool(_LIKE.fullmatch(text))


def _was_born(digits: str, today: date) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return date(1850, 1, 1) <= born <= today
