"""Fields of several models that are named or told alike, and why that is not the same thing typed twice.

Two fields are alike when they share their Chinese name or their meaning. ``alike.yaml`` explains each such
group, member by member: the ``source`` where something is typed; ``derived`` from it by the platform;
``history``, what it was at a dated moment, kept because the source may change; ``own``, the same attribute
of another thing in the world; ``link``, a reference to a record, in which nothing is typed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from zhihuan.bureau.dictionary.entry import Entry

SOURCE, DERIVED, HISTORY, OWN, LINK = "source", "derived", "history", "own", "link"
PARTS = frozenset({SOURCE, DERIVED, HISTORY, OWN, LINK})


@dataclass(frozen=True, slots=True)
class Explained:
    """The part one field plays in its group, and why."""

    part: str
    why: str


@cache
def explained() -> Mapping[str, Mapping[str, Explained]]:
    """What ``alike.yaml`` says: name of the group → key of each field → its part."""
    text = (resources.files(__package__) / "alike.yaml").read_text("utf-8")
    return {
        group: {key: Explained(*told.split("：", 1)) for key, told in fields.items()}
        for group, fields in yaml.safe_load(text).items()
    }


def alike(found: Iterable[Entry]) -> list[frozenset[str]]:
    """The groups of keys that share a name or a meaning across models, the largest first."""
    by_word: dict[str, list[Entry]] = defaultdict(list)
    for entry in found:
        for word in {_plain(entry.name), _plain(entry.meaning)} - {""}:
            by_word[word].append(entry)
    groups: list[set[str]] = []
    for same in by_word.values():
        if len({entry.model for entry in same}) > 1:
            groups = _joined(groups, {entry.key for entry in same})
    return sorted((frozenset(each) for each in groups), key=lambda each: (-len(each), min(each)))


def _plain(words: str) -> str:
    return "".join(words.split()).strip("。，；、").casefold()


def _joined(groups: list[set[str]], more: set[str]) -> list[set[str]]:
    """The groups with ``more`` in them; those it touches become one."""
    apart = [each for each in groups if not each & more]
    touched = [each for each in groups if each & more]
    return [*apart, more.union(*touched)]


def unexplained(found: Iterable[Entry]) -> list[str]:
    """What is wrong, in words: a likeness nobody explained, or an explanation of nothing alike."""
    groups = alike(found)
    told = {frozenset(fields): name for name, fields in explained().items()}
    wrong = [f"alike and unexplained: {', '.join(sorted(g))}" for g in groups if g not in told]
    return wrong + [f"explained and not alike: {told[g]}" for g in told if g not in set(groups)]
