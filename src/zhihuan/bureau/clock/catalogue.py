"""The packaged time limits by code, each with its editions: those of the law from ``time_limits.yaml``, those that
the bureau lays down for itself from ``own_limits.yaml``.

    time_limit("A01", on=date(2026, 9, 1))  # 报告书审批, by the Code
    time_limit("A01", on=date(2025, 9, 1))  # the same, by the law it repealed

A file entry:

    E02:
      procedure: 行政处罚
      step: 作出处理决定
      starts: 立案之日
      editions:
        - length: 90 calendar_day
          basis: {law: penalty_measures_2023, clause: §57}
          extendable: [{code: head, by: 负责人批准, length: 30 calendar_day}]
          pauses: [听证, 鉴定]

``counts_from: {event: found, confidence: unconfirmed}`` says which reading of ``starts`` is followed, where there
are several. ``law`` is a key of ``laws.yaml``, where a law's title and the days it is in force stand once. A day
on which no edition holds is an error that names the editions there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import yaml

from zhihuan.bureau.clock.errors import ClockError, LimitFileError
from zhihuan.bureau.clock.length import Length, Unit
from zhihuan.bureau.clock.limit import Basis, CountsFrom, Extendable, Limit, Yearly
from zhihuan.standards.parameters import Confidence

__all__ = ["counts_from", "laws", "limits_from", "own_limits", "time_limit", "time_limits"]

_ENTRY_KEYS = {"procedure", "step", "starts", "editions"}
_EDITION_KEYS = {
    "length", "days", "basis", "extendable", "pauses", "rolls", "before", "note", "counts_from",
}  # fmt: skip
_BASIS_KEYS = {"law", "clause", "confidence", "note", "from", "until"}
#: What an entry and its parts cannot do without.
_ENTRY_NEEDS = ("procedure", "step", "starts", "editions")
_EXTENDABLE_NEEDS = ("code", "by", "length")


def time_limit(code: str, *, on: date) -> Limit:
    """The edition of the limit in force on a day of Beijing.

    Raises ClockError for an unknown code, or a day on which none is in force.
    """
    editions = time_limits().get(code)
    if editions is None:
        raise ClockError(f"no time limit has the code {code!r}; see bureau/clock/time_limits.yaml")
    for limit in editions:
        if limit.basis.in_force_on(on):
            return limit
    known = "; ".join(
        f"{each.basis.title} from {each.basis.in_force_from}"
        + (f" until {each.basis.in_force_until}" if each.basis.in_force_until else "")
        for each in editions
    )
    raise ClockError(f"{code} had no edition in force on {on}; there is: {known}")


def counts_from(code: str, *, on: date) -> str:
    """The event from which a limit that can be read in several ways runs by the edition of a day; "" where that day has
    no edition, or there is one way."""
    editions = time_limits().get(code, ())
    found = next((each for each in editions if each.basis.in_force_on(on)), None)
    return found.counts_from.event if found is not None and found.counts_from else ""


@cache
def time_limits() -> Mapping[str, tuple[Limit, ...]]:
    """All editions by code, oldest first; the bureau's own behind those of the law."""
    return limits_from({**_packaged("time_limits.yaml"), **own_limits()}, laws())


@cache
def own_limits() -> Mapping[str, Any]:
    """The entries of the limits that no law sets, by code. Their first letter is nobody else's."""
    found: dict[str, Any] = _packaged("own_limits.yaml")
    return found


@cache
def laws() -> Mapping[str, Mapping[str, Any]]:
    """title, in_force_from, in_force_until, confidence of every law the limits cite, by key."""
    found: dict[str, Mapping[str, Any]] = _packaged("laws.yaml")
    return found


def limits_from(
    entries: Mapping[str, Any], known_laws: Mapping[str, Mapping[str, Any]]
) -> dict[str, tuple[Limit, ...]]:
    """The limits of such a file. Raises LimitFileError naming entry and fault."""
    return {code: _editions(code, entry, known_laws) for code, entry in entries.items()}


