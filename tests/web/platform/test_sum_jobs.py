"""The periodic work of kept sums: made where missing, put together, and mended where they slipped."""

from __future__ import annotations

import datetime as dt

from zhihuan.bureau.sums import folding
from zhihuan.bureau.sums.making import are_made
from zhihuan.indicators.models import ActSum
from zhihuan.web.platform.sum_jobs import every_sum, sum_jobs


def slip(count: int) -> None:
    """An act that nobody did."""
    ActSum.objects.create(
        acts="case_filed", grain="day", first=dt.date(2026, 3, 2), count=count, amounts=0, hundredths=0
    )  # fmt: skip


def test_what_was_never_made_is_made_once(db):
    keep, _compare = sum_jobs()
    assert not are_made(every_sum())
    assert keep.run() == {"made": len(every_sum()), "fewer": 0}
    assert are_made(every_sum())
    assert keep.run() == {}


def test_what_was_appended_is_put_together(db, monkeypatch):
    keep, _compare = sum_jobs()
    keep.run()
    for count in (1, 1, -2, 5, -5):
        slip(count)
    assert keep.run() == {}  # five rows are read as quickly
    monkeypatch.setattr(folding, "WORTH", 2)
    assert keep.run() == {"made": 0, "fewer": 5}
    assert not ActSum.objects.exists()


def test_what_slipped_is_told_and_mended(db, caplog):
    keep, compare = sum_jobs()
    keep.run()
    assert compare.run() == {}
    slip(3)
    assert compare.run() == {"wrong": 1}
    assert compare.run() == {}
    assert not ActSum.objects.exists()
