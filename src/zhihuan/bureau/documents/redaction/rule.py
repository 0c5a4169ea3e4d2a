"""A rule of what is hidden, as ``rules.yaml`` writes it.

    phone_labelled:
      title: 电话号码
      labels: [联系电话, 电话]        # what stands before it, with a colon or without
      pattern: '\\+?[0-9][0-9 -]{5,18}[0-9]'
      basis: …
      confidence: one source

``form`` in place of a pattern: ``address`` (cut to the town) or ``name`` (written as 张某). ``spares``:
``credit_code`` leaves alone what is a credit code that holds its own check character, for those are public.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from zhihuan.bureau.documents.redaction.names import NAME
from zhihuan.standards.parameters import Confidence

__all__ = ["Rule", "redaction_rules", "rules_from"]

_KEYS = {"title", "labels", "pattern", "form", "spares", "basis", "confidence"}
_ADDRESS = r"[^\s，,。；;：:、（(]{4,80}"
#: Between a label and what it labels: 为, 是, a colon, a bracket's note, blanks.
_BETWEEN = r"(?:[（(][^（）()]{1,12}[）)])?\s*(?:[：:]|为|是)?\s*"


@dataclass(frozen=True, slots=True)
class Rule:
    """patterns: what to find; the group ``hidden`` is what is hidden."""

    code: str
    title: str
    patterns: tuple[re.Pattern[str], ...]
    form: str
    spares_credit_codes: bool
    basis: str
    confidence: Confidence

    def finds(self, text: str) -> Iterator[re.Match[str]]:
        """Every place of the text it finds."""
        for pattern in self.patterns:
            yield from pattern.finditer(text)


@cache
def redaction_rules() -> tuple[Rule, ...]:
    """The packaged rules, in their order."""
    text = files(__package__).joinpath("rules.yaml").read_text(encoding="utf-8")
    return rules_from(yaml.safe_load(text))


def rules_from(entries: Mapping[str, Mapping[str, Any]]) -> tuple[Rule, ...]:
    """The rules of such a file. ValueError naming the entry and its fault."""
    return tuple(_rule(code, entry) for code, entry in entries.items())


def _rule(code: str, entry: Mapping[str, Any]) -> Rule:
    if strange := sorted(set(entry) - _KEYS):
        raise ValueError(f"{code}: nobody knows the key {strange[0]!r}")
    if ("form" in entry) == ("pattern" in entry):
        raise ValueError(f"{code}: a rule has either a pattern or a form")
    return Rule(
        code=code,
        title=entry["title"],
        patterns=tuple(map(re.compile, _patterns(entry))),
        form=entry.get("form", ""),
        spares_credit_codes=entry.get("spares") == "credit_code",
        basis=entry["basis"],
        confidence=Confidence(entry["confidence"]),
    )


def _patterns(entry: Mapping[str, Any]) -> Sequence[str]:
    labels = "|".join(sorted(map(re.escape, entry.get("labels", ())), key=len, reverse=True))
    if entry.get("form") == "name":
        # the label that follows is nobody's name: 负责人　签收人：张三
        named = [each.replace("(?P<hidden>", f"(?!{labels})(?P<hidden>") for each in NAME]
        return [f"(?:{labels}){behind}" for behind in named]
    hidden = f"(?P<hidden>{entry.get('pattern', _ADDRESS)})"
    return [f"(?:{labels}){_BETWEEN}{hidden}" if labels else hidden]
