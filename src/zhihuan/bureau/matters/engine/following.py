"""Running clocks follow the installed version: its published years, its time limits, its way to reckon.

    note_installed()              # at start: writes down what is to be done, and does nothing of it
    follow_installed(5, rest=0.1) # beside the pages: goes on with it, portion by portion

A year that the city loads itself moves its clocks at once (``loading``). A new version brings years that were
provisional before, limits whose text was read since and corrections; what runs is reckoned by them, and whoever answers
for a clock that moved is told. Goes on where it was left; a process of another version leaves it alone. A clock that
cannot be reckoned by the new rules stays as it was, with a line for the operator.
"""

from __future__ import annotations

import logging
import math
import time

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.clock import ClockError
from zhihuan.bureau.clock.installed import digest_of_installed
from zhihuan.bureau.matters.engine.calendar import the_calendar
from zhihuan.bureau.matters.engine.effects import follow_moved
from zhihuan.bureau.matters.engine.moving import moved_clocks, with_history
from zhihuan.bureau.matters.models import Matter, Reckoning, RunningClock

__all__ = ["follow_all", "follow_installed", "has_followed", "left_to_follow", "note_installed"]

_PORTION = 500
_ROW = 1
_log = logging.getLogger(__name__)


def note_installed() -> None:
    """Write down that clocks are to be reckoned anew where they rest on something else than is installed; one query
    where they do not."""
    if not Reckoning.objects.filter(pk=_ROW, digest=digest_of_installed()).exists():
        _begin()


def has_followed() -> bool:
    """Whether every running clock rests on what is installed."""
    return Reckoning.objects.filter(pk=_ROW, digest=digest_of_installed(), done=True).exists()


def left_to_follow() -> int:
    """How many running clocks are still to be looked at by this version."""
    row = Reckoning.objects.filter(pk=_ROW, digest=digest_of_installed(), done=False).first()
    return _running().filter(pk__gt=row.reached).count() if row is not None else 0


def follow_installed(seconds: float = math.inf, rest: float = 0.0) -> int:
    """Go on for so long [s] or to the end; how many clocks end on another day now. rest: behind each portion [s]."""
    until, moved = time.monotonic() + seconds, 0
    while time.monotonic() < until and (count := _portion()) is not None:
        moved += count
        time.sleep(rest)
    return moved


def follow_all() -> int:
    """Every running clock, whatever was done before, at once; how many end on another day now."""
    _begin()
    return follow_installed()


def _begin() -> None:
    """From the first clock; where none runs, it is done with that."""
    given = {"digest": digest_of_installed(), "reached": 0, "done": not _running().exists()}
    Reckoning.objects.update_or_create(pk=_ROW, defaults=given | {"moved_at": timezone.now()})


@transaction.atomic
def _portion() -> int | None:
    """How many moved of the next; None: nothing is left. The row is held, then the matters, so that no step comes
    between reading and writing."""
    rows = Reckoning.objects.select_for_update().filter(
        pk=_ROW, digest=digest_of_installed(), done=False
    )
    if (row := rows.first()) is None:
        return None
    ahead = _running().filter(pk__gt=row.reached).order_by("pk")
    keys = dict(ahead.values_list("pk", "matter_id")[:_PORTION])
    moved = _followed(keys) if keys else 0
    row.reached, row.done = max(keys, default=row.reached), not keys
    row.moved_at = timezone.now()
    row.save()
    return moved


def _followed(keys: dict[int, int]) -> int:
    locked = Matter.objects.select_for_update().filter(pk__in=set(keys.values())).order_by("pk")
    list(locked.values_list("pk"))
    portion = list(with_history(_running().filter(pk__in=keys)))
    moved = moved_clocks(portion, the_calendar(), _left)
    if moved:
        record("clock.follow", "clocks", actor=None, clocks=len(moved))
        follow_moved({each.clock.matter_id for each in moved})
    return len(moved)


def _left(row: RunningClock, error: ClockError) -> None:
    _log.warning("matter %s: %s stays as it was: %s", row.matter_id, row.code, error)


def _running() -> QuerySet[RunningClock]:
    return RunningClock.objects.filter(outcome=RunningClock.Outcome.RUNNING, due_at__isnull=False)
