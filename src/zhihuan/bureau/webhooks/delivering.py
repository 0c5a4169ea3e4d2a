"""Deliver what is due: claimed by a conditional update, sent side by side, recorded, tried again later.

Of one subject and subscription only the oldest waiting delivery is due, so events of one thing arrive in
order; one that was given up lets the next pass. A process that dies between claim and outcome
loses nothing: the claim runs out, and the receiver tells the repetition by its id.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.registry.sealing import SealBrokenError
from zhihuan.bureau.webhooks.models import Delivery, DeliveryAttempt
from zhihuan.bureau.webhooks.pauses import pause_after
from zhihuan.bureau.webhooks.sending import TOTAL_SECONDS, Outcome, send
from zhihuan.bureau.webhooks.sharing import may_see
from zhihuan.bureau.webhooks.signing import headers_for

_log = logging.getLogger(__name__)
#: Longer than any attempt: so long a claim holds.
CLAIM = dt.timedelta(seconds=4 * TOTAL_SECONDS)
_PORTION = 64
_SIDE_BY_SIDE = 8
_State = Delivery.State


@dataclass(frozen=True, slots=True)
class _Message:
    """What is sent, made before any thread begins: threads touch no database."""

    delivery: Delivery
    url: str
    body: bytes
    headers: dict[str, str]

    def send(self) -> Outcome:
        return send(self.url, self.body, self.headers)


def deliver_due(now: dt.datetime | None = None) -> int:
    """One round; how many were delivered."""
    now = now or timezone.now()
    claimed = [each for each in _due(now)[:_PORTION] if _claim(each, now)]
    messages = [message for each in claimed if (message := _message(each)) is not None]
    if not messages:
        return 0
    with ThreadPoolExecutor(_SIDE_BY_SIDE, "webhook") as pool:
        outcomes = list(pool.map(_Message.send, messages))
    for message, outcome in zip(messages, outcomes, strict=True):
        _record(message.delivery, outcome)
    return sum(outcome.is_delivered for outcome in outcomes)


def _due(now: dt.datetime) -> QuerySet[Delivery]:
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    waiting = Delivery.objects.filter(state=_State.WAITING)
    earlier = waiting.filter(
        subscription=OuterRef("subscription"), subject=OuterRef("subject"), pk__lt=OuterRef("pk")
    )
    due = waiting.filter(free, ~Exists(earlier), next_at__lte=now, subscription__is_active=True)
    return due.select_related("event", "subscription__owner").order_by("next_at", "id")


def _claim(delivery: Delivery, now: dt.datetime) -> bool:
    """Whoever changes the row has it; everybody else sees no row changed."""
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    mine = Delivery.objects.filter(free, pk=delivery.pk, state=_State.WAITING)
    return mine.update(claimed_until=now + CLAIM) == 1


def _message(delivery: Delivery) -> _Message | None:
    """What to send; None when it may not be sent, and then it is closed."""
    event, subscription = delivery.event, delivery.subscription
    if not may_see(subscription.owner, event):
        _close(delivery, _State.WITHHELD, _("责任账号现在无权查看这个对象"))
        return None
    body = json.dumps(
        {
            "type": event.kind,
            "timestamp": timezone.localtime(event.occurred_at).isoformat(timespec="milliseconds"),
            "data": event.data,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()
    try:
        secrets = subscription.secrets()
    except SealBrokenError as error:
        _log.error("webhook subscription %s: %s", subscription.pk, error)
        _close(delivery, _State.DEAD, _("签名密钥无法解封，请更换密钥后重投"))
        return None
    headers = headers_for(delivery.message_id, int(time.time()), body, secrets)
    return _Message(delivery, subscription.url, body, headers)


@transaction.atomic
def _record(delivery: Delivery, outcome: Outcome) -> None:
    DeliveryAttempt.objects.create(
        delivery=delivery,
        status=outcome.status,
        milliseconds=outcome.milliseconds,
        outcome=outcome.words[:200],
    )
    Delivery.objects.filter(pk=delivery.pk).update(attempts=F("attempts") + 1)
    if outcome.is_delivered:
        _close(delivery, _State.DELIVERED, "")
        return
    pause = pause_after(delivery.attempts + 1, outcome.retry_after)
    if pause is None:
        _close(delivery, _State.DEAD, outcome.words)
        return
    Delivery.objects.filter(pk=delivery.pk).update(
        next_at=timezone.now() + pause, claimed_until=None, outcome=outcome.words[:200]
    )


def _close(delivery: Delivery, state: str, outcome: str) -> None:
    Delivery.objects.filter(pk=delivery.pk, state=_State.WAITING).update(
        state=state, claimed_until=None, finished_at=timezone.now(), outcome=outcome[:200]
    )
