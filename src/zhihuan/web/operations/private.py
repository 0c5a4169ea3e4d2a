"""Keep what is about a person, and what opens a door, out of the log.

What the platform itself logs holds no name, no free text and no path. But errors quote: a database
names the row that clashed, a library the address it was given. So every text that goes to the log
passes here. Names cannot be told from other words by any rule; they come in by quotes, and what a
database quotes is cut off whole.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

_MASK = "***"
_RULES = (
    # identity numbers (GB 11643) before phones, which are part of them
    (re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)"), _MASK),
    (re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)"), _MASK),
    (re.compile(r"(?<!\d)0\d{2,3}[- ]\d{7,8}(?!\d)"), _MASK),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), _MASK),
    (re.compile(r"\b(Bearer|Basic|Token)\s+\S+", re.IGNORECASE), rf"\1 {_MASK}"),
    (
        re.compile(
            r"\b(pass(?:word|wd)?|pw|secret|token|sessionid|zhihuan_session|csrftoken|api_?key)"
            r"(['\"]?\s*[=:]\s*)(?:'[^']*'|\"[^\"]*\"|[^\s,;&]+)",
            re.IGNORECASE,
        ),
        rf"\1\2{_MASK}",
    ),
    (re.compile(r"(://[^\s:/@]*:)[^\s@/]+@"), rf"\1{_MASK}@"),
    # PostgreSQL: DETAIL:  Key (username)=(…) already exists. Failing row contains (…)
    (re.compile(r"(?m)^(DETAIL|CONTEXT|HINT|LINE \d+):.*$"), rf"\1: {_MASK}"),
)


def masked(text: str) -> str:
    """``text`` without what must not be in a log."""
    for pattern, instead in _RULES:
        text = pattern.sub(instead, text)
    return text


def mask_event(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """A processor for structlog: every text of the event, its trace too."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = masked(value)
    return event
