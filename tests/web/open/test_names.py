"""Names of towns stand near their seats and clear of the marks."""

from __future__ import annotations

import time
from dataclasses import dataclass

from zhihuan.web.open.map import WIDTH, ground
from zhihuan.web.open.names import LETTER, LINE, Box, placed


@dataclass(frozen=True)
class Station:
    x: float
    y: float
    label: str = ""


def boxes(names) -> list[Box]:
    return [Box(each.x, each.y, LETTER * len(each.name), LINE) for each in names]


def size() -> tuple[float, float]:
    return (WIDTH, ground().height)


def test_where_nothing_is_in_the_way_a_name_stands_at_its_seat():
    town = next(iter(ground().towns))
    (name,) = placed([town], [], size())
    assert (name.name, name.x, name.y) == (town.name, town.x, town.y)


def test_no_name_lies_under_a_mark_at_its_seat_nor_on_another_and_all_stay_near():
    towns = ground().towns
    marks = [Station(town.x, town.y, "52") for town in towns]
    names = placed(towns, marks, size())
    under = [(name.name, mark) for name, box in zip(names, boxes(names), strict=True)
             for mark in marks if box.shared_with(Box(mark.x, mark.y, 40, 40))]  # fmt: skip
    assert under == []
    laid = boxes(names)
    assert all(not a.shared_with(b) for n, a in enumerate(laid) for b in laid[:n])
    for town, name in zip(towns, names, strict=True):
        assert abs(name.x - town.x) <= LETTER * len(name.name) + 0.1  # rounded
        assert abs(name.y - town.y) <= 2 * LINE + 0.1


def test_thousands_of_marks_cost_little():
    land = ground()
    marks = [Station(n * 37 % WIDTH, n * 91 % land.height) for n in range(3000)]
    began = time.process_time()
    placed(land.towns, marks, size())
    assert time.process_time() - began < 1


def test_the_same_is_drawn_every_time():
    marks = [Station(town.x, town.y) for town in ground().towns]
    assert placed(ground().towns, marks, size()) == placed(ground().towns, marks, size())
