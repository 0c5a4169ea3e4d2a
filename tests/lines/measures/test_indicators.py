"""What measures count as: on the day they bind, by the law of that day, and not when they were undone."""

from __future__ import annotations

import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "indicators"))

import test_daily_fine
import test_detention_transfer
import test_sealing
from measures_walk import Walk
from told import counts_the_same_anew, figures

from zhihuan.indicators.models import CountedAct


@pytest.fixture(autouse=True)
def _anew(db):
    """After every test."""
    yield
    counts_the_same_anew()


def test_a_seal_counts_on_the_day_it_was_put_on_however_late_it_is_recorded(cast):
    walk = Walk.opened(cast, "sealing", "2026-01-28", test_sealing.SAID)
    walk.take("propose", cast.officer, "2026-01-28")
    walk.take("approve", cast.head, "2026-01-29")
    assert not CountedAct.objects.exists() or figures() == {}
    walk.take("carry_out", cast.officer, "2026-02-02")
    row = CountedAct.objects.get()
    assert (row.acts, row.day, row.law) == ("sealed", date(2026, 1, 30), "earlier")
    assert figures("2026-01") == {"sealings": 1}


def test_one_that_was_put_on_at_once_and_not_approved_does_not_count(cast):
    walk = Walk.opened(cast, "sealing", "2026-01-30", test_sealing.SAID)
    walk.take("seal_at_once", cast.officer, "2026-01-30T12:00")
    assert figures() == {"sealings": 1}
    walk.take("lift_at_once", cast.head, "2026-01-30T15:00")
    assert figures() == {}


def test_a_fine_by_the_day_counts_with_its_amount_when_it_is_served(cast):
    walk = Walk.opened(cast, "daily_fine", "2026-03-11", test_daily_fine.SAID)
    test_daily_fine.hearing(walk)
    assert figures() == {}
    walk.take("decide", cast.leader, "2026-03-23")
    walk.served("decision", "2026-03-25")
    assert figures("2026-03") == {"daily_fines": 1, "daily_fine_amount": Decimal(2500000)}


def test_a_transfer_counts_when_it_is_handed_over_and_the_law_is_that_of_the_act(cast):
    walk = Walk.opened(cast, "detention_transfer", "2026-09-28", test_detention_transfer.SAID)
    walk.take("propose", cast.officer, "2026-09-28")
    walk.take("approve", cast.head, "2026-09-28")
    walk.take("hand_over", cast.officer, "2026-09-30")
    assert figures() == {"administrative_detention": 1}
    assert CountedAct.objects.get().law == "code"
    walk.take("accept", cast.officer, "2026-09-30")
    walk.take("detained", cast.officer, "2026-10-13")
    assert figures("2026-10") == {"detained": 1, "detained_days": 7}
    assert str(figures("2026-10")["detained_days"]) == "7"  # days have no fen
