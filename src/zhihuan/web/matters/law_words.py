"""A time limit of the law in words: how long, by whom lengthened, what stops it, where it stands."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from zhihuan.bureau.clock import Basis, Extendable, Length, Limit, Unit, Yearly
from zhihuan.standards.article import in_words
from zhihuan.standards.derivation import Basis as Reason

__all__ = [
    "basis_words",
    "duty_words",
    "extension_words",
    "force_words",
    "length_words",
    "limit_words",
    "reason_of",
    "start_words",
]


def length_words(length: Length | Yearly | None) -> str:
    """“5 个工作日”, “90 日（自然日）”, “每年 1 月 31 日”, “以决定为准”."""
    if length is None:
        return _("以决定为准")
    if isinstance(length, Yearly):
        days = (_("%(month)d 月 %(day)d 日") % {"month": m, "day": d} for m, d in length.days)
        return _("每年 %(days)s") % {"days": "、".join(days)}
    units = {
        Unit.WORKING_DAY: _("%(n)d 个工作日"),
        Unit.CALENDAR_DAY: _("%(n)d 日（自然日）"),
        Unit.HOUR: _("%(n)d 小时"),
        Unit.MONTH: _("%(n)d 个月"),
        Unit.YEAR: _("%(n)d 年"),
    }
    return units[length.unit] % {"n": length.number}


def limit_words(limit: Limit) -> str:
    """The length, and whether it leads to an event instead of away from one."""
    told = length_words(limit.length)
    return _("届至之前 %(length)s") % {"length": told} if limit.before else told


def start_words(limit: Limit) -> str:
    """The event it runs from, and whether that has yet to be confirmed."""
    return (
        _("%(starts)s（起点待核）") % {"starts": limit.starts}
        if limit.start_is_doubtful
        else limit.starts
    )


def extension_words(way: Extendable) -> str:
    """Who may lengthen it by how much, how often."""
    told = {"by": way.by, "length": length_words(way.length), "times": way.times}
    if way.times == 1:
        return _("%(by)s：%(length)s") % told
    return _("%(by)s：%(length)s，至多 %(times)d 次") % told


def basis_words(basis: Basis) -> str:
    """Title and clause of the law."""
    clause = basis.clause.strip("— ")  # some rules have none
    return in_words(f"{basis.title} {clause}".strip())


def force_words(basis: Basis) -> str:
    """The days it is in force."""
    if basis.in_force_until is None:
        return _("%(day)s 起施行") % {"day": basis.in_force_from}
    return f"{basis.in_force_from} {_('至')} {basis.in_force_until}"


def duty_words(duty: str) -> Any:
    """Whose duty a clock is."""
    return {"bureau": _("生态环境部门"), "party": _("当事人"), "other": _("其他机关")}[duty]


def reason_of(basis: Basis, decides: str) -> Reason:
    """The law as a derivation cites it."""
    return Reason(
        decides=decides,
        standard=basis.title,
        clause=in_words(basis.clause),
        in_force_from=basis.in_force_from,
        in_force_until=basis.in_force_until,
        confidence=basis.confidence,
        last_checked=None,
        note=basis.note,
    )
