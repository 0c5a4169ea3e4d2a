"""What the bureau has going with one's own enterprise: its matters as they are shown to it, and what was served on it.

What is to be done next comes first: the matter whose limit ends soonest, the paper that waits for a signature. A fixed
number of queries, however many matters there are; of the newest at most so many are looked at, and fewer shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from zhihuan.bureau.documents.models import ServiceReceipt
from zhihuan.bureau.documents.seen import seen_documents
from zhihuan.bureau.documents.serving.consenting import ELECTRONIC
from zhihuan.bureau.matters.reach import seen_by
from zhihuan.bureau.matters.sight import Sight, sight_of
from zhihuan.bureau.people.roles import ENTERPRISE_USER
from zhihuan.web.components.clock import Clock
from zhihuan.web.components.status import Status
from zhihuan.web.matters.due import Today, next_due, running_along
from zhihuan.web.matters.state import shown_status

__all__ = ["OwnMatter", "OwnPaper", "own_matters", "own_papers"]

#: So many of each stand on the page, out of so many of the newest.
MOST, LOOKED_AT = 10, 100


@dataclass(frozen=True, slots=True)
class OwnMatter:
    """acts: titles of what the party may do now; clock: the next one it is shown, None for none."""

    title: str
    procedure: Any
    status: Status
    clock: Clock | None
    acts: tuple[Any, ...]
    url: str


@dataclass(frozen=True, slots=True)
class OwnPaper:
    """served_on: the day of effect, None where nothing has to be served. waits: for the party's signature."""

    title: str
    number: str
    served_on: Any
    waits: bool
    url: str


def own_matters(user: Any, party: int, today: Today) -> list[OwnMatter]:
    """Those that have not ended, by the next end of a limit that the party is shown."""
    rows = seen_by(user).filter(party=party, ended_at__isnull=True).select_related("party")
    found = rows.prefetch_related(running_along()).order_by("-opened_at", "-pk")
    shown = [_matter(each, sight_of(user, each), today) for each in found[:LOOKED_AT]]
    return sorted(shown, key=_by_due)[:MOST]


def own_papers(user: Any, party: int) -> list[OwnPaper]:
    """What waits for a signature, then what was served, then what answers a filing; of each the newest first."""
    standing = ServiceReceipt.objects.filter(withdrawn_at__isnull=True).order_by("effective_on")
    receipts = Prefetch("receipts", standing, to_attr="standing")
    rows = seen_documents(user).filter(matter__party=party).select_related("number")
    newest = rows.prefetch_related(receipts).order_by("-made_at", "-pk")[:LOOKED_AT]
    return sorted(map(_paper, newest), key=_by_weight)[:MOST]


def _by_due(matter: OwnMatter) -> tuple[bool, Any]:
    due = matter.clock.due if matter.clock is not None else None
    return due is None, due


def _by_weight(paper: OwnPaper) -> tuple[bool, bool]:
    return not paper.waits, paper.served_on is None


def _matter(matter: Any, sight: Sight, today: Today) -> OwnMatter:
    due = next_due(each for each in matter.running if sight.shows_clock(each.code))
    steps = sight.procedure.steps_from(matter.state)
    return OwnMatter(
        title=matter.title,
        procedure=sight.procedure.title,
        status=shown_status(sight, matter.state),
        clock=today.chip(due) if due is not None else None,
        acts=tuple(each.title for each in steps if ENTERPRISE_USER in each.who.reaches),
        url=reverse("matter", args=[matter.pk]),
    )


def _paper(document: Any) -> OwnPaper:
    effective = [each for each in document.standing if each.effective_on]
    waits = any(each.way == ELECTRONIC and each.acknowledged_at is None for each in effective)
    return OwnPaper(
        title=document.title,
        number=str(document.number) if document.number else "",
        served_on=effective[0].effective_on if effective else None,
        waits=waits,
        url=reverse("document", args=[document.pk]),
    )
