"""Runs of exceeding hours, found again by walking through the hours one by one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards.emission import Limit, episodes, judge_hours

Maker = Callable[..., Limit]
DAY = date(2026, 3, 1)
_value = st.sampled_from([np.nan, 10.0, 35.0, 36.0, 40.0, 70.0])


def _walk(row: list[float]) -> list[tuple[int, int, int, float]]:
    found, run = [], []
    for place, value in enumerate([*row, 0.0]):
        if value > 35.0:
            run.append(place)
        elif run:
            worst = max(run, key=lambda one: (row[one], -one))
            found.append((run[0], len(run), worst, sum(row[one] - 35.0 for one in run) / len(run)))
            run = []
    return found


@given(rows=st.integers(1, 3).flatmap(
    lambda n: st.lists(st.lists(_value, min_size=n * 4, max_size=n * 4), min_size=1, max_size=4)
))  # fmt: skip
def test_runs_are_those_that_a_walk_finds(limit: Maker, rows: list[list[float]]) -> None:
    found = episodes(judge_hours(rows, DAY, [limit(35.0)]))
    walked = [(series, *run) for series, row in enumerate(rows) for run in _walk(row)]
    columns = (found.series, found.first, found.hours, found.worst)
    assert list(zip(*(one.tolist() for one in columns), strict=True)) == [one[:4] for one in walked]
    assert found.mean_excess.tolist() == pytest.approx([one[4] for one in walked])
    assert len(found) == len(walked)


def test_an_unjudged_hour_ends_a_run(limit: Maker) -> None:
    found = episodes(judge_hours([40.0, np.nan, 40.0], DAY, [limit(35.0)]))
    assert found.hours.tolist() == [1, 1]


def test_no_hours_no_runs(limit: Maker) -> None:
    empty = judge_hours([], np.empty(0, "datetime64[D]"), [limit(35.0)])
    assert len(episodes(empty)) == 0
    assert len(episodes(judge_hours(40.0, DAY, [limit(35.0)]))) == 1


def test_the_derivation_tells_length_and_the_worst_hour(limit: Maker) -> None:
    found = episodes(judge_hours([[1.0] * 4, [1.0, 42.0, 70.0, 1.0]], DAY, [limit(35.0)]))
    text = found.derivation(0).text()
    assert "自第 2 小时起连续 2 小时；最严重时超标 1 倍" in text
    assert "第 3 小时" in text
