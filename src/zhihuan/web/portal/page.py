"""The page of one's own enterprise."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.documents.actions import CONSENT
from zhihuan.bureau.documents.serving.consenting import standing_consent
from zhihuan.bureau.inbox.asking import Asked, page_for
from zhihuan.bureau.inbox.risk import Stage
from zhihuan.bureau.people.scope import may
from zhihuan.telemetry.store import StoreUnavailable
from zhihuan.web.components.table import Table
from zhihuan.web.components.value import Kind
from zhihuan.web.exceedance.of_firm import open_alarms
from zhihuan.web.inbox.shown import ShownToDo, shown
from zhihuan.web.listing import Column
from zhihuan.web.live.factor_words import words
from zhihuan.web.matters.due import Today
from zhihuan.web.permission import requires
from zhihuan.web.portal.own import (
    PERMISSION,
    duties,
    limits_now,
    own_enterprises,
    points_now,
    totals_now,
)
from zhihuan.web.portal.own_matters import own_matters, own_papers
from zhihuan.web.registry.nouns import noun_of
from zhihuan.web.registry.record_page import table_of

#: So many of the most pressing to-dos stand on the page.
FIRST = 5


@requires(PERMISSION)
@require_safe
@never_cache
def portal(request: HttpRequest) -> HttpResponse:
    """The enterprise chosen by ``?enterprise=<code>`` among one's own, else the first."""
    own = own_enterprises(request.user)
    wanted = request.GET.get("enterprise", "")
    chosen = next((each for each in own if each.code == wanted), own[0] if own else None)
    context: dict[str, object] = {"section": "portal", "own": own, "enterprise": chosen}
    if chosen is not None:
        context |= {
            "duties": duties(chosen),
            "limits": _limits(chosen),
            "totals": _totals(chosen),
            "file_url": noun_of("enterprises").url_of(chosen),
            "rows": _to_dos(request.user),
            "alarms": open_alarms(chosen),
            "matters": own_matters(request.user, chosen.pk, Today.look()),
            "papers": own_papers(request.user, chosen.pk),
            "consent": standing_consent(chosen.pk),
            "may_consent": may(request.user, CONSENT),
        }
        try:
            context["points"] = points_now(chosen)
        except StoreUnavailable:
            context["is_silent"] = True
    return render(request, "portal/portal.html", context)


def _to_dos(user: Any) -> list[ShownToDo]:
    """The most pressing matters that wait for the reader, whichever of their enterprises they are about. Where the
    bureau's limit runs nothing presses the reader, who may only withdraw: those stand with all to-dos."""
    rows = page_for(user, Asked(), 2 * FIRST).rows
    waiting = [each for each in rows if each.stage != Stage.OTHERS][:FIRST]
    return shown(waiting, Today.look(), user) if waiting else []


def _limits(enterprise: object) -> Table:
    columns = (  # what is held against a reading comes first: a telephone shows a few columns
        Column("factor", _("污染因子"), value=lambda r: words(r.factor).title),
        Column("kind", _("数据类型"), value=lambda r: r.get_kind_display()),
        Column("lower", _("下限"), Kind.NUMBER),
        Column("upper", _("上限"), Kind.NUMBER),
        Column("unit", _("单位"), value=lambda r: _unit(r.factor)),
        Column("point.name", _("点位")),
        Column("basis", _("依据"), value=lambda r: f"{r.basis} {r.clause}".strip()),
        Column("valid_from", _("执行起始日"), Kind.DAY),
    )
    rows = limits_now(enterprise)  # type: ignore[arg-type]
    return table_of(_("许可限值（现行）"), columns, rows, _("还没有登记限值。"))


def _unit(factor: str) -> str:
    """“无量纲” of a known factor without one (pH); "" where no table knows the factor."""
    known = words(factor)
    return known.unit or ("" if known.name == known.code else _("无量纲"))


def _totals(enterprise: object) -> Table:
    columns = (
        Column("permit.number", _("排污许可证"), Kind.CODE),
        Column("factor", _("污染因子"), value=lambda r: words(r.factor).title),
        Column(
            "tonnes", _("许可排放量"), Kind.NUMBER, unit=_("t/年"), value=lambda r: float(r.tonnes)
        ),
    )
    rows = totals_now(enterprise)  # type: ignore[arg-type]
    return table_of(_("本年许可排放量"), columns, rows, _("本年没有登记许可排放量。"))
