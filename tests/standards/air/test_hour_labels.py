"""Hours are labelled by their end."""

from __future__ import annotations

import numpy as np

from zhihuan.standards.air.hour_labels import days_of_hours


def test_midnight_belongs_to_the_day_before_and_one_o_clock_to_the_new_one() -> None:
    labels = np.arange("2026-02-28T01", "2026-03-01T02", dtype="datetime64[h]")
    days = days_of_hours(labels)
    assert set(days[:24].astype(str)) == {"2026-02-28"}
    assert str(days[24]) == "2026-03-01"


def test_a_missing_time_stays_missing_and_the_shape_is_kept() -> None:
    assert np.isnat(days_of_hours(["NaT"])).all()
    assert days_of_hours("2026-03-01T00:00").shape == ()
    assert str(days_of_hours("2026-03-01T00:30")) == "2026-03-01"
