"""Every figure is the number of rows of the list that it opens."""

from __future__ import annotations

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhihuan.bureau.places.city import find_town

PAGE = "/matters/trial_case/statistics/"


def page_of(browser, query=""):
    answer = browser.get(PAGE + query)
    assert answer.status_code == 200
    return answer.content.decode()


def figures_of(page):
    """Words, count and address of every figure in a table."""
    rows = re.findall(r'<th scope="row"[^>]*>(.*?)</th>.*?<a href="([^"]+)">([\d,]+)</a>', page)
    return [(words, int(n.replace(",", "")), html.unescape(url)) for words, url, n in rows]


def count_of(browser, address):
    page = browser.get(address).content.decode()
    return int(re.search(r"共 (\d+) 条", page)[1])


@pytest.fixture
def some(filed, open_case, file_case, cast):
    """Cases in several months and states, one decided late, one overdue now, one elsewhere."""
    filed.take("submit", cast.officer, "03-05")
    filed.take("decide", cast.head, "06-05", fine="100", served_on="2026-06-05")
    open_case("没有期限")
    file_case("刚立案")
    file_case("早立案", days_ago=120)
    open_case("别处", town=find_town("小榄镇"), by=cast.stranger)
    return filed


@pytest.mark.parametrize("who", ["officer", "stranger"])
def test_each_opens_exactly_what_it_counts(some, cast, browse, who):
    browser = browse(getattr(cast, who))
    told = figures_of(page_of(browser, "?year=2026"))
    assert len(told) > 12
    for words, count, address in told:
        assert count_of(browser, address) == count, (words, address)


def test_each_table_adds_up_to_the_whole(some, cast, browse):
    page = page_of(browse(cast.head), "?year=2026")
    total = int(re.search(r"2026 年登记 (\d+) 件", page)[1])
    tables = page.split("<table")[1:]
    sums = [sum(count for _w, count, _a in figures_of(table)) for table in tables]
    assert total > 3
    assert sums == [total] * 4


def test_figures_by_state_and_pace_are_not_a_party_s(some, cast, browse):
    owner = browse(cast.owner)
    assert owner.get(PAGE).status_code == 403
    assert PAGE not in owner.get("/matters/trial_case/").content.decode()


def test_states_that_hold_nothing_are_named_but_fill_no_rows(some, cast, browse):
    page = page_of(browse(cast.head), "?year=2026")
    rows = page.split("<table")[1]
    assert ">0<" not in rows
    assert "个状态没有事项" in page


def test_months_to_come_are_not_told(case, cast, browse):
    from django.utils import timezone

    page = page_of(browse(cast.head))
    months = [words for words, _count, _address in figures_of(page) if words.endswith(" 月")]
    assert len(months) == timezone.localdate().month


def test_a_year_without_matters_is_all_zeros(some, cast, browse):
    page = page_of(browse(cast.officer), "?year=2001")
    assert "2001 年登记 0 件" in page
    assert {count for _words, count, _address in figures_of(page)} == {0}


@pytest.mark.parametrize("given", ["", "x", "99999", "0001", "٢٠٢٦"])
def test_what_is_no_year_means_this_one(case, cast, browse, given):
    from django.utils import timezone

    year = timezone.localdate().year
    assert f"{year} 年登记 0 件" in page_of(browse(cast.officer), f"?year={given}")


def test_the_chart_says_the_same_as_the_table(some, cast, browse):
    page = page_of(browse(cast.officer), "?year=2026")
    drawn = re.findall(r'class="bar-figure"[^>]*>(\d+)<', page)
    months = [count for words, count, _a in figures_of(page) if words.endswith(" 月")]
    assert [int(each) for each in drawn] == months


def test_it_costs_the_same_however_many(some, file_case, cast, browse):
    browser = browse(cast.officer)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            page_of(browser, "?year=2026")
        return len(queries)

    cost()  # the registry is read once for the shell
    first = cost()
    for number in range(8):
        file_case(f"更多{number}", days_ago=10 * number)
    assert cost() == first <= 18


def test_who_may_not_see_the_procedure_sees_no_figures(case, person, browse):
    assert browse(person("audit_administrator", name="auditor")).get(PAGE).status_code == 403
