"""``/alarms/marks/<pk>/``: one mark, be there an episode or not: taken back by whose it is, reviewed by the branch."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.exceedance.actions import MARK, VERIFY, VIEW
from zhihuan.bureau.exceedance.models import DataMark
from zhihuan.bureau.people.scope import may
from zhihuan.web.addresses import address
from zhihuan.web.components.crumb import Crumb
from zhihuan.web.components.timeline_event import TimelineEvent
from zhihuan.web.exceedance.alarm_page import mark_for
from zhihuan.web.exceedance.marks_shown import shown_mark
from zhihuan.web.permission import requires


@requires(VIEW)
@require_safe
@never_cache
def one_mark(request: HttpRequest, pk: int) -> HttpResponse:
    """What it says, whether it stands, what the bureau said of it."""
    row = mark_for(request, pk, VIEW)
    is_gone = DataMark.objects.filter(supersedes=row).exists()
    user = request.user
    context = {
        "section": "alarms",
        "trail": [
            Crumb(_("超标告警"), address("alarms")),
            Crumb(_("自动监测数据标记"), address("marks")),
            Crumb(row.point.name),
        ],
        "mark": shown_mark(row, is_gone, reviews=may(user, VERIFY, row), owns=may(user, MARK, row)),
        "said": _said(row),
    }
    return render(request, "exceedance/one_mark.html", context)


def _said(row: DataMark) -> list[TimelineEvent]:
    reviews: Any = row.reviews.select_related("by").order_by("-pk")
    return [
        TimelineEvent(
            each.at, _("成立") if each.accepted else _("不成立"), str(each.by), each.reason
        )
        for each in reviews
    ]
