"""Articles are written as the state writes them, and nothing else of a text changes."""

from __future__ import annotations

import pytest

from zhihuan.bureau.discretion import case_types
from zhihuan.bureau.documents.reading.numerals import number_of
from zhihuan.standards.article import article, in_words, numeral


def test_every_number_reads_back_as_itself():
    assert all(number_of(numeral(each)) == each for each in range(1, 10_000))


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_what_no_article_is_numbered_is_refused(number):
    with pytest.raises(ValueError, match="from 1 to 9999"):
        numeral(number)


@pytest.mark.parametrize(
    ("noted", "told"),
    [
        ("中华人民共和国行政处罚法 §57", "中华人民共和国行政处罚法第五十七条"),
        ("生态环境行政处罚办法（部令第30号） §18", "生态环境行政处罚办法（部令第30号）第十八条"),
        ("行政处罚法 §§63、64", "行政处罚法第六十三条、第六十四条"),
        ("固体废物污染环境防治法§§79–82、112–114（待核实）",
         "固体废物污染环境防治法第七十九条至第八十二条、第一百一十二条至第一百一十四条（待核实）"),
        ("环境保护法§63、大气污染防治法§§20、99", "环境保护法第六十三条、大气污染防治法第二十条、第九十九条"),
        ("行政处罚法 §72(1)(1)", "行政处罚法第七十二条第一款第一项"),
        ("§112第2款", "第一百一十二条第二款"),
        ("行政处罚法第33条第2款", "行政处罚法第三十三条第二款"),
        ("§36；中华人民共和国生态环境法典 §1054", "第三十六条；中华人民共和国生态环境法典第一千零五十四条"),
    ],
)  # fmt: skip
def test_notes_of_articles_become_articles(noted, told):
    assert in_words(noted) == told
    assert in_words(told) == told


@pytest.mark.parametrize(
    "text",
    ["HJ 75—2017 §12.3.1", "本平台线索分类方案 §0.3", "第2批", "部令第30号", "—", "", "100 元"],
)
def test_what_is_no_article_stays(text):
    assert in_words(text) == text


@pytest.mark.parametrize(
    ("coded", "told"),
    [
        ("1130.1(1-5)", "第一千一百三十条第一款第一项至第五项"),
        ("1139(1)(2)", "第一千一百三十九条第一项、第二项"),
        ("1171.3", "第一千一百七十一条第三款"),
    ],
)
def test_a_case_type_names_paragraphs_and_items(coded, told):
    assert article(coded) == told


def test_every_case_type_of_the_code_has_an_article_in_words():
    assert all(not any(map(str.isdigit, each.clause)) for each in case_types().values())


@pytest.mark.parametrize("coded", ["", "x", "1107.", "1107(a)", "第1107条"])
def test_what_is_no_article_is_refused(coded):
    with pytest.raises(ValueError, match="no article"):
        article(coded)
