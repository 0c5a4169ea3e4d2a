"""Every figure of the funnel is the number of rows of the list that it opens."""

from __future__ import annotations

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

PAGE = "/clues/funnel/"


def page_of(browser, query=""):
    answer = browser.get(PAGE + query)
    assert answer.status_code == 200
    return answer.content.decode()


def rows_of(page):
    """Words, and the (address, figure) of each of the four stages, of every row of every table."""
    found = []
    for row in re.findall(r"<tr[^>]*>(.*?)</tr>", page, re.DOTALL):
        head = re.search(r'<th scope="row"[^>]*>(?:<a[^>]*>)?(.*?)<', row)
        figures = re.findall(r'<a href="(/clues/\?[^"]+)">([\d,]+)</a>', row.split("</th>")[-1])
        if head:
            found.append((head[1], [(html.unescape(url), int(n)) for url, n in figures]))
    return found


@pytest.fixture
def some(found, cast):
    """Of two rules: one proved, one sent out, one valid, one ruled out; a complaint void, a clue merged."""
    walks = [found(f"甲{n}", rule="hour_over" if n < 3 else "night_flow") for n in range(4)]
    for walk in walks[:3]:
        walk.take("accept", cast.duty, walk.day, **walk.JUDGED)
    for walk in walks[:2]:
        walk.take("dispatch", cast.duty, walk.day, **walk.sent())
    walks[0].verify(walks[0].day, "partly")
    walks[3].take("innocent", cast.duty, walks[3].day, cause="weather", reasons="x")
    void = found("误登", source="media")
    void.take("cancel", cast.duty, void.day, reason="重复")
    again = found("重复", source="patrol")
    again.take("merge", cast.duty, again.day, into=walks[2].clue.pk, reasons="同一")
    return walks


def test_the_funnel_narrows_and_leaves_out_what_is_void(some, cast, browse):
    rows = dict(rows_of(page_of(browse(cast.duty))))
    assert [n for _url, n in rows["全部"]] == [5, 3, 2, 1]
    assert [n for _url, n in rows["媒体曝光"]] == [0, 0, 0, 0]
    assert [n for _url, n in rows["日常检查巡查"]] == [1, 0, 0, 0]
    assert [n for _url, n in rows["hour_over"]] == [3, 3, 2, 1]
    assert [n for _url, n in rows["夜间流量突增"]] == [1, 0, 0, 0]


@pytest.mark.parametrize("query", ["", "?source=alarm", "?rule=hour_over"])
def test_each_figure_opens_exactly_what_it_counts(some, cast, browse, query):
    browser = browse(cast.duty)
    told = [each for _words, figures in rows_of(page_of(browser, query)) for each in figures]
    assert len(told) >= 4 * (1 + 6 + 1 + 1)
    for address, count in told:
        if count or address.endswith("hour_over"):
            page = browser.get(address).content.decode()
            assert int(re.search(r"共 (\d+) 条", page)[1]) == count, address


def test_sources_and_months_add_up_to_the_whole(some, cast, browse):
    rows = rows_of(page_of(browse(cast.duty)))
    total = [n for _url, n in rows[0][1]]
    months = [row for row in rows if row[0].endswith(" 月")]
    assert months[0][1][0][1], "months before the first clue are left out"
    for part in (rows[1:7], months):
        assert [sum(figures[stage][1] for _w, figures in part) for stage in range(4)] == total


def test_a_year_without_clues_is_all_zeros(some, cast, browse):
    told = rows_of(page_of(browse(cast.duty), "?year=2001"))
    assert {n for _words, figures in told for _url, n in figures} == {0}


@pytest.mark.parametrize("query", ["?year=x", "?year=99999", "?source=nonsense", "?year=٢٠٢٦"])
def test_what_cannot_be_asked_is_left_out(some, cast, browse, query):
    page = page_of(browse(cast.duty), query)
    assert f"{timezone.localdate().year} 年登记" in page
    assert dict(rows_of(page))["全部"][0][1] == 5


def test_a_branch_elsewhere_counts_its_own(some, cast, browse):
    told = dict(rows_of(page_of(browse(cast.stranger))))
    assert [n for _url, n in told["全部"]] == [0, 0, 0, 0]


def test_it_costs_the_same_however_many(some, found, cast, browse):
    browser = browse(cast.duty)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            page_of(browser)
        return len(queries)

    cost()
    first = cost()
    for number in range(8):
        found(f"更多{number}", rule=f"rule_{number}")
    assert cost() == first <= 12


def test_a_rule_is_called_by_its_title_and_explained(found, cast, browse):
    found("恒值", rule="flat_value")
    page = page_of(browse(cast.duty))
    assert [n for _url, n in dict(rows_of(page))["数值长时间不变"]] == [1, 0, 0, 0]
    assert "末位不动" in page
    assert "flat_value</a>" not in page
