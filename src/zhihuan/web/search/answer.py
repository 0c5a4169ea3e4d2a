"""What was found, ready to be shown: a group for each kind of record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.search.finding import Hits, search
from zhihuan.web.search.kind import HitKind, hit_kinds
from zhihuan.web.search.marking import Stretch, marked


@dataclass(frozen=True, slots=True)
class Shown:
    """One hit."""

    head: list[Stretch]
    line: list[Stretch]
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind. ``keys`` are all that were looked for, best first; ``is_more``: the count
    is not the whole truth."""

    kind: HitKind
    keys: tuple[int, ...]
    is_more: bool
    hits: list[Shown]

    @property
    def count(self) -> int:
        return len(self.keys)


def answer(
    request: HttpRequest, typed: str, *, counted: int, shown: int, kinds: Sequence[HitKind] = ()
) -> list[Group]:
    """Groups with the best hits first; each counted up to ``counted`` and showing ``shown``. One query
    and one more for each group."""
    known = hit_kinds()
    labels = [each.label for each in kinds] or list(known)
    found = search(request.user, typed, most=counted, labels=labels)
    groups = [_group(request, typed, known[hits.of.label], hits, shown) for hits in found]
    return [group for group in groups if group.hits or not shown]


def shown_hits(request: HttpRequest, typed: str, kind: HitKind, keys: Sequence[int]) -> list[Shown]:
    """These records as hits, in this order; what vanished in between, or lies outside the reader's
    scope, is left out."""
    rows = {row.pk: row for row in kind.rows(request.user).filter(pk__in=keys)}
    found = [rows[key] for key in keys if key in rows]
    if found and kind.is_personal:
        _write_down(request, kind, found)
    return [
        Shown(marked(kind.head(row), typed), marked(kind.line(row), typed), kind.url(row))
        for row in found
    ]


def _group(request: HttpRequest, typed: str, kind: HitKind, hits: Hits, shown: int) -> Group:
    found = shown_hits(request, typed, kind, hits.keys[:shown])
    return Group(kind, hits.keys, hits.is_more, found)


def _write_down(request: HttpRequest, kind: HitKind, rows: Sequence[Any]) -> None:
    """That somebody sought people. Not what they typed: that is the person's number."""
    record(
        "search.personal",
        f"search:{kind.code}",
        actor=request.user,
        address=request.META.get("REMOTE_ADDR", ""),
        found=[row.pk for row in rows],
    )
