"""Refused files, for the security administrator: what came, from whom, why it was not taken, its bytes."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.bureau.vault.actions import VIEW_REFUSED
from zhihuan.bureau.vault.models import RefusedFile
from zhihuan.bureau.vault.refusing import original_of
from zhihuan.web.components.crumb import Crumb
from zhihuan.web.components.status import Status, StatusKind
from zhihuan.web.components.table import Blank
from zhihuan.web.components.term import Term
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import Column, DaysFilter, FlagFilter, Listing, TextFilter, respond
from zhihuan.web.permission import requires
from zhihuan.web.raw_bytes import SHOWN_BYTES, shown
from zhihuan.web.vault.serving import guarded

__all__ = ["REFUSED", "refused", "refused_bytes", "refused_file"]

_may_look = requires(VIEW_REFUSED)


def _rows(_user: Any) -> QuerySet[RefusedFile]:
    return RefusedFile.objects.select_related("given_by")


def _status(row: RefusedFile) -> Status:
    if row.hostile:
        return Status(StatusKind.DANGER, _("可疑"))
    return Status(StatusKind.WAITING, _("不合要求"))


REFUSED = Listing(
    name="refused-files",
    title=_("拒收文件"),
    scope=_rows,
    columns=(
        Column("refused_at", _("拒收时间"), Kind.MOMENT, sort="refused_at", width=20),
        Column("name", _("文件名"), link=lambda row: reverse("refused-file", args=[row.pk]), width=40),
        Column("status", _("判断"), Kind.STATUS, value=_status, width=12),
        Column("words", _("原因"), width=60),
        Column("given_by", _("提交人"), value=lambda row: row.given_by or "", width=16),
        Column("address", _("来源地址"), Kind.CODE, width=18),
    ),
    filters=(
        TextFilter("name", _("文件名"), fields=("name",)),
        FlagFilter("hostile", _("只看可疑"), only=Q(hostile=True)),
        DaysFilter("refused_at", _("拒收日期")),
    ),
    order="-refused_at",
    blank=Blank(_("没有拒收的文件"), _("上传的文件按内容核查，不合要求的会隔离在这里。")),
)  # fmt: skip


@require_safe
@never_cache
@_may_look
def refused(request: HttpRequest) -> HttpResponseBase:
    """Newest first."""
    lead = _now("未被采纳的上传文件隔离保存，供核查；到期自动删除并留审计记录。")
    return respond(request, REFUSED, context={"section": "refused", "lead": lead})


@require_safe
@never_cache
@_may_look
def refused_file(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them, its first bytes shown and never run."""
    found = get_object_or_404(RefusedFile.objects.select_related("given_by"), pk=pk)
    _note(request, found)
    raw = original_of(found)
    context = {
        "section": "refused",
        "trail": [Crumb(REFUSED.title, reverse("refused-files")), Crumb(found.name)],
        "refused": found,
        "status": _status(found),
        "facts": _facts(found),
        "shown": shown(raw[: SHOWN_BYTES + 1]) if raw is not None else None,
    }
    return render(request, "vault/refused.html", context)


@require_safe
@never_cache
@_may_look
def refused_bytes(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file as it came, as bytes of no kind."""
    found = get_object_or_404(RefusedFile, pk=pk)
    raw = original_of(found)
    if raw is None:
        raise Http404
    _note(request, found)
    answer = HttpResponse(raw, content_type="application/octet-stream")
    return guarded(answer, f"refused-{found.pk}.bin", as_attachment=True)


def _note(request: HttpRequest, found: RefusedFile) -> None:
    subject = f"refused:{found.pk}"
    record("vault.read_refused", subject, actor=request.user, address=address_of(request))


def _facts(found: RefusedFile) -> list[Term]:
    return [
        Term(_("原因"), found.words, note=found.code),
        Term(_("拒收时间"), found.refused_at, Kind.MOMENT),
        Term(_("提交人"), found.given_by, reason=_("未知")),
        Term(_("来源地址"), found.address, Kind.CODE, reason=_("未知")),
        Term(_("长度"), found.size_bytes, unit="B"),
        Term("SHA-256", found.sha256, Kind.CODE, reason=_("文件本身未留存")),
    ]
