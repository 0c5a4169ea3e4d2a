"""Draws in public: what was promised before, what was drawn, and how anyone computes it again."""

from __future__ import annotations

import inspect
import json
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhihuan.bureau.disclosure.declaration import subjects
from zhihuan.bureau.matters.catalogue import edition_of
from zhihuan.lines.inspection import drawing
from zhihuan.lines.inspection.models import InspectionPlan
from zhihuan.lines.inspection.published import draw_file, drawn_rows, promised
from zhihuan.web.components.crumb import Crumb
from zhihuan.web.components.table import Blank, Heading, Row, Table, cell
from zhihuan.web.components.term import Term
from zhihuan.web.components.value import Kind
from zhihuan.web.matters.state import state_of
from zhihuan.web.open.door import open_page

__all__ = ["draw_json", "plan", "plans", "verifier"]

_ROWS = 50


@open_page
def plans(request: HttpRequest) -> HttpResponse:
    """Every promise, dropped ones too."""
    page = Paginator(promised(), _ROWS).get_page(request.GET.get("page"))
    context = _frame(Crumb(_("双随机抽查"))) | {
        "page": page,
        "table": _plans_table(list(page.object_list)),
        "is_synthetic": any(each.synthetic for each in page.object_list),
    }
    return render(request, "inspection/public_plans.html", context)


@open_page
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One promise, and its draw once the results are disclosed."""
    found = get_object_or_404(promised(), pk=pk)
    told = draw_file(found)
    trail = Crumb(_("双随机抽查"), reverse("open-inspections"))
    context = _frame(trail, Crumb(found.title)) | {
        "plan": found,
        "status": _status(found),
        "facts": _facts(found, told),
        "told": told,
        "table": _result_table(told) if told else None,
        "dropped": _why_dropped(found),
        "is_synthetic": found.synthetic,
    }
    return render(request, "inspection/public_plan.html", context)


@open_page
def draw_json(_request: HttpRequest, pk: int) -> HttpResponse:
    """The file from which the draw is computed again."""
    told = draw_file(get_object_or_404(promised(), pk=pk))
    if told is None:
        raise Http404
    text = json.dumps(told, ensure_ascii=False, indent=1)
    return _download(text, "application/json", f"draw-{pk}.json")


@open_page
def verifier(_request: HttpRequest) -> HttpResponse:
    """The very module that draws, which stands alone."""
    return _download(inspect.getsource(drawing), "text/x-python; charset=utf-8", "verify.py")


def _download(text: str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _frame(*trail: Crumb) -> dict[str, Any]:
    return {
        "here": "inspections",
        "subjects": list(subjects().values()),
        "trail": [Crumb(_("公众服务"), reverse("open")), *trail],
    }


def _status(found: InspectionPlan) -> Any:
    return state_of(edition_of(found.procedure, found.edition), found.state)


def _plans_table(found: list[InspectionPlan]) -> Table:
    heads = (_("计划"), _("镇街"), _("状态"), _("承诺公开时间"), _("种子承诺（SHA-256）"))
    return Table(
        caption=_("双随机抽查计划"),
        headings=[Heading(each) for each in heads],
        rows=[_plan_row(each) for each in found],
        blank=Blank(_("还没有公开的抽查计划"), _("抽查计划在抽取之前公开，会列在这里。")),
    )


def _plan_row(found: InspectionPlan) -> Row:
    url = reverse("open-inspection", args=[found.pk])
    title = _("%(name)s（模拟）") % {"name": found.title} if found.synthetic else found.title
    cells = [
        cell(title, url=url, is_header=True),
        cell(found.town),
        cell(_status(found), Kind.STATUS),
        cell(found.committed_at, Kind.MOMENT),
        cell(found.commitment[:16] + "…", Kind.CODE),
    ]
    return Row(cells, key=str(found.pk), name=found.title)


def _facts(found: InspectionPlan, told: dict[str, Any] | None) -> list[Term]:
    later = _("结果公示时公开")
    return [
        Term(_("检查事项"), found.purpose),
        Term(_("批准或备案文号"), found.approval),
        Term(_("检查时间"), f"{found.begins_on} – {found.ends_on}"),
        Term(_("承诺公开时间"), found.committed_at, Kind.MOMENT),
        Term(_("种子承诺（SHA-256）"), found.commitment, Kind.CODE),
        Term(_("名录摘要（SHA-256）"), found.roster_digest, Kind.CODE),
        Term(_("抽取时间"), found.drawn_at, Kind.MOMENT, reason=_("尚未抽取")),
        Term(_("抽取字串"), told["public_word"] if told else None, reason=later),
        Term(_("见证人"), told["witness"] if told else None, reason=later),
        Term(_("种子"), told["seed"] if told else None, Kind.CODE, reason=later),
    ]


def _result_table(told: dict[str, Any]) -> Table:
    heads = (
        Heading(_("序号"), Kind.NUMBER),
        Heading(_("检查对象")),
        Heading(_("权重"), Kind.NUMBER),
        Heading(_("执法人员")),
    )
    rows = [
        Row(
            [
                cell(number, Kind.NUMBER),
                cell(each["firm"], is_header=True),
                cell(each["weight"], Kind.NUMBER),
                cell(each["officers"]),
            ],
            key=each["code"],
        )
        for number, each in enumerate(drawn_rows(told), start=1)
    ]
    return Table(
        caption=_("抽取结果"),
        headings=list(heads),
        rows=rows,
        blank=Blank(_("没有抽取结果")),
    )


def _why_dropped(found: InspectionPlan) -> str:
    event = found.events.filter(step="drop").first()
    return str(event.said["reason"]) if event else ""
