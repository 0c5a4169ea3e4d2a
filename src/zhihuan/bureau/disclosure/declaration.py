"""The declaration of what is published (``declared.yaml``), read once."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Clause:
    """The law by which something is published."""

    standard: str
    clause: str
    in_force_from: dt.date
    says: str


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject of the public pages.

    kinds: of monitoring points. data: kinds of data (``hour``, ``day``). factors: HJ 212 code → what
    its standard calls it; empty: every factor with a limit. permit_levels: only points of enterprises
    whose permit is of one of these levels; empty: only points of no enterprise.
    """

    code: str
    title: str
    kinds: tuple[str, ...]
    data: tuple[str, ...]
    factors: Mapping[str, str]
    permit_levels: tuple[str, ...]
    law: tuple[Clause, ...]


@functools.cache
def subjects() -> dict[str, Subject]:
    """By code, in their order."""
    text = resources.files(__package__).joinpath("declared.yaml").read_text("utf-8")
    return {row["code"]: _subject(row) for row in yaml.safe_load(text)["subjects"]}


@functools.cache
def subject_of_kind(kind: str) -> Subject:
    """The subject of a kind of points. KeyError for one that is not published."""
    return {kind: each for each in subjects().values() for kind in each.kinds}[kind]


def _subject(row: Mapping[str, Any]) -> Subject:
    return Subject(
        code=row["code"],
        title=row["title"],
        kinds=tuple(row["kinds"]),
        data=tuple(row["data"]),
        factors=dict(row.get("factors", {})),
        permit_levels=tuple(row.get("permit_levels", ())),
        law=tuple(Clause(**clause) for clause in row["law"]),
    )
