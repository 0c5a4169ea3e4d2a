"""Tells of clocks before they end, up the ladder, once each.

A portion at a time, each in one transaction: what is told and that it was told stand or fall together,
so a process that dies leaves either nothing or both. Two who are at it at once meet at the message's
key, and the second one's portion is undone.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock import Due, WorkCalendar
from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.events.emitting import emit
from zhihuan.bureau.events.models import Event
from zhihuan.bureau.inbox.audience import audience_of
from zhihuan.bureau.inbox.event_kinds import DUE_SOON, OVERDUE
from zhihuan.bureau.inbox.known import procedure_of
from zhihuan.bureau.inbox.ladder import Climb, Rung, climb, ladder_on, rungs
from zhihuan.bureau.inbox.models import ClockWatch, Message
from zhihuan.bureau.inbox.telling import News, tell_all
from zhihuan.bureau.matters.engine.calendar import the_calendar
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.matters.rights import view_permission

__all__ = ["escalate"]

_PORTION = 200
_WARNING = {
    ClockWatch.Duty.BUREAU: _(
        "本局办理期限将于 %(day)s 届满，还剩 %(days)s 个工作日，请及时办理。"
    ),
    ClockWatch.Duty.PARTY: _("当事人履行期限将于 %(day)s 届满，还剩 %(days)s 个工作日。"),
    ClockWatch.Duty.OTHER: _("其他机关答复期限将于 %(day)s 届满，还剩 %(days)s 个工作日。"),
}
_TODAY = {
    ClockWatch.Duty.BUREAU: _("本局办理期限今日（%(day)s）届满，请立即办理。"),
    ClockWatch.Duty.PARTY: _("当事人履行期限今日（%(day)s）届满。"),
    ClockWatch.Duty.OTHER: _("其他机关答复期限今日（%(day)s）届满。"),
}
_OVERDUE = {
    ClockWatch.Duty.BUREAU: _("本局办理期限已于 %(day)s 届满，事项逾期，请立即办理。"),
    ClockWatch.Duty.PARTY: _("当事人履行期限已于 %(day)s 届满，尚未履行。"),
    ClockWatch.Duty.OTHER: _("其他机关答复期限已于 %(day)s 届满，尚未答复，请催问。"),
}


def escalate(now: datetime) -> int:
    """Tell what is due at ``now`` (aware); how many messages found their way into boxes. Periodic."""
    calendar = the_calendar()
    told = 0
    while (portion := _portion(now, calendar)) is not None:
        told += portion
    return told


@transaction.atomic
def _portion(now: datetime, calendar: WorkCalendar) -> int | None:
    """None: nothing is left to be told."""
    due = ClockWatch.objects.filter(next_at__lte=now).order_by("next_at", "pk")
    rows = list(
        due.select_for_update(skip_locked=True, of=("self",)).select_related(
            "clock__started", "matter__party"
        )[:_PORTION]
    )
    if not rows:
        return None
    climbs = [(row, _climb(row, now, calendar)) for row in rows]
    audience = audience_of([row.matter for row, each in climbs if each.rung is not None])
    told = [
        (_news(row, each.rung, now, calendar), audience.named(row.matter, each.tells))
        for row, each in climbs
        if each.rung is not None
    ]
    for row, each in climbs:
        row.told = each.rung.number if each.rung is not None else row.told
        row.next_at = each.next_at
    ClockWatch.objects.bulk_update(rows, ["told", "next_at"])
    _tell_systems([row for row, each in climbs if each.rung is not None], now)
    return tell_all(told)


def _tell_systems(rows: list[ClockWatch], now: datetime) -> None:
    """Events for other systems: those that are overdue, and those that will be."""
    late = [each for each in rows if each.due_at <= now]
    soon = [each for each in rows if each.due_at > now]
    emit(OVERDUE.code, lambda: [_event(OVERDUE.code, each) for each in late])
    emit(DUE_SOON.code, lambda: [_event(DUE_SOON.code, each) for each in soon])


def _event(kind: str, row: ClockWatch) -> Event:
    told = {
        "matter": row.matter_id,
        "procedure": row.procedure,
        "clock": row.clock.code,
        "duty": row.duty,
        "last_day": row.last_day.isoformat(),
    }
    return Event(
        kind=kind,
        subject=f"matter:{row.matter_id}",
        permission=view_permission(procedure_of(row.matter)),
        model=Matter._meta.label,
        object_id=str(row.matter_id),
        data=told,
    )


def _climb(row: ClockWatch, now: datetime, calendar: WorkCalendar) -> Climb:
    due = Due(row.last_day, row.due_at, False, ())
    ladder = ladder_on(beijing_day(now))
    return climb(rungs(due, row.clock.began_at, calendar, ladder, row.duty), row.told, now)


def _news(row: ClockWatch, rung: Rung, now: datetime, calendar: WorkCalendar) -> News:
    kind = Message.Kind.OVERDUE if rung.overdue else Message.Kind.WARNING
    today = beijing_day(now)
    due_today = _TODAY if row.last_day == today else _WARNING
    words = (_OVERDUE if rung.overdue else due_today)[ClockWatch.Duty(row.duty)]
    left = calendar.worked_within(today, row.last_day)
    facts: dict[str, Any] = {"day": row.last_day.isoformat(), "days": left}
    key = f"clock:{row.pk}:{row.due_at.timestamp():.0f}:{rung.number}"
    return News(kind, words, matter_id=row.matter_id, facts=facts, key=key)
