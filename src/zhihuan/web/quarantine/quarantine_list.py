"""The list of quarantined traffic, declared."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.acquisition.models import QuarantinedFrame
from zhihuan.bureau.acquisition.reasons import reason_words
from zhihuan.web.components.status import Status, StatusKind
from zhihuan.web.components.table import Blank
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import ChoiceFilter, Column, DaysFilter, FlagFilter, Listing, TextFilter
from zhihuan.web.raw_bytes import shown

_COUNTED_OVER = dt.timedelta(days=7)


def _frames(_user: Any) -> QuerySet[QuarantinedFrame]:
    return QuarantinedFrame.objects.all()


def _reasons(_user: Any) -> list[tuple[str, str]]:
    """Reasons by how often they occurred in the last week."""
    recent = QuarantinedFrame.objects.filter(received__gte=timezone.now() - _COUNTED_OVER)
    found = recent.order_by().values_list("reason").annotate(Count("id")).order_by("-id__count")
    words = _now("%(name)s（近 7 天 %(count)s）")
    return [(code, words % {"name": reason_words(code).name, "count": n}) for code, n in found]


def _status(frame: QuarantinedFrame) -> Status:
    if frame.replayed_at:
        return Status(StatusKind.DONE, _("已重放"))
    if frame.stored:
        return Status(StatusKind.WARNING, _("报文已入库"))
    return Status(StatusKind.WAITING, _("待处理"))


QUARANTINE = Listing(
    name="quarantine",
    title=_("隔离报文"),
    scope=_frames,
    columns=(
        Column("received", _("接收时间"), Kind.MOMENT, sort="received", width=20),
        Column(
            "reason",
            _("原因"),
            value=lambda frame: reason_words(frame.reason).name,
            link=lambda frame: reverse("quarantine-item", kwargs={"pk": frame.pk}),
            sort="reason",
            width=24,
        ),
        Column("mn", _("设备编号（MN）"), Kind.CODE, sort="mn", width=28),
        Column("peer", _("来源地址"), Kind.CODE, width=22),
        Column(
            "beginning",
            _("报文开头"),
            Kind.CODE,
            lambda f: shown(bytes(f.raw)[:120]).text,
            width=60,
        ),
        Column("status", _("处理"), Kind.STATUS, value=_status, width=12),
    ),
    filters=(
        ChoiceFilter("reason", _("原因"), options=_reasons),
        TextFilter("mn", _("设备编号（MN）"), fields=("mn",)),
        DaysFilter("received", _("接收时间")),
        FlagFilter("open", _("只看未重放"), only=Q(replayed_at__isnull=True)),
    ),
    order="-received",
    blank=Blank(_("没有隔离报文"), _("所有报文均已正常入库。")),
)
