"""The effective transmission rate is received/due × valid/received, and opens into its periods."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.telemetry.gaps import Expected
from zhihuan.telemetry.transmission import Judged, Transmission, records, transmission, whole

MIDNIGHT = 1717171200
COUNTS = st.integers(min_value=0, max_value=10_000)


def judged(slots: dict[int, bool]) -> Judged:
    times = [MIDNIGHT + slot * 3600 for slot in slots]
    return Judged(
        np.zeros(len(slots), dtype=np.int64),
        np.array(times, dtype=np.int64),
        np.array(list(slots.values()), dtype=np.bool_),
    )


def test_a_day_of_hours_worked_by_hand() -> None:
    # 24 due, 20 received, 18 of them valid: 83.33 % × 90 % = 75 %
    slots = {n: n >= 2 for n in range(20)}
    expected = Expected.of_one(MIDNIGHT, MIDNIGHT + 86400, 3600)
    [figures] = transmission(judged(slots), expected)
    assert figures == Transmission(24, 20, 18)
    assert figures.transmission_rate == pytest.approx(0.83333, abs=1e-5)
    assert figures.validity_rate == 0.9
    assert figures.effective_rate == 0.75


def test_nothing_due_has_no_rate_and_nothing_received_no_validity() -> None:
    assert math.isnan(Transmission(0, 0, 0).effective_rate)
    assert math.isnan(Transmission(24, 0, 0).validity_rate)
    assert Transmission(24, 0, 0).effective_rate == 0.0


def test_a_figure_opens_into_the_periods_it_was_counted_from() -> None:
    slots = {n: n not in (3, 4) for n in range(24) if n not in (10, 11, 23)}
    expected = Expected.of_one(MIDNIGHT, MIDNIGHT + 86400, 3600)
    behind = records(judged(slots), expected)
    assert behind.missing.start.tolist() == [MIDNIGHT + 10 * 3600, MIDNIGHT + 23 * 3600]
    assert behind.missing.missing.tolist() == [2, 1]
    assert behind.invalid_start.tolist() == [MIDNIGHT + 3 * 3600, MIDNIGHT + 4 * 3600]
    [figures] = transmission(judged(slots), expected)
    assert figures.due - figures.received == behind.missing.missing.sum()
    assert figures.received - figures.valid == len(behind.invalid_start)


def test_several_values_in_one_period_count_once_and_one_valid_one_suffices() -> None:
    twice = Judged(np.array([0, 0]), np.array([MIDNIGHT, MIDNIGHT + 60]), np.array([False, True]))
    [figures] = transmission(twice, Expected.of_one(MIDNIGHT, MIDNIGHT + 3600, 3600))
    assert figures == Transmission(1, 1, 1)


@settings(deadline=None)
@given(due=COUNTS, received=COUNTS, valid=COUNTS)
def test_the_effective_rate_is_the_product(due: int, received: int, valid: int) -> None:
    received = min(received, due)
    figures = Transmission(due, received, min(valid, received))
    if received:
        product = figures.transmission_rate * figures.validity_rate
        assert figures.effective_rate == pytest.approx(product)
        assert 0.0 <= figures.effective_rate <= 1.0


@settings(deadline=None)
@given(st.sets(st.integers(min_value=0, max_value=47)), st.integers(min_value=0, max_value=48))
def test_the_figures_of_parts_add_up_to_those_of_the_whole(arrived: set[int], cut: int) -> None:
    rows = judged({slot: slot % 3 > 0 for slot in sorted(arrived)})
    border = MIDNIGHT + cut * 3600
    parts = [
        transmission(rows, Expected.of_one(start, end, 3600))[0]
        for start, end in ((MIDNIGHT, border), (border, MIDNIGHT + 48 * 3600))
    ]
    [all_of_it] = transmission(rows, Expected.of_one(MIDNIGHT, MIDNIGHT + 48 * 3600, 3600))
    assert whole(parts) == all_of_it
