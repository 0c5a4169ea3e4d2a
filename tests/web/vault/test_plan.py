"""The plan of places: inside its frame, north up, its bar as long as it says."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.web.vault.plan import plan_of

PLACE = st.tuples(st.floats(113.0, 113.8), st.floats(22.2, 22.9))


@given(st.lists(PLACE, min_size=1, max_size=20))
def test_every_spot_lies_in_the_frame_and_the_bar_fits(places: list[tuple[float, float]]) -> None:
    plan = plan_of([(str(number), "said", *place) for number, place in enumerate(places)])
    assert plan is not None
    assert all(0 <= spot.x <= plan.width and 0 <= spot.y <= plan.height for spot in plan.spots)
    assert 0 < plan.bar <= 121
    assert str(plan.bar_m).strip("0") in {"1", "2", "5"}


def test_north_is_up_and_the_bar_measures() -> None:
    plan = plan_of([("1", "said", 113.42, 22.68), ("2", "camera", 113.42, 22.69)])
    assert plan is not None
    south, north = plan.spots
    assert north.y < south.y
    assert north.x == pytest.approx(south.x)
    metres = math.dist((north.x, north.y), (south.x, south.y)) / plan.bar * plan.bar_m
    assert metres == pytest.approx(1112, rel=0.01)


def test_without_places_there_is_none() -> None:
    assert plan_of([]) is None
