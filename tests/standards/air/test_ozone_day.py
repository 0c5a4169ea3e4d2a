"""Ozone while the day runs: the allowance is proved by living through the rest of the day."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.air.ozone_8h import mda8
from zhihuan.standards.air.ozone_day import ozone_so_far
from zhihuan.standards.air.reporting import reported
from zhihuan.standards.errors import InputRefusedError

DAY = date(2025, 7, 1)
HOUR = st.one_of(st.integers(1, 260), st.none())


def filled(known: list[float | None], rest: float) -> np.ndarray:
    hours = np.full(24, rest)
    hours[: len(known)] = [np.nan if v is None else v for v in known]
    return hours


@settings(max_examples=200)
@given(st.lists(HOUR, max_size=24), st.sampled_from([100.0, 160.0, 215.0]))
def test_hours_at_the_highest_mean_meet_the_target_and_a_little_more_does_not(
    known: list[int | None], target: float
) -> None:
    found = ozone_so_far(filled(known, np.nan), len(known), target=target, on=DAY)
    if bool(found.lost):
        best = mda8(filled(known, 0.0), on=DAY).found
        assert reported(best, "O3", on=DAY) > target
        return
    highest = float(found.highest_mean)
    if np.isnan(highest):
        worst = mda8(filled(known, 2000.0), on=DAY, checked=False).found
        assert not reported(worst, "O3", on=DAY) > target  # nothing that comes can matter
        return
    assert not reported(mda8(filled(known, highest), on=DAY).found, "O3", on=DAY) > target
    assert reported(mda8(filled(known, highest + 0.11), on=DAY).found, "O3", on=DAY) > target


@given(st.lists(HOUR, max_size=24))
def test_so_far_is_the_largest_window_that_has_ended(known: list[int | None]) -> None:
    found = ozone_so_far(filled(known, np.nan), len(known), target=160, on=DAY)
    means = []
    for label in range(8, len(known) + 1):
        inside = [v for v in known[label - 8 : label] if v is not None]
        if len(inside) >= 6:
            means.append(sum(inside) / len(inside))
    if means:
        assert float(found.so_far) == pytest.approx(max(means), rel=1e-12)
    else:
        assert np.isnan(found.so_far)


def test_before_the_first_hour_every_window_is_open() -> None:
    found = ozone_so_far(np.full(24, np.nan), 0, target=160, on=DAY)
    assert found.open_windows == 17
    assert float(found.highest_mean) == 160.5


def test_what_stands_after_now_is_not_looked_at() -> None:
    hours = np.full(24, 100.0)
    hours[12:] = 999.0
    assert float(ozone_so_far(hours, 12, target=160, on=DAY).so_far) == 100.0


def test_a_day_that_already_exceeded_is_lost() -> None:
    found = ozone_so_far(np.full((2, 24), 200.0), 20, target=160, on=DAY)
    assert found.lost.all()
    assert np.isnan(found.highest_mean).all()
    assert "已无法达到目标" in found.derivation(1).text()


def test_after_the_last_hour_nothing_matters_any_more() -> None:
    found = ozone_so_far(np.full(24, 100.0), 24, target=160, on=DAY)
    assert "没有能影响结果的小时" in found.derivation().text()


def test_the_derivation_names_the_window_that_decides() -> None:
    hours = np.full(24, np.nan)
    hours[:14] = [40] * 9 + [120, 150, 170, 180, 190]
    text = ozone_so_far(hours, 14, target=160, on=DAY).derivation().text()
    assert "时标 18 的 8 小时平均" in text
    assert "剩余各小时均不高于 148.5 µg/m³" in text


def test_an_hour_that_does_not_exist_and_milligrams_are_refused() -> None:
    with pytest.raises(ValueError, match="0 to 24"):
        ozone_so_far(np.full(24, 100.0), 25, target=160, on=DAY)
    with pytest.raises(InputRefusedError, match="mg/m³"):
        ozone_so_far(np.full(24, 0.1), 12, target=160, on=DAY)
    assert ozone_so_far(np.full(24, 0.1), 12, target=160, on=DAY, checked=False).now == 12
