"""``/inbox/overdue/``: what the bureau has let pass, for whoever answers for it (效能)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.inbox.actions import SEE_OVERDUE
from zhihuan.bureau.inbox.known import procedure_of
from zhihuan.bureau.inbox.models import Claim, ClockWatch
from zhihuan.bureau.inbox.overdue import overdue_for
from zhihuan.bureau.matters.reach import seen_procedures
from zhihuan.bureau.people.scope import scope_of, towns_in
from zhihuan.web.addresses import record_address
from zhihuan.web.components.table import Blank
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import ChoiceFilter, Column, Listing, respond
from zhihuan.web.matters.due import Today
from zhihuan.web.permission import requires


@requires(SEE_OVERDUE)
@require_safe
@never_cache
def overdue(request: HttpRequest) -> HttpResponseBase:
    """Counted to the moment of looking."""
    lead = _("本局办理期限已届满、尚未办结的环节；逐级提醒已发出。")
    context = {"section": "inbox-overdue", "lead": lead}
    return respond(request, overdue_list(), template="inbox/overdue.html", context=context)


def overdue_list() -> Listing:
    """The list, made anew for every look: days are counted from that moment."""
    today = Today.look()

    def days_over(row: ClockWatch) -> int:
        return today.calendar.worked_within(row.last_day, today.day)

    return Listing(
        name="inbox-overdue",
        title=gettext_lazy("逾期事项"),
        scope=lambda user: _rows(user, today.now),
        columns=(
            Column("matter", gettext_lazy("事项"), link=_url, width=44),
            Column("procedure", gettext_lazy("程序"), value=lambda row: procedure_of(row.matter).title, width=24),
            Column("clock", gettext_lazy("期限"), value=_clock_title),
            Column("last_day", gettext_lazy("届满日"), Kind.DAY, sort="due_at"),
            Column("over", gettext_lazy("超期工作日"), Kind.NUMBER, value=days_over),
            Column("party", gettext_lazy("当事人"), width=36),
            Column("town", gettext_lazy("镇街"), width=12),
            Column("holder_name", gettext_lazy("经办人")),
        ),
        filters=(
            ChoiceFilter("procedure", gettext_lazy("程序"), options=_procedures),
            ChoiceFilter("town", gettext_lazy("镇街"), options=_towns),
        ),
        order="last_day",
        blank=Blank(_("没有逾期事项"), _("本局办理期限届满仍未办结的，会列在这里。"), "empty"),
        label=str,
    )  # fmt: skip


def _rows(user: Any, now: dt.datetime) -> QuerySet[ClockWatch]:
    claims = Claim.objects.filter(matter=OuterRef("matter")).order_by("pk")
    named = Coalesce(NullIf("holder__display_name", Value("")), "holder__username")
    holder = Subquery(claims.annotate(named=named).values("named")[:1])
    found = overdue_for(user, now).select_related("matter", "clock", "party", "town")
    return found.annotate(holder_name=holder)


def _procedures(user: Any) -> list[tuple[str, Any]]:
    return [(each.code, each.title) for each in seen_procedures(user)]


def _towns(user: Any) -> list[tuple[str, str]]:
    towns = towns_in(scope_of(user, SEE_OVERDUE)).order_by("code")
    return list(towns.values_list("code", "name"))


def _url(row: ClockWatch) -> str:
    return record_address("matter", row.matter_id)


def _clock_title(row: ClockWatch) -> Any:
    titles = {each.code: each.title for each in procedure_of(row.matter).clocks}
    return titles.get(row.clock.code, row.clock.code)
