"""MDA8: windows 08 to 24, six of eight hours, fourteen of seventeen windows, and the exception."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards.air.ozone_8h import mda8, running_8h
from zhihuan.standards.errors import InputRefusedError

DAY = date(2024, 7, 1)
HOUR = st.one_of(st.integers(1, 400), st.none())
NOTHING = np.full(24, np.nan)


def by_the_text(hours: list[int | None]) -> tuple[float | None, int]:
    """Each window looked at for itself; hours are numbered 1 to 24."""
    means = []
    for label in range(8, 25):
        known = [hours[h - 1] for h in range(label - 7, label + 1) if hours[h - 1] is not None]
        if len(known) >= 6:
            means.append(sum(known) / len(known))
    largest = max(means, default=None)
    if len(means) >= 14 or (largest is not None and round(largest) > 160):
        return largest, len(means)
    return None, len(means)


@settings(max_examples=200)
@given(st.lists(HOUR, min_size=24, max_size=24))
def test_a_day_agrees_with_the_text_followed_window_by_window(hours: list[int | None]) -> None:
    found = mda8([np.nan if v is None else v for v in hours], on=DAY)
    expected, windows = by_the_text(hours)
    assert int(found.windows) == windows
    if expected is None:
        assert np.isnan(found.values)
    else:
        assert float(found.values) == pytest.approx(expected, rel=1e-12)


def with_hours(first: int, last: int, value: float) -> np.ndarray:
    hours = NOTHING.copy()
    hours[first - 1 : last] = value
    return hours


def test_thirteen_windows_are_one_too_few_and_fourteen_enough() -> None:
    # hours 1 to h known: windows 08 … h+2 are valid, the last with six hours
    assert int(mda8(with_hours(1, 18, 90), on=DAY).windows) == 13
    assert np.isnan(mda8(with_hours(1, 18, 90), on=DAY).values)
    enough = mda8(with_hours(1, 19, 90), on=DAY)
    assert (int(enough.windows), float(enough.values)) == (14, 90.0)


def test_too_few_windows_count_all_the_same_when_the_limit_is_exceeded() -> None:
    found = mda8(with_hours(10, 15, 161), on=DAY)
    assert (int(found.windows), float(found.values), bool(found.kept)) == (3, 161.0, True)
    at_the_limit = mda8(with_hours(10, 15, 160), on=DAY)
    assert np.isnan(at_the_limit.values)
    assert float(at_the_limit.found) == 160.0
    stricter = mda8(with_hours(10, 15, 101), limit=100, on=DAY)
    assert bool(stricter.kept)


def test_what_exceeds_is_the_reported_figure() -> None:
    hours = with_hours(10, 15, 160)
    hours[9:12] = 161  # 160.5 goes to the even 160
    assert np.isnan(mda8(hours, on=DAY).values)
    hours[9:13] = 161  # 160.67 goes to 161
    assert float(mda8(hours, on=DAY).values) == pytest.approx(160 + 4 / 6)


def test_six_hours_make_a_window_and_five_do_not() -> None:
    assert int(mda8(with_hours(17, 22, 50), on=DAY).windows) == 3
    assert int(mda8(with_hours(17, 21, 50), on=DAY).windows) == 0
    one = mda8(with_hours(12, 12, 50), on=DAY)
    assert (int(one.windows), int(one.label)) == (0, -1)
    assert np.isnan(one.found)


def test_yesterday_is_not_looked_at() -> None:
    hours = np.full(24, 50.0)
    hours[:7] = 300.0
    assert int(mda8(hours, on=DAY).label) == 8
    assert float(mda8(hours, on=DAY).values) == (7 * 300 + 50) / 8


def test_many_stations_and_days_over_two_editions() -> None:
    days = np.array(["2026-02-28", "2026-03-01"], dtype="datetime64[D]")
    found = mda8(np.full((3, 2, 24), 90.0), on=days)
    assert found.values.shape == (3, 2)
    assert "HJ 663-2013" in found.derivation((1, 0)).text()
    assert "HJ 663-2026" in found.derivation((1, 1)).text()
    few = mda8(np.broadcast_to(with_hours(10, 15, 170), (3, 2, 24)), on=days)
    assert few.kept.all()


def test_no_day_and_an_empty_day() -> None:
    assert mda8(np.empty((0, 24)), on=DAY).values.shape == (0,)
    empty = mda8(NOTHING, on=DAY)
    assert np.isnan(empty.values)
    assert "没有有效的8小时平均" in empty.derivation().text()


def test_the_derivation_says_which_hours_and_why_it_counts() -> None:
    day = np.full(24, 60.0)
    day[11:19] = 170.0
    text = mda8(day, on=DAY).derivation().text()
    assert "12 至 19 时的平均 = 170" in text
    assert "17 ≥ 14" in text
    kept = mda8(with_hours(10, 15, 161), on=DAY).derivation().text()
    assert "3 < 14，但 161 > 160，超标日仍参加评价" in kept
    lost = mda8(with_hours(10, 15, 100), on=DAY).derivation().text()
    assert "3 < 14，且未超过 160" in lost
    assert "不予评价" in lost


@given(st.lists(HOUR, max_size=40))
def test_running_means_agree_with_looking_back_hour_by_hour(hours: list[int | None]) -> None:
    found = running_8h([np.nan if v is None else v for v in hours], on=DAY)
    for at in range(len(hours)):
        known = [v for v in hours[max(0, at - 7) : at + 1] if v is not None]
        assert found.counts[at] == len(known)
        if len(known) >= 6:
            assert found.values[at] == pytest.approx(sum(known) / len(known), rel=1e-12)
        else:
            assert np.isnan(found.values[at])


def test_ozone_in_milligrams_is_refused() -> None:
    with pytest.raises(InputRefusedError, match="mg/m³"):
        mda8(np.full(24, 0.16), on=DAY)
    with pytest.raises(InputRefusedError, match="mg/m³"):
        running_8h(np.full(24, 0.16), on=DAY)
    assert float(mda8(np.full(24, 0.16), on=DAY, checked=False).values)
    assert running_8h(np.full(24, 0.16), on=DAY, checked=False).counts[-1] == 8
