"""The rules behind the tables: when they are in force, what the Code repealed, the figures of §12.

Dated data of ``regulations.yaml``. Days are days of Beijing, both ends inclusive.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from zhihuan.standards.parameters import Confidence

__all__ = [
    "Regulation",
    "annex_ends",
    "code",
    "doubts_about",
    "general_ends",
    "laws_cited",
    "provincial",
    "repealed_among",
    "section_12",
]

_CITED = re.compile(r"《((?:[^《》<>]|<[^<>]*>)+)》")
_NATION = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class Regulation:
    """A rule with the days it is in force. in_force_until None: still in force."""

    title: str
    in_force_from: date
    in_force_until: date | None
    confidence: Confidence
    last_checked: date

    def in_force_on(self, day: date) -> bool:
        """Whether it governs that day."""
        return self.in_force_from <= day and (
            self.in_force_until is None or day <= self.in_force_until
        )


def provincial() -> Regulation:
    """粤环发〔2021〕7号, whose annex the tables are."""
    return _regulation("provincial")


def code() -> Regulation:
    """The Ecology and Environment Code."""
    return _regulation("code")


def annex_ends() -> str:
    """How the provincial tables count the ends of their numbers, with the clause."""
    return f"{provincial().title}第二十三条：附件1所称“以上”包括本数，“以下”不包括本数"


def general_ends() -> str:
    """By what the ends of a range in a law belong to it; said to be unconfirmed while it is."""
    rule = _regulation("counting")
    doubt = "" if rule.confidence is Confidence.OFFICIAL else "，待核"
    return f"{rule.title}{doubt}"


def section_12(name: str) -> Fraction:
    """A figure of §12: a share of the maximum, or how many times the minimum."""
    text = str(_file()["section_12"][name])
    return Fraction(text.removesuffix("%")) / (100 if text.endswith("%") else 1)


def laws_cited(articles: str) -> tuple[str, ...]:
    """The titles in the words of an article, each once, with 中华人民共和国 where a law omits it."""
    repealed = _file()["repealed_by_code"]
    found = _CITED.findall(articles)
    return tuple(
        dict.fromkeys(_NATION + each if _NATION + each in repealed else each for each in found)
    )


def repealed_among(articles: str) -> tuple[str, ...]:
    """Those of the laws cited that the Code repealed."""
    return tuple(each for each in laws_cited(articles) if each in _file()["repealed_by_code"])


def doubts_about(articles: str) -> tuple[str, ...]:
    """What is doubtful about the laws cited, in words."""
    doubtful = _file()["doubtful"]
    return tuple(
        f"《{each}》：{doubtful[each]}" for each in laws_cited(articles) if each in doubtful
    )


@cache
def _regulation(name: str) -> Regulation:
    given = _file()[name]
    return Regulation(
        title=given["title"],
        in_force_from=given["in_force_from"],
        in_force_until=given.get("in_force_until"),
        confidence=Confidence(given["confidence"]),
        last_checked=given["last_checked"],
    )


@cache
def _file() -> Mapping[str, Any]:
    text = files(__package__).joinpath("regulations.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded
