"""What the rules that find clues are called and mean: a code is for programs, people who judge a clue read words.

    rule_words("flat_value").title      # 数值长时间不变

A clue may name a rule that nobody described (an older detector's, another system's): it is shown by its code, and said to
have no description, never hidden.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.utils.translation import gettext as _

__all__ = ["RuleWords", "described", "rule_words"]


@dataclass(frozen=True, slots=True)
class RuleWords:
    """title: a few words. about: one sentence: what contradicts what. basis: what it rests on."""

    code: str
    title: str
    about: str
    basis: str


def rule_words(code: str) -> RuleWords:
    """Of any rule; one that nobody described is its own title."""
    told = described().get(code)
    return told or RuleWords(code, code, _("规则尚无说明，请向规则提供方核实其含义。"), "")


@cache
def described() -> Mapping[str, RuleWords]:
    """Every rule that is described, by code."""
    text = files(__package__).joinpath("rule_words.yaml").read_text(encoding="utf-8")
    told: Mapping[str, Mapping[str, Any]] = yaml.safe_load(text)
    return {code: RuleWords(code, **each) for code, each in told.items()}
