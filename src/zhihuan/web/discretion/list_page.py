"""The case types, to choose one from: those of the Code, and the provincial tables of the old law."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhihuan.web.components.crumb import Crumb
from zhihuan.web.components.tab import Tab
from zhihuan.web.components.table import Blank, Heading, Row, Table, cell
from zhihuan.web.discretion.actions import USE
from zhihuan.web.discretion.finding import CODE, KINDS, LONGEST, PROVINCIAL, Entry, entries
from zhihuan.web.discretion.navigation import SECTION
from zhihuan.web.permission import requires

__all__ = ["case_list"]

_PAGE = 50


@require_safe
@requires(USE)
def case_list(request: HttpRequest) -> HttpResponseBase:
    """``?q=超标&kind=provincial``; what has no kind of ours shows the Code's."""
    asked = request.GET.get("q", "")[:LONGEST].strip()
    kind = request.GET.get("kind", CODE)
    kind = kind if kind in KINDS else CODE
    page = Paginator(entries(kind, asked), _PAGE).get_page(request.GET.get("page"))
    context = {
        "section": SECTION,
        "trail": [Crumb(_("事项"), reverse("matters")), Crumb(_("裁量计算"))],
        "asked": asked,
        "kind": kind,
        "longest": LONGEST,
        "tabs": _tabs(kind, asked),
        "page": page,
        "query": urlencode({"kind": kind, "q": asked}),
        "table": _table(kind, page.object_list),
    }
    return render(request, "discretion/list.html", context)


def _tabs(kind: str, asked: str) -> list[Tab]:
    titles = {
        CODE: _("法典案由（2026-08-15起的行为）"),
        PROVINCIAL: _("省裁量表（旧法时期的行为）"),
    }
    return [
        Tab(
            titles[each],
            "?" + urlencode({"kind": each, "q": asked}),
            each == kind,
            len(entries(each, asked)),
        )
        for each in KINDS
    ]


def _table(kind: str, found: list[Entry]) -> Table:
    titles = (_("编号"), _("类别"), _("违法行为"), _("处罚依据"), _("法定罚款幅度"), _("计算方式"))
    return Table(
        caption=_("裁量案由"),
        headings=[Heading(each) for each in titles],
        rows=[_row(each) for each in found],
        blank=Blank(
            _("没有找到"),
            _("请换一个词：编号、违法行为或者条文中的字，多个词以空格分开。"),
            "no_match",
            _("查看全部"),
            f"?kind={kind}",
        ),
    )


def _row(entry: Entry) -> Row:
    url = reverse("discretion-case", args=[entry.case_id])
    ways: dict[str, Any] = {"weights": _("权重累加"), "bands": _("幅度"), "range": _("法定幅度")}
    texts = (entry.category, entry.act, entry.article, entry.fine, ways[entry.by])
    marks = (_("待核对原文"),) if entry.is_check else ()
    first = cell(entry.case_id, url=url, is_header=True)
    return Row([first, *(cell(each) for each in texts)], marks=marks)
