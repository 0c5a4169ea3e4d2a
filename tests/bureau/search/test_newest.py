"""Of what grows every year the newest are looked at first: the same is found as by the index alone."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhihuan.bureau.people.scope import Scope
from zhihuan.bureau.places.city import find_town
from zhihuan.bureau.registry.models import Enterprise
from zhihuan.bureau.search import finding, statement
from zhihuan.bureau.search.finding import search
from zhihuan.bureau.search.question import Rank

pytestmark = pytest.mark.django_db
TYPED = ("印染", "染", "三角 印染", "福源路", "宏达", "hd", "y000", "厂 路", "没有的", "中山")


@pytest.fixture
def city(enterprise):
    for number in range(6):
        enterprise(f"宏达印染{number}厂", address="三角镇福源路12号")
        enterprise(f"中山市三角镇宏达厂{number}", town="小榄镇", address="印染路")


@pytest.fixture
def turned(monkeypatch):
    """``turned(3)``: enterprises come newest first, and so many are looked at before the index is asked."""

    def turn(newest: int) -> None:
        declared = replace(Enterprise.SEARCH, newest_first=True)
        monkeypatch.setattr(Enterprise, "SEARCH", declared)
        monkeypatch.setattr(statement, "NEWEST", newest)

    return turn


def asks_an_index(sql: str) -> bool:
    return "search_" in sql and ("name LIKE" in sql or "MATCH" in sql)


def hits_of(user, typed: str, most: int) -> list[tuple[int, int]]:
    """(rank, key) of what is found, in its order."""
    found = search(user, typed, most=most, labels=["registry.enterprise"])
    return [pair for each in found for pair in zip(each.ranks, each.keys, strict=True)]


@pytest.mark.parametrize("newest", [1, 5, 24, 100])
@pytest.mark.parametrize("most", [2, 50])
@pytest.mark.parametrize("everywhere", [True, False])
@pytest.mark.parametrize("latest", [3, 1000])
def test_the_same_is_found_the_newest_first(
    city, seeker, turned, monkeypatch, newest, most, everywhere, latest
):
    monkeypatch.setattr(statement, "LATEST", latest)
    if not everywhere:
        towns = Scope(towns=frozenset({find_town("小榄镇").code}))
        monkeypatch.setattr(finding, "scope_of", lambda _user, _permission: towns)
    before = {typed: hits_of(seeker, typed, 50) for typed in TYPED}
    turned(newest)
    for typed in TYPED:
        wanted = sorted(before[typed], key=lambda pair: (pair[0], -pair[1]))
        assert hits_of(seeker, typed, most) == wanted[:most], typed
    assert before["印染"] != before["没有的"] == []


def test_what_fits_many_of_the_newest_needs_no_index(city, seeker, turned):
    turned(5 * statement.A_LOOK)
    with CaptureQueriesContext(connection) as asked:
        assert len(hits_of(seeker, "宏达印染", 2)) == 2
    told = [each["sql"] for each in asked if "search_" in each["sql"]]
    assert not [each for each in told if asks_an_index(each)]
    assert len(told) == 2, "a part of them, then as many as would fill the tier"


def test_what_is_common_among_others_is_taken_from_the_newest_keys(
    city, seeker, turned, monkeypatch
):
    turned(1)
    asked_of = {}
    for latest in (6, 2):
        monkeypatch.setattr(statement, "LATEST", latest)
        with CaptureQueriesContext(connection) as asked:
            assert len(hits_of(seeker, "宏达印染", 2)) == 2
        asked_of[latest] = sum(asks_an_index(each["sql"]) for each in asked)
    assert asked_of == {6: 1, 2: 2}


def test_the_index_is_asked_for_what_fits_few_of_the_newest(city, seeker, turned):
    turned(4 * statement.A_LOOK)
    with CaptureQueriesContext(connection) as asked:
        hits_of(seeker, "没有的", 2)
    assert [limit for each in asked if (limit := looked_at(each["sql"]))] == ["4"]


@pytest.mark.parametrize(
    ("most", "looks"), [(1, ["2", "8"]), (3, ["2", "16"]), (7, ["2", "16"]), (8, ["2"])]
)
def test_more_are_looked_at_where_they_fill_a_page(city, seeker, turned, most, looks):
    """One of two fits, and a page asks for one more than it shows: of four of the newest two would fit, and
    twice as many are looked at, sixteen at most. A page that those do not fill is left to the index."""
    turned(2 * statement.A_LOOK)
    with CaptureQueriesContext(connection) as asked:
        hits_of(seeker, "宏达印染", most)
    assert [limit for each in asked if (limit := looked_at(each["sql"]))] == looks


@pytest.mark.parametrize(("most", "tiers"), [(2, 1), (5, 1), (6, 3), (50, 3)])
def test_a_page_that_the_best_hits_fill_asks_for_no_others(city, seeker, turned, most, tiers):
    """Six names begin so; a page asks for one more than it shows."""
    turned(1)
    with CaptureQueriesContext(connection) as asked:
        assert hits_of(seeker, "宏达印染", most)[0][0] == Rank.NAME_BEGINS
    told = [each["sql"] for each in asked if re.search("FROM search_(?!code)", each["sql"])]
    assert sum(bool(re.search("LIKE|MATCH", sql)) for sql in told) == tiers


def looked_at(sql: str) -> str:
    """How many of the newest a query looks at; "" for none."""
    return "".join(re.findall(r"ORDER BY own DESC LIMIT (\d+)", sql))
