"""What happened to a matter, for the timeline: each event with what was said and what its clocks did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from zhihuan.bureau.matters.declaration import Procedure, Step
from zhihuan.bureau.matters.models import MatterEvent, RunningClock
from zhihuan.web.components.status import StatusKind
from zhihuan.web.components.term import Term
from zhihuan.web.components.timeline_event import TimelineEvent
from zhihuan.web.matters.ledger import day_words, mark_words
from zhihuan.web.matters.said import terms_of

__all__ = ["event_title", "story"]

Notes = Mapping[int, list[str]]


def story(
    procedure: Procedure, events: Iterable[MatterEvent], clocks: Iterable[RunningClock]
) -> list[TimelineEvent]:
    """The events in order. ``clocks`` with their marks, both read along."""
    steps = {each.code: each for each in procedure.steps}
    notes = _notes(procedure, clocks)
    return [_told(procedure, event, steps.get(event.step), notes) for event in events]


def event_title(event: MatterEvent, step: Step | None) -> Any:
    """The step's title; an event that is no step of the procedure by what it is."""
    if step is not None:
        return step.title
    known = {
        MatterEvent.OPENING: _("发起事项"),
        MatterEvent.REBASING: _("转入新版程序"),
        MatterEvent.LINKING: _("关联事项"),
    }
    return known.get(event.step, event.step)


def _told(
    procedure: Procedure, event: MatterEvent, step: Step | None, notes: Notes
) -> TimelineEvent:
    titles = {each.code: each for each in procedure.states}
    target = titles.get(event.target)
    is_moved = event.source != event.target and target is not None
    return TimelineEvent(
        at=event.at,
        title=event_title(event, step),
        who=_who(event),
        words=_("状态变为“%(state)s”。") % {"state": target.title} if is_moved else "",
        kind=_kind(event, step, ends=target is not None and target.end),
        terms=(*_officers(event), *terms_of(step, event.said)),
        notes=tuple(notes.get(event.pk, ())),
    )


def _who(event: MatterEvent) -> str:
    return event.actor_name or _("平台")


def _officers(event: MatterEvent) -> Iterable[Term]:
    if event.officers:
        told = (f"{each['name']}（{each['certificate']}）" for each in event.officers)
        yield Term(_("执法人员"), "、".join(told))


def _kind(event: MatterEvent, step: Step | None, *, ends: bool) -> StatusKind:
    if ends:
        return StatusKind.DONE
    if step is not None and step.who.platform:
        return StatusKind.WARNING
    return StatusKind.WAITING if event.step == MatterEvent.OPENING else StatusKind.ONGOING


def _notes(procedure: Procedure, clocks: Iterable[RunningClock]) -> Notes:
    """What each event did to clocks, by the event's key."""
    titles = {each.code: each.title for each in procedure.clocks}
    found: dict[int, list[str]] = defaultdict(list)
    for row in clocks:
        title = titles.get(row.code, row.code)
        found[row.started_id].append(_begun(title, row))
        for mark in row.marks.all():
            found[mark.event_id].append(f"{title}：{mark_words(mark)}")
        if row.ended_id:
            found[row.ended_id].append(f"{title}：{row.get_outcome_display()}")
    return found


def _begun(title: Any, row: RunningClock) -> str:
    if row.last_day is None or row.marks.all():  # the day it ends now is not the day it ended then
        return _("%(clock)s：开始计时") % {"clock": title}
    return _("%(clock)s：开始计时，%(day)s届满") % {"clock": title, "day": day_words(row)}
