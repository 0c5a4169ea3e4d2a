"""What the bureau has let pass (逾期): for whoever answers for it, and for the discipline view (效能)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from zhihuan.bureau.inbox.actions import SEE_OVERDUE
from zhihuan.bureau.inbox.models import ClockWatch
from zhihuan.bureau.matters.catalogue import newest
from zhihuan.bureau.matters.rights import view_permission
from zhihuan.bureau.people.scope import scope_of

__all__ = ["overdue_for"]


def overdue_for(user: Any, now: datetime) -> QuerySet[ClockWatch]:
    """Clocks of the bureau that have ended unmet at ``now``, the longest ago first, within what somebody
    answers for and of procedures they may look at."""
    rows = ClockWatch.objects.filter(duty=ClockWatch.Duty.BUREAU, due_at__lte=now)
    within = scope_of(user, SEE_OVERDUE)
    if not within:
        return rows.none()
    seen = Q(pk__in=[])
    for procedure in newest():
        if scope := scope_of(user, view_permission(procedure)):
            seen |= Q(procedure=procedure.code) & scope.condition(ClockWatch)
    return within.filter(rows).filter(seen)
