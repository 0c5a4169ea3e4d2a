"""Where happenings come from: a small registry of sources, and their merge.

A page costs each source one question whatever lies behind it: the ``most`` newest that come after the
place. A source that fails makes the page fail; what is not shown must not look as if it never happened.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from zhihuan.bureau.timeline.happening import Happening, Place, Subject


@dataclass(frozen=True, slots=True)
class Source:
    """``read(subject, place, most)``: the newest that come after ``place`` (None: from the newest), in
    order. ``permission``: whoever lacks it is told nothing of this source. ``text`` names the source."""

    code: str
    text: Any
    permission: str
    read: Callable[[Subject, Place | None, int], list[Happening]]


_sources: dict[str, Source] = {}


def register_source(source: Source) -> None:
    """Take a source in. ValueError for a second, different one of the same code."""
    if _sources.setdefault(source.code, source) != source:
        raise ValueError(f"{source.code} is registered twice, differently")


def sources_for(user: Any) -> list[Source]:
    """The sources this person may read, by code."""
    return [s for _code, s in sorted(_sources.items()) if user.has_perm(s.permission)]


def happenings(
    sources: Iterable[Source], subject: Subject, place: Place | None, most: int
) -> tuple[list[Happening], Place | None]:
    """The next ``most`` of all sources, newest first, and the place behind them (None: no more)."""
    parts = [each.read(subject, place, most + 1) for each in sources]
    merged = list(heapq.merge(*parts, key=_newest_first))[: most + 1]
    shown = merged[:most]
    last = shown[-1] if len(merged) > most else None
    return shown, Place(last.at, last.source, last.key) if last else None


@dataclass(frozen=True, slots=True)
class _Backwards:
    key: str

    def __lt__(self, other: _Backwards) -> bool:
        return self.key > other.key


def _newest_first(each: Happening) -> tuple[float, str, _Backwards]:
    return (-each.at.timestamp(), each.source, _Backwards(each.key))
