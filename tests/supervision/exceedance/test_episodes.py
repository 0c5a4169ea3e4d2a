"""Exceeding hours as episodes: joined over short pauses, cut by long ones, never lost to a mark."""

from __future__ import annotations

from datetime import date

import pytest
from exceedance_cases import MIDNIGHT, NAN, flue, hours, limit, mark, water
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards.emission import Period
from zhihuan.supervision.exceedance import episodes_of, judged_days, judged_hours
from zhihuan.supervision.exceedance.episodes import EpisodeTable


def found_in(*rows: list[float], **fields: object) -> EpisodeTable:
    """Episodes of stacks with a limit of 35."""
    return episodes_of(judged_hours(hours(*rows), [flue(limit(), **fields) for _ in rows]))  # type: ignore[arg-type]


def _walk(row: list[float]) -> list[tuple[int, int, int, int]]:
    """first, last, hours, worst, walking hour by hour; up to three hours of pause join."""
    found: list[list[int]] = []
    for place, value in enumerate(row):
        if not value > 35.0:
            continue
        if found and place - found[-1][1] - 1 <= 3:
            first, _last, count, worst = found[-1]
            found[-1] = [first, place, count + 1, worst if row[worst] >= value else place]
        else:
            found.append([place, place, 1, place])
    return [tuple(each) for each in found]  # type: ignore[misc]


@given(st.lists(
    st.lists(st.sampled_from([NAN, 10.0, 35.0, 36.0, 50.0]), min_size=48, max_size=48),
    min_size=1, max_size=3,
))  # fmt: skip
def test_episodes_are_those_that_a_walk_finds(rows: list[list[float]]) -> None:
    table = found_in(*rows)
    columns = (table.series, table.first, table.last, table.periods, table.worst)
    walked = [(series, *each) for series, row in enumerate(rows) for each in _walk(row)]
    assert list(zip(*(one.tolist() for one in columns), strict=True)) == walked
    assert table.standing.tolist() == table.periods.tolist()


def test_an_outlet_that_wavers_is_one_episode_and_two_far_apart_are_two() -> None:
    table = found_in([40, 10, 40, NAN, 10, 10, 40, 10, 10, 10, 10, 40])
    assert table.first.tolist() == [0, 11]
    assert table.last.tolist() == [6, 11]
    assert table.periods.tolist() == [3, 1]


def test_a_mark_over_all_of_it_leaves_the_episode_with_nothing_standing() -> None:
    table = found_in([40.0] * 4, marks=[mark(0, 4)])
    assert (table.periods.tolist(), table.standing.tolist()) == ([4], [0])
    assert (
        "扣除标记后：4 个小时超过限值，扣除排污单位标记的时段 → 全部被标记"
        in table.derivation(0).text()
    )


def test_an_episode_goes_through_a_change_of_edition() -> None:
    old = limit(20.0, in_force_until=date(2026, 3, 1), standard="旧标准")
    new = limit(35.0, in_force_from=date(2026, 3, 2), standard="新标准")
    values = [10.0] * 22 + [50.0] * 2 + [60.0] * 2 + [30.0] * 22
    table = episodes_of(judged_hours(hours(values), [flue(old, new)]))
    assert (table.first.tolist(), table.last.tolist()) == ([22], [25])
    # 50 is 30 beyond the old limit, 60 is 25 beyond the new one
    value, excess, multiple = table.worst_value(0)
    assert (value, excess, multiple) == (50.0, 30.0, pytest.approx(1.5))
    assert "旧标准" in table.derivation(0).text()


def test_days_in_a_row_are_one_episode_and_a_good_day_ends_it() -> None:
    values = [40.0] * 48 + [10.0] * 24 + [40.0] * 24
    table = episodes_of(judged_days(hours(values), [flue(limit(35.0, Period.DAY))]))
    assert table.first.tolist() == [0, 3]
    assert table.periods.tolist() == [2, 1]
    assert table.span(0) == (MIDNIGHT, MIDNIGHT + 2 * 86_400)
    assert "共 2 日超过限值" in table.derivation(0).conclusion


def test_a_warning_is_called_a_warning() -> None:
    table = episodes_of(judged_hours(hours([60.0]), [water(limit(50.0, Period.DAY))]))
    assert "预警过程" in table.derivation(0).title


def test_nothing_exceeding_gives_nothing() -> None:
    assert len(found_in([10.0] * 24)) == 0
