"""Numbers written in Chinese characters, as articles and dates are: 一千零五十七, 二〇二六."""

from __future__ import annotations

__all__ = ["NUMERAL", "number_of"]

_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}

#: A number in Arabic (also full-width) or Chinese figures, for use within a pattern.
NUMERAL = r"[0-9０-９〇零一二两三四五六七八九十百千]+"


def number_of(text: str) -> int:
    """The value of such a number, at most 9999 where it has units. ValueError for anything else.

    >>> number_of("一千零五十七"), number_of("二〇二六"), number_of("十五"), number_of("61")
    (1057, 2026, 15, 61)
    """
    if text.isdecimal():
        return int(text)
    if not text or any(sign not in _DIGITS and sign not in _UNITS for sign in text):
        raise ValueError(f"{text!r} is no number")
    if not any(sign in _UNITS for sign in text):
        return int("".join(str(_DIGITS[sign]) for sign in text))
    return _with_units(text)


def _with_units(text: str) -> int:
    total, digit, last_unit = 0, 0, 10_000
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
            continue
        unit = _UNITS[sign]
        if unit >= last_unit:
            raise ValueError(f"{text!r} is no number: its units do not fall")
        total, digit, last_unit = total + (digit or 1) * unit, 0, unit
    return total + digit
