"""Every arrival at a firm is a visit, on its own day."""

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


def test_a_visit_counts_when_the_officers_arrive(assigned):
    assert figures() == {}
    cast = assigned.cast
    assigned.take("begin", cast.first, "2026-02-13", **cast.arrival("2026-02-13"))
    assert figures("2026-02") == {"inspections": 1}
