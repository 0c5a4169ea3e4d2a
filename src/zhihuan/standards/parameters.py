"""Dated legal quantities: which value a standard gave on a day, and where it says so.

Each packaged file under ``parameters/`` holds one quantity as a list of editions:

    title: 小时均值所需的最少有效分钟数
    unit: min
    editions:
      - in_force_from: 2017-05-01
        value: 45
        reference: {title: HJ 212-2017, clause: 附录D D.2.2 式(24)}
        confidence: official
        last_checked: 2026-11-23

An edition holds from its first day until the day before the next edition begins, or until
``in_force_until`` (the last day, inclusive) where the text ended without a successor. A caller may
force one by its name: ``edition`` in the file, else the reference's title. A value that is a whole
table is ``{rows: folder/name}``: a packaged CSV file, read by ``tables``.

It refuses to guess: a day outside all editions is an error, and so is a file whose editions
overlap, miss a reference, or carry a key nobody knows. An edition's value is never edited once
published; the law moves by adding an edition, so an earlier result never changes.
"""

from __future__ import annotations

import difflib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise

import yaml

from zhihuan.standards.errors import (
    OutsideEditionsError,
    ParameterFileError,
    UnknownEditionError,
    UnknownParameterError,
)
from zhihuan.standards.tables import table_rows

__all__ = [
    "Confidence",
    "Edition",
    "Parameter",
    "Reference",
    "parameter",
    "parameter_from",
    "parameter_names",
]

_FOLDER = "parameters"
_SUFFIX = ".yaml"
_FILE_KEYS = {"title", "unit", "description", "editions"}
_EDITION_KEYS = {
    "edition", "in_force_from", "in_force_until", "value", "reference", "confidence",
    "last_checked", "note",
}  # fmt: skip
_REFERENCE_KEYS = {"title", "clause", "link"}


class Confidence(StrEnum):
    """How well the value is known.

    OFFICIAL: read in the text itself. REGISTERED: entered from an enterprise's own permit, which binds
    it and is no law that a text could confirm; never said of a parameter. ONE_SOURCE: one
    second-hand source says so. UNCONFIRMED: carried over, remembered or agreed, and waiting for
    the text.
    """

    OFFICIAL = "official"
    REGISTERED = "registered"
    ONE_SOURCE = "one source"
    UNCONFIRMED = "unconfirmed"

    @property
    def doubt(self) -> int:
        """0 for OFFICIAL, growing with doubt; the worst of several is the max by it."""
        return list(Confidence).index(self)


@dataclass(frozen=True, slots=True)
class Reference:
    """Where the value is printed: the standard's number-year and the clause, table or formula."""

    title: str
    clause: str
    link: str = ""

    def __str__(self) -> str:
        return f"{self.title}, {self.clause}"


