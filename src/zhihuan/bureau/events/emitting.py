"""Emit events, in the transaction of what they tell. Nothing is written while nobody listens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction

from zhihuan.bureau.events.kinds import declared_kinds
from zhihuan.bureau.events.models import Event

_BATCH = 500
_listeners: list[Callable[[str], bool]] = []


def register_listener(hears: Callable[[str], bool]) -> None:
    """``hears(kind)``: whether somebody is to be told of this kind; one query at most."""
    if hears not in _listeners:
        _listeners.append(hears)


def is_heard(kind: str) -> bool:
    """Whether anybody listens to events of this kind."""
    return any(hears(kind) for hears in _listeners)


def emit(kind: str, make: Callable[[], Sequence[Event]]) -> int:
    """Write the events that ``make`` gives, when somebody listens; how many were given.

    Must be called inside the transaction of what they tell: TransactionManagementError otherwise.
    ``make`` is not asked while nobody listens. KeyError for a kind that is not declared.
    """
    declared_kinds()[kind]
    connection = transaction.get_connection()
    connection.validate_no_broken_transaction()
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            f"{kind}: emit inside the transaction it tells of"
        )
    if not is_heard(kind):
        return 0
    events = list(make())
    Event.objects.bulk_create(events, batch_size=_BATCH, ignore_conflicts=_may_collapse(events))
    return len(events)


def _may_collapse(events: Sequence[Any]) -> bool:
    return any(event.collapse is not None for event in events)
