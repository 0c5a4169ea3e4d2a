"""Every figure on the page opens exactly what it counts; whoever sees a town sees its figures alone."""

from __future__ import annotations

import datetime as dt
import io
import re
from decimal import Decimal
from html import unescape

import openpyxl
import pytest
from django.http import QueryDict
from django.utils import timezone

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.sums.making import make
from zhihuan.indicators.catalogue import indicator_of
from zhihuan.indicators.reckoning import tally_of
from zhihuan.indicators.summing import all_sums
from zhihuan.web.listing.question import Question
from zhihuan.web.statistics.acts_page import ACTS
from zhihuan.web.statistics.shown import written

PAGE = "/statistics/enforcement/"
LINK = re.compile(r'<a href="(/statistics/enforcement/acts/[^"]+)">([^<]+)</a>')
TOTAL = re.compile(r"本页所列的合计为 ([0-9.,—]+) ")


@pytest.fixture
def read(client, person):
    def look(address: str, role: str = "leader", at=None) -> str:
        client.force_login(person(role, name=f"{role}-{at or ''}", at=at))
        response = client.get(address)
        assert response.status_code == 200, address
        return unescape(response.content.decode())

    return look


def make_sums() -> None:
    for each in all_sums():
        make(each)


def links(page: str) -> list[tuple[str, str]]:
    return LINK.findall(page)


@pytest.mark.parametrize(
    "asked",
    [
        "?period=2025",
        "?period=2025-Q1&figure=penalty_amount",
        "?period=2025&figure=decision_days&case_type=-",
    ],
)
@pytest.mark.parametrize("is_summed", [False, True])
def test_every_figure_opens_exactly_what_it_counts(act, read, person, asked, is_summed):
    act.many(60, seed=4)
    if is_summed:
        make_sums()
    found = dict(links(read(PAGE + asked)))
    assert len(found) > 60
    within = ACTS.scope(person("leader", name="leader-"))
    for address, told in found.items():
        query = QueryDict(address.partition("?")[2])
        listed = Question.read(ACTS, query).narrow(within)
        indicator = indicator_of(query["figure"])
        assert written(tally_of(listed).figure(indicator)) == told, address
    for address, told in list(found.items())[::40]:
        assert TOTAL.search(read(address))[1] == told, address


def test_a_count_is_the_number_of_rows_and_a_sum_the_sum_of_their_amounts(act, client, person):
    act.many(60, seed=5)
    client.force_login(person("leader"))
    asked = "/statistics/enforcement/acts/?figure=penalty_amount&day_from=2025-01-01&day_to=2025-12-31&format=xlsx"
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(asked)))).worksheets[0]
    head, *rows = list(sheet.iter_rows(values_only=True))
    amounts = [Decimal(str(row[head.index("计入数额")] or 0)) for row in rows]
    page = unescape(client.get(f"{PAGE}?period=2025&figure=penalty_amount").content.decode())
    figures = {
        address: told
        for address, told in links(page)
        if "day_from=2025-01-01&day_to=2025-12" in address
    }
    of = {QueryDict(address.partition("?")[2])["figure"]: told for address, told in figures.items() if address.count("&") == 2}  # fmt: skip
    assert f"{sum(amounts):,}" == of["penalty_amount"]
    assert str(len(rows)) == of["penalties_fined"]


@pytest.mark.parametrize("is_summed", [False, True])
def test_a_head_of_a_branch_sees_the_own_town_alone(act, read, branch, is_summed):
    act("case_filed", "2026-03-02", town="三角镇")
    act("case_filed", "2026-03-03", town="小榄镇")
    if is_summed:
        make_sums()
    assert (
        "1" in dict(map(reversed, links(read(f"{PAGE}?period=2026", "section_head", branch))))
    ) is True
    page = read(f"{PAGE}?period=2026", "section_head", branch)
    assert "三角镇" in page
    assert "小榄镇" not in page
    rows = read("/statistics/enforcement/acts/?figure=cases_filed", "section_head", branch)
    assert "模拟 case_filed 2026-03-02" in rows
    assert "模拟 case_filed 2026-03-03" not in rows
    assert "小榄镇" in read(f"{PAGE}?period=2026")


def test_the_page_is_refused_to_whoever_has_no_right_to_it(client, person):
    client.force_login(person("registrar"))
    assert client.get(PAGE).status_code == 403
    assert client.get("/statistics/enforcement/acts/").status_code == 403
    client.force_login(person("leader"))
    assert PAGE in client.get("/matters/").content.decode()


