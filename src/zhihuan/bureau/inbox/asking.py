"""What waits for somebody now (待办), the most pressing first.

One query finds the heads of all stretches (``spans``), one more reads what a page shows. Nobody sees
what their roles do not reach, nor what rules of separation bar them from, nor, unasked, what somebody
else has taken on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhihuan.bureau.inbox.models import Barred, ToDo
from zhihuan.bureau.inbox.spans import Span, spans_of
from zhihuan.bureau.people.scope import grants_of

__all__ = [
    "MOST_COUNTED",
    "Asked",
    "Mark",
    "Page",
    "Whose",
    "forget_waiting",
    "page_for",
    "waiting_for",
]

#: More than so many are shown as so many and more.
MOST_COUNTED = 100
_KEPT = "_zhihuan_waiting"


class Whose(StrEnum):
    """Among what somebody may go on with. OPEN: one's own and what nobody has taken on; MINE: what one
    took on, or whoever one stands in for; FREE: what nobody has; OTHERS: what colleagues have."""

    OPEN = "open"
    MINE = "mine"
    FREE = "free"
    OTHERS = "others"


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """The place of a to-do in the order: where a page ended."""

    stage: int
    at: datetime
    matter: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for. procedure, town: codes, "" = any. after: the last one of the page before."""

    whose: Whose = Whose.OPEN
    procedure: str = ""
    town: str = ""
    after: Mark | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """rows: with matter, town, party, clock and holder read along. after: for the next page, None on the
    last."""

    rows: list[ToDo]
    after: Mark | None


def page_for(user: Any, asked: Asked, size: int) -> Page:
    """A page of somebody's to-dos; two queries, and those for their grants."""
    is_plain = asked == Asked()
    found = _kept(user) if is_plain and size < MOST_COUNTED else _found(user, asked, size + 1)
    shown = found[:size]
    rows = ToDo.objects.filter(pk__in=[pk for _mark, pk in shown]).select_related(
        "matter", "town", "party", "clock__started", "holder"
    )
    by_key = {row.pk: row for row in rows}
    ordered = [by_key[pk] for _mark, pk in shown if pk in by_key]
    return Page(ordered, shown[-1][0] if len(found) > size else None)


def waiting_for(user: Any) -> int:
    """How many wait, at most ``MOST_COUNTED``; one query, asked once for each user object."""
    return len(_kept(user))


def forget_waiting(user: Any) -> None:
    """Ask anew at the next question: after an act of theirs in the same request."""
    if hasattr(user, _KEPT):
        delattr(user, _KEPT)


def _kept(user: Any) -> list[tuple[Mark, int]]:
    if (kept := getattr(user, _KEPT, None)) is None:
        kept = _found(user, Asked(), MOST_COUNTED)
        setattr(user, _KEPT, kept)
    found: list[tuple[Mark, int]] = kept
    return found


def _found(user: Any, asked: Asked, count: int) -> list[tuple[Mark, int]]:
    """The first ``count`` matters in order, each with one of its to-dos: who holds two roles has a matter
    once."""
    heads = [each.values("pk") for each in _stretches(user, asked, count)]
    if not heads:
        return []
    parts = [
        ToDo.objects.filter(pk__in=head).order_by().values_list("stage", "at", "matter_id", "pk")
        for head in heads
    ]
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    first: dict[int, tuple[Mark, int]] = {}
    for stage, at, matter, pk in sorted(rows):
        first.setdefault(matter, (Mark(stage, at, matter), pk))
    return list(first.values())[:count]


def _stretches(user: Any, asked: Asked, count: int) -> Iterator[QuerySet[ToDo]]:
    """The head of each stretch of an index that somebody's to-dos lie in."""
    spans = spans_of(user)
    if not spans:
        return
    rows = _narrowed(user, asked)
    if asked.whose in {Whose.OPEN, Whose.MINE}:
        mine = _any(spans)
        yield rows.filter(mine, held=True, holder=user)[:count]
        for lender, roles in _stood_in_for(user).items():
            yield rows.filter(mine, held=True, holder=lender, role__in=sorted(roles))[:count]
    if asked.whose in {Whose.OPEN, Whose.FREE}:
        for span in spans:
            yield rows.filter(span.condition, held=False)[:count]
    if asked.whose is Whose.OTHERS:
        for span in spans:
            yield rows.filter(span.condition, held=True).exclude(holder=user)[:count]


def _narrowed(user: Any, asked: Asked) -> QuerySet[ToDo]:
    apart = Barred.objects.filter(matter=OuterRef("matter"), role=OuterRef("role"), user=user)
    rows = ToDo.objects.filter(~Exists(apart))
    if asked.procedure:
        rows = rows.filter(procedure=asked.procedure)
    if asked.town:
        rows = rows.filter(town=asked.town)
    if asked.after is not None:
        rows = rows.filter(_behind(asked.after))
    return rows.order_by("stage", "at", "matter_id")


def _behind(mark: Mark) -> Q:
    later = Q(at__gt=mark.at) | Q(at=mark.at, matter__gt=mark.matter)
    # said twice on purpose: an index serves the bound, not the alternatives
    return Q(stage__gte=mark.stage) & (Q(stage__gt=mark.stage) | (Q(stage=mark.stage) & later))


def _any(spans: list[Span]) -> Q:
    wanted = Q(pk__in=[])
    for each in spans:
        wanted |= each.condition
    return wanted


def _stood_in_for(user: Any) -> dict[int, set[str]]:
    """Whom somebody stands in for today, and in which roles."""
    found: dict[int, set[str]] = {}
    for held in grants_of(user):
        if held.lender is not None:
            found.setdefault(held.lender, set()).add(held.role)
    return found
