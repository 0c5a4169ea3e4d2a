"""Pages by key show every row once, in order, forward and back, with missing values last."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhihuan.bureau.acquisition.models import QuarantinedFrame
from zhihuan.web.listing.keyset import Order, Page, in_order, page_of

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 5, 3, 4, tzinfo=dt.UTC)


@pytest.fixture
def frames(db):
    """Nine rows; reasons repeat, three are never replayed."""
    made = [
        QuarantinedFrame(
            reason="bad_crc" if n % 3 else "junk",
            raw=b"x",
            mn=f"N{n}",
            received=NOON + dt.timedelta(minutes=n // 2),
            replayed_at=None if n % 3 == 0 else NOON + dt.timedelta(hours=n % 2, microseconds=n),
        )
        for n in range(9)
    ]
    QuarantinedFrame.objects.bulk_create(made)
    return QuarantinedFrame.objects.all()


def walk(rows, order: Order, size: int) -> list[Page]:
    pages = [page_of(rows, order, size)]
    while pages[-1].after:
        pages.append(page_of(rows, order, size, after=pages[-1].after))
    return pages


def keys(page: Page) -> list[int]:
    return [row.pk for row in page.rows]


FIELDS = ["received", "reason", "replayed_at", "pk", "mn"]


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("falls", [False, True])
@pytest.mark.parametrize("size", [1, 2, 4, 9, 20])
def test_forward_every_row_comes_once_in_order(frames, field, falls, size):
    order = Order(field, falls)
    pages = walk(frames, order, size)
    found = [key for page in pages for key in keys(page)]
    assert sorted(found) == sorted(frames.values_list("pk", flat=True))
    assert found == [row.pk for row in in_order(frames, order)]


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("falls", [False, True])
def test_back_leads_through_the_same_pages(frames, field, falls):
    order = Order(field, falls)
    pages = walk(frames, order, 2)
    for earlier, later in pairwise(pages):
        back = page_of(frames, order, 2, before=later.before)
        assert keys(back) == keys(earlier)
        assert bool(back.before) == bool(earlier.before)
        assert back.after


@pytest.mark.parametrize("falls", [False, True])
def test_missing_values_come_last_in_both_directions(frames, falls):
    found = [row.replayed_at for row in in_order(frames, Order("replayed_at", falls))]
    assert found[-3:] == [None] * 3
    present = found[:-3]
    assert present == sorted(present, reverse=falls)


def test_rows_that_arrive_meanwhile_shift_nothing(frames):
    order = Order("received", is_descending=True)
    first = page_of(frames, order, 4)
    QuarantinedFrame.objects.create(reason="junk", raw=b"new", received=timezone.now())
    second = page_of(frames, order, 4, after=first.after)
    assert not set(keys(first)) & set(keys(second))
    assert keys(second) == [row.pk for row in in_order(frames, order)][5:9]


def test_a_cursor_of_another_order_gives_the_first_page(frames):
    cursor = page_of(frames, Order("mn"), 2).after
    assert keys(page_of(frames, Order("received"), 2, after=cursor)) == keys(
        page_of(frames, Order("received"), 2)
    )


@given(cursor=st.text(max_size=60) | st.binary(max_size=60).map(lambda raw: raw.decode("latin-1")))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_no_damaged_cursor_is_an_error(frames, cursor):
    assert page_of(frames, Order("received"), 2, after=cursor).rows
    assert page_of(frames, Order("received"), 2, before=cursor).rows


@pytest.mark.parametrize("told", ['["received", "x", "1"]', '["received", null, null]', "[]", "1",
                                  '["received", "2026-05-03T04:00:00+00:00", "99999999999999999999"]'])  # fmt: skip
def test_no_forged_cursor_is_an_error(frames, told):
    import base64

    cursor = base64.urlsafe_b64encode(told.encode()).decode()
    page_of(frames, Order("received"), 2, after=cursor)


def test_a_page_costs_one_query_wherever_it_lies(frames, django_assert_num_queries):
    order = Order("replayed_at")
    middle = page_of(frames, order, 3).after
    for place in ({}, {"after": middle}, {"before": middle}):
        with django_assert_num_queries(1):
            page_of(frames, order, 3, **place)
