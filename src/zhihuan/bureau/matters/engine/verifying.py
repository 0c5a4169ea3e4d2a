"""Read the chains of all matters against their rows and the audit trail.

One pass over the events in the order of their matters, a portion of matters at a time, so that memory
is bounded and several processes can share the work. Nothing is changed. A chain rewritten as a whole
agrees with itself: so the newest digest of each is compared with what the trail noted of it, which is
sealed and anchored on its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import F, Max, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat

from zhihuan.bureau.audit.findings import Fault, Finding
from zhihuan.bureau.audit.gone import gone
from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.audit.moment import Moment, moment_of
from zhihuan.bureau.matters.engine.chain_findings import Kept, is_sound, named
from zhihuan.bureau.matters.engine.gathered import can_gather, gathered
from zhihuan.bureau.matters.models import Matter, MatterEvent

__all__ = ["ACTS", "newest_matter", "verify_gone", "verify_matters"]

#: The acts of the trail that append to a chain.
ACTS = ("matter.open", "matter.step", "matter.link", "matter.rebase")
_PORTION = 2_000  # matters a query
#: The row of a matter; number and digest of its newest event as the trail noted it (None: of none).
_Known = tuple[Kept, tuple[int, bytes] | None]
_COLUMNS = (
    "matter_id", "number", "moment", "actor_id", "actor_name", "officers_text", "step", "source",
    "target", "said_text", "digest",
)  # fmt: skip


def newest_matter() -> int:
    """The greatest key of a matter, or of one that events still speak of; 0 for none."""
    keys = (
        Matter.objects.aggregate(newest=Max("pk"))["newest"],
        MatterEvent.objects.aggregate(newest=Max("matter_id"))["newest"],
    )
    return max(key or 0 for key in keys)


def verify_matters(first: int, last: int) -> Iterator[Finding]:
    """The chains of the matters with keys from ``first`` to ``last``, both included."""
    while first <= last:
        known = _known(first, last, _PORTION)
        until = max(known) if len(known) == _PORTION else last
        yield from _portion(known, first, until)
        first = until + 1


def verify_gone() -> Iterator[Finding]:
    """Matters that the trail saw opened and that are gone with all their events."""
    for matter in gone(Matter, "matter.open", "matter:"):
        yield Finding(Fault.REMOVED, matter, f"matter {matter} is gone with all its events")


def _portion(known: Mapping[int, _Known], first: int, last: int) -> Iterator[Finding]:
    without_events = set(known)
    for matter, agrees in _judged(known, first, last):
        without_events.discard(matter)
        if not agrees:
            yield from _closely(matter)
    for matter in sorted(without_events):
        yield from _closely(matter)


def _judged(known: Mapping[int, _Known], first: int, last: int) -> Iterator[tuple[int, bool]]:
    """Matters that have events, and whether they are surely sound: all that is asked of nearly every one."""
    if can_gather():
        for chain in gathered(first, last):
            yield chain.matter, chain.matter in known and chain.is_sound(*known[chain.matter])
        return
    for matter, rows in groupby(_rows(first, last), key=itemgetter(0)):
        yield matter, matter in known and is_sound(known[matter][0], list(rows), known[matter][1])


def _closely(matter: int) -> Iterator[Finding]:
    """What is wrong with one that did not look sound, read anew: steps are taken while many are read."""
    known = _known(matter, matter, 1).get(matter)
    events = list(_rows(matter, matter))
    if known is None:
        words = f"matter {matter}: its row is gone, {len(events)} events are left"
        yield Finding(Fault.REMOVED, matter, words)
    elif not is_sound(known[0], events, known[1]):
        yield from named(known[0], events, _noted(matter))


def _rows(first: int, last: int) -> Iterator[tuple[Any, ...]]:
    """As stored: the text of JSON itself, not what it means."""
    stored = MatterEvent.objects.filter(matter_id__gte=first, matter_id__lte=last).annotate(
        moment=Moment("at"),
        officers_text=Cast(F("officers"), TextField()),
        said_text=Cast(F("said"), TextField()),
    )
    rows = stored.order_by("matter_id", "number").values_list(*_COLUMNS)
    for matter, number, moment, *rest, digest in rows.iterator(chunk_size=10_000):
        yield matter, number, moment_of(moment), *rest, bytes(digest)


def _noted(matter: int) -> dict[int, bytes]:
    """What the trail noted of each event of a matter."""
    entries = AuditEntry.objects.filter(subject=f"matter:{matter}", action__in=ACTS)
    details = (entry.detail for entry in entries.order_by("pk"))
    return {detail["number"]: bytes.fromhex(detail["digest"]) for detail in details}


def _known(first: int, last: int, most: int) -> dict[int, _Known]:
    """By key, of the first so many matters between these: their rows, and number and digest of the event of
    each that the trail noted last."""
    subject = Concat(Value("matter:"), Cast(OuterRef("pk"), TextField()))
    entries = AuditEntry.objects.filter(subject=subject, action__in=ACTS)
    # by a sum: by the key itself a planner may think of reading the trail from its end
    newest = entries.order_by((F("pk") + 0).desc()).annotate(text=Cast("detail", TextField()))
    keys = Matter.objects.filter(pk__range=(first, last)).order_by("pk")
    rows = keys.annotate(noted=Subquery(newest.values("text")[:1]))
    return {
        pk: (Kept(pk, version, bytes(head), state), _number_and_digest(noted))
        for pk, version, head, state, noted in rows.values_list(
            "pk", "version", "head", "state", "noted"
        )[:most]
    }


def _number_and_digest(noted: str | None) -> tuple[int, bytes] | None:
    if noted is None:
        return None
    detail = json.loads(noted)
    return detail["number"], bytes.fromhex(detail["digest"])
