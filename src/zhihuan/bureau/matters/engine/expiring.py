"""Steps the platform takes by itself at the end of a clock."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from zhihuan.bureau.matters.catalogue import edition_of
from zhihuan.bureau.matters.engine.refusals import StepRefusedError
from zhihuan.bureau.matters.engine.taking import Acting, take
from zhihuan.bureau.matters.models import Matter, RunningClock

__all__ = ["expire_due"]


def expire_due(now: datetime | None = None) -> int:
    """Take the step of every clock that ended unmet and has one; how many. A matter that moved
    meanwhile is left for the next time."""
    moment = now or timezone.now()
    ended = RunningClock.objects.filter(
        outcome=RunningClock.Outcome.RUNNING, due_at__lte=moment
    ).select_related("matter")
    return sum(_expire(clock, moment) for clock in ended.iterator(500))


def _expire(clock: RunningClock, now: datetime) -> bool:
    matter: Matter = clock.matter
    declared = {each.code: each for each in edition_of(matter.procedure, matter.edition).clocks}
    step = declared[clock.code].expires
    if not step:
        return False
    try:
        take(matter, step, Acting(None), version=matter.version, at=now)
    except StepRefusedError:
        return False
    return True
