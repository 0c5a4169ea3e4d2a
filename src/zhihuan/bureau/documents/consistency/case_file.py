"""A file as the self-check looks at it: its papers, its evidence, what was done, who it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

__all__ = ["Act", "CaseFile", "Exhibit", "Officer", "Paper", "Service", "Watch"]


@dataclass(frozen=True, slots=True)
class Service:
    """An attempt to serve a paper. on: the day it took effect by law; None: it did not. place: where to; "" unsaid."""

    way: str
    on: date | None
    tried_on: date
    place: str = ""


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
class Officer:
    """Somebody who acted with a certificate. since, until: its days of validity; None: it is on no register."""

    name: str
    certificate: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """A step that was taken. people: keys of all who took part; "" is the platform. stops_clock: a legal limit
    stands still by it. has_paper: a document or a piece of evidence came with it."""

    step: str
    title: str
    at: datetime
    people: frozenset[str] = frozenset()
    officers: tuple[Officer, ...] = ()
    stops_clock: bool = False
    has_paper: bool = True


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A piece of evidence that counts. kind, obtained: codes of the vault. taken_on, place, taken_by: as said, None and ""
    where nothing was. told: whatever was written of its origin and in its custody."""

    number: str
    title: str
    kind: str
    obtained: str
    is_picture: bool = False
    taken_on: date | None = None
    place: str = ""
    taken_by: str = ""
    told: str = ""

    @property
    def name(self) -> str:
        return f"{self.number} {self.title}"


@dataclass(frozen=True, slots=True)
class Watch:
    """A legal limit of the matter. is_ours: the bureau owes it. is_late: what ended it came too late. is_over: it
    ran out. was_extended: somebody granted more."""

    code: str
    title: str
    last_day: date | None
    is_ours: bool = True
    is_late: bool = False
    is_over: bool = False
    was_extended: bool = False


@dataclass(frozen=True, slots=True)
class CaseFile:
    """party, credit_code, address: "" where the matter has none. papers, acts: in the order of their making. beside: papers of
    the matters that this one grew from. conduct_until: the last day of what is judged, where the line knows it.
    said: step → what its form was told, the last time. needs_identity: the party is a natural person or an individual
    business. identity_numbers: of its identity document, in clear, what counts now before what was registered earlier; no
    finding quotes them."""

    party: str = ""
    credit_code: str = ""
    papers: tuple[Paper, ...] = ()
    acts: tuple[Act, ...] = ()
    conduct_until: date | None = None
    said: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    address: str = ""
    exhibits: tuple[Exhibit, ...] = ()
    watches: tuple[Watch, ...] = ()
    beside: tuple[Paper, ...] = ()
    needs_identity: bool = False
    identity_numbers: tuple[str, ...] = field(default=(), repr=False)

    @property
    def standing(self) -> tuple[Paper, ...]:
        """The papers that are not void."""
        return tuple(each for each in self.papers if not each.is_void)

    def paper(self, code: str) -> Paper | None:
        """The newest standing paper of that kind."""
        return next((each for each in reversed(self.standing) if each.code == code), None)

    def taken(self, *steps: str) -> tuple[Act, ...]:
        """Every act of these steps, in order."""
        return tuple(each for each in self.acts if each.step in steps)

    def told(self, steps: tuple[str, ...], field: str) -> Any:
        """What the last of these steps that was taken was told under that name; None for nothing."""
        last = next((each.step for each in reversed(self.acts) if each.step in steps), "")
        return self.said.get(last, {}).get(field)
