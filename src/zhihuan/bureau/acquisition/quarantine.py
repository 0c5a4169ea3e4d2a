"""The gateway's quarantine as a table: refused traffic is kept whole until somebody looks at it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from zhihuan.bureau.acquisition.clean_text import clean
from zhihuan.bureau.acquisition.fresh_connection import fresh_connection
from zhihuan.bureau.acquisition.models import QuarantinedFrame
from zhihuan.telemetry.ports import QuarantinedTraffic

#: Rows of one INSERT: bounded, so that a flood never builds one statement of many megabytes.
_ROWS_PER_INSERT = 500


class QuarantineTable:
    """Implements ``telemetry.ports.Quarantine``."""

    @fresh_connection
    def put(self, items: Sequence[QuarantinedTraffic]) -> None:
        """Keep all items or none; raises the database's error, and the gateway tries again."""
        with transaction.atomic():
            QuarantinedFrame.objects.bulk_create(map(_row, items), batch_size=_ROWS_PER_INSERT)


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
