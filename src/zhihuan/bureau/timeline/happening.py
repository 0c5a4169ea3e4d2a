"""One thing that happened, and what it happened to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Happening:
    """``at`` is aware. ``key`` is unique within its source and gives the order of one moment.

    ``tone``: done, ongoing, waiting, warning, danger, paused or void. ``link``: the url name and its
    arguments of the page that tells more, () for none.
    """

    at: dt.datetime
    source: str
    key: str
    title: Any
    who: str = ""
    words: str = ""
    tone: str = "ongoing"
    link: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeviceStay:
    """A device that stood there in [start, end), aware; ``end`` None: it still does."""

    pk: int
    mn: str
    start: dt.datetime
    end: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """An enterprise's file: its organisation, the devices that stood at its points, and who reads: sources whose
    rows have a reach of their own tell them what they may see."""

    organisation: int
    stays: tuple[DeviceStay, ...] = ()
    reader: Any = None


@dataclass(frozen=True, slots=True)
class Place:
    """How far a reader has come: newer than this has been read. Newest first; in one moment sources
    by name, and within a source greater keys first."""

    at: dt.datetime
    source: str
    key: str

    def is_open_to(self, source: str, at: dt.datetime, key: str) -> bool:
        """Whether something comes after this place."""
        if at != self.at:
            return at < self.at
        return source > self.source or (source == self.source and key < self.key)
