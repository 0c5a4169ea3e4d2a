"""Read the chains of all matters against their rows and the audit trail.

One pass over the events in the order of their matters, a portion of matters at a time, so that memory
is bounded and several processes can share the work. Nothing is changed. A chain rewritten as a whole
agrees with itself: so the newest digest of each is compared with what the trail noted of it, which is
sealed and anchored on its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import F, Max, TextField
from django.db.models.functions import Cast

from zhihuan.bureau.audit.findings import Fault, Finding
from zhihuan.bureau.audit.gone import gone
from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.audit.moment import Moment, moment_of
from zhihuan.bureau.matters.engine.chain_findings import Kept, is_sound, named
from zhihuan.bureau.matters.models import Matter, MatterEvent

__all__ = ["ACTS", "newest_matter", "verify_gone", "verify_matters"]

#: The acts of the trail that append to a chain.
ACTS = ("matter.open", "matter.step", "matter.link", "matter.rebase")
_PORTION = 2_000  # matters a query
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
        keys = Matter.objects.filter(pk__range=(first, last)).order_by("pk")
        some = list(keys.values_list("pk", "version", "head", "state")[:_PORTION])
        until = some[-1][0] if len(some) == _PORTION else last
        kept = {pk: Kept(pk, version, bytes(head), state) for pk, version, head, state in some}
        yield from _portion(kept, first, until)
        first = until + 1


def verify_gone() -> Iterator[Finding]:
    """Matters that the trail saw opened and that are gone with all their events."""
    for matter in gone(Matter, "matter.open", "matter:"):
        yield Finding(Fault.REMOVED, matter, f"matter {matter} is gone with all its events")


def _portion(kept: Mapping[int, Kept], first: int, last: int) -> Iterator[Finding]:
    newest = _newest_noted(list(kept))
    without_events = set(kept)
    for matter, rows in groupby(_rows(first, last), key=itemgetter(0)):
        events = list(rows)
        without_events.discard(matter)
        if matter not in kept:
            words = f"matter {matter}: its row is gone, {len(events)} events are left"
            yield Finding(Fault.REMOVED, matter, words)
        elif not is_sound(kept[matter], events, newest.get(matter)):
            yield from named(kept[matter], events, _noted(matter))
    for matter in sorted(without_events):
        yield from named(kept[matter], [], _noted(matter))


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


def _newest_noted(matters: Sequence[int]) -> dict[int, tuple[int, bytes]]:
    """Number and digest of the event of each that the trail noted last."""
    subjects = [f"matter:{matter}" for matter in matters]
    entries = AuditEntry.objects.filter(subject__in=subjects, action__in=ACTS).order_by()
    newest = entries.values("subject").annotate(newest=Max("pk")).values_list("newest", flat=True)
    rows = AuditEntry.objects.filter(pk__in=list(newest)).order_by()
    return {
        int(subject.removeprefix("matter:")): (detail["number"], bytes.fromhex(detail["digest"]))
        for subject, detail in rows.values_list("subject", "detail")
    }
