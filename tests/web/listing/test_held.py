"""Rows held in memory answer like a table's: pages that lose nothing, orders, filters."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.web.listing.held import HeldRows
from zhihuan.web.listing.keyset import Order


@dataclass(frozen=True)
class Row:
    pk: int
    word: str


words = st.lists(st.sampled_from(["", "a", "b", "c"]), max_size=12)


@given(words=words, size=st.integers(1, 5), falls=st.booleans())
def test_pages_show_every_row_once_and_lead_back(words, size, falls):
    rows = HeldRows(tuple(Row(pk, word) for pk, word in enumerate(words)))
    order, seen, pages, after = Order("word", falls), [], [], ""
    while True:
        page = rows.page(order, size, after=after)
        seen += page.rows
        if pages:
            assert rows.page(order, size, before=page.before).rows == pages[-1].rows
        pages.append(page)
        if not (after := page.after):
            break
    assert seen == rows.in_order(order)
    assert sorted(row.pk for row in seen) == list(range(len(words)))
    shown = [row.word for row in seen if row.word]
    assert shown == sorted(shown, reverse=falls)
    assert all(not row.word for row in seen[len(shown) :]), "missing values come last"


@pytest.mark.parametrize("cursor", ["x", "99", "%00"])
def test_a_cursor_of_no_row_gives_the_first_page(cursor):
    rows = HeldRows((Row(1, "a"), Row(2, "b")))
    assert rows.page(Order("word"), 1, after=cursor).rows == [Row(1, "a")]
