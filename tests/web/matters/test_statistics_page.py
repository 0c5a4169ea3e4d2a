"""Every figure is the number of rows of the list that it opens."""

from __future__ import annotations

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhihuan.bureau.matters.engine.summing import sums_of
from zhihuan.bureau.matters.engine.taking import Acting, open_matter
from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.places.city import find_town
from zhihuan.bureau.sums.making import make

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


@pytest.fixture(params=["counted", "summed"])
def sums(db, case, request):
    """Whether the kept sums are read, or each matter is counted."""
    if request.param == "summed":
        make(sums_of(case.code))
    return request.param


@pytest.fixture
def some(sums, filed, open_case, file_case, cast):
    """Cases in several months and states, one decided late, one overdue now, one elsewhere."""
    filed.take("submit", cast.officer, "03-05")
    filed.take("decide", cast.head, "06-05", fine="100", served_on="2026-06-05")
    open_case("没有期限")
    file_case("刚立案")
    file_case("早立案", days_ago=120)
    open_case("别处", town=find_town("小榄镇"), by=cast.stranger)
    return filed


def test_kept_sums_are_read_and_tell_the_same_as_a_count(some, sums, cast, browse):
    browser = browse(cast.head)
    with CaptureQueriesContext(connection) as queries:
        page_of(browser, "?year=2026")
    is_read = any("matters_mattersum" in each["sql"] for each in queries)
    assert is_read == (sums == "summed")


def test_what_somebody_sees_beside_whole_towns_is_counted_with_it(some, cast, browse, person):
    """A body below the branch, with a matter in another town."""
    below = Organisation.objects.create(name="下属单位", kind="enterprise", parent=cast.here)
    acting = Acting(cast.stranger)
    fields = {"title": "他镇", "party": below, "town": find_town("小榄镇")}
    open_matter("trial_case", acting, **fields)
    head = person("section_head", name="head of both", at=cast.here)
    for words, count, address in figures_of(page_of(browse(head))):
        assert count_of(browse(head), address) == count, (words, address)
    assert "小榄镇" in page_of(browse(head))


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
