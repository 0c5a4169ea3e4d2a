"""Statistical levels: by energy, by rank, and nothing out of too little."""

from __future__ import annotations

import math
from statistics import stdev

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.errors import InputRefusedError
from zhihuan.standards.noise.levels import (
    energy_mean,
    exceeded_levels,
    hourly_statistics,
    statistics,
)

LEVELS = st.floats(min_value=20.0, max_value=120.0)
RUNS = st.lists(st.one_of(LEVELS, st.just(math.nan)), min_size=1, max_size=40)
DAY = np.datetime64("2026-03-01")


def slow_leq(run: list[float]) -> float:
    valid = [level for level in run if not math.isnan(level)]
    if not valid:
        return math.nan
    total = 0.0
    for level in valid:
        total += 10 ** (0.1 * level)
    return 10 * math.log10(total / len(valid))


def slow_exceeded(run: list[float], percent: float) -> float:
    """The level at place (100−N)/100·(n−1) of the valid samples in rising order."""
    valid = sorted(level for level in run if not math.isnan(level))
    if not valid:
        return math.nan
    place = (1 - percent / 100) * (len(valid) - 1)
    low = math.floor(place)
    high = min(low + 1, len(valid) - 1)
    return valid[low] + (place - low) * (valid[high] - valid[low])


@settings(max_examples=80)
@given(RUNS)
def test_every_figure_equals_the_slow_route(run: list[float]) -> None:
    found = statistics(run)
    valid = [level for level in run if not math.isnan(level)]
    wanted = {
        "leq": slow_leq(run),
        "lmax": max(valid, default=math.nan),
        "lmin": min(valid, default=math.nan),
        **{f"l{n}": slow_exceeded(run, n) for n in (5, 10, 50, 90, 95)},
        "sd": stdev(valid) if len(valid) > 1 else math.nan,
    }
    for name, figure in wanted.items():
        assert getattr(found, name) == pytest.approx(figure, abs=1e-6, nan_ok=True), name
    assert int(found.valid) == len(valid)
    assert found.due == len(run)


def test_the_energy_mean_takes_weights_and_any_axis() -> None:
    levels = np.array([[50.0, 60.0], [70.0, np.nan]])
    assert energy_mean(levels, axis=0)[1] == pytest.approx(60.0)
    weighted = energy_mean([60.0, 50.0], weights=[16.0, 8.0])
    assert weighted == pytest.approx(10 * math.log10((16 * 1e6 + 8 * 1e5) / 24))


def test_levels_beyond_any_float_power_do_not_overflow() -> None:
    assert energy_mean([4000.0, 4000.0]) == pytest.approx(4000.0)


def test_an_empty_run_has_no_level() -> None:
    found = statistics(np.empty((2, 0)))
    assert np.isnan(found.leq).all()
    assert np.isnan(found.l50).all()
    assert found.valid.tolist() == [0, 0]
    assert np.isnan(energy_mean(np.full(3, np.nan)))


def test_too_few_samples_leave_no_level_but_their_count() -> None:
    run = np.full(60, 55.0)
    run[:16] = np.nan
    short = hourly_statistics(run, per_hour=60, on=DAY)
    assert np.isnan(short.leq).all()
    assert short.valid.tolist() == [44]
    run[15] = 55.0  # the 45th minute
    assert hourly_statistics(run, per_hour=60, on=DAY).leq == pytest.approx([55.0])


def test_second_levels_of_two_hours_become_two_rows() -> None:
    seconds = np.concatenate([np.full(3600, 60.0), np.full(3600, 50.0)])
    found = hourly_statistics(seconds, per_hour=3600, on=DAY)
    assert found.l10 == pytest.approx([60.0, 50.0])
    assert found.due == 3600


def test_a_broken_hour_is_refused() -> None:
    with pytest.raises(ValueError, match="no whole hours"):
        hourly_statistics(np.full(61, 55.0), per_hour=60, on=DAY)


def test_exceeded_levels_of_many_runs_stand_percent_first() -> None:
    runs = np.tile(np.arange(101.0), (3, 1))
    found = exceeded_levels(runs, [10, 90])
    assert found.shape == (2, 3)
    assert found[:, 0] == pytest.approx([90.0, 10.0])


@pytest.mark.parametrize(
    ("level", "words"), [(5.43, "贝尔"), (543.0, "0.1 dB"), (-3.0, "不合常理")]
)
def test_levels_in_another_unit_are_refused_with_the_guess(level: float, words: str) -> None:
    with pytest.raises(InputRefusedError, match=words):
        statistics([60.0, level])


def test_unchecked_levels_are_taken_as_they_are() -> None:
    assert statistics([5.43], checked=False).leq == pytest.approx(5.43)
