"""Webhooks: does each subscription reach its receiver, can it sign, may its owner still have it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from django.db import Error
from django.db.models import Count, Max, Min, Q

from zhihuan.bureau.people.scope import may
from zhihuan.bureau.registry.sealing import SealBrokenError
from zhihuan.bureau.webhooks.actions import HOLD
from zhihuan.bureau.webhooks.models import Delivery, Subscription
from zhihuan.web.doctor.diagnosis import Diagnosis, error, fine, warning
from zhihuan.web.doctor.patient import Patient

#: So long a receiver may fail, or a pause hold events back, before it is told.
_FAILING = dt.timedelta(days=1)
_PAUSED = dt.timedelta(days=7)
_OVER = "After three days of attempts an event is given up, and not sent again by itself."


class _Standing(NamedTuple):
    """Of one subscription's deliveries: how many, and since when; None: there is none."""

    waiting: int
    waiting_since: dt.datetime | None
    failing_since: dt.datetime | None
    dead: int
    dead_at: dt.datetime | None
    delivered_at: dt.datetime | None


def look(patient: Patient) -> Iterator[Diagnosis]:
    try:
        subscriptions = list(Subscription.objects.select_related("owner").order_by("pk"))
        standings = _standings()
    except Error:
        return  # told by `database`
    bad = [
        told for each in subscriptions for told in _judged(each, standings[each.pk], patient.now)
    ]
    yield from bad
    if subscriptions and not bad:
        yield fine(f"{len(subscriptions)} webhook subscriptions, none in trouble")


def _standings() -> dict[int, _Standing]:
    """By subscription: one query."""
    state = Delivery.State
    waiting, dead = Q(deliveries__state=state.WAITING), Q(deliveries__state=state.DEAD)
    delivered = Q(deliveries__state=state.DELIVERED)
    happened, finished = "deliveries__event__occurred_at", "deliveries__finished_at"
    figures = {
        "waiting": Count("deliveries", filter=waiting),
        "waiting_since": Min(happened, filter=waiting),
        "failing_since": Min(happened, filter=waiting & Q(deliveries__attempts__gt=0)),
        "dead": Count("deliveries", filter=dead),
        "dead_at": Max(finished, filter=dead),
        "delivered_at": Max(finished, filter=delivered),
    }
    rows = Subscription.objects.order_by().annotate(**figures).values_list("pk", *figures)
    return {pk: _Standing(*found) for pk, *found in rows}


def _judged(each: Subscription, standing: _Standing, now: dt.datetime) -> Iterator[Diagnosis]:
    if not each.is_active:
        yield from _paused(each, standing, now)
    elif not _can_sign(each):
        yield error(
            f"webhook {each}: its signing secret does not open",
            "Every event for it is given up.",
            "Put back the sealing.key that was in use (zhihuan restore --keys), or rotate the secret at "
            f"{_page(each)} and give the new one to the receiver; then replay what was given up.",
        )
    elif not may(each.owner, HOLD):
        yield warning(
            f"webhook {each}: {each.owner.get_username()} may hold none any more",
            "Its events are withheld.",
            f"Let somebody in office set it up anew, and pause this one at {_page(each)}.",
        )
    else:
        yield from _failing(each, standing, now)


def _failing(each: Subscription, standing: _Standing, now: dt.datetime) -> Iterator[Diagnosis]:
    """Given up since it last arrived, or tried in vain for a day."""
    mend = (
        f"Read the receiver's answers at {_page(each)}, mend the receiver or set the subscription up with "
        "its new address, press 试投; then replay what was given up, or pause it."
    )
    arrived = standing.delivered_at
    if standing.dead_at is not None and (arrived is None or standing.dead_at > arrived):
        last = "none ever arrived" if arrived is None else f"none arrived since {arrived:%Y-%m-%d}"
        yield error(f"webhook {each}: {standing.dead} events given up, {last}", _OVER, mend)
    elif standing.failing_since is not None and now - standing.failing_since > _FAILING:
        since = f"{standing.failing_since:%Y-%m-%d %H:%M} UTC"
        yield warning(f"webhook {each}: tried in vain since {since}", _OVER, mend)


def _paused(each: Subscription, standing: _Standing, now: dt.datetime) -> Iterator[Diagnosis]:
    since = standing.waiting_since
    if since is not None and now - since > _PAUSED:
        yield warning(
            f"webhook {each}: paused, with {standing.waiting} events waiting since {since:%Y-%m-%d}",
            "Its receiver misses them, and what happens meanwhile is not kept for it.",
            f"Its owner resumes it at {_page(each)} when the receiver is ready.",
        )


def _can_sign(each: Subscription) -> bool:
    try:
        each.secrets()
    except SealBrokenError:
        return False
    return True


def _page(each: Subscription) -> str:
    return f"/webhooks/{each.pk}/"
