"""The matters that one belongs together with by its links: what it grew out of, and what grew beside and out of it.

    kin = kin_of([case.pk])[case.pk]
    kin.sources     # the clue it grew out of, what went into that, what is evidence for it, on and on
    kin.offspring   # what grew out of the case itself or out of one of its sources: a visit ordered out of the same clue

Whoever may look at them; nothing here tells what stands in them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q

from zhihuan.bureau.matters.models import MatterLink

__all__ = ["Kin", "kin_of"]

_KIND = MatterLink.Kind
_Ways = dict[int, set[int]]


@dataclass(frozen=True, slots=True)
class Kin:
    """Keys of matters. sources: forebears, with those that went into one of them or are evidence for one.
    offspring: what grew out of the matter or of a source and is none itself."""

    sources: frozenset[int] = frozenset()
    offspring: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.sources or self.offspring)

    def concerns(self, other: int, party: int | None, own_party: int | None) -> bool:
        """Whether what was done in another of these matters, about ``party``, was done in the same affair: one clue may
        lead to cases against several. party None: it does not say."""
        if other in self.sources:
            return True
        return other in self.offspring and (None in {party, own_party} or party == own_party)


def kin_of(keys: Collection[int]) -> dict[int, Kin]:
    """Of every matter asked for; one query a generation, however many matters."""
    up: _Ways = defaultdict(set)
    down: _Ways = defaultdict(set)
    seen: set[int] = set()
    edge = set(keys)
    while edge:
        seen |= edge
        for matter, kind, other in _links(edge):
            _note(up, down, matter, kind, other)
        edge = {source for key in edge for source in up.get(key, ())} - seen
    return {key: _kin(key, up, down) for key in keys}


def _links(edge: Iterable[int]) -> Iterable[tuple[int, str, int]]:
    rows = MatterLink.objects.filter(Q(matter__in=edge) | Q(other__in=edge)).order_by()
    return rows.values_list("matter_id", "kind", "other_id")


def _note(up: _Ways, down: _Ways, matter: int, kind: str, other: int) -> None:
    if kind == _KIND.SPAWNED_BY:
        up[matter].add(other)
        down[other].add(matter)
    elif kind == _KIND.MERGED_INTO:  # from then on they are one and the same
        up[matter].add(other)
        up[other].add(matter)
    else:
        up[other].add(matter)


def _kin(key: int, up: _Ways, down: _Ways) -> Kin:
    sources, edge = set[int](), {key}
    while edge:
        sources |= edge
        edge = {source for each in edge for source in up.get(each, ())} - sources
    offspring = {grown for each in sources for grown in down.get(each, ())}
    return Kin(frozenset(sources - {key}), frozenset(offspring - sources))
