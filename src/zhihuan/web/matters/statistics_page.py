"""Figures of one procedure, each a link to the list that it counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.matters.reach import reach_in
from zhihuan.bureau.matters.yearly import opened_in
from zhihuan.web.components.table import Blank, Heading, Row, Table, cell
from zhihuan.web.components.value import Kind
from zhihuan.web.matters.bars import bars_of
from zhihuan.web.matters.due import Today
from zhihuan.web.matters.place import section_of, trail_to
from zhihuan.web.matters.statistics import Figure, figures
from zhihuan.web.matters.tabs import tabs_of
from zhihuan.web.matters.visible import procedure_for
from zhihuan.web.permission import signed_in

__all__ = ["statistics"]

_EARLIEST, _LATEST = 1990, 2100


@require_safe
@never_cache
@signed_in
def statistics(request: HttpRequest, procedure: str) -> HttpResponseBase:
    """``?year=2026``; this year when none is given."""
    found = procedure_for(request.user, procedure)
    if not reach_in(request.user, found).whole:  # figures by state and by pace are not a party's
        raise PermissionDenied
    today = Today.look()
    year = _year(request.GET.get("year", ""), today.day.year)
    told = figures(found, opened_in(request.user, found, year, today.now), year, today.day)
    address = reverse("matters-of", args=[found.code])
    context = {
        "section": section_of(found),
        "trail": trail_to(found, last=_("统计")),
        "procedure": found,
        "tabs": tabs_of(found, "matters-statistics", request.user),
        "year": year,
        "before": year - 1 if year > _EARLIEST else None,
        "after": year + 1 if year < today.day.year else None,
        "as_of": today.now,
        "total": told.total,
        "total_url": f"{address}?{told.total.query}",
        "chart": bars_of(_("%(year)d 年各月登记数") % {"year": year}, told.months),
        "empty_states": [each.words for each in told.states if not each.count],
        "tables": [
            _table(_("按状态"), _("状态"), [each for each in told.states if each.count], address),
            _table(_("按办理时效"), _("时效"), told.paces, address),
            _table(_("按月份"), _("月份"), told.months, address),
            _table(_("按镇街"), _("镇街"), told.towns, address),
        ],
    }
    return render(request, "matters/statistics.html", context)


def _year(text: str, this_year: int) -> int:
    """The year asked for; anything that is none means this one."""
    given = int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else this_year
    return given if _EARLIEST <= given <= _LATEST else this_year


def _table(title: Any, head: Any, told: Sequence[Figure], address: str) -> Table:
    return Table(
        caption=title,
        headings=[Heading(head), Heading(_("件数"), Kind.NUMBER)],
        rows=[
            Row(
                [
                    cell(str(each.words), is_header=True),
                    cell(each.count, Kind.NUMBER, url=f"{address}?{each.query}"),
                ]
            )
            for each in told
        ],
        blank=Blank(_("没有登记的事项")),
    )
