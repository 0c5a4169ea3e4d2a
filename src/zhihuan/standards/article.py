"""Articles of laws as the Chinese state writes them (第一千一百零七条第二款), out of how this house notes them (§1107(2)).

    in_words("行政处罚法 §§63、64")      # 行政处罚法第六十三条、第六十四条
    article("1120.1(4)")                 # 第一千一百二十条第一款第四项

Numbers of technical standards (§5.2) are no articles and stay as they are. Source: 立法技术规范（试行）: articles, paragraphs
(款) and items (项) are numbered in Chinese characters.
"""

from __future__ import annotations

import re

__all__ = ["article", "in_words", "numeral"]

_SIGNS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_MOST = 9999
_PARTS = ("条", "款", "项")
_ONE = r"\d+(?:\(\d+\))*"
#: One blank before goes with it: Chinese text has none between a law and its article.
_NOTED = re.compile(rf"(?:(?<=[\u4e00-\u9fff）》]) )?§{{1,2}}({_ONE}(?:[、–]{_ONE})*)(?!\.?\d)")
_HALF = re.compile(r"第(\d+)(?=[条款项])")
_CODED = re.compile(r"(\d+)(?:\.(\d+)(?:-(\d+))?)?((?:\([\d-]+\))*)")


def numeral(number: int) -> str:
    """1 to 9999. ValueError beyond.

    >>> numeral(1057), numeral(15), numeral(110), numeral(2003)
    ('一千零五十七', '十五', '一百一十', '二千零三')
    """
    if not 0 < number <= _MOST:
        raise ValueError(f"{number}: articles are numbered from 1 to {_MOST}")
    words = ""
    for place, digit in reversed(list(enumerate(map(int, reversed(str(number)))))):
        if digit:
            words += _SIGNS[digit] + _PLACES[place]
        elif words and not words.endswith("零"):
            words += "零"
    words = words.rstrip("零")
    return words.removeprefix("一") if 10 <= number < 20 else words


def article(coded: str) -> str:
    """An article as the list of case types has it: number, after a point the paragraph, in brackets the items.

    >>> article("1107"), article("1086.1(1)"), article("1230.2-3"), article("1136(1)(5)")
    ('第一千一百零七条', '第一千零八十六条第一款第一项', '第一千二百三十条第二款、第三款', '第一千一百三十六条第一项、第五项')

    ValueError for what is none.
    """
    found = _CODED.fullmatch(coded)
    if found is None:
        raise ValueError(f"{coded!r} is no article")
    number, first, last, items = found.groups()
    paragraphs = range(int(first), int(last or first) + 1) if first else ()
    told = f"第{numeral(int(number))}条" + "、".join(f"第{numeral(each)}款" for each in paragraphs)
    return told + "、".join(_items(each) for each in re.findall(r"\(([\d-]+)\)", items))


def in_words(text: str) -> str:
    """The same with every note of an article (§18, §§44、45, §85(2), 第2款) as the state writes it."""
    told = _NOTED.sub(lambda found: _noted(found[1]), text)
    return _HALF.sub(lambda found: f"第{numeral(int(found[1]))}", told)


def _noted(numbers: str) -> str:
    parts = re.split("([、–])", numbers)
    return "".join({"–": "至", "、": "、"}.get(each) or _one(each) for each in parts)


def _one(noted: str) -> str:
    """85(2): the number, then paragraph and item."""
    numbers = re.findall(r"\d+", noted)
    return "".join(
        f"第{numeral(int(number))}{part}" for number, part in zip(numbers, _PARTS, strict=False)
    )


def _items(told: str) -> str:
    first, _dash, last = told.partition("-")
    until = f"至第{numeral(int(last))}项" if last else ""
    return f"第{numeral(int(first))}项{until}"
