"""How long events and deliveries are kept: what is over, for so many days."""

from __future__ import annotations

import datetime as dt

from zhihuan.bureau.events.models import Event
from zhihuan.bureau.webhooks.models import Delivery

KEPT = dt.timedelta(days=30)
_PORTION = 5_000


def forget_old(now: dt.datetime) -> int:
    """Delete events older than ``KEPT`` whose deliveries are all over, with those; how many events."""
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING).values("event_id")
    old = Event.objects.filter(occurred_at__lt=now - KEPT, fanned_at__isnull=False)
    portion = list(old.exclude(pk__in=waiting).values_list("pk", flat=True)[:_PORTION])
    Event.objects.filter(pk__in=portion).delete()
    return len(portion)
