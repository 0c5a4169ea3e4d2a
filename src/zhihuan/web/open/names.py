"""Where the names of the towns stand on the drawing, so that no mark of a station covers them.

Reckoned for a phone, where the drawing is shown at half its size and letters and marks are drawn twice as
large (``open.css``); on a wide screen they are smaller and lie clear all the more.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

__all__ = ["Box", "TownName", "placed"]

#: Width of a letter, of a Latin one half as much; height of the line, with its halo.
LETTER, LINE = 24.0, 36.0
#: Radius of a mark with a label, of one without, and a seam around it.
LABELLED, PLAIN = 20.0, 9.0
_STEPS = (0.0, 0.5, 1.0, 1.5, 2.0)


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle about a middle."""

    x: float
    y: float
    width: float
    height: float

    def shared_with(self, other: Self) -> float:
        """The area that both cover."""
        across = (self.width + other.width) / 2 - abs(self.x - other.x)
        down = (self.height + other.height) / 2 - abs(self.y - other.y)
        return max(across, 0.0) * max(down, 0.0)

    def beyond(self, width: float, height: float) -> float:
        """How far it reaches over the edges of the drawing."""
        across = max(self.width / 2 - self.x, self.x + self.width / 2 - width, 0.0)
        return across + max(self.height / 2 - self.y, self.y + self.height / 2 - height, 0.0)


@dataclass(frozen=True, slots=True)
class TownName:
    """A name and the middle of its line."""

    name: str
    x: float
    y: float


def placed(towns: Iterable[Any], marks: Iterable[Any], size: tuple[float, float]) -> list[TownName]:
    """The names of these towns near their seats, clear of the marks and of each other where that can be."""
    taken = [_of_mark(mark) for mark in marks]
    found = []
    for town in towns:
        tried = list(_near(town))
        around = Box(town.x, town.y, 3 * tried[0].width, 5 * LINE)
        close = [
            each for each in taken if each.shared_with(around)
        ]  # there may be thousands elsewhere
        box = min(tried, key=lambda each: _cost(each, town, close, size))
        taken.append(box)
        found.append(TownName(town.name, round(box.x, 1), round(box.y, 1)))
    return found


def _of_mark(mark: Any) -> Box:
    across = 2 * (LABELLED if mark.label else PLAIN)
    return Box(mark.x, mark.y, across, across)


def _near(town: Any) -> Iterator[Box]:
    width = sum(LETTER if ord(letter) > 0x2E7F else LETTER / 2 for letter in town.name)
    for right, down in itertools.product(_STEPS, _STEPS):
        for x, y in {(right, down), (-right, down), (right, -down), (-right, -down)}:
            yield Box(town.x + x * width / 2, town.y + y * LINE, width, LINE)


def _cost(
    box: Box, town: Any, close: Sequence[Box], size: tuple[float, float]
) -> tuple[float, ...]:
    """Covered area first, then how far from the seat; equal ones by their place, so that it is always the same."""
    covered = sum(box.shared_with(each) for each in close) + LETTER * box.beyond(*size)
    away = abs(box.x - town.x) + abs(box.y - town.y)
    return (covered, away, box.y, box.x)
