"""``/alarms/``: episodes, the newest first, by outlet and factor; never a packet."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.exceedance.actions import VIEW
from zhihuan.bureau.exceedance.models import Episode
from zhihuan.bureau.people.scope import scope_of, towns_in
from zhihuan.standards.rounding import round_beside
from zhihuan.web.addresses import record_address
from zhihuan.web.components.table import Blank
from zhihuan.web.components.value import Kind
from zhihuan.web.exceedance.words import factor_of, flags_of, span_of, status_of, worst_of
from zhihuan.web.listing import ChoiceFilter, Column, FlagFilter, Listing, TextFilter, respond
from zhihuan.web.permission import requires

_OPEN = Q(stage__in=(Episode.Stage.EXPLAINING, Episode.Stage.VERIFYING))


@requires(VIEW)
@require_safe
@never_cache
def alarms(request: HttpRequest) -> HttpResponseBase:
    """Those within the reader's scope: an enterprise sees its own."""
    lead = _("同一排口同一因子连续超标为一个过程；先告知企业说明或标记，再由分局核实。")
    context = {"section": "alarms", "lead": lead}
    return respond(request, ALARMS, template="exceedance/alarms.html", context=context)


def _rows(user: Any) -> QuerySet[Episode]:
    rows = Episode.objects.select_related("point__site__enterprise", "point__town")
    return scope_of(user, VIEW).filter(rows.defer("derivation"))


def _towns(user: Any) -> list[tuple[str, str]]:
    towns = towns_in(scope_of(user, VIEW)).order_by("code")
    return list(towns.values_list("code", "name"))


def _firm(row: Episode) -> Any:
    return row.point.site.enterprise if row.point.site else ""


def _multiple(row: Episode) -> Decimal | None:
    """Always with two places, so that a column of them is read at a glance; more where two would say 0."""
    return None if row.multiple is None else round_beside(row.multiple, [0.0], 2)


ALARMS = Listing(
    name="alarms",
    title=gettext_lazy("超标告警"),
    scope=_rows,
    columns=(
        Column("point.name", gettext_lazy("超标点位"), link=lambda row: record_address("alarm", row.pk), width=30),
        Column("firm", gettext_lazy("企业"), value=_firm, width=30),
        Column("factor", gettext_lazy("超标因子"), value=factor_of, width=24),
        Column("first_at", gettext_lazy("超标时段"), Kind.SPAN, value=span_of, sort="first_at", width=34),
        Column("span", gettext_lazy("评价时段"), value=lambda row: row.get_span_display()),
        Column("periods", gettext_lazy("超标时段数"), Kind.NUMBER),
        Column("worst", gettext_lazy("最严重值"), Kind.QUANTITY, value=worst_of),
        Column("multiple", gettext_lazy("最大超标倍数"), Kind.NUMBER, value=_multiple),
        Column("stage", gettext_lazy("处置阶段"), Kind.STATUS, value=status_of),
        Column("due_at", gettext_lazy("本阶段时限"), Kind.MOMENT),
        Column("flags", gettext_lazy("标识"), value=flags_of),
        Column("point.town.name", gettext_lazy("镇街"), shown=False),
    ),
    filters=(
        TextFilter("q", gettext_lazy("点位或企业"), fields=("point__name", "point__code", "point__site__enterprise__name")),
        ChoiceFilter("stage", gettext_lazy("处置阶段"), options=lambda _user: Episode.Stage.choices, field="stage"),
        FlagFilter("open", gettext_lazy("待办理"), only=_OPEN),
        FlagFilter("exceeding", gettext_lazy("不含预警"), only=Q(warning=False)),
        FlagFilter("late", gettext_lazy("有逾期标记"), only=Q(late_mark=True), is_main=False),
        FlagFilter("stuck", gettext_lazy("未能转线索"), only=~Q(stuck=""), is_main=False),
        ChoiceFilter("town", gettext_lazy("镇街"), options=_towns, field="point__town"),
    ),
    order="-first_at",
    blank=Blank(gettext_lazy("没有超标过程"), gettext_lazy("小时值或日均值超过限值时，会列在这里。"), "empty"),
    label=str,
)  # fmt: skip
