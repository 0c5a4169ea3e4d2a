"""A limit's chip: working days within a year, years and months beyond; a three years' limit is no 755 working days."""

from __future__ import annotations

import datetime as dt

import pytest

from zhihuan.web.components.clock import Clock

TODAY = dt.date(2026, 11, 30)


@pytest.mark.parametrize(
    ("due", "days", "words"),
    [
        (dt.date(2029, 11, 30), 755, "剩余 3 年"),
        (dt.date(2029, 11, 29), 754, "剩余 2 年 11 个月"),
        (dt.date(2028, 1, 5), 275, "剩余 1 年 1 个月"),
        (dt.date(2027, 12, 29), 270, "剩余 270 个工作日"),
        (dt.date(2026, 12, 14), 10, "剩余 10 个工作日"),
        (TODAY, 0, "今日到期"),
        (dt.date(2025, 1, 1), -470, "超期 470 个工作日"),
    ],
)
def test_what_the_chip_says_first(due: dt.date, days: int, words: str) -> None:
    assert Clock(due=due, days_left=days, today=TODAY).words == words


def test_without_a_day_of_looking_working_days_are_told() -> None:
    assert Clock(due=dt.date(2029, 11, 30), days_left=755).words == "剩余 755 个工作日"
