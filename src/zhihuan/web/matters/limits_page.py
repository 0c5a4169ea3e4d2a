"""The time limits of a procedure with their sources, by the law of a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.clock import ClockError
from zhihuan.bureau.matters.declaration import Procedure
from zhihuan.bureau.matters.time_table import TimeRow, time_table
from zhihuan.standards.parameters import Confidence
from zhihuan.web.components.table import Blank, Cell, Heading, Row, Table, cell
from zhihuan.web.matters.law_words import (
    basis_words,
    duty_words,
    extension_words,
    force_words,
    limit_words,
    start_words,
)
from zhihuan.web.matters.place import section_of, trail_to
from zhihuan.web.matters.tabs import tabs_of
from zhihuan.web.matters.visible import procedure_for
from zhihuan.web.permission import signed_in

__all__ = ["limits"]


@require_safe
@never_cache
@signed_in
def limits(request: HttpRequest, procedure: str) -> HttpResponseBase:
    """``?on=2026-08-14``: by the law of that day, of today when none is given."""
    found = procedure_for(request.user, procedure)
    day, problem = _day(request.GET.get("on", ""))
    table, gap = _table(found, day)
    context = {
        "section": section_of(found),
        "trail": trail_to(found, last=_("法定期限")),
        "procedure": found,
        "tabs": tabs_of(found, "matters-limits", request.user),
        "on": day,
        "problem": problem or gap,
        "table": table,
    }
    return render(request, "matters/limits.html", context)


def _day(text: str) -> tuple[dt.date, str]:
    """The day asked for, and what is wrong with what was asked."""
    if not text:
        return timezone.localdate(), ""
    try:
        return dt.date.fromisoformat(text), ""
    except ValueError:
        words = _("“%(given)s”不是日期，请按 2026-05-03 的样式填写。以下按今天施行的规定列出。")
        return timezone.localdate(), words % {"given": text[:20]}


def _table(procedure: Procedure, day: dt.date) -> tuple[Table | None, str]:
    """The table; None with the words why when the law of that day has no such limit."""
    try:
        rows = list(time_table(procedure, day))
    except ClockError:
        return None, _("%(day)s施行的规定中没有本程序的全部期限，请另选日期。") % {"day": day}
    titles = (
        _("计时项"), _("责任方"), _("期限"), _("起算"), _("完成"), _("可中止"), _("可延长"),
        _("依据"), _("施行"),
    )  # fmt: skip
    table = Table(
        caption=_("%(title)s的法定期限") % {"title": procedure.title},
        headings=[Heading(each) for each in titles],
        rows=[Row(list(_cells(row))) for row in rows],
        blank=Blank(_("本程序没有法定期限")),
    )
    return table, ""


def _cells(row: TimeRow) -> list[Cell]:
    limit = row.limit
    pauses = [*_each(row.pauses), *sorted(limit.pauses)]
    texts: list[Any] = [
        duty_words(row.duty),
        "；".join(each for each in (limit_words(limit), limit.note) if each),
        "；".join(dict.fromkeys([start_words(limit), *_each(row.starts)])),
        "、".join(_each(row.ends)),
        "、".join(pauses),
        "；".join(extension_words(way) for way in limit.extendable),
        _basis(limit),
        force_words(limit.basis),
    ]
    return [cell(str(row.title), is_header=True), *(cell(str(each)) for each in texts)]


def _each(titles: tuple[Any, ...]) -> list[str]:
    return [str(title) for title in titles]


def _basis(limit: Any) -> str:
    doubt = "" if limit.basis.confidence is Confidence.OFFICIAL else _("（待核对正式文本）")
    return basis_words(limit.basis) + doubt
