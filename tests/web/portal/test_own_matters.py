"""Which of an enterprise's papers stand first in its portal."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from zhihuan.bureau.documents.serving.consenting import ELECTRONIC
from zhihuan.web.portal import own_matters

DAY = dt.date(2026, 11, 4)


def paper(pk: int, title: str, **receipt: Any) -> Any:
    given = {"way": ELECTRONIC, "effective_on": DAY, "acknowledged_at": None} | receipt
    standing = [SimpleNamespace(**given)] if receipt else []
    return SimpleNamespace(pk=pk, title=title, number=None, standing=standing)


class Found(list):
    """Rows of a query, as far as they are asked."""

    def filter(self, **_given: Any) -> Found:
        return self

    select_related = prefetch_related = order_by = lambda self, *_given: self


def test_what_was_served_is_not_crowded_out_by_answers_to_filings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    filings = [paper(number, "备案表") for number in range(20)]
    served = paper(30, "行政处罚事先告知书", acknowledged_at=dt.datetime.now(dt.UTC))
    waiting = paper(31, "行政处罚决定书", way=ELECTRONIC)
    rows = Found([*filings, served, waiting])
    monkeypatch.setattr(own_matters, "seen_documents", lambda _user: rows)
    shown = own_matters.own_papers(user=None, party=1)
    assert len(shown) == own_matters.MOST
    assert [each.title for each in shown[:3]] == ["行政处罚决定书", "行政处罚事先告知书", "备案表"]
