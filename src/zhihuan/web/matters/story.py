"""What happened to a matter, for the timeline: each event with what was said and what its clocks did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from zhihuan.bureau.matters.declaration import Step
from zhihuan.bureau.matters.models import MatterEvent, RunningClock
from zhihuan.bureau.matters.sight import Sight
from zhihuan.bureau.people.models import User
from zhihuan.web.components.status import StatusKind
from zhihuan.web.components.term import Term
from zhihuan.web.components.timeline_event import TimelineEvent
from zhihuan.web.matters.ledger import day_words, mark_words
from zhihuan.web.matters.said import terms_of

__all__ = ["event_title", "own_people", "story"]

Notes = Mapping[int, list[str]]


def story(
    sight: Sight,
    events: Iterable[MatterEvent],
    clocks: Iterable[RunningClock],
    own: Collection[int] = (),
) -> list[TimelineEvent]:
    """The events in order, as far as they are shown. ``clocks`` with their marks, both read along. own: keys
    of the reader's own people, who are named where the bureau's are not."""
    steps = {each.code: each for each in sight.procedure.steps}
    notes = _notes(sight, clocks)
    shown = (event for event in events if sight.shows_step(event.step))
    return [_told(sight, event, steps.get(event.step), notes, own) for event in shown]


def own_people(user: Any, sight: Sight, events: Iterable[MatterEvent]) -> Collection[int]:
    """Of whoever acted those of the reader's own organisation; asked for a party alone, one query."""
    if sight.is_whole or user.organisation_id is None:
        return ()
    acted = {event.actor_id for event in events if sight.shows_step(event.step)} - {None}
    rows = User.objects.filter(pk__in=acted, organisation=user.organisation_id)
    return set(rows.values_list("pk", flat=True))


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
    sight: Sight, event: MatterEvent, step: Step | None, notes: Notes, own: Collection[int]
) -> TimelineEvent:
    titles = {each.code: each for each in sight.procedure.states}
    target = titles.get(event.target)
    is_moved = event.source != event.target and sight.shows_state(event.target)
    return TimelineEvent(
        at=event.at,
        title=event_title(event, step),
        who=_who(sight, event, own),
        words=_("状态变为“%(state)s”。") % {"state": target.title} if is_moved and target else "",
        kind=_kind(event, step, ends=target is not None and target.end),
        terms=(*_officers(sight, event), *terms_of(step, sight.said(event.step, event.said))),
        notes=tuple(notes.get(event.pk, ())),
    )


def _who(sight: Sight, event: MatterEvent, own: Collection[int]) -> str:
    """To a party the bureau answers as a body: who of it reviewed and decided is not told."""
    if event.actor_id is None:
        return _("平台")
    is_named = sight.is_whole or event.actor_id in own
    return event.actor_name or _("平台") if is_named else _("生态环境部门")


def _officers(sight: Sight, event: MatterEvent) -> Iterable[Term]:
    if event.officers and sight.is_whole:
        told = (f"{each['name']}（{each['certificate']}）" for each in event.officers)
        yield Term(_("执法人员"), "、".join(told))


def _kind(event: MatterEvent, step: Step | None, *, ends: bool) -> StatusKind:
    if ends:
        return StatusKind.DONE
    if step is not None and step.who.platform:
        return StatusKind.WARNING
    return StatusKind.WAITING if event.step == MatterEvent.OPENING else StatusKind.ONGOING


def _notes(sight: Sight, clocks: Iterable[RunningClock]) -> Notes:
    """What each event did to clocks, by the event's key."""
    titles = {each.code: each.title for each in sight.procedure.clocks}
    found: dict[int, list[str]] = defaultdict(list)
    for row in (each for each in clocks if sight.shows_clock(each.code)):
        title = titles.get(row.code, row.code)
        found[row.started_id].append(_begun(title, row))
        for mark in row.marks.all():
            found[mark.event_id].append(f"{title}：{mark_words(mark, row)}")
        if row.ended_id:
            found[row.ended_id].append(f"{title}：{row.get_outcome_display()}")
    return found


def _begun(title: Any, row: RunningClock) -> str:
    if row.last_day is None or row.marks.all():  # the day it ends now is not the day it ended then
        return _("%(clock)s：开始计时") % {"clock": title}
    return _("%(clock)s：开始计时，%(day)s届满") % {"clock": title, "day": day_words(row)}
