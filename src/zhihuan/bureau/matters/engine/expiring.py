"""Steps the platform takes by itself at the end of a clock."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from zhihuan.bureau.matters.catalogue import edition_of, procedures
from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.matters.engine.refusals import StepRefusedError
from zhihuan.bureau.matters.engine.taking import take
from zhihuan.bureau.matters.models import RunningClock

__all__ = ["expire_due"]

_PORTION = 500
_log = logging.getLogger(__name__)


def expire_due(now: datetime | None = None) -> int:
    """Take the step of every clock that ended unmet and has one; how many. A matter that moved
    meanwhile, or stands where the step cannot be taken, is left for the next time."""
    moment = now or timezone.now()
    return sum(_expire(clock, moment) for clock in _ended(moment))


def _ended(moment: datetime) -> Iterator[RunningClock]:
    """Clocks with a step of the platform, in portions: each is done with before the next is read."""
    ended = RunningClock.objects.filter(
        _expiring(), outcome=RunningClock.Outcome.RUNNING, due_at__lte=moment
    )
    last = 0
    rows = ended.order_by("pk").select_related("matter")
    while portion := list(rows.filter(pk__gt=last)[:_PORTION]):
        yield from portion
        last = portion[-1].pk


def _expiring() -> Q:
    """The clocks at whose end the platform acts, of every edition there is."""
    wanted = Q(pk__in=[])
    for procedure in procedures():
        codes = [clock.code for clock in procedure.clocks if clock.expires]
        if codes:
            wanted |= Q(
                matter__procedure=procedure.code,
                matter__edition=procedure.edition,
                code__in=codes,
            )
    return wanted


def _expire(clock: RunningClock, now: datetime) -> bool:
    matter = clock.matter
    declared = {each.code: each for each in edition_of(matter.procedure, matter.edition).clocks}
    step = declared[clock.code].expires
    try:
        take(matter, step, Acting(None, at=now), version=matter.version)
    except StepRefusedError as refused:
        _log.warning(
            "matter %s: %s not taken at the end of %s: %s", matter.pk, step, clock.code, refused
        )
        return False
    return True
