"""Similar decided cases, beside the discretion calculator and on the page of a case: within what the reader sees."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhihuan.bureau.discretion import Reckoning
from zhihuan.bureau.matters.catalogue import newest
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.matters.reach import reach_in
from zhihuan.bureau.people.scope import NOTHING, Scope
from zhihuan.lines.enforcement.models import PenaltyCase
from zhihuan.lines.enforcement.similar import Likeness, Wanted, factors_of, similar_to
from zhihuan.web.components.table import Blank, Cell, Heading, Row, Table, cell
from zhihuan.web.components.value import Kind
from zhihuan.web.discretion.similar import register_similar
from zhihuan.web.matters.parts import register_part

__all__ = ["beside_case", "beside_reckoning", "register"]

_CODE = "penalty_case"


def register() -> None:
    """Once, when the web app starts."""
    register_similar(gettext_lazy("相近案件"), "enforcement/_similar.html", beside_reckoning)
    register_part(gettext_lazy("相近案件"), "enforcement/_similar.html", beside_case, is_wide=True)


def beside_reckoning(request: HttpRequest, found: Reckoning) -> dict[str, Any] | None:
    """None for whoever sees no whole cases."""
    within = _within(request.user)
    wanted = Wanted(found.case_id, found.title, factors_of(found.as_values()))
    return {"table": _table(similar_to(wanted, within))} if within else None


def beside_case(request: HttpRequest, matter: Matter) -> dict[str, Any] | None:
    """None for other matters, for a party, and for a case of which nothing is known yet."""
    within = _within(request.user)
    if matter.procedure != _CODE or not within:
        return None
    case = PenaltyCase.objects.filter(pk=matter.pk).first()
    if case is None or not (case.case_type or case.discretion_case):
        return None
    report = matter.events.filter(step="report").order_by("number").last()
    factors = factors_of(report.said.get("reckoning")) if report is not None else {}
    wanted = Wanted(case.discretion_case, case.case_type, factors, apart_from=case.pk)
    found = similar_to(wanted, within)
    return {"table": _table(found)} if found else None


def _within(user: Any) -> Scope:
    """Where this person sees whole cases."""
    declared = next((each for each in newest() if each.code == _CODE), None)
    return reach_in(user, declared).whole if declared is not None else NOTHING


def _table(found: list[Likeness]) -> Table:
    headings = [
        Heading(_("案件")),
        Heading(_("案由")),
        Heading(_("镇街")),
        Heading(_("决定日期"), Kind.DAY),
        Heading(_("罚款（元）"), Kind.NUMBER),
        Heading(_("相同的裁量因素")),
    ]
    blank = Blank(_("您的权限之内没有相近的已决案件"))
    return Table(_("相近的已决案件"), headings, [_row(each) for each in found], blank)


def _row(found: Likeness) -> Row:
    case = found.case
    shared = f"{found.shared} / {found.compared}" if found.compared else _("未附裁量计算")
    return Row(
        [
            cell(case.title, is_header=True, url=reverse("matter", args=[case.pk])),
            cell(case.case_type),
            cell(case.town),
            cell(case.decided_on, Kind.DAY),
            cell(case.fine, Kind.NUMBER) if case.fine else Cell(_("没有罚款"), Kind.NUMBER),
            cell(shared),
        ]
    )
