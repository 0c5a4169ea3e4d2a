"""Rules that only a line can know, made of two shapes; it registers them for its procedure.

register_file_rules("enforcement", [
    days_between("notice", "decision", working_days=5, basis="行政处罚法 §44、§45"),
    not_above("decision", "notice", field="amount", basis="生态环境行政处罚办法"),
])
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from zhihuan.bureau.clock import published_calendar
from zhihuan.bureau.documents.consistency.case_file import CaseFile
from zhihuan.bureau.documents.consistency.finding import Finding

__all__ = [
    "FileRule",
    "days_between",
    "file_rules",
    "forget_file_rules",
    "not_above",
    "register_file_rules",
]

FileRule = Callable[[CaseFile], Iterator[Finding]]
_rules: dict[str, tuple[FileRule, ...]] = {}


def register_file_rules(procedure: str, rules: Sequence[FileRule]) -> None:
    """Have these checked beside the general ones in files of this procedure."""
    _rules[procedure] = tuple(rules)


def file_rules(procedure: str) -> tuple[FileRule, ...]:
    """Those registered; none for a procedure without."""
    return _rules.get(procedure, ())


def forget_file_rules(procedure: str) -> None:
    """Take them out again; for tests."""
    _rules.pop(procedure, None)


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


def not_above(step: str, earlier: str, *, field: str, basis: str) -> FileRule:
    """The amount that the form of ``step`` was told is not above that of the step ``earlier``."""

    def check(file: CaseFile) -> Iterator[Finding]:
        one, other = _amount(file, step, field), _amount(file, earlier, field)
        if one is not None and other is not None and one > other:
            yield Finding(
                "above",
                _("金额 %(one)s 元高于此前告知的 %(other)s 元") % {"one": one, "other": other},
                _("办理经过"),
                _("重新告知后再作决定；依据 %(basis)s") % {"basis": basis},
            )

    return check


def _amount(file: CaseFile, step: str, field: str) -> Decimal | None:
    value: Any = file.said.get(step, {}).get(field)
    try:
        return None if value in {None, ""} else Decimal(str(value))
    except InvalidOperation:
        return None
