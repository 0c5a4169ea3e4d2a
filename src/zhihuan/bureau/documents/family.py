"""The matters whose papers make one file: a case, what it grew out of, and the measures that grew out of it.

family_of(case, reader)      # the case first, then clue and inspection, then orders, sealing, transfers
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from zhihuan.bureau.matters.models import Matter, MatterLink
from zhihuan.bureau.matters.reach import seen_by

__all__ = ["family_of", "forebears_of"]

_KIND = MatterLink.Kind
#: A clue's clue's clue is no paper of the case.
_GENERATIONS = 4


def family_of(matter: Matter, reader: Any) -> list[Matter]:
    """Within the reader's reach. What the matter grew from, with what went into that, on and on; and what grew from
    the matter itself. Siblings are files of their own."""
    keys = [*forebears_of(matter), *_offspring(matter.pk)]
    if not keys:
        return [matter]
    rows = seen_by(reader).select_related("party", "town")
    found = {each.pk: each for each in rows.filter(pk__in=keys)}
    return [matter, *(found[key] for key in dict.fromkeys(keys) if key in found)]


def forebears_of(matter: Matter) -> list[int]:
    """Keys of what the matter grew from, nearest first, whoever may look at them."""
    key, found = matter.pk, list[int]()
    edge = [key]
    for _generation in range(_GENERATIONS):
        edge = [each for each in _behind(edge) if each not in {*found, key}]
        if not edge:
            break
        found += edge
    return found


def _behind(keys: list[int]) -> list[int]:
    """What these grew from, what went into them, and what is evidence for them."""
    into = Q(other__in=keys, kind__in=(_KIND.MERGED_INTO, _KIND.EVIDENCE_FOR))
    links = MatterLink.objects.filter(Q(matter__in=keys, kind=_KIND.SPAWNED_BY) | into)
    pairs = links.order_by("pk").values_list("matter_id", "kind", "other_id")
    return [other if kind == _KIND.SPAWNED_BY else matter for matter, kind, other in pairs]


def _offspring(key: int) -> list[int]:
    links = MatterLink.objects.filter(other=key, kind=_KIND.SPAWNED_BY).order_by("pk")
    return list(links.values_list("matter_id", flat=True))
