"""Making a mark out of an episode, taking it back, and the branch's review of it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from zhihuan.bureau.exceedance.actions import MARK, VERIFY
from zhihuan.bureau.exceedance.marking import Wanted, make_mark, review_mark, take_back
from zhihuan.bureau.exceedance.models import DataMark, Episode
from zhihuan.bureau.exceedance.refusals import RefusedError
from zhihuan.bureau.registry.models import MonitoringPoint
from zhihuan.standards.parameters import parameter
from zhihuan.telemetry.store import StoreUnavailable
from zhihuan.web.addresses import address
from zhihuan.web.components.crumb import Crumb
from zhihuan.web.exceedance.alarm_page import episode_for, mark_for
from zhihuan.web.exceedance.forms import MarkForm, ReviewForm
from zhihuan.web.exceedance.words import title_of
from zhihuan.web.permission import requires
from zhihuan.web.sent import sent, sent_files

_DEADLINE = "exceedance/mark_deadline"


@requires(MARK)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def mark_new(request: HttpRequest, pk: int) -> HttpResponse:
    """The form, and making the mark; the outlet's days are judged anew at once."""
    row = episode_for(request, pk, MARK)
    if request.method != "POST":
        return _form(request, row, MarkForm(row))
    form = MarkForm(row, sent(request), sent_files(request))
    if not form.is_valid():
        return _form(request, row, form, refused=True)
    try:
        made = make_mark(_wanted(row, form.cleaned_data), request.user)
    except (RefusedError, StoreUnavailable) as error:
        form.add_error(None, why_not_marked(error))
        return _form(request, row, form, refused=True)
    late = _("标记已逾期，由分局核定后才采用。")
    messages.success(request, _("已标记。") + (late if made.late else ""))
    return redirect("alarm", pk=pk)


@requires(MARK)
@require_POST
def mark_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """By whoever may mark the outlet."""
    mark = mark_for(request, pk, MARK)
    reason = request.POST.get("reason", "").strip()[:500] or _("标记有误")
    return _done(request, mark, lambda: take_back(mark, request.user, reason), _("已撤回标记。"))


@requires(VERIFY)
@require_POST
def mark_review(request: HttpRequest, pk: int) -> HttpResponse:
    """By the branch."""
    mark = mark_for(request, pk, VERIFY)
    form = ReviewForm(mark, request.POST)
    if not form.is_valid():
        messages.error(request, _("请选择标记是否成立，并写明理由。"))
        return redirect(_back(request, mark))
    told = form.cleaned_data
    return _done(
        request,
        mark,
        lambda: review_mark(mark, request.user, told["reason"], accepted=told["accepted"]),
        _("已核定标记，并重新判定。"),
    )


def _done(request: HttpRequest, mark: DataMark, run: Any, words: str) -> HttpResponse:
    try:
        run()
    except (RefusedError, StoreUnavailable) as error:
        messages.error(request, why_not_marked(error))
    else:
        messages.success(request, words)
    return redirect(_back(request, mark))


def _back(request: HttpRequest, mark: DataMark) -> str:
    """The episode the act was taken from; the mark itself where none is named."""
    asked = request.POST.get("episode", "")
    if asked.isdecimal() and len(asked) < 19:
        return address("alarm", asked)
    return address("mark", str(mark.pk))


def why_not_marked(error: Exception) -> str:
    if isinstance(error, RefusedError):
        return str(error)
    return _("监测数据暂时读不到，标记没有保存，请稍后再试。")


def _wanted(row: Episode, told: dict[str, Any]) -> Wanted:
    factor = "" if told["every_factor"] else row.factor
    return Wanted(
        point=row.point,
        kind=told["kind"],
        start=told["start"],
        end=told["end"],
        reason=told["reason"],
        factor=factor,
        evidence=told["evidence"],
        supersedes=newest_mark(row.point, factor, told),
    )


def newest_mark(point: MonitoringPoint, factor: str, told: dict[str, Any]) -> DataMark | None:
    """The mark of the same kind and factor over some of the same span that this one takes the place of."""
    rows = DataMark.objects.filter(
        point=point, kind=told["kind"], withdraws=False, successor=None, factor=factor,
        start_at__lt=told["end"], end_at__gt=told["start"],
    )  # fmt: skip
    return rows.order_by("-pk").first()


def deadline_words() -> dict[str, Any]:
    """Until when a mark is in time, for a template."""
    edition = parameter(_DEADLINE).editions[-1]
    return {"hour": f"{edition.number:g}", "edition": edition}


def _form(
    request: HttpRequest, row: Episode, form: MarkForm, *, refused: bool = False
) -> HttpResponse:
    context = {
        "section": "alarms",
        "trail": [
            Crumb(_("超标告警"), address("alarms")),
            Crumb(title_of(row), address("alarm", str(row.pk))),
            Crumb(_("标记数据")),
        ],
        "episode": row,
        "form": form,
        **deadline_words(),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, "exceedance/mark.html", context, status=status)
