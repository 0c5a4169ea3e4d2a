"""Kinds of events, declared beside what emits them and registered from its AppConfig."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class EventKind:
    """``code`` is the ``type`` that receivers see (``device.silent``). ``about``: English, for them."""

    code: str
    text: Any
    about: str


_declared: dict[str, EventKind] = {}


def register_kinds(*kinds: EventKind) -> None:
    """Take declarations in. ValueError for a second, different one of the same code."""
    for kind in kinds:
        if _declared.setdefault(kind.code, kind) != kind:
            raise ValueError(f"{kind.code} is declared twice, differently")


def declared_kinds() -> Mapping[str, EventKind]:
    """All kinds by code, in the order of declaration."""
    return dict(_declared)
