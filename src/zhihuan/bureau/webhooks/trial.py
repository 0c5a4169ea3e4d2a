"""A message to try a receiver with: it says nothing of anything, and only its own subscriber gets it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.events.kinds import EventKind
from zhihuan.bureau.events.models import Event
from zhihuan.bureau.people.scope import may
from zhihuan.bureau.webhooks.actions import HOLD
from zhihuan.bureau.webhooks.models import Delivery, Subscription

TRIAL = EventKind("webhook.trial", _("试投"), "A trial message; it tells of nothing.")


@transaction.atomic
def try_out(subscription: Subscription, *, by: Any, address: str = "") -> Delivery:
    """A trial message on its way to this subscriber alone."""
    if by != subscription.owner or not may(by, HOLD):
        raise PermissionDenied
    record("webhook.try", f"webhook:{subscription.pk}", actor=by, address=address)
    event = Event.objects.create(
        kind=TRIAL.code,
        subject=f"webhook:{subscription.pk}",
        permission="",
        data={"subscription": subscription.name},
        fanned_at=timezone.now(),
    )
    return Delivery.objects.create(subscription=subscription, event=event, subject=event.subject)
