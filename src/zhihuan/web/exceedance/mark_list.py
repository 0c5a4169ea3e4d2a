"""``/alarms/marks/``: marks of outlets, made beforehand, in time or late, whether anything exceeds or not."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.exceedance.actions import PLAN, VIEW
from zhihuan.bureau.exceedance.models import DataMark
from zhihuan.bureau.people.scope import may, scope_of
from zhihuan.supervision.exceedance import mark_kinds
from zhihuan.web.addresses import record_address
from zhihuan.web.components.status import Status, StatusKind
from zhihuan.web.components.table import Blank
from zhihuan.web.components.value import Kind
from zhihuan.web.exceedance.marks_shown import standing_of
from zhihuan.web.listing import Column, FlagFilter, Listing, TextFilter, respond
from zhihuan.web.live.factor_words import words
from zhihuan.web.permission import requires


@requires(VIEW)
@require_safe
@never_cache
def marks(request: HttpRequest) -> HttpResponseBase:
    """Those within the reader's scope; whoever may make one is led to the form."""
    lead = _("设备维护、停运等可以预先标记；所标时段的数据不用于判定超标，标记只增不改。")
    context = {"section": "alarms", "lead": lead, "may_plan": may(request.user, PLAN)}
    return respond(request, MARKS, template="exceedance/marks.html", context=context)


def _rows(user: Any) -> QuerySet[DataMark]:
    rows = DataMark.objects.select_related(
        "point__site__enterprise", "point__town", "made_by", "successor"
    )
    return scope_of(user, VIEW).filter(rows.prefetch_related("reviews"))


def _firm(row: DataMark) -> Any:
    return row.point.site.enterprise if row.point.site else ""


def _kind(row: DataMark) -> str:
    known = mark_kinds(timezone.localdate(row.start_at)).get(row.kind)
    return known.name if known else row.kind


def _standing(row: DataMark) -> Status:
    said = list(row.reviews.all())
    is_gone = hasattr(row, "successor")
    text = standing_of(row, said[-1] if said else None, is_gone)
    if row.withdraws or is_gone:
        return Status(StatusKind.VOID, text)
    waits = row.late if not said else not said[-1].accepted
    return Status(StatusKind.WARNING if waits else StatusKind.DONE, text)


def _when(row: DataMark) -> str:
    """Whether it was said before, in time or late."""
    if row.late:
        return _("逾期")
    return _("预先") if row.made_at <= row.start_at else _("按时")


MARKS = Listing(
    name="marks",
    title=gettext_lazy("自动监测数据标记"),
    scope=_rows,
    columns=(
        Column("point.name", gettext_lazy("标记点位"), link=lambda row: record_address("mark", row.pk), width=30),
        Column("firm", gettext_lazy("企业"), value=_firm, width=30),
        Column("kind", gettext_lazy("标记种类"), value=_kind),
        Column("factor", gettext_lazy("标记因子"), value=lambda row: words(row.factor).name if row.factor else _("全部因子")),
        Column("start_at", gettext_lazy("标记时段自"), Kind.MOMENT),
        Column("end_at", gettext_lazy("标记时段至"), Kind.MOMENT),
        Column("made_at", gettext_lazy("标记时间"), Kind.MOMENT, sort="made_at"),
        Column("when", gettext_lazy("何时标记"), value=_when),
        Column("made_by", gettext_lazy("标记人"), value=lambda row: row.made_by or _("自动标记")),
        Column("standing", gettext_lazy("是否采用"), Kind.STATUS, value=_standing),
        Column("reason", gettext_lazy("标记事由"), width=40),
    ),
    filters=(
        TextFilter("q", gettext_lazy("点位或企业"), fields=("point__name", "point__code", "point__site__enterprise__name")),
        FlagFilter("ahead", gettext_lazy("尚未结束"), only=Q(end_at__gt=Now(), withdraws=False, successor=None)),
        FlagFilter("planned", gettext_lazy("预先标记"), only=Q(made_at__lte=F("start_at"))),
        FlagFilter("late", gettext_lazy("逾期标记"), only=Q(late=True)),
    ),
    order="-made_at",
    blank=Blank(gettext_lazy("没有标记"), gettext_lazy("设备维护、停运等时段标记后列在这里。"), "empty"),
    label=str,
)  # fmt: skip
