"""What beside the number bore on a judged period: valid minutes, device marks, the discharger's marks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from zhihuan.standards.data_validity import rules_on
from zhihuan.standards.derivation import Basis, Derivation, Fact
from zhihuan.standards.errors import OutsideEditionsError
from zhihuan.standards.hours import BEIJING_OFFSET_SECONDS
from zhihuan.standards.parameters import parameter
from zhihuan.supervision.exceedance.marks import (
    Mark,
    basis_of_marks,
    in_effect,
    is_late,
    mark_kinds,
)
from zhihuan.supervision.exceedance.series import Monitored, Window

__all__ = ["shown_moment", "with_circumstances"]

_STATE_OF_MARK = "emission/state_of_mark"
_HOUR = 3600


def with_circumstances(
    inner: Derivation, window: Window, one: Monitored, row: int, span: tuple[int, int]
) -> Derivation:
    """``inner`` with the rules of validity and marks that were applied to the period [epoch s]."""
    start, end = span
    day = _day(start)
    first, last = (start - window.start) // _HOUR, (end - window.start) // _HOUR
    short = int(window.short[row, first:last].sum())
    touching = [
        each for each in one.marks
        if each.start < end and each.end > start and each.factor in ("", one.factor)
    ]  # fmt: skip
    basis = [*inner.basis, *_basis_of_hours(one, day)]
    facts = [*inner.facts]
    if short:
        facts.append(Fact("有效分钟不足的小时", str(short), "个", "不参加评价"))
    if touching:
        basis += basis_of_marks(day)
        facts += _facts(touching)
    return replace(inner, basis=tuple(basis), facts=tuple(facts))


def _basis_of_hours(one: Monitored, day: date) -> list[Basis]:
    mark = parameter(_STATE_OF_MARK)
    found = [Basis.of(mark.on(day), decides=mark.title)]
    try:
        minutes = rules_on(one.subject, day).editions["minutes_per_hour"]
    except OutsideEditionsError:
        return found
    return [*found, Basis.of(minutes, decides="小时均值所需有效分钟数")]


def _facts(marks: list[Mark]) -> list[Fact]:
    counting = {each.number for each in in_effect(marks)}
    return [
        Fact("排污单位标记", _words(each), remark=_standing(each, counting))
        for each in sorted(marks, key=lambda one: one.made)
        if not each.withdraws
    ]


def _words(mark: Mark) -> str:
    kind = mark_kinds(mark.last_day).get(mark.kind)
    name = kind.name if kind else mark.kind
    return f"{name}，{shown_moment(mark.start)} 至 {shown_moment(mark.end)}"


def _standing(mark: Mark, counting: set[int]) -> str:
    made = f"{shown_moment(mark.made)} 标记" + ("，逾期" if is_late(mark) else "")
    if mark.accepted is False:
        return f"{made}，核实不成立"
    return made if mark.number in counting else f"{made}，未采用"


def shown_moment(moment: int) -> str:
    """Beijing time to the minute."""
    return f"{datetime.fromtimestamp(moment + BEIJING_OFFSET_SECONDS, UTC):%Y-%m-%d %H:%M}"


def _day(moment: int) -> date:
    return datetime.fromtimestamp(moment + BEIJING_OFFSET_SECONDS, UTC).date()
