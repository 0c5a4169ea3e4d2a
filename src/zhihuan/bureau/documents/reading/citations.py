"""Law cited in a text: 《title》第…条第…款第…项, with every article of a list, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhihuan.bureau.documents.reading.numerals import NUMERAL, number_of

__all__ = ["Citation", "citations_in"]

_ARTICLE = rf"第\s*{NUMERAL}\s*条(?:之{NUMERAL})?(?:第\s*{NUMERAL}\s*款)?(?:第\s*[（(]?{NUMERAL}[）)]?\s*项)?"
_CITED = re.compile(
    rf"《([^《》]{{2,60}})》(?:[（(][^（）()]{{1,40}}[）)])?((?:[、，,和及与以]{{0,2}}\s*{_ARTICLE})*)"
)
_ONE = re.compile(rf"第\s*({NUMERAL})\s*条")


@dataclass(frozen=True, slots=True)
class Citation:
    """A title within 《》 with the articles that follow it; none: the title alone."""

    title: str
    articles: tuple[int, ...]
    words: str
    at: int


def citations_in(text: str) -> tuple[Citation, ...]:
    """All titles of a text, in its order."""
    return tuple(_citations(text))


def _citations(text: str) -> Iterator[Citation]:
    for match in _CITED.finditer(text):
        articles = tuple(number_of(each) for each in _ONE.findall(match[2]) if _is_number(each))
        yield Citation(match[1].strip(), articles, match[0], match.start())


def _is_number(text: str) -> bool:
    try:
        number_of(text)
    except ValueError:
        return False
    return True
