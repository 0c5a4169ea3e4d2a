"""Matters are listed within one's reach, with what is due, at the same cost however many there are."""

from __future__ import annotations

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from zhihuan.web.listing import ChoiceFilter, DaysFilter, FlagFilter, TextFilter
from zhihuan.web.matters.due import Today
from zhihuan.web.matters.matter_list import matter_list

LIST = "/matters/trial_case/"
MOST_QUERIES = 12


def html_of(browser, address, status=200):
    answer = browser.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_a_row_says_what_whose_where_and_until_when(file_case, cast, browse):
    matter = file_case("某印染厂超标排放", days_ago=1)
    html = html_of(browse(cast.officer), LIST)
    for words in (str(matter.pk), "某印染厂超标排放", "中山某印染厂", "三角镇", "调查", "剩余"):
        assert words in html, words
    due = matter.clocks.get().last_day
    assert f'<time datetime="{due}">' in html
    assert f'href="/matters/{matter.pk}/"' in html


def test_the_list_of_all_names_the_procedure(file_case, cast, browse):
    file_case("某印染厂超标排放")
    html = html_of(browse(cast.officer), "/matters/")
    assert "某印染厂超标排放" in html
    assert "试办案件" in html


@pytest.mark.parametrize("address", ["/matters/", LIST])
def test_what_lies_outside_ones_reach_is_not_there(open_case, cast, browse, address):
    open_case("三角的案件")
    assert "三角的案件" not in html_of(browse(cast.stranger), address)
    assert "三角的案件" in html_of(browse(cast.owner), address)


def test_who_may_see_no_procedure_sees_an_empty_list_and_no_other(open_case, person, browse):
    open_case("三角的案件")
    browser = browse(person("audit_administrator", name="auditor"))
    assert "三角的案件" not in html_of(browser, "/matters/")
    assert "没有权限" in html_of(browser, LIST, status=403)


def test_an_unknown_procedure_is_not_found(case, cast, browse):
    html_of(browse(cast.officer), "/matters/no_such/", status=404)


def test_a_stored_script_is_text(open_case, cast, browse):
    open_case("<script>alert(1)</script>")
    html = html_of(browse(cast.officer), LIST)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def questions(listing) -> list[str]:
    """As it stands, by every column both ways, by every filter."""
    asked = [""]
    for column in listing.columns:
        asked += [f"sort={way}{column.name}" for way in ("", "-") if column.sort]
    for each in listing.filters:
        if isinstance(each, TextFilter):
            asked.append(f"{each.name}=某")
        elif isinstance(each, FlagFilter):
            asked.append(f"{each.name}=1")
        elif isinstance(each, DaysFilter):
            asked.append(f"{each.name}_from=2026-01-01")
        elif isinstance(each, ChoiceFilter):
            options = [] if callable(each.options) else each.options
            asked += [f"{each.name}={value}" for value, _text in options]
    return asked


@pytest.mark.parametrize("who", ["officer", "owner"])
@pytest.mark.parametrize("address", ["/matters/", LIST])
def test_no_question_costs_more_than_twelve_queries(file_case, case, cast, browse, who, address):
    reader = getattr(cast, who)
    listing = matter_list(case if address == LIST else None, Today.look(), reader)
    browser = browse(reader)
    costs: dict[int, dict[str, int]] = {}
    html_of(browser, address)  # the registry is read once for the shell
    for rows in (1, 12):
        for number in range(rows):
            file_case(f"案件{rows}-{number}")
        costs[rows] = {}
        for asked in questions(listing):
            with CaptureQueriesContext(connection) as queries:
                html_of(browser, f"{address}?{asked}")
            costs[rows][asked] = len(queries)
    assert max(costs[12].values()) <= MOST_QUERIES, costs[12]
    assert costs[1] == costs[12]


def test_what_is_due_can_be_asked_for(file_case, open_case, cast, browse):
    file_case("早已超期", days_ago=200)
    file_case("刚刚开始")
    open_case("没有期限")
    browser = browse(cast.officer)
    overdue = html_of(browser, f"{LIST}?due=overdue")
    assert "早已超期" in overdue
    assert "刚刚开始" not in overdue
    assert "超期" in html_of(browser, f"{LIST}?q=早已")
    assert "无期限" in html_of(browser, f"{LIST}?q=没有期限")


def test_a_limit_within_five_working_days_is_coming(filed, cast, browse):
    clock = filed.clock("decision")
    today = Today.look()
    filed.matter.clocks.filter(pk=clock.pk).update(
        last_day=today.calendar.worked_after(today.day, 5),
        due_at=today.now.replace(year=today.now.year + 1),
    )
    browser = browse(cast.officer)
    assert "某印染厂" in html_of(browser, f"{LIST}?due=coming")
    later = today.calendar.worked_after(today.day, 6)
    filed.matter.clocks.filter(pk=clock.pk).update(last_day=later)
    assert "某印染厂超标排放" not in html_of(browser, f"{LIST}?due=coming")


def test_a_clock_that_stands_still_is_told_and_found(filed, cast, browse):
    filed.take("appraise", cast.officer, "03-10")
    html = html_of(browse(cast.officer), f"{LIST}?due=paused")
    assert "已中止计时" in html
    assert "某印染厂超标排放" in html


def test_kept_and_missed_limits_are_told_apart(walk, filed, cast, browse, open_case):
    open_case("还没有期限")
    filed.take("submit", cast.officer, "03-05")
    filed.take("decide", cast.head, "06-05", fine="100", served_on="2026-06-05")
    browser = browse(cast.officer)
    assert "某印染厂超标排放" in html_of(browser, f"{LIST}?pace=late")
    assert "某印染厂超标排放" not in html_of(browser, f"{LIST}?pace=on_time")
    neither = html_of(browser, f"{LIST}?pace=neither")
    assert "还没有期限" in neither
    assert "某印染厂超标排放" not in neither


def test_the_file_holds_the_due_day_and_the_days_left(file_case, cast, browse):
    matter = file_case("导出一件", days_ago=2)
    answer = browse(cast.officer).get(f"{LIST}?format=xlsx&col=number&col=title&col=due&col=left")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    rows = list(book.worksheets[0].values)
    clock = matter.clocks.select_related("started").get()
    left = Today.look().standing_of(clock).working_days_left
    assert rows[1][:2] == (str(matter.pk), "导出一件")
    assert rows[1][2].date() == clock.last_day
    assert rows[1][3] == left


def test_only_who_may_begin_is_shown_the_way_to(open_case, case, cast, browse):
    assert "/matters/trial_case/new/" in html_of(browse(cast.officer), LIST)
    assert "/matters/trial_case/new/" not in html_of(browse(cast.owner), LIST)
