"""``/alarms/marks/new/``: a mark of maintenance or a stop, made beforehand; no episode is needed.

By the discharger, or by the branch for one that told it by telephone or letter (the reason says so).
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhihuan.bureau.exceedance.actions import PLAN
from zhihuan.bureau.exceedance.marking import Wanted, make_mark
from zhihuan.bureau.exceedance.refusals import RefusedError
from zhihuan.telemetry.store import StoreUnavailable
from zhihuan.web.addresses import address
from zhihuan.web.components.crumb import Crumb
from zhihuan.web.exceedance.forms import PlanForm
from zhihuan.web.exceedance.mark_page import deadline_words, newest_mark, why_not_marked
from zhihuan.web.permission import requires
from zhihuan.web.sent import sent, sent_files


@requires(PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def mark_plan(request: HttpRequest) -> HttpResponse:
    """The form, and making the mark. What lies in the past is judged anew at once."""
    form = PlanForm(request.user, sent(request), sent_files(request))
    if not form.is_bound or not form.is_valid():
        return _form(request, form)
    told = form.cleaned_data
    try:
        made = make_mark(_wanted(told), request.user)
    except (RefusedError, StoreUnavailable) as error:
        form.add_error(None, why_not_marked(error))
        return _form(request, form)
    late = _("标记已逾期，由分局核定后才采用。") if made.late else ""
    messages.success(request, _("已标记。") + late)
    return redirect("marks")


def _wanted(told: dict[str, Any]) -> Wanted:
    point, factor = told["point"], told["factor"]
    return Wanted(
        point=point, kind=told["kind"], start=told["start"], end=told["end"], reason=told["reason"],
        factor=factor, evidence=told["evidence"], supersedes=newest_mark(point, factor, told),
    )  # fmt: skip


def _form(request: HttpRequest, form: PlanForm) -> HttpResponse:
    context = {
        "section": "alarms",
        "trail": [
            Crumb(_("超标告警"), address("alarms")),
            Crumb(_("自动监测数据标记"), address("marks")),
            Crumb(_("预先标记")),
        ],
        "form": form,
        **deadline_words(),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "exceedance/plan.html", context, status=status)
