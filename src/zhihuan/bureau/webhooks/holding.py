"""Set subscriptions up, pause them, rotate their secrets, replay a delivery. Each act is audited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.events.kinds import declared_kinds
from zhihuan.bureau.people.scope import may
from zhihuan.bureau.registry.sealing import seal
from zhihuan.bureau.webhooks.actions import HOLD, MANAGE
from zhihuan.bureau.webhooks.destination import BadDestinationError, read_destination
from zhihuan.bureau.webhooks.models import Delivery, Subscription
from zhihuan.bureau.webhooks.signing import new_secret
from zhihuan.bureau.webhooks.trial import TRIAL

#: So long the former secret signs beside the new one.
OVERLAP = dt.timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class SetUp:
    """A subscription, and its secret: shown once."""

    subscription: Subscription
    secret: str


@transaction.atomic
def set_up(owner: Any, *, name: str, url: str, kinds: Iterable[str], address: str = "") -> SetUp:
    """A new subscription in the owner's name; ValidationError names the field that is wrong."""
    if not may(owner, HOLD):
        raise PermissionDenied
    wanted = sorted(set(kinds))
    _check(name, url, wanted)
    secret = new_secret()
    made = Subscription.objects.create(
        owner=owner, name=name.strip(), url=url, kinds=wanted, sealed_secret=seal(secret)
    )
    _note("webhook.set_up", made, owner, address, url=url, kinds=wanted)
    return SetUp(made, secret)


def _check(name: str, url: str, kinds: list[str]) -> None:
    wrong: dict[str, str] = {}
    if not name.strip():
        wrong["name"] = _("请填写用途")
    if not kinds or not set(kinds) <= set(declared_kinds()) - {TRIAL.code}:
        wrong["kinds"] = _("请至少选择一类事件")
    try:
        read_destination(url)
    except BadDestinationError as error:
        wrong["url"] = str(error)
    if wrong:
        raise ValidationError(wrong)


@transaction.atomic
def rotate(subscription: Subscription, *, by: Any, address: str = "") -> str:
    """A new secret, shown once; the former one signs beside it for a day."""
    _require(subscription, by)
    secret = new_secret()
    subscription.sealed_former = subscription.sealed_secret
    subscription.former_until = timezone.now() + OVERLAP
    subscription.sealed_secret = seal(secret)
    subscription.save(update_fields=["sealed_former", "former_until", "sealed_secret"])
    _note("webhook.rotate", subscription, by, address)
    return secret


@transaction.atomic
def switch(subscription: Subscription, *, on: bool, by: Any, address: str = "") -> None:
    """Pause or resume: what waits keeps waiting meanwhile, what happens meanwhile is not kept for it.
    Whoever manages webhooks may pause anybody's; only the owner resumes."""
    if by != subscription.owner and (on or not may(by, MANAGE)):
        raise PermissionDenied
    subscription.is_active = on
    subscription.save(update_fields=["is_active"])
    _note("webhook.resume" if on else "webhook.pause", subscription, by, address)


@transaction.atomic
def replay(delivery: Delivery, *, by: Any, address: str = "") -> bool:
    """Deliver once more, with the same id; False while it is waiting anyway."""
    _require(delivery.subscription, by)
    closed = Delivery.objects.filter(pk=delivery.pk).exclude(state=Delivery.State.WAITING)
    again = closed.update(
        state=Delivery.State.WAITING,
        attempts=0,
        next_at=timezone.now(),
        claimed_until=None,
        finished_at=None,
        outcome="",
    )
    if again:
        _note("webhook.replay", delivery.subscription, by, address, delivery=delivery.pk)
    return bool(again)


def _require(subscription: Subscription, by: Any) -> None:
    if by != subscription.owner or not may(by, HOLD):
        raise PermissionDenied


def _note(action: str, subscription: Subscription, by: Any, address: str, **detail: Any) -> None:
    record(
        action,
        f"webhook:{subscription.pk}",
        actor=by,
        address=address,
        name=subscription.name,
        **detail,
    )
