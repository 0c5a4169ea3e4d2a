"""Main pollutants: counted by points, worst first, never one that nowhere exceeds."""

from __future__ import annotations

from datetime import date
from math import isnan

import pytest

from zhihuan.standards.sea import main_pollutants, sea_class

DAY = date(2026, 8, 1)
NAN = float("nan")


def test_the_three_with_the_greatest_share_of_exceeding_points_worst_first():
    judged = sea_class(
        {
            "din": [0.4, 0.6, 0.9, 0.1],
            "po4": [0.04, 0.02, 0.02, NAN],
            "cod": [1.0, 1.0, 1.0, 1.0],
            "oil": [0.4, 0.01, 0.01, 0.01],
            "do": [4.0, 7.0, 7.0, 7.0],
        },
        on=DAY,
    )
    found = main_pollutants(judged, on=DAY)
    assert [item.item for item in found] == ["din", "po4", "oil"]
    assert [item.rate for item in found] == pytest.approx([75.0, 100 / 3, 25.0])
    assert [(item.exceeding, item.judged) for item in found] == [(3, 4), (1, 3), (1, 4)]
    assert found[0].greatest_multiple == pytest.approx(2.0)


def test_oxygen_may_be_named_although_it_has_no_multiple():
    (only,) = main_pollutants(sea_class({"do": [4.0, NAN]}, on=DAY), on=DAY)
    assert (only.name, only.rate, only.judged) == ("溶解氧", 100.0, 1)
    assert isnan(only.greatest_multiple)


def test_clean_or_unmeasured_water_has_none():
    assert main_pollutants(sea_class({"din": [0.1, 0.3], "po4": [NAN, NAN]}, on=DAY), on=DAY) == ()
