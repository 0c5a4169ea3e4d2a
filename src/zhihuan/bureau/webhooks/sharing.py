"""Share events out: each to the subscriptions that ask for its kind and whose owner may see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from zhihuan.bureau.events.models import Event
from zhihuan.bureau.people.let_in import is_let_in
from zhihuan.bureau.people.scope import scope_of
from zhihuan.bureau.webhooks.models import Delivery, Subscription

_PORTION = 500


def hears(kind: str) -> bool:
    """Whether an active subscription asks for this kind."""
    kinds = Subscription.objects.filter(is_active=True).values_list("kinds", flat=True)
    return any(kind in each for each in kinds)


@transaction.atomic
def share_out() -> int:
    """Make deliveries of events that have none yet, oldest first; how many events. Once each, whoever
    else is at it."""
    waiting = Event.objects.select_for_update(skip_locked=True).filter(fanned_at__isnull=True)
    events = list(waiting.order_by("id")[:_PORTION])
    if not events:
        return 0
    subscriptions = list(Subscription.objects.filter(is_active=True).select_related("owner"))
    deliveries = [each for event in events for each in _deliveries(event, subscriptions)]
    Delivery.objects.bulk_create(deliveries, batch_size=_PORTION, ignore_conflicts=True)
    Event.objects.filter(pk__in=[event.pk for event in events]).update(fanned_at=timezone.now())
    return len(events)


def _deliveries(event: Event, subscriptions: Sequence[Subscription]) -> Iterable[Delivery]:
    for each in subscriptions:
        if (
            event.kind in each.kinds
            and each.created_at <= event.occurred_at
            and may_see(each.owner, event)
        ):
            yield Delivery(subscription=each, event=event, subject=event.subject)


def may_see(user: Any, event: Event) -> bool:
    """Whether this person may today see what the event is about.

    Without a permission it is about nothing. A record that is gone, or was none, lies in no town any more: for those who reach the whole city.
    """
    if not is_let_in(user):
        return False
    if not event.permission:
        return True
    scope = scope_of(user, event.permission)
    if scope.city:
        return True
    if not scope or not event.model:
        return False
    row = apps.get_model(event.model)._default_manager.filter(pk=event.object_id).first()
    return row is not None and scope.covers(row)
