"""Conditions on steps, and the periods some of them must wait for or keep."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock import History, WorkCalendar, reckon, time_limit
from zhihuan.bureau.clock.history import BEIJING, beijing_day, moment_of
from zhihuan.bureau.documents.serving.served import served_on
from zhihuan.bureau.matters.declaration import Guard
from zhihuan.bureau.matters.engine.calendar import the_calendar
from zhihuan.lines.measures.asking import HAPPENED

__all__ = ["ACT_BY_NOW", "by_now", "heard_out", "last_day", "late_needs_reason", "only_if"]


def only_if(code: str, is_met: Callable[[Any], bool], words: Any, basis: str = "") -> Guard:
    """A guard that says ``words`` where the facts do not meet it."""
    return Guard(code, lambda facts: "" if is_met(facts) else words, basis)


def by_now(*names: str) -> Guard:
    """A guard: what these fields say has come to pass. Days of Beijing."""

    def check(facts: Any) -> str:
        days = [facts.said[name] for name in names if facts.said.get(name)]
        late = any(day > beijing_day(facts.now) for day in days)
        return _("所填日期不能晚于今天，请核对。") if late else ""

    return Guard("by_now", check)


ACT_BY_NOW = by_now("act_on")


def last_day(limit: str, since: date, calendar: WorkCalendar) -> date:
    """The last day of a limit that began on that day of Beijing. ClockError."""
    history = History(datetime.combine(since, time(), BEIJING))
    found = reckon(time_limit(limit, on=since), history, calendar).last_day
    assert found is not None  # noqa: S101 - nothing stops a clock without suspensions
    return found


def heard_out(notice: str, limit: str) -> Guard:
    """The party had its time to speak since it was told, or gave it up in writing (form field ``waived``)."""

    def check(facts: Any) -> str:
        told = served_on(facts.matter, notice)
        if told is None:
            return _("事先告知书尚未送达，请先登记送达回证。")
        until = last_day(limit, told, the_calendar())
        words = _("陈述申辩、申请听证的期限到 %(day)s 届满；届满前不能作出决定。") % {"day": until}
        waived = facts.said.get("waived")
        return "" if waived or beijing_day(facts.now) > until else words

    return Guard("heard_out", check, "行政处罚法 §44、§45、§64")


def late_needs_reason(clock: str) -> Guard:
    """Who is late may go on, and says why (form field ``late_why``): the law wants it late rather than never."""

    def check(facts: Any) -> str:
        row = facts.matter.clocks.filter(code=clock, outcome="running").first()
        happened = moment_of(facts.said.get(HAPPENED)) or facts.now
        if row is None or row.due_at is None or happened < row.due_at or facts.said.get("late_why"):
            return ""
        return _("期限已于 %(day)s 届满，现已逾期，请填写逾期原因。") % {"day": row.last_day}

    return Guard(f"late_{clock}", check)
