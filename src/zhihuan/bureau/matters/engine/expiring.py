"""Steps the platform takes by itself at the end of a clock."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from zhihuan.bureau.matters.catalogue import edition_of, procedures
from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.matters.engine.refusals import StepRefusedError
from zhihuan.bureau.matters.engine.taking import take
from zhihuan.bureau.matters.models import RunningClock

__all__ = ["expire_due"]

_PORTION = 500
#: Where the step could not be taken: each trial is a transaction, and a line for the operator to read.
_AGAIN_AFTER = timedelta(hours=1)
_log = logging.getLogger(__name__)


def expire_due(now: datetime | None = None) -> int:
    """Take the step of every clock that ended unmet and has one; how many. A matter that moved
    meanwhile, or stands where the step cannot be taken, is left for an hour later."""
    moment = now or timezone.now()
    return sum(_expire(clock, moment) for clock in _ended(moment))


def _ended(moment: datetime) -> Iterator[RunningClock]:
    """Clocks with a step of the platform, code by code as the index has them: of all clocks there ever were, this looks
    at those that ended and no others. In portions: each is done with before the next is read."""
    untried = Q(refused_at=None) | Q(refused_at__lte=moment - _AGAIN_AFTER)
    for code, declared in _expiring().items():
        ended = RunningClock.objects.filter(
            declared, untried, code=code, outcome=RunningClock.Outcome.RUNNING, due_at__lte=moment
        )
        rows = ended.order_by("due_at", "pk").select_related("matter")
        further = Q()
        while portion := list(rows.filter(further)[:_PORTION]):
            yield from portion
            last = portion[-1]
            further = Q(due_at__gt=last.due_at) | Q(due_at=last.due_at, pk__gt=last.pk)


def _expiring() -> dict[str, Q]:
    """Codes of clocks at whose end the platform acts, with the editions that declare each so, of all there are."""
    found: dict[str, Q] = {}
    for procedure in procedures():
        edition = Q(matter__procedure=procedure.code, matter__edition=procedure.edition)
        for code in {clock.code for clock in procedure.clocks if clock.expires}:
            found[code] = found.get(code, Q()) | edition
    return found


def _expire(clock: RunningClock, now: datetime) -> bool:
    matter = clock.matter
    declared = {each.code: each for each in edition_of(matter.procedure, matter.edition).clocks}
    step = declared[clock.code].expires
    try:
        take(matter, step, Acting(None, at=now), version=matter.version)
    except StepRefusedError as refused:
        RunningClock.objects.filter(pk=clock.pk).update(refused_at=now)
        _log.warning(
            "matter %s: %s not taken at the end of %s: %s", matter.pk, step, clock.code, refused
        )
        return False
    return True
