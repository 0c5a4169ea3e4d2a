"""A text without what must not be published, and what was hidden where. Pure.

    redacted = redact("法定代表人：张三，电话 13800138000", Known(names=("张三",)))
    redacted.text    # 法定代表人：张某，电话 ****
    redacted.hidden  # (Hidden("name", 6, "张三", "张某"), Hidden("mobile", 12, …))

Names are hidden wherever they stand once they are known, or once a label told them. What the bureau
says must stay (``keep``: its own telephone, the party's name, the account fines are paid to) stays. In
doubt it hides: a number too many hidden can be told, one too few cannot be taken back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from zhihuan.bureau.documents.redaction.addresses import to_the_town
from zhihuan.bureau.documents.redaction.names import pseudonyms
from zhihuan.bureau.documents.redaction.rule import Rule, redaction_rules
from zhihuan.bureau.people.credit_code import is_consistent

__all__ = ["NOTHING_KNOWN", "Hidden", "Known", "Redacted", "names_told", "redact"]

MASK = "****"
_NO_NAMES = frozenset(
    {
        "签名",
        "签字",
        "盖章",
        "以及",
        "或者",
        "代表",
        "未到",
        "不在",
        "电话",
        "地址",
        "职务",
        "身份",
        "身份证",
    }
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beforehand. names: of natural persons. addresses: theirs. keep: what must stay. sealed: what lies sealed
    elsewhere (numbers of identity documents), and what is written for it; hidden wherever it stands."""

    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    sealed: Mapping[str, str] = field(default_factory=dict)


NOTHING_KNOWN = Known()


@dataclass(frozen=True, slots=True)
class Hidden:
    """One thing hidden. rule: its code. at: its first character in the text as it was."""

    rule: str
    at: int
    words: str
    instead: str

    @property
    def end(self) -> int:
        return self.at + len(self.words)


@dataclass(frozen=True, slots=True)
class Redacted:
    """text: as it may be published. hidden: in the order of the text, none within another."""

    text: str
    hidden: tuple[Hidden, ...]


def redact(
    text: str, known: Known = NOTHING_KNOWN, rules: Sequence[Rule] | None = None
) -> Redacted:
    """The text with every rule applied. The result has nothing left that the rules find."""
    used = redaction_rules() if rules is None else tuple(rules)
    kept = [*_places(text, known.keep)]
    names = pseudonyms([*known.names, *names_told([text], used)])
    found = [
        each
        for each in _found(text, known, names, used)
        if not any(start <= each.at and each.end <= end for start, end in kept)
    ]
    hidden = _apart(found, text)
    return Redacted(_without(text, hidden), hidden)


def names_told(texts: Iterable[str], rules: Sequence[Rule] | None = None) -> list[str]:
    """Names that labels tell (法定代表人：张三), in their order; for a document of many paragraphs,
    ask once over all and give them to each as known."""
    found: dict[str, None] = {}
    for text in texts:
        for rule in redaction_rules() if rules is None else rules:
            if rule.form == "name":
                found |= dict.fromkeys(match["hidden"] for match in rule.finds(text))
    return [name for name in found if name not in _NO_NAMES and "某" not in name]


def _found(
    text: str, known: Known, names: dict[str, str], rules: Sequence[Rule]
) -> Iterator[Hidden]:
    for words, instead in known.sealed.items():
        for start, _end in _places(text, [words]):
            yield Hidden("id_card", start, words, instead)
    for address in known.addresses:
        for start, _end in _places(text, [address]):
            yield Hidden("address", start, address, to_the_town(address) or MASK)
    for name in sorted(names, key=len, reverse=True):
        for start, _end in _places(text, [name]):
            yield Hidden("name", start, name, names[name])
    for rule in rules:
        if rule.form != "name":
            yield from _by_rule(text, rule)


def _by_rule(text: str, rule: Rule) -> Iterator[Hidden]:
    for match in rule.finds(text):
        words = match["hidden"]
        if rule.spares_credit_codes and is_consistent(words.upper()):
            continue
        instead = MASK if rule.form != "address" else to_the_town(words) or MASK
        if instead != words:
            yield Hidden(rule.code, match.start("hidden"), words, instead)


def _apart(found: Iterable[Hidden], text: str) -> tuple[Hidden, ...]:
    """None within another: where one reaches beyond another's end, both become one."""
    chosen: list[Hidden] = []
    for each in sorted(found, key=lambda one: (one.at, -len(one.words))):
        if not chosen or each.at >= chosen[-1].end:
            chosen.append(each)
        elif each.end > chosen[-1].end:
            last = chosen.pop()
            chosen.append(
                Hidden(last.rule, last.at, text[last.at : each.end], last.instead + each.instead)
            )
    return tuple(chosen)


def _without(text: str, hidden: Iterable[Hidden]) -> str:
    parts, at = [], 0
    for each in hidden:
        parts += [text[at : each.at], each.instead]
        at = each.end
    return "".join([*parts, text[at:]])


def _places(text: str, phrases: Iterable[str]) -> Iterator[tuple[int, int]]:
    for phrase in phrases:
        if phrase:
            yield from (match.span() for match in re.finditer(re.escape(phrase), text))
