"""The law of a day: what a measure rests on, when it may be taken, what it may come to. Pure.

    cited("sealing", date(2026, 9, 1))     # 《中华人民共和国生态环境法典》第五十二条…
    sealing_cases(date(2026, 9, 1))["evidence"].must

It reads the dated tables of ``data`` and refuses a day on which none is in force.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from zhihuan.standards.parameters import Edition, Parameter, parameter_from

__all__ = [
    "DEGREES",
    "Ground",
    "SealingCase",
    "cited",
    "detention_grounds",
    "is_cited",
    "law_of",
    "observation_acts",
    "sealing_cases",
    "table_of",
]

#: Degrees of an act, the lightest first.
DEGREES = ("light", "normal", "serious")


@dataclass(frozen=True, slots=True)
class SealingCase:
    """must: the law does not leave it to the bureau."""

    title: str
    clause: str
    must: bool = False


@dataclass(frozen=True, slots=True)
class Ground:
    """An act that is punished with detention. days: degree → (least, most). shall: the case is handed
    over, the bureau has no choice."""

    title: str
    clause: str
    days: Mapping[str, tuple[int, int]]
    shall: bool = False


def law_of(measure: str, on: date) -> Edition:
    """What a measure rests on that day. OutsideEditionsError for a day before there was any law of it."""
    return _laws()[measure].on(on)


def cited(measure: str, on: date) -> str:
    """The articles as documents cite them. OutsideEditionsError."""
    return law_of(measure, on).text


def is_cited(measure: str) -> bool:
    """Whether there is a table of what this measure rests on."""
    return measure in _laws()


def sealing_cases(on: date) -> dict[str, SealingCase]:
    """When may be sealed on that day, by code."""
    table: Any = table_of("sealing_cases").on(on).table
    return {code: SealingCase(**each) for code, each in table.items()}


def detention_grounds(on: date) -> dict[str, Ground]:
    """By code, for an act of that day."""
    table: Any = table_of("detention_grounds").on(on).table
    return {code: _ground(each) for code, each in table.items()}


def observation_acts(on: date) -> Edition:
    """The list of that day, with how well it is known."""
    return table_of("observation_acts").on(on)


@cache
def table_of(name: str) -> Parameter:
    """A dated table of ``data``."""
    return parameter_from(f"measures/{name}", _text(name))


def _ground(each: Mapping[str, Any]) -> Ground:
    days = {degree: tuple(each[degree]) for degree in DEGREES if degree in each}
    return Ground(each["title"], each["clause"], days, each.get("shall", False))


@cache
def _laws() -> Mapping[str, Parameter]:
    entries: Mapping[str, Any] = yaml.safe_load(_text("laws"))
    return {
        code: parameter_from(f"measures/{code}", yaml.safe_dump(each, allow_unicode=True))
        for code, each in entries.items()
    }


def _text(name: str) -> str:
    return (files(__package__) / "data" / f"{name}.yaml").read_text(encoding="utf-8")
