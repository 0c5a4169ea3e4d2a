"""Citations are read with all their articles."""

from __future__ import annotations

import pytest

from zhihuan.bureau.documents.reading.citations import citations_in
from zhihuan.bureau.documents.reading.numerals import number_of


@pytest.mark.parametrize(
    ("text", "value"),
    [("一", 1), ("十", 10), ("十五", 15), ("二十", 20), ("一百零三", 103), ("一百一十", 110),
     ("一千零五十七", 1057), ("一千二百四十二", 1242), ("二〇二六", 2026), ("61", 61), ("６１", 61)],
)  # fmt: skip
def test_numerals_are_read(text, value):
    assert number_of(text) == value


@pytest.mark.parametrize("text", ["", "甲", "十百", "-3", "3.5"])
def test_what_is_no_numeral_is_refused(text):
    with pytest.raises(ValueError):
        number_of(text)


def test_articles_follow_their_title_with_paragraphs_and_items():
    [one, other] = citations_in(
        "依据《中华人民共和国生态环境法典》第一千零五十七条第一款第（一）项、第一百条和《某办法》的规定"
    )
    assert one.title == "中华人民共和国生态环境法典"
    assert one.articles == (1057, 100)
    assert (other.title, other.articles) == ("某办法", ())


def test_an_edition_in_brackets_stands_between_title_and_article():
    [found] = citations_in("《行政处罚法》（2021年修订）第61条")
    assert found.articles == (61,)


def test_where_it_stands_is_told():
    text = "前文。依据《某法》第三条"
    [found] = citations_in(text)
    assert text[found.at : found.at + len(found.words)] == "《某法》第三条"
