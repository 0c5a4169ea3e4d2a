"""The list of matters by due date: what is due first stands first, what has no end last, both ways, and an index
gives the order on every page, however deep, on SQLite and PostgreSQL."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhihuan.bureau.matters.models import Matter
from zhihuan.web.listing.keyset import Order, Page, page_of

LIST = "/matters/trial_case/"


def titles(browser: Any, address: str) -> list[str]:
    html = browser.get(address).content.decode()
    return re.findall(r">(案件[^<]*)</a>", html)


def test_what_is_due_first_stands_first_and_what_has_no_end_last_both_ways(
    file_case: Any, open_case: Any, cast: Any, browse: Any
) -> None:
    open_case("案件未立")
    for name, days in (("案件二", 20), ("案件一", 200), ("案件三", 1)):
        file_case(name, days_ago=days)
    browser = browse(cast.officer)
    assert titles(browser, f"{LIST}?sort=due") == ["案件一", "案件二", "案件三", "案件未立"]
    assert titles(browser, f"{LIST}?sort=-due") == ["案件三", "案件二", "案件一", "案件未立"]
    assert titles(browser, "/matters/?sort=due")[0] == "案件一"


@pytest.fixture
def many(db: None) -> int:
    """Three thousand matters; one in ten has an end to come, as in a city of many years."""
    now = timezone.now()
    Matter.objects.bulk_create(
        Matter(
            procedure="trial_case", edition="2021", state="answered", title=f"{number}",
            next_due_at=now + dt.timedelta(hours=number % 700) if number % 10 == 0 else None,
        )
        for number in range(3_000)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return 3_000


@pytest.mark.parametrize("falls", [False, True])
def test_an_index_gives_the_order_on_the_first_page_and_deep_within(many: int, falls: bool) -> None:
    order = Order("next_due_at", falls)
    page = page_of(Matter.objects.all(), order, 50)
    for _ in range(3):
        with index_alone(), CaptureQueriesContext(connection) as asked:
            following = page_of(Matter.objects.all(), order, 50, after=page.after)
            plan = plan_of(asked.captured_queries[0]["sql"])
        assert "matters_by_due" in plan, plan
        assert not re.search(
            r"seq scan on matters_matter|SCAN matters_matter$", plan, re.IGNORECASE | re.MULTILINE
        )
        page = following


@pytest.mark.parametrize("falls", [False, True])
def test_pages_by_due_date_show_every_matter_once_forward_and_back(many: int, falls: bool) -> None:
    order, size = Order("next_due_at", falls), 170
    pages: list[Page] = [page_of(Matter.objects.all(), order, size)]
    while pages[-1].after:
        pages.append(page_of(Matter.objects.all(), order, size, after=pages[-1].after))
    keys = [row.pk for page in pages for row in page.rows]
    assert len(keys) == len(set(keys)) == many
    ends = [row.next_due_at for page in pages for row in page.rows if row.next_due_at]
    assert ends == sorted(ends, reverse=falls)
    assert all(row.next_due_at for row in pages[0].rows)
    assert not any(row.next_due_at for page in pages[2:] for row in page.rows)
    back = page_of(Matter.objects.all(), order, size, before=pages[2].before)
    assert [row.pk for row in back.rows] == [row.pk for row in pages[1].rows]


@contextmanager
def index_alone() -> Iterator[None]:
    """PostgreSQL would rather sort so few rows: whether it can do without is what counts with a million."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for way in ("seqscan", "bitmapscan", "sort"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
    yield


def plan_of(sql: str) -> str:
    explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {sql}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())
