"""Which points a reader asked for. The list and the map's data share it, so they show the same.

Filters come from an address' query string and are forgiving: an unknown value selects nothing
rather than failing, and is shown back to the reader.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from django.http import QueryDict
from numpy.typing import NDArray

from zhihuan.telemetry.point_state import PointState
from zhihuan.web.live.board import Snapshot

#: The order of a list: what needs a person first.
_URGENCY = np.array([3, 1, 0, 2], dtype=np.int8)  # of NORMAL, ABNORMAL, EXCEEDING, OFFLINE
_SEARCH_LIMIT = 60


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for; empty means: everything."""

    q: str = ""
    town: str = ""
    kind: tuple[str, ...] = ()
    state: tuple[str, ...] = ()

    @classmethod
    def from_query(cls, query: QueryDict) -> Filters:
        return cls(
            q=query.get("q", "").strip()[:_SEARCH_LIMIT],
            town=query.get("town", "").strip(),
            kind=tuple(value for value in query.getlist("kind") if value),
            state=tuple(value for value in query.getlist("state") if value),
        )

    @property
    def is_empty(self) -> bool:
        return not (self.q or self.town or self.kind or self.state)

    def query_string(self) -> str:
        """The same filters for a link, without a page number."""
        query = QueryDict(mutable=True)
        query.update({name: getattr(self, name) for name in ("q", "town") if getattr(self, name)})
        query.setlist("kind", list(self.kind))
        query.setlist("state", list(self.state))
        return query.urlencode()


def chosen(snapshot: Snapshot, filters: Filters) -> NDArray[np.int64]:
    """Indices of the points to show, most urgent first, then by code."""
    index = np.flatnonzero(_fitting(snapshot, filters))
    return index[np.argsort(_URGENCY[snapshot.state[index]], kind="stable")]


def counts(snapshot: Snapshot) -> dict[str, int]:
    """How many points of the whole city are in each state, and in all."""
    found = np.bincount(snapshot.state, minlength=len(PointState))
    by_state = {state.slug: int(found[state]) for state in PointState}
    return {"total": len(snapshot.state), **by_state}


def _fitting(snapshot: Snapshot, filters: Filters) -> NDArray[np.bool_]:
    points = snapshot.catalogue.points
    fits = np.ones(len(points), dtype=np.bool_)
    if filters.town:
        fits &= _equal(points.town, [filters.town])
    if filters.kind:
        fits &= _equal(points.kind, filters.kind)
    for word in filters.q.lower().split():
        found = (word in text for text in snapshot.catalogue.haystack)
        fits &= np.fromiter(found, dtype=np.bool_, count=len(points))
    if filters.state:
        wanted = [state for state in PointState if state.slug in filters.state]
        fits &= np.isin(snapshot.state, np.array(wanted, dtype=np.int8))
    return fits


def _equal(column: list[str], wanted: Iterable[str]) -> NDArray[np.bool_]:
    among = frozenset(wanted)
    return np.fromiter((value in among for value in column), dtype=np.bool_, count=len(column))
