"""From samples to points, from points to the water body."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from zhihuan.standards.surface_water.black_odour_body import body_grade, point_grade

DAY = date(2020, 6, 30)


@pytest.mark.parametrize(
    ("items", "grade"),
    [
        ([[3, 3, 3, 1, 1]], 2),  # 60 % is not more than 60 %
        ([[3, 3, 3, 3, 1]], 3),
        ([[3, 3, 1, 1, 1], [3, 3, 1, 1, 1]], 3),  # two items above 30 %
        ([[3, 3, 1, 1, 1], [3, 1, 1, 1, 1]], 2),
        ([[3, 3, 0, 0, 0]], 3),  # of the data there are
        ([[2, 1, 1]], 2),
        ([[1, 1], [1, 0]], 1),
        ([[0, 0]], 0),
    ],
)
def test_a_point_is_severe_by_share_of_its_data(items: list[list[int]], grade: int) -> None:
    assert int(point_grade(items, on=DAY)) == grade
    assert point_grade([items, items], on=DAY).tolist() == [grade, grade]


@pytest.mark.parametrize(
    ("points", "grade", "stretches"),
    [
        ([3, 3, 3, 1, 1], 3, ((0, 2),)),  # 60 % of the points
        ([3, 3, 3, 1, 1, 1], 2, ((0, 2),)),
        ([3, 3, 0, 3, 1, 1, 1], 2, ()),  # a point without data breaks the stretch
        ([1, 1], 1, ()),
        ([1, 2], 2, ()),
        ([0, 0], 0, ()),
        ([], 0, ()),
        ([1, 1, 1, 1, 3, 3, 3, 3], 2, ((4, 7),)),
    ],
)
def test_a_body_is_severe_by_share_of_its_points(
    points: list[int], grade: int, stretches: tuple[tuple[int, int], ...]
) -> None:
    found = body_grade(points, on=DAY)
    assert (found.grade, found.stretches) == (grade, stretches)


def test_reasons_of_a_body() -> None:
    text = body_grade([3, 3, 3, 1], on=DAY).derivation().text()
    assert "重度黑臭；重度黑臭河段：第 1–3 点" in text
    assert "3 ÷ 4 → 重度黑臭" in text
    assert "有结果的点位：4 个" in text
    assert body_grade([], on=DAY).derivation().conclusion == "无法评价；重度黑臭河段：无"


def test_the_shares_are_dated(amend) -> None:
    amend(
        "surface_water/black_odour_points",
        "2030-01-01",
        "{one_item: 20, two_items: 10, neighbours: 2, points: 10}",
    )
    later = date(2030, 6, 30)
    assert int(point_grade([[3, 1, 1]], on=later)) == 3
    assert body_grade(np.array([3, 3, 1, 1, 1]), on=later).stretches == ((0, 1),)
