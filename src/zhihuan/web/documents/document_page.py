"""One document: read in the page, downloaded, with its number, version, receipts and published copy."""

from __future__ import annotations

import io
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.documents.actions import ACKNOWLEDGE, PUBLISH, SERVE, VOID
from zhihuan.bureau.documents.kept import path_of
from zhihuan.bureau.documents.models import MatterDocument, ServiceReceipt
from zhihuan.bureau.documents.of_matter import publication_of
from zhihuan.bureau.documents.seen import is_inside
from zhihuan.bureau.documents.serving import sheet
from zhihuan.bureau.documents.serving.consenting import waits_for_signature
from zhihuan.bureau.documents.serving.way import ways
from zhihuan.bureau.people.scope import may
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.web.components.status import StatusKind
from zhihuan.web.components.term import Term
from zhihuan.web.components.timeline_event import TimelineEvent
from zhihuan.web.components.value import Kind
from zhihuan.web.documents.place import document_for, frame
from zhihuan.web.documents.shown import kept_as_html, standing
from zhihuan.web.permission import signed_in

__all__ = ["document", "download", "receipt_sheet"]

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
@never_cache
@signed_in
def document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One document within the reader's scope."""
    found = document_for(request.user, pk)
    inside = is_inside(request.user)
    html, trouble = kept_as_html(found.digest, found.facts)
    context = frame(found) | {
        "html": html,
        "trouble": trouble,
        "status": standing(found),
        "facts": _facts(found, inside=inside),
        "receipts": _receipts(request, found) if inside else [],
        "copy": publication_of(found),
        "to_sign": _to_sign(request, found),
        "may": _possible(request, found),
    }
    return render(request, "documents/document.html", context)


@require_safe
@never_cache
@signed_in
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The .docx as it was made."""
    found = document_for(request.user, pk)
    record(
        "document.download",
        f"matter:{found.matter_id}",
        actor=request.user,
        address=address_of(request),
        document=found.pk,
        digest=found.digest,
    )
    file = path_of(found.digest).open("rb")
    return FileResponse(file, as_attachment=True, filename=f"{found.name}.docx", content_type=DOCX)


@require_safe
@never_cache
@signed_in
def receipt_sheet(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The receipt of service as a sheet: filled in as recorded, blank where nothing was."""
    found = document_for(request.user, pk)
    if not found.is_served or not is_inside(request.user):
        raise Http404
    data = sheet.receipt_sheet(found)
    name = f"送达回证-{found.name}.docx"
    return FileResponse(io.BytesIO(data), as_attachment=True, filename=name, content_type=DOCX)


def _to_sign(request: HttpRequest, found: MatterDocument) -> ServiceReceipt | None:
    """What the reader, as the recipient, has not acknowledged yet."""
    mine = may(request.user, ACKNOWLEDGE, found) and not is_inside(request.user)
    return waits_for_signature(found) if mine else None


def _possible(request: HttpRequest, found: MatterDocument) -> dict[str, bool]:
    reader, stands = request.user, not found.is_void
    return {
        "serve": found.is_served and stands and may(reader, SERVE, found),
        "publish": found.is_published and may(reader, PUBLISH, found),
        "void": found.number is not None and stands and may(reader, VOID, found),
    }


def _facts(found: MatterDocument, *, inside: bool) -> list[Term]:
    number = found.number
    facts = [
        Term(_("文号"), number.text if number else None, Kind.CODE, reason=_("此类文书不编文号")),
        Term(_("制作机关"), found.issuer),
        Term(_("文书制作时间"), found.made_at, Kind.MOMENT),
    ]
    if number and number.is_void:
        facts.append(Term(_("作废原因"), number.void_reason))
    if inside:
        facts += [
            Term(_("模板"), found.template.rsplit("/", 1)[-1], note=found.template_version[:12]),
            Term(_("文书校验值"), found.digest, Kind.CODE),
        ]
    return facts


def _receipts(request: HttpRequest, found: MatterDocument) -> list[TimelineEvent]:
    right = may(request.user, SERVE, found)
    return [_told(each, right=right) for each in found.receipts.all()]


def _told(receipt: ServiceReceipt, *, right: bool) -> TimelineEvent:
    kind, words = _outcome(receipt)
    way: Any = ways()[receipt.way].title
    can = right and receipt.withdrawn_at is None
    url = reverse("receipt-withdraw", args=[receipt.pk]) if can else ""
    return TimelineEvent(receipt.recorded_at, way, receipt.served_by, words, kind, url)


def _outcome(receipt: ServiceReceipt) -> tuple[StatusKind, str]:
    if receipt.withdrawn_at:
        return StatusKind.VOID, _("已撤销：%(why)s") % {"why": receipt.withdrawn_reason}
    if receipt.effective_on is None:
        return StatusKind.WARNING, _("未送达：%(why)s") % {"why": receipt.why_not}
    who = receipt.received_by or receipt.recipient
    words = _("%(who)s，%(day)s 送达") % {"who": who, "day": receipt.effective_on}
    if receipt.acknowledged_at:
        words += _acknowledged(receipt)
    return StatusKind.DONE, words


def _acknowledged(receipt: ServiceReceipt) -> str:
    at = timezone.localtime(receipt.acknowledged_at)
    told = {"who": receipt.acknowledged_by, "at": f"{at:%Y-%m-%d %H:%M}"}
    return _("；%(who)s 于 %(at)s 网上签收") % told
