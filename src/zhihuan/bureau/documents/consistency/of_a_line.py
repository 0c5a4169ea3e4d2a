"""Rules that only a line can know, made of a few shapes; it registers them for its procedure.

register_file_rules("enforcement", [
    days_between("notice", "decision", working_days=5, basis="行政处罚法 §44、§45"),
    not_above("decide", "notify", "notify_hearing", field="fine", earlier_field="notified_fine", basis="行政处罚法 §45"),
    apart(("inspect",), ("review",), basis="行政处罚法 §58"),
])
register_eye_points("enforcement", [EyePoint("证据", "签名是否本人所签")])

An eye point is what no machine can see: it is told beside what was found, so that nobody takes silence for soundness.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from zhihuan.bureau.clock import published_calendar
from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.documents.consistency.case_file import Act, CaseFile
from zhihuan.bureau.documents.consistency.finding import Finding, Weight

__all__ = [
    "EyePoint",
    "FileRule",
    "apart",
    "days_between",
    "eye_points",
    "file_rules",
    "forget_file_rules",
    "not_above",
    "not_same_day",
    "register_eye_points",
    "register_file_rules",
    "says",
    "served_before",
]

FileRule = Callable[[CaseFile], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class EyePoint:
    """area, what: in plain words, translated. source: where such defects were seen."""

    area: Any
    what: Any
    source: str = ""


_rules: dict[str, tuple[FileRule, ...]] = {}
_points: dict[str, tuple[EyePoint, ...]] = {}


def register_file_rules(procedure: str, rules: Sequence[FileRule]) -> None:
    """Have these checked beside the general ones in files of this procedure."""
    _rules[procedure] = tuple(rules)


def file_rules(procedure: str) -> tuple[FileRule, ...]:
    """Those registered; none for a procedure without."""
    return _rules.get(procedure, ())


def forget_file_rules(procedure: str) -> None:
    """Take them out again; for tests."""
    _rules.pop(procedure, None)


def register_eye_points(procedure: str, points: Sequence[EyePoint]) -> None:
    """Have these told with every self-check of this procedure's files."""
    _points[procedure] = tuple(points)


def eye_points(procedure: str) -> tuple[EyePoint, ...]:
    """What a person must look at in such a file."""
    return _points.get(procedure, ())


def days_between(first: str, then: str, *, working_days: int, basis: str) -> FileRule:
    """The paper ``then`` is made only after so many whole working days since ``first`` was served
    (since it was made, where it need not be served)."""

    def check(file: CaseFile) -> Iterator[Finding]:
        one, other = file.paper(first), file.paper(then)
        if one is None or other is None:
            return
        since = one.served_on or one.made_on
        last = published_calendar().worked_after(since, working_days)
        if other.made_on <= last:
            yield Finding(
                "too_early",
                _("“%(then)s”作出于 %(day)s，“%(first)s”的期限到 %(last)s 才届满")
                % {"then": other.name, "day": other.made_on, "first": one.name, "last": last},
                f"{one.name}、{other.name}",
                _("期限届满后重新作出；依据 %(basis)s") % {"basis": basis},
            )

    return check


def not_same_day(first: str, then: str, *, basis: str) -> FileRule:
    """Two papers are not of one day: nobody was heard between them."""

    def check(file: CaseFile) -> Iterator[Finding]:
        one, other = file.paper(first), file.paper(then)
        if one is None or other is None or one.made_on != other.made_on:
            return
        yield Finding(
            "same_day",
            _("“%(first)s”与“%(then)s”在同一天（%(day)s）作出")
            % {"first": one.name, "then": other.name, "day": one.made_on},
            f"{one.name}、{other.name}",
            _("重新告知，期限届满后再作决定；日期写错的，更正；依据 %(basis)s") % {"basis": basis},
        )

    return check


def not_above(
    step: str, *earlier: str, field: str, earlier_field: str = "", basis: str
) -> FileRule:
    """The amount that the form of ``step`` was told is not above that of the last of the earlier steps."""

    def check(file: CaseFile) -> Iterator[Finding]:
        one = _amount(file.told((step,), field))
        other = _amount(file.told(earlier, earlier_field or field))
        if one is not None and other is not None and one > other:
            yield Finding(
                "above",
                _("金额 %(one)s 元高于此前告知的 %(other)s 元") % {"one": one, "other": other},
                _("办理经过"),
                _("重新告知后再作决定；依据 %(basis)s") % {"basis": basis},
            )

    return check


def apart(steps: Sequence[str], others: Sequence[str], *, basis: str) -> FileRule:
    """Nobody took part in one of ``steps`` and in one of ``others``."""

    def check(file: CaseFile) -> Iterator[Finding]:
        first = frozenset().union(*(each.people for each in file.taken(*steps)))
        for act in file.taken(*others):
            if both := first & act.people:
                yield _not_apart(file, act, steps, len(both), basis)

    return check


def _not_apart(file: CaseFile, act: Act, steps: Sequence[str], count: int, basis: str) -> Finding:
    earlier = next(each for each in file.taken(*steps) if each.people & act.people)
    return Finding(
        "not_apart",
        _("“%(act)s”由参与“%(earlier)s”的人员办理（%(count)d 人）")
        % {"act": act.title, "earlier": earlier.title, "count": count},
        _("办理经过：%(act)s") % {"act": act.title},
        _("由未参与的人员重新办理；依据 %(basis)s") % {"basis": basis},
    )


def says(code: str, elements: Sequence[tuple[Any, str]], *, basis: str) -> FileRule:
    """The paper has every element. elements: its name, a pattern that the paper's text holds."""
    patterns = [(name, re.compile(each, re.DOTALL)) for name, each in elements]

    def check(file: CaseFile) -> Iterator[Finding]:
        paper = file.paper(code)
        if paper is None:
            return
        for name, pattern in patterns:
            if not pattern.search(paper.text):
                yield Finding(
                    "element_missing",
                    _("缺少“%(element)s”") % {"element": name},
                    paper.name,
                    _("补齐内容后重新制作并送达；依据 %(basis)s") % {"basis": basis},
                )

    return check


def served_before(code: str, title: Any, step: str, *, working_days: int, basis: str) -> FileRule:
    """Before ``step`` the paper was served, so many whole working days earlier."""

    def check(file: CaseFile) -> Iterator[Finding]:
        for act in file.taken(step)[-1:]:
            paper = file.paper(code)
            served = paper.served_on if paper else None
            on = beijing_day(act.at)
            if served is not None and on > published_calendar().worked_after(served, working_days):
                continue
            words = (
                _("“%(act)s”之前没有送达“%(paper)s”")
                if served is None
                else _("“%(paper)s”送达不满 %(days)d 个工作日即“%(act)s”")
            )
            yield Finding(
                "not_urged",
                words % {"act": act.title, "paper": title, "days": working_days},
                _("办理经过：%(act)s") % {"act": act.title},
                _("补充催告并送达，期满后重新申请；依据 %(basis)s") % {"basis": basis},
                Weight.WRONG,
            )

    return check


def _amount(value: Any) -> Decimal | None:
    try:
        return None if value in {None, ""} else Decimal(str(value))
    except InvalidOperation:
        return None
