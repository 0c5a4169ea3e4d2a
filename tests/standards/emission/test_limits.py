"""Which of a factor's limits governs a day, and which sets of limits are refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards.emission.limits import Limit, Period, which_limit
from zhihuan.standards.errors import InputRefusedError, OutsideEditionsError

Maker = Callable[..., Limit]


@given(days=st.lists(st.integers(0, 3000), max_size=20))
def test_the_limit_is_the_one_whose_days_hold_the_day(limit: Maker, days: list[int]) -> None:
    first = date(2019, 1, 1)
    history = [
        limit(50.0, in_force_from=date(2024, 7, 1)),  # out of order on purpose
        limit(200.0, in_force_from=first),
        limit(100.0, in_force_from=date(2021, 1, 1)),
    ]
    asked = [first + timedelta(days=one) for one in days]
    found = which_limit(history, np.array(asked, dtype="datetime64[D]"), Period.HOUR)
    by_hand = [
        max((one for one in history if one.in_force_from <= day), key=lambda one: one.in_force_from)
        for day in asked
    ]
    assert [history[place] for place in found] == by_hand


@pytest.mark.parametrize("day", ["2018-12-31", "2021-01-01"])
def test_a_day_that_no_limit_reaches_is_an_error(limit: Maker, day: str) -> None:
    ended = limit(50.0, in_force_until=date(2020, 12, 31))
    with pytest.raises(OutsideEditionsError, match=f"二氧化硫 在 {day} 没有可用的小时均值限值"):
        which_limit([ended], np.array(["2020-01-01", day], dtype="datetime64[D]"), Period.HOUR)


def test_limits_that_cannot_be_used_together_are_refused(limit: Maker) -> None:
    day = np.array(["2026-03-01"], dtype="datetime64[D]")
    until = limit(50.0, in_force_until=date(2023, 1, 1))
    for bad, words in [
        ([], "没有给出限值"),
        ([limit(50.0), limit(60.0)], "有效期重叠"),
        ([until, limit(60.0, in_force_from=date(2023, 1, 1))], "有效期重叠"),
        (
            [limit(50.0), limit(60.0, in_force_from=date(2024, 1, 1), item="氮氧化物")],
            "不是同一项目",
        ),
        ([limit(np.nan)], "上限、下限都没有"),
        ([limit(6.0, lower=9.0)], "下限高于上限"),
        ([limit(50.0, Period.DAY)], "是日均值限值，这里评价小时均值"),
    ]:
        with pytest.raises(InputRefusedError, match=words):
            which_limit(bad, day, Period.HOUR)


def test_a_limit_reads_as_people_write_it(limit: Maker) -> None:
    assert limit(35.0).text == "≤ 35 mg/m³"
    assert limit(9.0, lower=6.0, unit="").text == "6～9"
    assert limit(np.nan, lower=5.0, unit="mg/L").text == "≥ 5 mg/L"
