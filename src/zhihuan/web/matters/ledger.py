"""The clocks of a matter as a ledger: by which law, from when, what stopped and lengthened them, till when."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from zhihuan.bureau.clock import (
    ClockError,
    Due,
    History,
    Limit,
    WorkCalendar,
    in_time,
    reckon,
    time_limit,
)
from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.clock.reckoning import Stage
from zhihuan.bureau.matters.declaration import Clock as Declared
from zhihuan.bureau.matters.engine.clocks import history_of
from zhihuan.bureau.matters.models import ClockMark, RunningClock
from zhihuan.bureau.matters.sight import Sight
from zhihuan.standards.derivation import Derivation, Step
from zhihuan.web.components.clock import Clock
from zhihuan.web.components.status import Status, StatusKind
from zhihuan.web.components.term import Term
from zhihuan.web.components.value import Kind
from zhihuan.web.matters.due import Today, runs
from zhihuan.web.matters.law_words import (
    basis_words,
    duty_words,
    force_words,
    length_words,
    limit_words,
    reason_of,
    start_words,
)

__all__ = ["Entry", "day_words", "ledger", "mark_words"]

_OUTCOME = RunningClock.Outcome
_KINDS = {
    _OUTCOME.MET: StatusKind.DONE,
    _OUTCOME.LATE: StatusKind.DANGER,
    _OUTCOME.LAPSED: StatusKind.VOID,
    _OUTCOME.SUCCEEDED: StatusKind.VOID,
    _OUTCOME.EXPIRED: StatusKind.WARNING,
}


@dataclass(frozen=True, slots=True)
class Moved:
    """A line of the ledger: a standstill, its end or an extension, written down ``at``; ``why`` in the law's words.
    happened: the day on which it came to pass, "" where that was the same act."""

    at: Any
    what: Any
    why: str
    who: str
    happened: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One clock. Running, it has a ``chip``; ended, a ``status``. ``derivation`` shows how its last day
    was reckoned; None where the law of its day is no longer packaged."""

    title: Any
    chip: Clock | None
    status: Status | None
    terms: list[Term]
    moves: list[Moved]
    derivation: Derivation | None


def ledger(sight: Sight, rows: Iterable[RunningClock], today: Today) -> list[Entry]:
    """An entry a clock that is shown: the running ones first, in the order of their ends. ``rows`` are read with
    ``started``, ``ended`` and their marks' events."""
    declared = {each.code: each for each in sight.procedure.clocks}
    shown = (row for row in rows if sight.shows_clock(row.code))
    ordered = sorted(shown, key=lambda row: (not runs(row), row.last_day or today.day, row.pk))
    return [_entry(sight, declared.get(row.code), row, today) for row in ordered]


def mark_words(mark: ClockMark, row: RunningClock) -> str:
    """“中止：听证”, “延长：行政机关负责人，30 日（自然日）”. row: the clock it moved."""
    reason = _reason(mark, _limit(row))
    words = f"{mark.get_kind_display()}：{reason}" if reason else str(mark.get_kind_display())
    return f"{words}（{_happened(mark)}）" if mark.happened_at else words


def _happened(mark: ClockMark) -> str:
    """When it came to pass, where that was told: the ledger says beside when it was written down."""
    if mark.happened_at is None:
        return ""
    return _("实际日期 %(day)s") % {"day": beijing_day(mark.happened_at)}


def _reason(mark: ClockMark, limit: Limit | None) -> str:
    """Why it stopped in the law's words, or who lengthens it by how much; the kept code where the law of that day
    is no longer packaged."""
    if mark.kind == ClockMark.Kind.RESUME:
        return ""
    ways = {way.code: way for way in limit.extendable} if limit else {}
    if mark.kind == ClockMark.Kind.EXTEND and mark.reason in ways:
        way = ways[mark.reason]
        return f"{way.by}，{length_words(way.length)}"
    return mark.reason


