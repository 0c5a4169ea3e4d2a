"""HJ 663 appendix A: the percentile of daily values, against the text followed with Decimals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from math import floor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.air.percentiles import percentile
from zhihuan.standards.errors import OutsideEditionsError, UnknownEditionError

DAY = date(2024, 12, 31)


def by_the_text(values: list[Decimal], percent: int) -> Decimal:
    """Sort, count to k, interpolate: one sentence of the appendix a line."""
    x = sorted(values)
    n = len(x)
    k = 1 + (n - 1) * Decimal(percent) / 100
    s = floor(k)
    if s >= n:
        return x[n - 1]
    return x[s - 1] + (x[s] - x[s - 1]) * (k - s)


@settings(max_examples=150)
@given(
    st.lists(st.decimals(0, 500, places=1), min_size=1, max_size=400),
    st.sampled_from([50, 90, 95, 98, 99, 0, 100]),
)
def test_reported_values_give_the_exact_decimal_percentile(
    values: list[Decimal], percent: int
) -> None:
    found = percentile([float(v) for v in values], percent, decimals=1, on=DAY).values
    assert float(found) == float(by_the_text(values, percent))


@given(st.lists(st.floats(0, 500), min_size=1, max_size=60), st.sampled_from([90, 95, 98]))
def test_unrounded_values_agree_with_numpys_linear_percentile(
    values: list[float], percent: int
) -> None:
    found = percentile(values, percent, on=DAY).values
    assert found == pytest.approx(np.percentile(values, percent), rel=1e-12)


@pytest.mark.parametrize(("n", "percent", "rank"), [(21, 95, 20), (51, 98, 50), (31, 90, 28)])
def test_a_whole_rank_is_whole_whatever_binary_fractions_make_of_it(
    n: int, percent: int, rank: int
) -> None:
    assert float(percentile(range(1, n + 1), percent, on=DAY).values) == rank


def test_missing_days_are_left_out_and_not_counted() -> None:
    found = percentile([[np.nan, 1.0, 2.0], [np.nan, np.nan, np.nan]], 90, on=DAY)
    assert found.counts.tolist() == [2, 0]
    assert found.values[0] == pytest.approx(1.9)
    assert np.isnan(found.values[1])


def test_nothing_at_all_gives_nothing() -> None:
    found = percentile([], 90, on=DAY)
    assert np.isnan(found.values)
    assert int(found.counts) == 0
    assert percentile(np.empty((0, 365)), 90, on=DAY).values.shape == (0,)
    assert "没有有效数据" in found.derivation().text()


def test_the_axis_is_the_callers_choice() -> None:
    table = np.arange(12.0).reshape(3, 4)
    assert np.array_equal(
        percentile(table, 50, axis=0, on=DAY).values, percentile(table.T, 50, on=DAY).values
    )


def test_one_value_is_every_percentile_of_itself() -> None:
    assert float(percentile(7.0 * np.ones(1), 98, on=DAY).values) == 7.0


def test_the_derivation_shows_the_rank_and_the_neighbours() -> None:
    text = percentile(range(1, 366), 90, on=DAY).derivation().text()
    assert "k = 1+(365−1)×90% = 328.6" in text
    assert "X(328) = 328，X(329) = 329" in text
    assert "→ 328.6" in text
    assert "HJ 663-2013 附录A" in text


def test_the_derivation_names_the_edition_of_its_own_day() -> None:
    days = np.array(["2025-12-31", "2026-12-31"], dtype="datetime64[D]")
    found = percentile(np.arange(20.0).reshape(2, 10), 90, on=days)
    assert "HJ 663-2013" in found.derivation(0).text()
    assert "HJ 663-2026" in found.derivation((1,)).text()


def test_a_wrong_percent_or_no_law_is_refused() -> None:
    with pytest.raises(ValueError, match="0 to 100"):
        percentile([1.0], 101, on=DAY)
    with pytest.raises(OutsideEditionsError, match="say on which day"):
        percentile([1.0], 90)
    with pytest.raises(UnknownEditionError):
        percentile([1.0], 90, edition="HJ 663-1999")
    with pytest.raises(OutsideEditionsError):
        percentile([1.0], 90, on=date(2000, 1, 1))
