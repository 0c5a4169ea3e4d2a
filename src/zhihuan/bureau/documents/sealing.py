"""Facts that are kept sealed: the database never has them in clear, a template opens them, pages and public copies do not.

    {"sealed": token, "shown": "4420**********1234", "public": "****"}

    {{ line.identity.number | opened }}     in full, in the papers that the law wants it in
    {{ line.identity.number.shown }}        masked

The token is that of ``registry.sealing``; "" where there is nothing. ``shown`` is what pages say, ``public`` what a
published copy says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from zhihuan.bureau.registry.sealing import unseal

__all__ = ["Opened", "opened_in", "sealed_away"]

_NAMES = {"sealed", "shown", "public"}


@dataclass(frozen=True, slots=True)
class Opened:
    """A sealed fact in clear, what pages say instead, and what a published copy says."""

    clear: str
    shown: str
    public: str


def opened_in(facts: Any) -> list[Opened]:
    """Every sealed fact within, the longest first. SealBrokenError when the sealing key is gone."""
    found = [
        Opened(unseal(each["sealed"]), each["shown"], each["public"])
        for each in _sealed_in(facts)
        if each["sealed"]
    ]
    return sorted(found, key=lambda each: -len(each.clear))


def sealed_away(facts: Any) -> Any:
    """The same facts in which nothing can be opened: templates write the masks."""
    if isinstance(facts, Mapping):
        away = {"sealed": ""} if facts.keys() == _NAMES else {}
        return {name: sealed_away(each) for name, each in facts.items()} | away
    return [sealed_away(each) for each in facts] if isinstance(facts, list | tuple) else facts


def _sealed_in(facts: Any) -> Iterator[Mapping[str, str]]:
    if isinstance(facts, Mapping):
        if facts.keys() == _NAMES:
            yield facts
            return
        facts = list(facts.values())
    if isinstance(facts, list | tuple):
        for each in facts:
            yield from _sealed_in(each)
