"""Which stored episode is which found one, once the data have been judged again. Pure.

The stored episode that a found one overlaps keeps its identity, the earliest where several do; the others
went into it. A stored one that nothing overlaps any more is not exceeding any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

__all__ = ["Matched", "Stretch", "matched"]


class Stretch(Protocol):
    """Something over [start, end) [epoch s]."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_New = TypeVar("_New", bound=Stretch)
_Old = TypeVar("_Old", bound=Stretch)


@dataclass(slots=True)
class Matched(Generic[_New, _Old]):
    """new: to be kept; same: found again, perhaps changed; merged: went into another; gone: no more."""

    new: list[_New] = field(default_factory=list)
    same: list[tuple[_New, _Old]] = field(default_factory=list)
    merged: list[_Old] = field(default_factory=list)
    gone: list[_Old] = field(default_factory=list)


def matched(found: Sequence[_New], stored: Sequence[_Old]) -> Matched[_New, _Old]:
    """Of one outlet, factor and span. Each stored one is in exactly one of the lists, each found one too."""
    result: Matched[_New, _Old] = Matched()
    left = sorted(stored, key=lambda each: each.start)
    for each in sorted(found, key=lambda one: one.start):
        over = [old for old in left if old.start < each.end and each.start < old.end]
        left = [old for old in left if old not in over]
        if not over:
            result.new.append(each)
            continue
        result.same.append((each, over[0]))
        result.merged += over[1:]
    result.gone = left
    return result
