"""How long refused traffic is kept: so many days, and longer while it may still become data.

What a registered device sent and nobody has replayed is never deleted, however old: it is that
device's data, waiting for somebody. Every deletion is audited, in its own transaction.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from zhihuan.bureau.acquisition.fresh_connection import fresh_connection
from zhihuan.bureau.acquisition.models import QuarantinedFrame
from zhihuan.bureau.audit.record import record
from zhihuan.bureau.registry.models import Device

_AT_ONCE = 1_000


@fresh_connection
def delete_expired(now: dt.datetime, days: int) -> int:
    """Delete what was received more than ``days`` days before ``now`` (aware); how many entries.

    days: 0 keeps everything for ever.
    """
    if days <= 0:
        return 0
    before = now - dt.timedelta(days=days)
    deleted = 0
    while True:
        gone = _delete_some(before, days)
        deleted += gone
        if gone < _AT_ONCE:
            return deleted


def expired(before: dt.datetime) -> QuerySet[QuarantinedFrame]:
    """What was received before a moment and will not become data any more."""
    registered = Exists(Device.objects.filter(mn=OuterRef("mn")))
    waiting = Q(replayed_at__isnull=True) & registered
    return QuarantinedFrame.objects.filter(received__lt=before).exclude(waiting)


@transaction.atomic
def _delete_some(before: dt.datetime, days: int) -> int:
    found = list(expired(before).order_by("id").values_list("id", "reason", "received")[:_AT_ONCE])
    if not found:
        return 0
    ids, reasons, received = zip(*found, strict=True)
    # asked again: a device may have been registered since
    gone, _by_model = expired(before).filter(pk__in=ids).delete()
    record(
        "quarantine.expire",
        "quarantine",
        deleted=gone,
        days=days,
        first_received=min(received).isoformat(),
        last_received=max(received).isoformat(),
        reasons=dict(Counter(reasons)),
    )
    return gone
