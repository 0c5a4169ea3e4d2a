"""Where the arrows of a crowded diagram run and their words stand: in strips of free ground between the columns.

What stands below a box is wider than the box, so a strip begins behind the widest of it. In its first part the arrows
bend, in its second they run level to the box they lead to, each with its words above it. No word lies on a line, on another
word or on what stands below a box.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from zhihuan.bureau.matters.layout import HEIGHT, WIDTH

__all__ = ["Strip", "levels", "strips", "wide", "words_at"]

#: Room in which arrows bend, and that between the words and the box, where the tip stands.
_BEND, _TIP, _BESIDE = 64, 20, 8
#: From the line of an arrow up to the line of the words above it, and what lines keep from the edges of a box.
_ABOVE, _EDGE = 6, 8


@dataclass(frozen=True, slots=True)
class Strip:
    """The ground before a column: the column's left edge, where arrows into it begin to bend, and where they run level."""

    left: int
    bend: int
    level: int

    @property
    def words(self) -> int:
        """The middle of the words."""
        return (self.level + self.left - _TIP) // 2

    def path(self, start: tuple[int, int], level: int, end: int) -> str:
        """From a box's edge to that of the next, by a level."""
        half = (self.bend + self.level) // 2
        x, y = start
        curve = f"C{half} {y} {half} {level} {self.level} {level}"
        return f"M{x} {y}H{self.bend}{curve}H{self.left - _TIP}L{self.left} {end}"


def wide(text: str, em: int) -> int:
    """About how wide a text is: an em a Chinese letter, three fifths of one any other."""
    letters = sum(5 if unicodedata.east_asian_width(each) in "WF" else 3 for each in text)
    return -(-letters * em // 5)


def strips(
    first: int,
    below: Mapping[int, Iterable[str]],
    into: Mapping[int, Iterable[str]],
    em: int,
) -> list[Strip]:
    """One a column. first: the left edge of the first. below: lines below the boxes of each column; into: words of the
    arrows that lead into it."""
    over = {
        column: max((wide(line, em) - WIDTH for line in lines), default=0) // 2 + _BESIDE
        for column, lines in below.items()
    }
    found = [Strip(first, first, first)]
    for column in range(1, max(below) + 1):
        bend = found[-1].left + WIDTH + max(over[column - 1], _BESIDE)
        longest = max((wide(word, em) for word in into.get(column, ())), default=0)
        level = bend + _BEND
        found.append(Strip(level + max(longest + 2 * _BESIDE, over[column]) + _TIP, bend, level))
    return found


def levels(top: int, counts: Sequence[int], line: int) -> list[tuple[int, int]]:
    """Of the arrows into a box, from above: where each runs level and where it ends at the box. top: the box's upper
    edge; counts: lines of words of each; line: how far lines are apart."""
    found = [0]
    for count in counts[1:]:
        found.append(found[-1] + count * line + _ABOVE)
    shift = min(top + (HEIGHT - found[-1]) // 2, top + HEIGHT - _EDGE - found[-1])
    return [(level + shift, max(level + shift, top + _EDGE)) for level in found]


def words_at(level: int, count: int, line: int) -> list[int]:
    """The lines of an arrow's words, the last of them just above it."""
    return [level - _ABOVE - (count - 1 - number) * line for number in range(count)]
