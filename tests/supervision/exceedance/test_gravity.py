"""Which episodes go up at once, from both sides of each bound."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from zhihuan.supervision.exceedance import gravity_of

DAY = date(2026, 3, 1)
SMALL: dict[str, Any] = {
    "multiple": 0.2,
    "standing": 3,
    "by_hour": True,
    "episodes_before": 0,
    "day": DAY,
}


@pytest.mark.parametrize(
    ("change", "large", "repeated"),
    [
        ({}, False, False),
        ({"multiple": 0.999}, False, False),
        ({"multiple": 1.0}, True, False),
        ({"standing": 11}, False, False),
        ({"standing": 12}, True, False),
        ({"standing": 3, "by_hour": False}, True, False),
        ({"episodes_before": 1}, False, False),
        ({"episodes_before": 2}, False, True),
        ({"multiple": float("nan"), "standing": 1}, False, False),
        ({"multiple": 9.0, "standing": 0, "episodes_before": 9}, False, False),
    ],
)
def test_bounds_from_both_sides(change: dict[str, Any], large: bool, repeated: bool) -> None:
    found = gravity_of(**(SMALL | change))
    assert (found.large, found.repeated) == (large, repeated)
    assert found.goes_up == (large or repeated)
    assert bool(found.why) == found.goes_up


def test_the_reasons_say_how_large_and_how_often() -> None:
    found = gravity_of(**(SMALL | {"multiple": 1.5, "standing": 14, "episodes_before": 2}))
    assert found.why == ("超标倍数 1.5", "超标 14 个小时", "30 日内第 3 次")
    assert [each.decides for each in found.basis] == ["大幅或长时间超标", "反复超标"]
