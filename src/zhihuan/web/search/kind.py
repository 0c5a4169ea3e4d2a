"""How one kind of record is shown among what was found. A room registers its kinds when its app
starts; a searched model without one is found by nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet


@dataclass(frozen=True, slots=True)
class HitKind:
    """``code`` stands in addresses. ``rows``: what the reader may see of it, with everything that the
    other functions read. ``head``: the first line of a hit; ``line``: what tells it from others of the
    same name; ``url``: where it leads. ``is_personal``: finding one is written to the audit trail.
    """

    code: str
    model: type[Model]
    title: Any
    rows: Callable[[Any], QuerySet[Any]]
    head: Callable[[Any], str]
    line: Callable[[Any], str]
    url: Callable[[Any], str]
    is_personal: bool = False

    @property
    def label(self) -> str:
        return self.model._meta.label_lower


_kinds: dict[str, HitKind] = {}


def register_hit_kinds(*kinds: HitKind) -> None:
    """Take kinds in, in the order in which equally good hits are shown."""
    for each in kinds:
        _kinds.setdefault(each.label, each)


def hit_kinds() -> dict[str, HitKind]:
    """All kinds by the label of their model."""
    return dict(_kinds)


def hit_kind(code: str) -> HitKind | None:
    """The kind of this code, which came from an address."""
    return next((each for each in _kinds.values() if each.code == code), None)
