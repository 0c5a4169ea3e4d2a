"""The pool shows the most urgent first, each part with its count, and asks no officer for more than the week's budget."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

PAGE = "/clues/"
JUDGED = {"cause": "maintenance", "reasons": "校准"}


def page_of(browser, query=""):
    answer = browser.get(PAGE + query)
    assert answer.status_code == 200
    return answer.content.decode()


def titles(page):
    """The clues of the table, in its order."""
    return re.findall(r'<th scope="row"[^>]*><a href="/matters/\d+/">(.*?)</a>', page)


def test_what_people_brought_comes_first_then_tier_then_consequence(found, cast, browse):
    found("C级", tier="C", consequence="L4")
    found("B级提醒", tier="B", consequence="L0")
    found("B级伪造", tier="B", consequence="L1")
    found("群众举报", source="complaint", said={"channel": "letter"})
    found("A级", tier="A", consequence="L0")
    assert titles(page_of(browse(cast.duty))) == ["群众举报", "A级", "B级伪造", "B级提醒", "C级"]


def test_the_row_says_what_contradicts_what(found, cast, browse):
    found(said={"contradiction": "夜间用电不变，浓度却降到 5 mg/L"})
    assert "夜间用电不变，浓度却降到 5 mg/L" in page_of(browse(cast.duty))


def test_each_part_holds_what_its_count_says(found, cast, browse):
    one, two = found("甲"), found("乙")
    found("丙")
    one.take("accept", cast.duty, one.day, **one.JUDGED)
    two.take("innocent", cast.duty, two.day, **JUDGED)
    page = page_of(browse(cast.duty))
    tabs = re.findall(
        r'<a href="(/clues/[^"]*)"[^>]*>([^<]+?) <span class="count">(\d+)</span>', page
    )
    assert len(tabs) == 6
    for address, words, count in tabs:
        assert len(titles(browse(cast.duty).get(address).content.decode())) == int(count), words


def test_what_is_over_is_found_among_all(found, cast, browse):
    walk = found("已归档")
    walk.take("innocent", cast.duty, walk.day, **JUDGED)
    walk.take("archive", cast.duty, walk.day)
    assert titles(page_of(browse(cast.duty))) == []
    assert titles(page_of(browse(cast.duty), "?group=all")) == ["已归档"]


def test_a_week_s_machine_found_clues_are_few_and_the_gravest(found, cast, browse, monkeypatch):
    from zhihuan.lines.clues import pool

    monkeypatch.setattr(pool, "week_budget", lambda _on: 2)
    for name, tier in (("甲", "C"), ("乙", "A"), ("丙", "B"), ("丁", "C")):
        found(name, tier=tier)
    found("举报", source="complaint", said={"channel": "letter"})
    found("媒体", source="media")
    browser = browse(cast.duty)
    assert set(titles(page_of(browser, "?group=week"))) == {"举报", "媒体", "乙", "丙"}
    assert len(titles(page_of(browser, "?group=judge"))) == 6


def test_what_was_judged_since_monday_is_used_up_and_another_s_is_not(
    found, cast, browse, monkeypatch
):
    from zhihuan.lines.clues import pool

    monkeypatch.setattr(pool, "week_budget", lambda _on: 2)
    walks = [found(name, tier="B") for name in "甲乙丙丁"]
    walks[0].take("innocent", cast.duty, walks[0].day, **JUDGED)
    walks[1].take("innocent", cast.head, walks[1].day, **JUDGED)
    browser = browse(cast.duty)
    page = page_of(browser, "?group=week")
    assert len(titles(page)) == 1
    assert "您本周已研判 1 条" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?source=media", ["媒体"]),
        ("?tier=A", ["甲"]),
        ("?consequence=L1", ["甲"]),
        ("?rule=night_flow", ["甲"]),
        ("?q=媒体", ["媒体"]),
        ("?group=nonsense", []),
        ("?reached=nonsense", []),
    ],
)
def test_it_is_asked_by_source_tier_consequence_rule_and_words(
    found, cast, browse, query, expected
):
    found("甲", tier="A", consequence="L1", rule="night_flow")
    found("媒体", source="media")
    assert titles(page_of(browse(cast.duty), query)) == expected


def test_a_branch_sees_its_own_clues(found, cast, browse):
    found()
    assert titles(page_of(browse(cast.field))) == ["某厂超标"]
    assert titles(page_of(browse(cast.outsider))) == []


def test_who_has_nothing_to_do_with_clues_is_refused(cast, browse, person):
    assert browse(person("registrar", name="clerk")).get(PAGE).status_code == 403
    owner = person("enterprise_user", name="owner", at=cast.firm)
    assert browse(owner).get(PAGE).status_code == 403


def test_it_costs_the_same_however_many(found, cast, browse):
    browser = browse(cast.duty)

    def cost(query):
        with CaptureQueriesContext(connection) as queries:
            page_of(browser, query)
        return len(queries)

    found()
    cost("")
    before = {query: cost(query) for query in ("", "?group=week", "?group=all")}
    for number in range(12):
        found(f"更多{number}", rule=f"rule_{number}", tier="B")
    assert {query: cost(query) for query in before} == before
    assert max(before.values()) <= 20
