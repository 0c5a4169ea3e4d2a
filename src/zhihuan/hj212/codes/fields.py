"""The standard's field dictionary: every key of head and CP with type, range and clause (2017: table 4).

Declared once here; the typed commands parse and print by it, orders are validated by it, frames
are explained by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from zhihuan.hj212.codes.edition import Edition
from zhihuan.hj212.codes.source import Source, choices_of, editions_of, rows, source_of

__all__ = ["Field", "SubField", "field", "sub_field"]


@dataclass(frozen=True, slots=True)
class Field:
    """A key of the head or of CP.

    kind: text, integer, decimal, time (YYYYMMDDhhmmss) or clock (hhmmss).
    minimum, maximum: of the number, or of the length of a text; None if the standard sets none.
    choices: the only values allowed with their Chinese names; () if free.
    unit: of the number, "" if none.
    """

    key: str
    name: str
    kind: str
    minimum: int | None
    maximum: int | None
    choices: tuple[tuple[str, str], ...]
    unit: str
    source: Source


@dataclass(frozen=True, slots=True)
class SubField:
    """What stands behind the dash in ``w01018-Rtd``: name, kind (Field's kinds or mark), choices."""

    sub: str
    name: str
    kind: str
    choices: tuple[tuple[str, str], ...]
    source: Source


def field(key: str, edition: Edition = Edition.HJ2017) -> Field | None:
    """The field of a key under an edition, in any letter case; None if the edition lacks it.

    The standards print ``PolID``, ``Ctime`` and ``Overtime`` beside ``PolId``, ``CTime`` and
    ``OverTime``; devices copied each.
    """
    return _fields().get((key.lower(), edition))


def sub_field(sub: str) -> SubField | None:
    """The sub-field of a name in any letter case; None for a vendor's own."""
    return _sub_fields().get(sub.lower())


@cache
def _fields() -> Mapping[tuple[str, Edition], Field]:
    return {
        (row["key"].lower(), edition): _read(row)
        for row in rows("fields")
        for edition in editions_of(row)
    }


def _read(row: Mapping[str, str]) -> Field:
    return Field(
        row["key"],
        row["name"],
        row["kind"],
        int(row["minimum"]) if row["minimum"] else None,
        int(row["maximum"]) if row["maximum"] else None,
        choices_of(row["values"]),
        row["unit"],
        source_of(row),
    )


@cache
def _sub_fields() -> Mapping[str, SubField]:
    return {
        row["sub"].lower(): SubField(
            row["sub"], row["name"], row["kind"], choices_of(row["values"]), source_of(row)
        )
        for row in rows("subfields")
    }
