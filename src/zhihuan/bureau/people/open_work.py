"""What somebody has in hand, as the rooms that keep it tell: the hook for handing it over.

A room whose matters have a handler registers one ``OpenWork`` from its AppConfig. Nothing here
knows any of those matters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from zhihuan.bureau.people.models import Organisation, User


@dataclass(frozen=True, slots=True)
class OpenWork:
    """One kind of work: its name, how much of it somebody has at these places, and handing it over.

    ``count(holder, places)`` asks once. ``hand_over(holder, deputy, places, actor)`` moves it, writes
    its own audit entries and answers how many moved; it runs in the caller's transaction.
    """

    code: str
    text: Any
    count: Callable[[User, Iterable[Organisation]], int]
    hand_over: Callable[[User, User, Iterable[Organisation], Any], int]


@dataclass(frozen=True, slots=True)
class InHand:
    """So much of one kind."""

    work: OpenWork
    count: int


_registered: dict[str, OpenWork] = {}


def register_open_work(work: OpenWork) -> None:
    """Take one kind in. ValueError for a second one of the same code."""
    if work.code in _registered:
        raise ValueError(f"open work {work.code!r} is registered twice")
    _registered[work.code] = work


def in_hand(holder: User, places: Iterable[Organisation]) -> list[InHand]:
    """What somebody has in hand there, kinds without any left out."""
    given = list(places)
    found = [InHand(work, work.count(holder, given)) for work in _registered.values()]
    return [each for each in found if each.count]


def hand_over(
    holder: User, deputy: User, places: Iterable[Organisation], actor: Any
) -> dict[str, int]:
    """Move everything there; how many of each kind moved."""
    given = list(places)
    moved = {
        work.code: work.hand_over(holder, deputy, given, actor) for work in _registered.values()
    }
    return {code: count for code, count in moved.items() if count}
