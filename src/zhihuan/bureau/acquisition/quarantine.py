"""The gateway's quarantine as a table: refused traffic is kept whole until somebody looks at it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from zhihuan.bureau.acquisition.clean_text import clean
from zhihuan.bureau.acquisition.event_kinds import QUARANTINED
from zhihuan.bureau.acquisition.fresh_connection import fresh_connection
from zhihuan.bureau.acquisition.models import QuarantinedFrame
from zhihuan.bureau.events.emitting import emit
from zhihuan.bureau.events.models import Event
from zhihuan.telemetry.ports import QuarantinedTraffic

_WINDOW_SECONDS = 600
#: Rows of one INSERT: bounded, so that a flood never builds one statement of many megabytes.
_ROWS_PER_INSERT = 500


class QuarantineTable:
    """Implements ``telemetry.ports.Quarantine``."""

    @fresh_connection
    def put(self, items: Sequence[QuarantinedTraffic]) -> None:
        """Keep all items or none; raises the database's error, and the gateway tries again."""
        with transaction.atomic():
            rows = [_row(item) for item in items]
            QuarantinedFrame.objects.bulk_create(rows, batch_size=_ROWS_PER_INSERT)
            emit(QUARANTINED.code, lambda: _told(rows))


def _told(rows: Sequence[QuarantinedFrame]) -> list[Event]:
    """One event for each reason and device in ten minutes, however much traffic floods in: a stranger
    must not be able to fill the outbox."""
    events = {}
    for row in rows:
        window = int(row.received.timestamp()) // _WINDOW_SECONDS
        collapse = f"{row.reason}:{row.mn}:{window}"
        events[collapse] = Event(
            kind=QUARANTINED.code,
            occurred_at=row.received,
            subject=f"quarantine:{row.mn}"[:120],
            permission="acquisition.view_quarantinedframe",
            data={"reason": row.reason, "device": row.mn},
            collapse=collapse[:120],
        )
    return list(events.values())


def _row(item: QuarantinedTraffic) -> QuarantinedFrame:
    return QuarantinedFrame(
        reason=clean(item.reason, 40),
        peer=clean(item.peer, 60),
        mn=clean(item.mn, 64),
        raw=bytes(item.raw),
        received=item.received,
        detail=clean(item.detail, 500),
        stored=item.stored,
    )
