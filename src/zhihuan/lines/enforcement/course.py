"""The course of a case so far, as guards ask for it: which steps were taken, what was told last."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.matters.declaration import Guard

__all__ = ["PENALTY_LAW", "PENALTY_MEASURES", "guard", "needs", "said_in", "since", "today", "took"]

PENALTY_LAW = "中华人民共和国行政处罚法（2021年修订）"
PENALTY_MEASURES = "生态环境行政处罚办法（部令第30号）"


def took(facts: Any, *steps: str) -> bool:
    """Whether one of these was taken."""
    return any(each.step in steps for each in facts.events)


def said_in(facts: Any, *steps: str) -> Mapping[str, Any]:
    """What the newest of these was told, as kept; empty where none was taken."""
    told: Mapping[str, Any] = {}
    for each in facts.events:
        told = each.said if each.step in steps else told
    return told


def since(facts: Any, begin: tuple[str, ...], *steps: str) -> bool:
    """Whether one of the steps was taken after the newest of ``begin``."""
    found = False
    for each in facts.events:
        found = each.step in steps or (found and each.step not in begin)
    return found


def today(facts: Any) -> date:
    """The day of the act in Beijing."""
    return beijing_day(facts.now)


def guard(code: str, basis: str = "") -> Callable[[Callable[[Any], str]], Guard]:
    """A guard out of a function that returns "" or the reason."""

    def make(check: Callable[[Any], str]) -> Guard:
        return Guard(code, check, basis)

    return make


def needs(code: str, steps: tuple[str, ...], words: Any, basis: str = "") -> Guard:
    """A guard: one of the steps must have been taken."""
    return Guard(code, lambda facts: "" if took(facts, *steps) else words, basis)
