"""A file as the self-check looks at it: its papers, what was done, who it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

__all__ = ["Act", "CaseFile", "Paper", "Service"]


@dataclass(frozen=True, slots=True)
class Service:
    """An attempt to serve a paper. on: the day it took effect by law; None: it did not."""

    way: str
    on: date | None
    tried_on: date


@dataclass(frozen=True, slots=True)
class Paper:
    """A document. rule, number: of its numbers, "" for none. made_on: its day in Beijing. is_served:
    whether it must be. is_void: its number was declared void."""

    code: str
    title: str
    made_on: date
    text: str
    number: str = ""
    rule: str = ""
    is_served: bool = False
    is_void: bool = False
    services: tuple[Service, ...] = ()

    @property
    def name(self) -> str:
        """Title with number, as people call it."""
        return f"{self.title}（{self.number}）" if self.number else self.title

    @property
    def served_on(self) -> date | None:
        """The day its service first took effect."""
        return min((each.on for each in self.services if each.on), default=None)


@dataclass(frozen=True, slots=True)
class Act:
    """A step that was taken. people: keys of all who took part; "" is the platform."""

    step: str
    title: str
    at: datetime
    people: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CaseFile:
    """party, credit_code: "" where the matter has none. papers, acts: in the order of their making.
    conduct_until: the last day of what is judged, where the line knows it. said: step → what its form
    was told, the last time."""

    party: str = ""
    credit_code: str = ""
    papers: tuple[Paper, ...] = ()
    acts: tuple[Act, ...] = ()
    conduct_until: date | None = None
    said: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def standing(self) -> tuple[Paper, ...]:
        """The papers that are not void."""
        return tuple(each for each in self.papers if not each.is_void)

    def paper(self, code: str) -> Paper | None:
        """The newest standing paper of that kind."""
        return next((each for each in reversed(self.standing) if each.code == code), None)
