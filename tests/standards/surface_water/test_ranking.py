"""Ranks and rates of change."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards.surface_water.ranking import change_percent, ranks, reported_change


@given(st.lists(st.one_of(st.just(float("nan")), st.integers(0, 9).map(float)), max_size=20))
def test_a_rank_is_one_more_than_the_number_of_better_ones(values: list[float]) -> None:
    for value, rank in zip(values, ranks(values).tolist(), strict=True):
        if np.isnan(value):
            assert np.isnan(rank)
        else:
            assert rank == 1 + sum(other < value for other in values)


def test_a_change_is_relative_to_the_earlier_index() -> None:
    found = change_percent([2.4, 3.3, 1.0, np.nan], [3.0, 3.0, 0.0, 2.0])
    np.testing.assert_allclose(found, [-20, 10, np.nan, np.nan])
    assert reported_change([-20.125, 9.999], on=date(2026, 9, 30)).tolist() == [-20.12, 10.0]