@dataclass(frozen=True, slots=True)
class Edition:
    """One value of a quantity and the days on which it holds (both ends inclusive).

    in_force_until: the last day; None while nothing has ended it. last_checked: the last day on
    which someone compared it with the source. name: what a caller says to force this edition.
    """

    value: object
    in_force_from: date
    in_force_until: date | None
    reference: Reference
    confidence: Confidence
    last_checked: date
    note: str = ""
    name: str = ""

    @property
    def rows(self) -> tuple[Mapping[str, str], ...]:
        """The rows of the packaged CSV table the value names. Raises ParameterFileError."""
        return table_rows(str(self.table.get("rows", "")))

    @property
    def number(self) -> float:
        """The value as a number. Raises ParameterFileError when it is text or a table."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise ParameterFileError(
                f"the edition of {self.reference} is {self.value!r}, not a number; "
                "read .text or .table instead"
            )
        return self.value

    @property
    def text(self) -> str:
        """The value as text. Raises ParameterFileError when it is not."""
        if not isinstance(self.value, str):
            raise ParameterFileError(f"the edition of {self.reference} is not text: {self.value!r}")
        return self.value

    @property
    def table(self) -> Mapping[str, object]:
        """The value as a table. Raises ParameterFileError when it is not."""
        if not isinstance(self.value, dict):
            raise ParameterFileError(
                f"the edition of {self.reference} is not a table: {self.value!r}"
            )
        return self.value


@dataclass(frozen=True, slots=True)
class Parameter:
    """One legal quantity with all its editions, oldest first. name: its path below the folder."""

    name: str
    title: str
    unit: str
    editions: tuple[Edition, ...]
    description: str = ""

    def on(self, day: date) -> Edition:
        """The edition in force on ``day`` (a calendar day of Beijing).

        Raises OutsideEditionsError when no edition is: before the first, or in a hole that an
        ``in_force_until`` left.
        """
        place = bisect_right([edition.in_force_from for edition in self.editions], day) - 1
        found = self.editions[place] if place >= 0 else None
        if found is None or (found.in_force_until is not None and day > found.in_force_until):
            raise OutsideEditionsError(self._outside(day), day, self._packaged())
        return found

    def named(self, name: str) -> Edition:
        """The edition of this name, whatever the day: the caller forces it.

        Raises UnknownEditionError, naming those there are.
        """
        found = [edition for edition in self.editions if edition.name == name]
        if len(found) == 1:
            return found[0]
        names = ", ".join(dict.fromkeys(edition.name for edition in self.editions))
        fault = f"{len(found)} editions called" if found else "no edition"
        raise UnknownEditionError(
            f"{self.name} ({self.title}) has {fault} {name!r}; the packaged ones are: {names}"
        )

    def _outside(self, day: date) -> str:
        spans = "; ".join(
            f"from {edition.in_force_from}"
            + (f" until {edition.in_force_until}" if edition.in_force_until else "")
            + f" ({edition.reference})"
            for edition in self.editions
        )
        return (
            f"no edition of {self.name} ({self.title}) is in force on {day}; the packaged "
            f"editions are: {spans}. Add the edition that was in force to "
            f"standards/{_FOLDER}/{self.name}{_SUFFIX}, with its source."
        )

    def _packaged(self) -> str:
        spans = "；".join(
            f"{edition.in_force_from} {f'至 {edition.in_force_until}' if edition.in_force_until else '起'}"
            f"（{edition.reference.title}）"
            for edition in self.editions
        )
        return f"{self.title}：已收录 {spans}"


def parameter_names() -> tuple[str, ...]:
    """The names of all packaged quantities, sorted: paths without the suffix."""
    return tuple(sorted(_names(files("zhihuan.standards") / _FOLDER, "")))


def _names(folder: Traversable, prefix: str) -> list[str]:
    found: list[str] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += _names(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(_SUFFIX):
            found.append(prefix + entry.name.removesuffix(_SUFFIX))
    return found


@cache
def parameter(name: str) -> Parameter:
    """The packaged quantity of this name, read once.

    Raises UnknownParameterError (naming the nearest ones), ParameterFileError.

    >>> from datetime import date
    >>> parameter("data_validity/flue_gas/minutes_per_hour").on(date(2024, 6, 1)).number
    45
    """
    source = files("zhihuan.standards") / _FOLDER / f"{name}{_SUFFIX}"
    if not source.is_file():
        near = difflib.get_close_matches(name, parameter_names(), n=3)
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        raise UnknownParameterError(f"no packaged parameter is called {name!r}{hint}")
    return parameter_from(name, source.read_text(encoding="utf-8"))


def parameter_from(name: str, text: str) -> Parameter:
    """Read one parameter file's text (YAML, UTF-8).

    name: used in messages and as the parameter's name. Raises ParameterFileError that says which
    edition breaks which rule.
    """
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ParameterFileError(f"{name}: not YAML: {error}") from error
    fields = _checked(name, content, known=_FILE_KEYS, needed={"title", "unit", "editions"})
    entries = fields["editions"]
    if not isinstance(entries, list) or not entries:
        raise ParameterFileError(f"{name}: 'editions' must be a list of at least one edition")
    raw = [_edition(f"{name}, edition {n}", entry) for n, entry in enumerate(entries, start=1)]
    return Parameter(
        name=name,
        title=str(fields["title"]),
        unit=str(fields["unit"]),
        description=str(fields.get("description", "")),
        editions=_in_order(name, raw),
    )


def _edition(where: str, entry: object) -> Edition:
    needed = {"in_force_from", "value", "reference", "confidence", "last_checked"}
    fields = _checked(where, entry, known=_EDITION_KEYS, needed=needed)
    until = fields.get("in_force_until")
    reference = _reference(where, fields["reference"])
    return Edition(
        name=str(fields.get("edition", reference.title)),
        value=fields["value"],
        in_force_from=_day(where, "in_force_from", fields["in_force_from"]),
        in_force_until=None if until is None else _day(where, "in_force_until", until),
        reference=reference,
        confidence=_confidence(where, fields["confidence"]),
        last_checked=_day(where, "last_checked", fields["last_checked"]),
        note=str(fields.get("note", "")),
    )


def _reference(where: str, entry: object) -> Reference:
    fields = _checked(where, entry, known=_REFERENCE_KEYS, needed={"title", "clause"})
    return Reference(**{key: str(value) for key, value in fields.items()})


def _confidence(where: str, word: object) -> Confidence:
    known = {str(each): each for each in Confidence if each is not Confidence.REGISTERED}
    found = known.get(str(word))
    if found is None:
        raise ParameterFileError(f"{where}: confidence is {word!r}; say one of: {', '.join(known)}")
    return found


def _day(where: str, key: str, value: object) -> date:
    if type(value) is not date:  # a datetime would pass isinstance and carry a time
        raise ParameterFileError(f"{where}: {key} is {value!r}; write a plain date, 2026-01-01")
    return value


def _checked(where: str, entry: object, *, known: set[str], needed: set[str]) -> dict[str, object]:
    if not isinstance(entry, dict):
        raise ParameterFileError(f"{where}: expected a mapping, found {type(entry).__name__}")
    missing, unknown = sorted(needed - entry.keys()), sorted(entry.keys() - known)
    if missing:
        raise ParameterFileError(f"{where}: missing {', '.join(missing)}")
    if unknown:
        raise ParameterFileError(
            f"{where}: unknown {', '.join(map(str, unknown))}; known are {', '.join(sorted(known))}"
        )
    return entry


def _in_order(name: str, editions: list[Edition]) -> tuple[Edition, ...]:
    ordered = sorted(editions, key=lambda edition: edition.in_force_from)
    for earlier, later in pairwise(ordered):
        ends = earlier.in_force_until
        if later.in_force_from == earlier.in_force_from or (ends and ends >= later.in_force_from):
            raise ParameterFileError(
                f"{name}: the editions from {earlier.in_force_from} and from "
                f"{later.in_force_from} overlap; end the earlier one before the later begins"
            )
    for edition in ordered:
        if edition.in_force_until and edition.in_force_until < edition.in_force_from:
            raise ParameterFileError(f"{name}: the edition from {edition.in_force_from} ends first")
    return tuple(ordered)