def _editions(
    code: str, entry: Mapping[str, Any], known_laws: Mapping[str, Mapping[str, Any]]
) -> tuple[Limit, ...]:
    _only(code, entry, _ENTRY_KEYS)
    _all(code, entry, _ENTRY_NEEDS)
    limits = sorted(
        (_limit(code, entry, edition, known_laws) for edition in entry["editions"]),
        key=lambda each: each.basis.in_force_from,
    )
    for earlier, later in pairwise(limits):
        until = earlier.basis.in_force_until
        if until is None or until >= later.basis.in_force_from:
            raise LimitFileError(
                f"{code}: two editions are in force on {later.basis.in_force_from}"
            )
    return tuple(limits)


def _limit(
    code: str,
    entry: Mapping[str, Any],
    edition: Mapping[str, Any],
    known_laws: Mapping[str, Mapping[str, Any]],
) -> Limit:
    _only(code, edition, _EDITION_KEYS)
    if "days" not in edition:
        _all(code, edition, ("length",))
    _all(code, edition, ("basis",))
    _known_law(code, edition["basis"], known_laws)
    for way in edition.get("extendable", ()):
        _all(f"{code}: extendable", way, _EXTENDABLE_NEEDS)
    try:
        return Limit(
            code=code,
            procedure=entry["procedure"],
            step=entry["step"],
            starts=entry["starts"],
            length=_length(edition),
            basis=_basis(edition["basis"], known_laws),
            extendable=tuple(_extendable(each) for each in edition.get("extendable", ())),
            pauses=frozenset(edition.get("pauses", ())),
            rolls=edition.get("rolls", "days" not in edition),
            before=edition.get("before", False),
            note=edition.get("note", ""),
            counts_from=_counts_from(code, edition.get("counts_from")),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise LimitFileError(f"{code}: {error!r}") from error


def _known_law(
    code: str, basis: Mapping[str, Any], known_laws: Mapping[str, Mapping[str, Any]]
) -> None:
    _all(f"{code}: basis", basis, ("law", "clause"))
    if (law := basis["law"]) not in known_laws:
        raise LimitFileError(
            f"{code}: no law has the key {law!r}; laws stand with title and in_force_from in bureau/clock/laws.yaml"
        )


def _counts_from(code: str, given: Mapping[str, Any] | None) -> CountsFrom | None:
    if given is None:
        return None
    _only(code, given, {"event", "confidence"})
    return CountsFrom(given["event"], Confidence(given.get("confidence", "official")))


def _length(edition: Mapping[str, Any]) -> Length | Yearly | None:
    """``length: decided``: the law leaves it to the decision."""
    if edition.get("length") == "decided":
        return None
    if "days" in edition:
        return Yearly(tuple((int(text[:2]), int(text[3:])) for text in edition["days"]))
    return _length_of(edition["length"])


def _length_of(text: str) -> Length:
    number, unit = text.split()
    return Length(int(number), Unit(unit))


def _extendable(each: Mapping[str, Any]) -> Extendable:
    return Extendable(each["code"], each["by"], _length_of(each["length"]), each.get("times", 1))


def _basis(given: Mapping[str, Any], known_laws: Mapping[str, Mapping[str, Any]]) -> Basis:
    _only(str(given.get("law")), given, _BASIS_KEYS)
    law = known_laws[given["law"]]
    doubts = [Confidence(each.get("confidence", "official")) for each in (law, given)]
    return Basis(
        title=law["title"],
        clause=given["clause"],
        in_force_from=given.get("from", law["in_force_from"]),
        in_force_until=given.get("until", law.get("in_force_until")),
        confidence=max(doubts, key=lambda each: each.doubt),
        note=given.get("note", ""),
    )


def _packaged(name: str) -> dict[str, Any]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def _only(where: str, given: Mapping[str, Any], keys: set[str]) -> None:
    if strange := sorted(set(given) - keys):
        raise LimitFileError(f"{where}: nobody knows the key {strange[0]!r}")


def _all(where: str, given: Mapping[str, Any], keys: tuple[str, ...]) -> None:
    if missing := [key for key in keys if key not in given]:
        raise LimitFileError(f"{where}: {missing[0]!r} is missing")
