"""What clues count as: found on site or off it, checked, proved; void ones as nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "indicators"))

from told import counts_the_same_anew, figures


@pytest.fixture(autouse=True)
def _anew(db):
    """After every test."""
    yield
    counts_the_same_anew()


def test_a_clue_counts_by_who_found_it_and_what_came_of_it(walk):
    walk.register()
    assert figures() == {"leads": 1, "leads_off_site": 1}
    walk.take("accept", walk.cast.duty, "2026-02-12", **walk.JUDGED)
    walk.take("dispatch", walk.cast.duty, "2026-02-12", **walk.sent())
    walk.verify("2026-02-13", "partly")
    told = figures("2026-02")
    assert (told["leads_checked"], told["leads_proved"], told["proved_rate"]) == (1, 1, 100)


def test_a_clue_that_was_registered_by_mistake_was_never_found(walk):
    walk.register(source="patrol")
    assert figures() == {"leads": 1, "leads_on_site": 1}
    walk.take("cancel", walk.cast.duty, "2026-02-12", **walk.REASON)
    assert figures() == {}
