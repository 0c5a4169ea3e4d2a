"""A rule of numbers: how the n-th document of a kind, year and organisation is called. Pure.

    rule = number_rule("penalty_decision")
    rule.write(2026, 15, mark="角")        # 中（角）环罚字〔2026〕15号
    rule.write(2026, 15)                   # 中环罚字〔2026〕15号
    rule.read("中（角）环罚字〔2026〕15号")   # NumberParts(year=2026, number=15, mark="角")

``{mark}`` stands for the bracketed mark of the organisation; other names in a pattern (``{area}``, ``{level}``) are
facts the document must bring. Numbers that other platforms give out (国家备案系统, 全国排污许可平台) have no rule here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

import yaml

from zhihuan.bureau.documents.faults import DocumentError
from zhihuan.standards.parameters import Confidence

__all__ = [
    "NumberParts",
    "NumberRule",
    "UnknownRuleError",
    "number_rule",
    "number_rules",
    "rules_from",
]

_KEYS = {"title", "pattern", "source", "confidence"}
_OWN = {"year", "number", "mark"}


class UnknownRuleError(DocumentError, LookupError):
    """No rule of numbers has that code."""


@dataclass(frozen=True, slots=True)
class NumberParts:
    """What a written number says. mark: "" for none."""

    year: int
    number: int
    mark: str = ""


@dataclass(frozen=True, slots=True)
class NumberRule:
    """title: of the documents it numbers. source: where the form was seen."""

    code: str
    title: str
    pattern: str
    source: str
    confidence: Confidence

    def __post_init__(self) -> None:
        if not {"year", "number"} <= set(self._names()):
            raise ValueError(f"{self.code}: a number has {{year}} and {{number}} in its pattern")

    @property
    def asks_for(self) -> tuple[str, ...]:
        """Names the document must bring, beside year, number and mark."""
        return tuple(name for name in self._names() if name not in _OWN)

    @property
    def has_mark(self) -> bool:
        """Whether the organisation's mark is part of the number; else all share one series."""
        return "mark" in self._names()

    def blank(self, year: int, mark: str = "", **more: str) -> str:
        """The number with a blank in place of what is not taken yet, for previews."""
        pattern = re.sub(r"\{number[^}]*\}", "＿＿", self.pattern)
        bracketed = f"（{mark}）" if mark else ""
        return pattern.format(year=year, mark=bracketed, **more)

    def write(self, year: int, number: int, mark: str = "", **more: str) -> str:
        """The number in full. KeyError for a name it asks for and is not given."""
        bracketed = f"（{mark}）" if mark else ""
        return self.pattern.format(year=year, number=number, mark=bracketed, **more)

    def read(self, text: str) -> NumberParts | None:
        """The parts of a number of this rule; None for any other text."""
        match = re.fullmatch(self.expression, text)
        if match is None:
            return None
        found = match.groupdict()
        return NumberParts(int(found["year"]), int(found["number"]), found.get("mark") or "")

    @property
    def expression(self) -> str:
        """A pattern that numbers of this rule match, for one use in an expression."""
        groups = {
            "year": r"(?P<year>\d{4})",
            "number": r"(?P<number>\d+)",
            "mark": r"(?:[（(](?P<mark>[^（）()]{1,6})[）)])?",
        }
        parts = []
        for literal, name, _form, _conversion in Formatter().parse(self.pattern):
            parts.append(re.escape(literal))
            parts.append(groups.get(name, r"[0-9A-Za-z]+") if name else "")
        return "".join(parts)

    def _names(self) -> list[str]:
        return [name for _text, name, _form, _conv in Formatter().parse(self.pattern) if name]


def number_rule(code: str) -> NumberRule:
    """The packaged rule. UnknownRuleError names those there are."""
    rule = number_rules().get(code)
    if rule is None:
        raise UnknownRuleError(
            f"no rule of numbers {code!r}; there are {', '.join(number_rules())}"
        )
    return rule


@cache
def number_rules() -> Mapping[str, NumberRule]:
    """The packaged rules by code."""
    text = files(__package__).joinpath("rules.yaml").read_text(encoding="utf-8")
    return rules_from(yaml.safe_load(text))


def rules_from(entries: Mapping[str, Mapping[str, Any]]) -> dict[str, NumberRule]:
    """The rules of such a file. ValueError naming the entry and its fault."""
    for code, entry in entries.items():
        if set(entry) != _KEYS:
            raise ValueError(f"{code}: a rule of numbers has {', '.join(sorted(_KEYS))}")
    return {
        code: NumberRule(
            code, each["title"], each["pattern"], each["source"], Confidence(each["confidence"])
        )
        for code, each in entries.items()
    }
