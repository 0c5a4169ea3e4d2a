"""The first item of table 1."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from zhihuan.standards.surface_water import keeps_temperature

DAY = date(2026, 7, 31)


@pytest.mark.parametrize(
    ("change", "keeps"), [(1.0, True), (1.01, False), (-2.0, True), (-2.01, False), (0, True)]
)
def test_a_rise_of_one_and_a_fall_of_two_degrees_are_kept(change: float, keeps: bool) -> None:
    assert bool(keeps_temperature(change, on=DAY)) is keeps


def test_a_missing_change_is_not_kept_and_shapes_broadcast(amend) -> None:
    assert keeps_temperature([np.nan], on=DAY).tolist() == [False]
    assert keeps_temperature([], on=DAY).shape == (0,)
    amend("surface_water/water_temperature_change", "2030-01-01", "{rise: 3, fall: 3}")
    days = np.array(["2029-12-31", "2030-01-01"], dtype="datetime64[D]")
    assert keeps_temperature(2.5, on=days).tolist() == [False, True]