def _entry(sight: Sight, declared: Declared | None, row: RunningClock, today: Today) -> Entry:
    limit = _limit(row)
    outcome = _OUTCOME(row.outcome)
    history = _history(limit, row, today.calendar)
    granted = {each.granted for each in history.extensions} if history else set()
    return Entry(
        title=declared.title if declared else row.code,
        chip=today.chip(row, basis_words(limit.basis) if limit else "") if runs(row) else None,
        status=None if runs(row) else Status(_KINDS[outcome], outcome.label),
        terms=[*_law(limit, declared), *_course(row)],
        moves=[
            _moved(mark, limit, granted)
            for mark in row.marks.all()
            if sight.shows_step(mark.event.step)
        ],
        derivation=_derivation(limit, history, today.calendar, row.until)
        if limit and history
        else None,
    )


def _limit(row: RunningClock) -> Limit | None:
    try:
        return time_limit(row.limit, on=beijing_day(row.began_at))
    except ClockError:
        return None


def _law(limit: Limit | None, declared: Declared | None) -> list[Term]:
    duty = Term(_("责任方"), duty_words(declared.duty) if declared else "")
    if limit is None:
        return [duty, Term(_("依据"), "", reason=_("当日施行的规定已不在库中"))]
    return [
        duty,
        Term(_("期限"), limit_words(limit), note=limit.note),
        Term(_("依据"), basis_words(limit.basis), note=limit.basis.note),
        Term(_("施行"), force_words(limit.basis)),
        Term(_("起算事由"), start_words(limit)),
    ]


def _course(row: RunningClock) -> list[Term]:
    terms = [
        Term(_("起算"), row.began_at, Kind.MOMENT),
        Term(
            _("届满日"),
            row.last_day,
            Kind.DAY,
            note=_("暂定，次年放假安排公布后重算") if row.provisional else "",
            reason=_("计时已中止"),
        ),
    ]
    if row.ended is not None:
        terms.append(Term(_("终止"), row.ended.at, Kind.MOMENT))
    return terms


def _moved(mark: ClockMark, limit: Limit | None, granted: Collection[datetime]) -> Moved:
    said = mark.event.said.get("why", "") if isinstance(mark.event.said, dict) else ""
    is_void = mark.kind == ClockMark.Kind.EXTEND and mark.at not in granted
    void = _("批准时期限已届满，不发生延长") if is_void else ""
    why = "；".join(str(each) for each in (_reason(mark, limit), said, void) if each)
    who = mark.event.actor_name or _("平台")
    return Moved(mark.event.at, mark.get_kind_display(), why, who, _happened(mark))


# ---- how the last day was reckoned ------------------------------------------------------------


def _history(limit: Limit | None, row: RunningClock, calendar: WorkCalendar) -> History | None:
    """What counts of it: without extensions that turned out to be late. None where its law is no longer packaged or
    does not know what happened to it."""
    try:
        return in_time(limit, history_of(row), calendar) if limit else None
    except ClockError:
        return None


def _derivation(
    limit: Limit, history: History, calendar: WorkCalendar, until: date | None
) -> Derivation | None:
    try:
        due = reckon(limit, history, calendar, until)
    except ClockError:
        return None
    cautions = (_("所涉年份的放假安排尚未公布，按周末推算，结果暂定。"),) if due.provisional else ()
    return Derivation(
        title=_("届满日如何算出"),
        conclusion=_conclusion(due),
        basis=(reason_of(limit.basis, _("期限")),),
        steps=tuple(_step(stage) for stage in due.stages),
        cautions=cautions,
    )


def _conclusion(due: Due) -> str:
    if due.at is None:
        return _("计时已中止，届满日待恢复后确定")
    return _("%(day)s 届满") % {"day": due.last_day}


def _step(stage: Stage) -> Step:
    names = {
        "period": _("期间（起算当日不计）"),
        "extension": _("延长"),
        "still": _("中止期间不计"),
        "roll": _("末日遇休息日顺延"),
        "yearly": _("法定日期"),
        "hours": _("按小时连续计算"),
        "decided": _("决定载明的期限"),
    }
    how = length_words(stage.length) if stage.length else str(stage.start)
    until = _("尚未恢复") if stage.end is None else str(stage.end)
    begun = f"{stage.start} + {how}" if stage.length else how
    return Step(names.get(stage.kind, stage.kind), begun, until)


def day_words(row: RunningClock) -> str:
    """The last day as text."""
    return f"{row.last_day:%Y-%m-%d}" if row.last_day else ""
