"""What a list of matters can be asked: state, town, what is due, whether its limits were kept.

What is overdue is told by the first end of a limit that stands on the matter's own row (``engine.next_due``); the
other filters by clock start from the clocks, which are few where they run.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.declaration import Procedure
from zhihuan.bureau.matters.models import RunningClock
from zhihuan.bureau.matters.rights import view_permission
from zhihuan.bureau.people.scope import NOTHING, scope_of, towns_in
from zhihuan.web.listing import ChoiceFilter, FlagFilter
from zhihuan.web.matters.due import Today
from zhihuan.web.matters.visible import editions_of, procedures_for

__all__ = [
    "Pace",
    "due_filter",
    "open_filter",
    "pace_filter",
    "procedure_filter",
    "state_filter",
    "town_filter_of",
]

#: So many working days ahead a limit counts as coming.
COMING_DAYS = 5
_OUTCOME = RunningClock.Outcome


def procedure_filter() -> ChoiceFilter:
    """``?procedure=<code>``: of those the reader may see."""

    def options(user: Any) -> list[tuple[str, Any]]:
        return [(each.code, each.title) for each in procedures_for(user)]

    return ChoiceFilter("procedure", _("程序"), options=options)


def state_filter(procedure: Procedure) -> ChoiceFilter:
    """``?state=<code>``: the states of every edition, those of the current one first."""
    titles: dict[str, Any] = {}
    for edition in editions_of(procedure.code):
        for state in edition.states:
            titles.setdefault(state.code, state.title)
    return ChoiceFilter("state", _("状态"), options=list(titles.items()))


def town_filter_of(permission: str) -> ChoiceFilter:
    """``?town=<code>``: the towns of the reader's area; "": wherever any procedure may be seen."""

    def options(user: Any) -> list[tuple[str, str]]:
        asked = [permission] if permission else [view_permission(p) for p in procedures_for(user)]
        scope = sum((scope_of(user, each) for each in asked), NOTHING)
        return list(towns_in(scope).order_by("code").values_list("code", "name"))

    return ChoiceFilter("town", _("镇街"), options=options)


def open_filter() -> FlagFilter:
    """``?open=1``: only what has not ended."""
    return FlagFilter("open", _("只看未办结"), only=Q(ended_at__isnull=True))


def due_filter(today: Today) -> ChoiceFilter:
    """``?due=overdue|coming|paused``: by the clocks that run now."""
    until = today.calendar.worked_after(today.day, COMING_DAYS)
    conditions = {
        "coming": Q(due_at__gt=today.now, last_day__lte=until),
        "paused": Q(due_at__isnull=True),
    }

    def apply(rows: QuerySet[Any], asked: str) -> QuerySet[Any]:
        if asked == "overdue":
            return rows.filter(next_due_at__lte=today.now)
        condition = conditions.get(asked)
        if condition is None:
            return rows.none()
        return rows.filter(pk__in=_matters_of(condition, outcome=_OUTCOME.RUNNING))

    words = {
        "overdue": _("已超期"),
        "coming": _("5 个工作日内到期"),
        "paused": _("已中止计时"),
    }
    return ChoiceFilter("due", _("期限"), options=list(words.items()), apply=apply)


class Pace:
    """Whether the bureau kept its limits in matters of one procedure.

    late: a limit that is the bureau's duty was met late, or runs on past its end. on_time: one was met
    and none was late. neither: none has been met yet.
    """

    def __init__(self, procedure: Procedure, now: dt.datetime) -> None:
        codes = {
            clock.code
            for edition in editions_of(procedure.code)
            for clock in edition.clocks
            if clock.duty == "bureau"
        }
        mine = RunningClock.objects.filter(matter=OuterRef("pk"), code__in=sorted(codes))
        past = Q(outcome=_OUTCOME.RUNNING, due_at__lte=now)
        # asked of each matter, not as a set: "not in" a set of a million is no plan
        self._late = Exists(mine.filter(Q(outcome=_OUTCOME.LATE) | past).order_by())
        self._met = Exists(mine.filter(outcome=_OUTCOME.MET).order_by())

    def late(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(self._late)

    def on_time(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(self._met, ~self._late)

    def neither(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(~self._met, ~self._late)


def pace_filter(procedure: Procedure, now: dt.datetime) -> ChoiceFilter:
    """``?pace=late|on_time|neither``."""
    ways = {"on_time": Pace.on_time, "late": Pace.late, "neither": Pace.neither}

    def apply(rows: QuerySet[Any], asked: str) -> QuerySet[Any]:
        return ways[asked](Pace(procedure, now), rows) if asked in ways else rows.none()

    return ChoiceFilter("pace", _("办理时效"), options=PACE_WORDS, apply=apply, is_main=False)


PACE_WORDS = [
    ("on_time", _("按期")),
    ("late", _("逾期")),
    ("neither", _("尚无到期环节")),
]


def _matters_of(condition: Q, **more: Any) -> QuerySet[Any]:
    """Keys of the matters that have such a clock."""
    return RunningClock.objects.filter(condition, **more).order_by().values("matter")
