"""A bar chart drawn by the server: heights of figures, for people who see; the table beside says the same.

Pure geometry in units of which ``EM`` make one em, so that it grows with the letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from zhihuan.web.matters.diagram import EM
from zhihuan.web.matters.statistics import Figure

__all__ = ["Bar", "Bars", "bars_of"]

_STEP, _WIDTH, _HEIGHT, _TOP, _FOOT = 52, 30, 150, 22, 24
_GROUND = _TOP + _HEIGHT


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with its word below and its figure above."""

    words: Any
    count: int
    x: int
    y: int
    height: int

    @property
    def middle(self) -> int:
        return self.x + _WIDTH // 2

    @property
    def above(self) -> int:
        return self.y - 6


@dataclass(frozen=True, slots=True)
class Bars:
    """The whole chart. ``ground``: the line the bars stand on."""

    title: Any
    bars: list[Bar]
    width: int
    height: int
    ground: int
    bar_width: int = _WIDTH

    @property
    def width_em(self) -> str:
        return f"{self.width / EM:.2f}em"

    @property
    def foot(self) -> int:
        return self.ground + 17


def bars_of(title: Any, figures: Sequence[Figure]) -> Bars:
    """Bars from zero, the highest as high as there is room."""
    most = max((each.count for each in figures), default=0) or 1
    bars = [_bar(each, number, most) for number, each in enumerate(figures)]
    return Bars(title, bars, _STEP * len(bars), _GROUND + _FOOT, _GROUND)


def _bar(figure: Figure, number: int, most: int) -> Bar:
    height = round(figure.count / most * _HEIGHT)
    x = number * _STEP + (_STEP - _WIDTH) // 2
    return Bar(figure.words, figure.count, x, _GROUND - height, height)
