"""``/alarms/<pk>/manual/`` and ``/alarms/manual/<pk>/``: entering a manual result, and the record of one with its report."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.exceedance.actions import VERIFY, VIEW
from zhihuan.bureau.exceedance.manual.entering import enter_result, take_result_back
from zhihuan.bureau.exceedance.manual.known import known_of
from zhihuan.bureau.exceedance.manual.words import sampled, unit_of, value_of
from zhihuan.bureau.exceedance.models import Episode, ManualResult
from zhihuan.bureau.exceedance.refusals import RefusedError
from zhihuan.bureau.people.scope import may, scope_of
from zhihuan.web.addresses import address
from zhihuan.web.components.crumb import Crumb
from zhihuan.web.components.term import Term
from zhihuan.web.components.value import Kind
from zhihuan.web.exceedance.alarm_page import episode_for
from zhihuan.web.exceedance.manual_form import ManualForm
from zhihuan.web.exceedance.words import span_of, title_of
from zhihuan.web.live.factor_words import words
from zhihuan.web.permission import requires
from zhihuan.web.sent import sent, sent_files
from zhihuan.web.vault.serving import as_download


@requires(VERIFY)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def manual_new(request: HttpRequest, pk: int) -> HttpResponse:
    """The form, and keeping what it is told. ``?sample=`` names a known sample to begin with."""
    row = episode_for(request, pk, VERIFY)
    samples = known_of(row).samples
    asked = request.GET.get("sample", "")
    form = ManualForm(samples, unit_of(row.factor), sent(request), sent_files(request))
    form.initial = _known(form, asked)
    if not form.is_bound or not form.is_valid():
        return _form(request, row, form)
    try:
        enter_result(row, form.told(), request.user)
    except RefusedError as error:
        form.add_error(None, str(error))
        return _form(request, row, form)
    messages.success(request, _("已录入手工监测结果。"))
    return redirect("alarm", pk=pk)


def _known(form: ManualForm, key: str) -> dict[str, Any]:
    """What the sampling record tells already."""
    sample = form.samples.get(key)
    if sample is None:
        return {}
    return {
        "sample": key,
        "sampled_from": sample.sampled_at,
        "method": sample.method,
        "agency": sample.agency,
    }


@requires(VIEW)
@require_safe
@never_cache
def manual(request: HttpRequest, pk: int) -> HttpResponse:
    """One result, with where it came from."""
    row = _result_for(request, pk, VIEW)
    is_gone = row.withdraws or hasattr(row, "successor")
    context = {
        "section": "alarms",
        "trail": [
            Crumb(_("超标告警"), address("alarms")),
            Crumb(_("手工监测结果")),
            Crumb(row.report_number),
        ],
        "row": row,
        "facts": _facts(row),
        "is_gone": is_gone,
        "reason": _why_gone(row),
        "may_take_back": not is_gone and may(request.user, VERIFY, row),
    }
    return render(request, "exceedance/manual_result.html", context)


@requires(VIEW)
@require_safe
@never_cache
def manual_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The report as it came; who took it is written down."""
    row = _result_for(request, pk, VIEW)
    with transaction.atomic():
        record(
            "exceedance.read_manual", f"manual:{row.pk}", actor=request.user,
            sha256=row.report.content.sha256,
        )  # fmt: skip
    return as_download(row.report.content, row.report.name)


@requires(VERIFY)
@require_POST
def manual_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """By whoever may verify there."""
    row = _result_for(request, pk, VERIFY)
    try:
        take_result_back(row, request.user, request.POST.get("reason", ""))
    except RefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已撤回该结果。"))
    return redirect("manual-result", pk=pk)


def _result_for(request: HttpRequest, pk: int, permission: str) -> ManualResult:
    """Within the reader's scope of that right, else Http404."""
    rows = ManualResult.objects.select_related(
        "point__town", "report__content", "made_by", "successor"
    )
    found = scope_of(request.user, permission).filter(rows).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _why_gone(row: ManualResult) -> str:
    later = row if row.withdraws else getattr(row, "successor", None)
    return later.reason if later is not None else ""


def _facts(row: ManualResult) -> list[Term]:
    return [
        Term(_("监测点位"), row.point.name, url=address("point", row.point.code)),
        Term(_("监测因子"), words(row.factor).title),
        Term(_("采样时间"), sampled(row), Kind.SPAN),
        Term(_("监测值"), value_of(row), Kind.QUANTITY),
        Term(_("监测方法标准"), row.method),
        Term(_("是否符合法定的监测标准和方法"), _("符合") if row.lawful else _("不符合")),
        Term(_("监测机构"), row.agency),
        Term(_("监测报告编号"), row.report_number),
        Term(_("样品编号"), row.sample_code, reason=_("未填")),
        Term(_("监测报告"), row.report.name, url=address("manual-file", str(row.pk))),
        Term(_("采样所在的检查"), str(row.visit_id or ""), url=_visit(row), reason=_("不是现场检查的样品")),
        Term(_("录入人"), row.made_by),
        Term(_("录入时间"), timezone.localtime(row.made_at), Kind.MOMENT),
    ]  # fmt: skip


def _about(row: Episode) -> list[Term]:
    """What the report must be about, before anybody types."""
    return [
        Term(_("监测点位"), row.point.name),
        Term(_("监测因子"), words(row.factor).title),
        Term(_("单位"), unit_of(row.factor), reason=_("无量纲")),
        Term(_("超标时段"), span_of(row), Kind.SPAN),
    ]


def _visit(row: ManualResult) -> str:
    return address("matter", str(row.visit_id)) if row.visit_id else ""


def _form(request: HttpRequest, row: Episode, form: ManualForm) -> HttpResponse:
    context = {
        "section": "alarms",
        "trail": [
            Crumb(_("超标告警"), address("alarms")),
            Crumb(title_of(row), address("alarm", str(row.pk))),
            Crumb(_("录入手工监测结果")),
        ],
        "episode": row,
        "about": _about(row),
        "form": form,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "exceedance/manual_new.html", context, status=status)