def test_the_year_before_is_compared_day_by_day(act, read):
    today = timezone.localdate()
    before = today.replace(year=today.year - 1, day=min(today.day, 28))
    act("case_filed", before.isoformat())
    act("case_filed", (before + dt.timedelta(days=5)).isoformat())
    act("case_filed", today.replace(day=1).isoformat())
    found = [told for address, told in links(read(PAGE)) if "figure=cases_filed&" in address][:2]
    assert found == ["1", "1"]


@pytest.mark.parametrize(
    "asked",
    ["?period=junk", "?period=2026-13", "?figure=none", "?town=%00x", "?law=x&source=%F0%9F%92%A9"],
)
def test_what_cannot_be_asked_is_answered_all_the_same(act, client, person, asked):
    client.force_login(person("leader"))
    assert client.get(PAGE + asked).status_code in {200, 400}


def test_an_empty_year_says_so_in_figures_and_words(read):
    page = read(f"{PAGE}?period=2020")
    assert "两期都没有计入的事项" in page


def test_queries_do_not_grow_with_acts_or_figures(
    act, client, person, django_assert_max_num_queries
):
    client.force_login(person("leader"))
    act(
        "case_filed", "2026-03-02", town="三角镇"
    )  # the figure told apart has rows from the beginning
    act.many(30, seed=6)
    client.get(PAGE)
    with django_assert_max_num_queries(20) as few:
        client.get(f"{PAGE}?period=2026")
    act.many(40, seed=7)
    with django_assert_max_num_queries(len(few)):
        client.get(f"{PAGE}?period=2026")


def test_the_file_has_every_figure_with_its_definition_and_is_written_down(act, client, person):
    from zhihuan.indicators.catalogue import indicators, shares

    act("case_filed", "2026-03-02", town="三角镇")
    client.force_login(person("leader"))
    response = client.get(f"{PAGE}?period=2026-Q1&format=xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response)))
    head, *rows = list(book.worksheets[0].iter_rows(values_only=True))
    told = {row[head.index("指标代码")]: row for row in rows}
    assert set(told) == {each.code for each in (*indicators(), *shares())}
    assert told["cases_filed"][head.index("本期")] == 1
    assert all(row[head.index("指标解释")] for row in rows)
    about = {row[0].value: row[1].value for row in book.worksheets[1].iter_rows()}
    assert "2026-01-01 至 2026-03-31" in about["查询条件"]
    assert AuditEntry.objects.get(action="list.export").detail["rows"] == len(rows)


def test_a_change_has_its_unit_and_that_of_a_share_is_points(act, client, read):
    for year, fine, paid in ((2025, 2, 1), (2026, 3, 3)):
        for day in range(fine):
            for kind in ("penalty_decided", "penalty_fined"):
                act(kind, f"{year}-03-{day + 1:02}", amount="10000")
        for day in range(paid):
            act("fine_paid", f"{year}-03-{day + 1:02}", amount="10000")
    page = read(f"{PAGE}?period=2026&figure=penalty_decisions")
    rows = {line: each for each in re.findall(r"<tr>.*?</tr>", page, re.DOTALL) for line in re.findall(r"figure=(\w+)#apart", each)}  # fmt: skip
    told = re.findall(r'<td data-kind="number"[^>]*>(.*?)</td>', rows["penalty_decisions"])
    assert told[2:] == ['+1 <small class="head-unit">件</small>', "+50.0"]
    shares = [each for each in re.findall(r"<tr>.*?</tr>", page, re.DOTALL) if "罚款缴纳率" in each]
    told = re.findall(r'<td data-kind="number"[^>]*>(.*?)</td>', shares[0])
    assert told == ["100.0", "50.0", '+50.0 <small class="head-unit">个百分点</small>', "—"]
    assert page.count('增减 <small class="head-unit">件</small>') > 3, (
        "each table of parts says it in its head"
    )
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(client.get(f"{PAGE}?period=2026&format=xlsx")))
    )
    head, *lines = list(book.worksheets[0].iter_rows(values_only=True))
    units = {row[head.index("指标代码")]: row[head.index("增减单位")] for row in lines}
    assert (units["payment_rate"], units["penalty_decisions"]) == ("个百分点", "件")
