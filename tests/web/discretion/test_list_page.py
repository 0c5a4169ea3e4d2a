"""Case types are found by number, act, category or article; two kinds, page by page."""

from __future__ import annotations

import pytest

from zhihuan.web.discretion.finding import CODE, PROVINCIAL, entries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("platform_store")]


@pytest.fixture
def page(browser_of):
    browser = browser_of("执法人员")

    def get(query=""):
        answer = browser.get(f"/discretion/{query}")
        assert answer.status_code == 200
        return answer.content.decode()

    return get


def test_everything_is_there():
    assert len(entries(CODE, "")) == 103
    assert len(entries(PROVINCIAL, "")) == 281


@pytest.mark.parametrize(
    ("kind", "asked", "case_id"),
    [
        (CODE, "pw08", "PW08"),
        (CODE, "法典 1107条", "PW08"),
        (CODE, "第一千一百零七条", "PW08"),
        (CODE, "超标", "PW08"),
        (PROVINCIAL, "2.7", "2.7"),
        (PROVINCIAL, "水污染物 排放标准", "2.7"),
        (PROVINCIAL, "排污许可管理条例 第三十三条", "2.5b"),
    ],
)
def test_found_by_words(kind, asked, case_id):
    assert case_id in {each.case_id for each in entries(kind, asked)}


def test_fifty_a_page(page):
    first = page("?kind=provincial")
    assert first.count('href="/discretion/') >= 50
    assert "第 1 页，共 6 页" in first
    assert "kind=provincial&amp;q=&amp;page=2" in first
    assert "8.43" in page("?kind=provincial&page=6")


def test_nothing_found_says_how_to_go_on(page):
    assert "请换一个词" in page("?q=%E4%B8%8D%E5%AD%98%E5%9C%A8")


def test_strange_questions_are_harmless(page):
    told = page("?kind=<b>&q=<script>alert(1)</script>&page=abc")
    assert "<script>alert(1)" not in told


def test_tables_to_be_compared_with_print_are_marked(page):
    assert "待核对原文" in page("?kind=provincial&q=1.6")
