"""Ld, Ln and Ldn: the halves of a day, their hours, and the ten decibels of the night."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.errors import InputRefusedError, OutsideEditionsError
from zhihuan.standards.noise.day_night import day_levels, day_night_level
from zhihuan.standards.noise.periods import in_night, is_night

DAY = np.datetime64("2026-03-01")
HOURS = st.lists(
    st.one_of(st.floats(min_value=30, max_value=90), st.just(math.nan)), min_size=24, max_size=24
)


def slow_half(hours: list[float], due: int) -> float:
    valid = [level for level in hours if not math.isnan(level)]
    if len(valid) < due * 20 / 24:
        return math.nan
    return 10 * math.log10(sum(10 ** (level / 10) for level in valid) / len(valid))


@settings(max_examples=80)
@given(HOURS)
def test_a_day_equals_the_slow_route(hours: list[float]) -> None:
    found = day_levels(hours, DAY)
    ld, ln = slow_half(hours[6:22], 16), slow_half(hours[:6] + hours[22:], 8)
    ldn = 10 * math.log10((16 * 10 ** (ld / 10) + 8 * 10 ** ((ln + 10) / 10)) / 24)
    wanted = (("ld", ld), ("ln", ln), ("ldn", ldn))
    for name, figure in wanted:
        assert getattr(found, name) == pytest.approx([figure], nan_ok=True), name
    assert found.day_hours[0] + found.night_hours[0] == sum(not math.isnan(h) for h in hours)


def test_thirteen_day_hours_are_one_too_few_and_fourteen_enough() -> None:
    hours = np.full(24, 60.0)
    hours[6:9] = np.nan
    assert np.isnan(day_levels(hours, DAY).ld).all()
    hours[8] = 60.0
    found = day_levels(hours, DAY)
    assert found.ld == pytest.approx([60.0])
    assert found.day_hours.tolist() == [14]
    assert found.day_hours_due.tolist() == [16]


def test_six_night_hours_are_one_too_few_and_seven_enough() -> None:
    hours = np.full(24, 50.0)
    hours[[0, 23]] = np.nan
    assert np.isnan(day_levels(hours, DAY).ln).all()
    hours[0] = 50.0
    assert day_levels(hours, DAY).ln == pytest.approx([50.0])


def test_a_local_government_may_shift_the_day() -> None:
    hours = np.where(np.arange(24) < 7, 40.0, 60.0)
    usual, shifted = day_levels(hours, DAY), day_levels(hours, DAY, day_time=(7, 23))
    assert usual.ld[0] < 60.0
    assert shifted.ld == pytest.approx([60.0])
    assert shifted.night_hours_due.tolist() == [8]


def test_several_stations_and_days_keep_their_shape() -> None:
    found = day_levels(np.full((3, 48), 55.0), DAY, needed_share=1.0)
    assert found.ldn.shape == (3, 2)
    assert found.day_hours.tolist() == [[16, 16]] * 3


def test_no_days_give_no_levels() -> None:
    assert day_levels(np.empty((2, 0)), DAY).ld.shape == (2, 0)


def test_broken_days_absurd_levels_and_days_before_the_standard_are_refused() -> None:
    with pytest.raises(ValueError, match="no whole days"):
        day_levels(np.full(23, 55.0), DAY)
    with pytest.raises(InputRefusedError, match="第 1 行"):
        day_levels(np.full(24, 550.0), DAY)
    with pytest.raises(OutsideEditionsError):
        day_levels(np.full(24, 55.0), np.datetime64("2001-01-01"))
    assert day_levels(np.full(24, 5.0), DAY, checked=False).ld == pytest.approx([5.0])


def test_equal_levels_by_day_and_night_weigh_six_decibels_more() -> None:
    wanted = 60 + 10 * math.log10((16 + 8 * 10) / 24)
    assert day_night_level(60.0, 60.0, on=DAY) == pytest.approx(wanted)
    assert np.isnan(day_night_level(60.0, np.nan, on=DAY))


def test_night_begins_at_ten_and_ends_at_six_in_beijing() -> None:
    midnight = 1772294400 + 8 * 3600 - 8 * 3600  # 2026-03-01 00:00 +08:00
    hours = midnight + 3600 * np.arange(24)
    night = in_night(hours)
    assert np.flatnonzero(~night).tolist() == list(range(6, 22))
    shifted = in_night(hours, day_time=(7, 23))
    assert np.flatnonzero(~shifted).tolist() == list(range(7, 23))


def test_words_of_periods_are_read_and_others_refused_by_row() -> None:
    assert is_night(["昼间", "夜间", "day", "night"]).tolist() == [False, True, False, True]
    assert is_night(np.array([True, False])).tolist() == [True, False]
    with pytest.raises(InputRefusedError, match=r"第 2 行.*黄昏"):
        is_night(["昼间", "黄昏"])
