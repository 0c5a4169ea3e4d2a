"""A to-do as people see it: its group, its clock in working days, what may be done. A query of clocks that tell what was
done, and those of ``engine.apart``, however many to-dos."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhihuan.bureau.clock import Light
from zhihuan.bureau.inbox.known import procedure_of
from zhihuan.bureau.inbox.models import ToDo
from zhihuan.bureau.inbox.risk import Stage, Urgency, urgency
from zhihuan.bureau.matters.declaration import Procedure, Step
from zhihuan.bureau.matters.engine.apart import barred_steps
from zhihuan.bureau.matters.engine.done import clocks_that_tell, done_steps
from zhihuan.bureau.matters.models import RunningClock
from zhihuan.bureau.matters.sight import Sight, party_sight, whole_sight
from zhihuan.bureau.people.roles import ROLES, Side
from zhihuan.web.addresses import record_address
from zhihuan.web.components.clock import Clock
from zhihuan.web.components.status import Status
from zhihuan.web.matters.due import Today

__all__ = ["GROUPS", "Group", "ShownToDo", "grouped", "shown"]

#: The groups of the page, in the order of legal risk: heading, and the kind of status badge.
GROUPS: dict[Urgency, tuple[Any, str]] = {
    Urgency.OVERDUE: (gettext_lazy("已逾期"), "danger"),
    Urgency.TODAY: (gettext_lazy("今日到期"), "danger"),
    Urgency.SOON: (gettext_lazy("即将到期"), "warning"),
    Urgency.RUNNING: (gettext_lazy("期限内"), "ongoing"),
    Urgency.OTHERS: (gettext_lazy("等待对方"), "waiting"),
    Urgency.UNTIMED: (gettext_lazy("无期限或已中止"), "paused"),
}


@dataclass(frozen=True, slots=True)
class ShownToDo:
    """One to-do. url: of the matter, "" while it has no page. acts: titles of what may be done now and was not yet.
    state_code: as programs are told it."""

    row: ToDo
    group: Urgency
    clock: Clock
    procedure: Any
    state: Any
    acts: tuple[Any, ...]
    url: str
    state_code: str = ""

    @property
    def status(self) -> Status:
        """Where it stands, for a badge."""
        words, kind = GROUPS[self.group]
        return Status(kind, words)


@dataclass(frozen=True, slots=True)
class Group:
    """The to-dos of one urgency. is_more: more of it follow on the next page."""

    urgency: Urgency
    title: Any
    rows: list[ShownToDo]
    is_more: bool = False


def shown(rows: Iterable[ToDo], today: Today, reader: Any) -> list[ShownToDo]:
    """The to-dos as they stand today, working days counted by the city's calendar. reader: whoever is asked to act; what
    they are kept apart from by what they did before is not offered to them."""
    listed = list(rows)
    done, apart = _done(listed), _kept_apart(listed, reader)
    none: frozenset[str] = frozenset()
    left_out = (done.get(row.matter_id, none) | apart.get(row.matter_id, none) for row in listed)
    return [_shown(row, today, codes) for row, codes in zip(listed, left_out, strict=True)]


def _kept_apart(rows: list[ToDo], reader: Any) -> dict[int, frozenset[str]]:
    """Of each matter the steps that this reader may not take, having had a part in an earlier one."""
    waiting = {row.matter_id: row.matter for row in rows}
    asked = [(each, procedure_of(each).steps_from(each.state)) for each in waiting.values()]
    return barred_steps(asked, {reader.pk})


def _steps_of(row: ToDo) -> list[Step]:
    """What the role of a to-do may do in the state of its matter."""
    steps = procedure_of(row.matter).steps_from(row.matter.state)
    return [each for each in steps if row.role in each.who.reaches]


def _done(rows: list[ToDo]) -> dict[int, frozenset[str]]:
    """Of each matter the steps that have done what they are there for; at most one query."""
    procedures = {row.matter_id: procedure_of(row.matter) for row in rows}
    telling = {
        row.matter_id: clocks_that_tell(procedures[row.matter_id], row.matter.state) for row in rows
    }
    asked = [matter for matter, codes in telling.items() if codes]
    if not asked:
        return {}
    codes = frozenset().union(*telling.values())
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    clocks = RunningClock.objects.filter(matter__in=asked, code__in=codes).order_by()
    for matter, code, outcome in clocks.values_list("matter_id", "code", "outcome"):
        found[matter].append((code, outcome))
    return {matter: done_steps(procedures[matter], outcomes) for matter, outcomes in found.items()}


def grouped(rows: list[ShownToDo], *, is_more: bool) -> list[Group]:
    """In groups, as they come."""
    found = [
        Group(group, GROUPS[group][0], list(those))
        for group, those in groupby(rows, key=lambda each: each.group)
    ]
    if found and is_more:
        last = found[-1]
        found[-1] = Group(last.urgency, last.title, last.rows, is_more=True)
    return found


def _shown(row: ToDo, today: Today, left_out: frozenset[str]) -> ShownToDo:
    procedure = procedure_of(row.matter)
    sight = _sight(row, procedure)
    light = today.standing_of(row.clock).light if row.clock else Light.STILL
    return ShownToDo(
        row=row,
        group=urgency(Stage(row.stage), light),
        clock=today.chip(row.clock, _basis(row.clock, procedure)),
        procedure=procedure.title,
        state=sight.state_title(row.matter.state),
        state_code=sight.state_code(row.matter.state),
        acts=tuple(step.title for step in _steps_of(row) if step.code not in left_out),
        url=record_address("matter", row.matter_id),
    )


def _sight(row: ToDo, procedure: Procedure) -> Sight:
    """What waits for a role outside the bureau is told as its procedure shows it to its party."""
    outside = ROLES[row.role].side is Side.OUTSIDE
    return party_sight(procedure) if outside else whole_sight(procedure)


def _basis(clock: RunningClock | None, procedure: Procedure) -> str:
    if clock is None:
        return ""
    titles = {each.code: each.title for each in procedure.clocks}
    told = {"clock": titles.get(clock.code, clock.code), "limit": clock.limit}
    return _("%(clock)s（%(limit)s）") % told
