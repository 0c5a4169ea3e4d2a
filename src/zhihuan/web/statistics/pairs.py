"""Bars in pairs, drawn by the server: a period's figures in front of those of the year before. The table beside says the
same.

Pure geometry in units of which ``EM`` make one em, so that it grows with the letters. Horizontal: names of towns and
case types are long.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from zhihuan.indicators.reckoning import Figure, Told
from zhihuan.web.matters.diagram import EM

__all__ = ["Pair", "Pairs", "pairs_of"]

_ROW, _THICK, _THIN, _LENGTH, _FIGURES, _TOP = 40, 16, 8, 300, 260, 8
#: Letters of a name that are shown; the table has the whole.
_LETTERS = 14
_HALF = 0.6


@dataclass(frozen=True, slots=True)
class Pair:
    """Two bars with their word before and the figure behind. y: top of the row."""

    words: str
    shown: str
    y: int
    left: int
    now: int
    before: int

    @property
    def word_at(self) -> float:
        """Middle of the word, which ends before the bars; its letters are as wide as they are high."""
        return self.left - 8 - EM * len(self.words) / 2

    @property
    def figure_at(self) -> float:
        """Middle of the figure, which begins behind the longer bar; its letters are half as wide."""
        return self.left + max(self.now, self.before) + 8 + EM * len(self.shown) * _HALF / 2

    @property
    def base(self) -> int:
        """Where the letters stand."""
        return self.y + 13

    @property
    def under(self) -> int:
        """Top of the bar of the year before."""
        return self.y + _THICK


@dataclass(frozen=True, slots=True)
class Pairs:
    """The whole chart. left: where bars begin."""

    title: Any
    rows: list[Pair]
    left: int
    height: int
    thick: int = _THICK
    thin: int = _THIN

    @property
    def width(self) -> int:
        return self.left + _LENGTH + _FIGURES

    @property
    def width_em(self) -> str:
        return f"{self.width / EM:.2f}em"


def pairs_of(title: Any, lines: Sequence[tuple[str, Told, str]]) -> Pairs:
    """``lines``: the word, the figures, and the figure as it is written. Bars from zero, the longest as long as there
    is room; a figure that is missing has none."""
    figures = [
        float(each or 0) for _words, told, _shown in lines for each in (told.now, told.before)
    ]
    most = max(figures, default=0) or 1
    words = [_short(each) for each, _told, _shown in lines]
    left = EM * max(map(len, words), default=0) + 16
    rows = [
        Pair(
            word, shown, _TOP + number * _ROW, left, _long(told.now, most), _long(told.before, most)
        )
        for number, (word, (_words, told, shown)) in enumerate(zip(words, lines, strict=True))
    ]
    return Pairs(title, rows, left, _TOP + _ROW * len(rows))


def _short(words: str) -> str:
    return words if len(words) <= _LETTERS else f"{words[: _LETTERS - 1]}…"


def _long(figure: Figure, most: float) -> int:
    return round(max(float(figure or 0), 0) / most * _LENGTH)
