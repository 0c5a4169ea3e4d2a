"""How long messages are kept. What they told stays in the matter's events and the audit trail."""

from __future__ import annotations

from datetime import datetime, timedelta

from zhihuan.bureau.inbox.models import Message, Receipt

__all__ = ["forget_old"]

_PORTION = 2_000


def forget_old(now: datetime, days: int) -> int:
    """Delete messages older than so many days, with everybody's receipts; how many messages. 0 days: none.
    A portion a call."""
    if days <= 0:
        return 0
    old = Message.objects.filter(at__lt=now - timedelta(days=days)).order_by("at")
    portion = list(old.values_list("pk", flat=True)[:_PORTION])
    Receipt.objects.filter(message__in=portion).delete()
    Message.objects.filter(pk__in=portion).delete()
    return len(portion)
