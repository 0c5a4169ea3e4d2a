"""Decided cases that are like one another (类案): of the same table or kind, those that share most factors first.

A help for whoever reasons about a fine, no rule: whether a case is alike is for people to say. However many cases
there are, it looks at the newest ``LOOKED_AT`` of a kind, along an index, and asks three queries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from zhihuan.bureau.matters.models import MatterEvent
from zhihuan.bureau.people.scope import Scope
from zhihuan.lines.enforcement.models import PenaltyCase

__all__ = ["LOOKED_AT", "Likeness", "Wanted", "factors_of", "similar_to"]

LOOKED_AT = 40


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a case is like. table: of its reckoning, "" for none; case_type: 案由; factors: factor → level;
    apart_from: the case itself, None for none."""

    table: str
    case_type: str
    factors: Mapping[str, str]
    apart_from: int | None = None


@dataclass(frozen=True, slots=True)
class Likeness:
    """A decided case. shared: factors that stand at the same level; compared: those that both know."""

    case: PenaltyCase
    shared: int
    compared: int


def similar_to(wanted: Wanted, within: Scope, most: int = 5) -> list[Likeness]:
    """At most so many, within what the reader sees: the most alike first, of equally alike the newest."""
    found = _newest(within, wanted, discretion_case=wanted.table) if wanted.table else []
    if len(found) < most and wanted.case_type:
        known = {each.pk for each in found}
        by_type = _newest(within, wanted, case_type=wanted.case_type)
        found += [each for each in by_type if each.pk not in known]
    told = _factors(each.pk for each in found)
    alike = [_likeness(each, wanted.factors, told.get(each.pk, {})) for each in found]
    return sorted(alike, key=lambda each: each.shared, reverse=True)[:most]


def factors_of(reckoning: Any) -> dict[str, str]:
    """Factor → level of a kept reckoning; empty where there is none."""
    entries = (reckoning or {}).get("factors", ()) if isinstance(reckoning, Mapping) else ()
    return {
        str(each.get("factor")): str(each.get("level")) for each in entries if each.get("level")
    }


def _newest(within: Scope, wanted: Wanted, **kind: str) -> list[PenaltyCase]:
    rows = PenaltyCase.objects.filter(**kind, decided_on__isnull=False, overturned=False)
    seen = within.filter(rows).exclude(pk=wanted.apart_from).select_related("town")
    return list(seen.order_by("-decided_on", "-pk")[:LOOKED_AT])


def _factors(keys: Iterable[int]) -> dict[int, dict[str, str]]:
    """Of the newest report of each."""
    rows = MatterEvent.objects.filter(matter__in=list(keys), step="report").order_by("number")
    told = rows.values_list("matter_id", "said")
    return {matter: factors_of(said.get("reckoning")) for matter, said in told}


def _likeness(case: PenaltyCase, wanted: Mapping[str, str], known: Mapping[str, str]) -> Likeness:
    both = wanted.keys() & known.keys()
    return Likeness(case, sum(wanted[name] == known[name] for name in both), len(both))
