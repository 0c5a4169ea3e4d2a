"""Record a receipt of service, and withdraw a wrong one."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhihuan.bureau.documents.actions import SERVE
from zhihuan.bureau.documents.models import MatterDocument, ServiceConsent, ServiceReceipt
from zhihuan.bureau.documents.serving.consenting import standing_consent
from zhihuan.bureau.documents.serving.recording import (
    Attempt,
    ReceiptRefusedError,
    record_service,
    withdraw_receipt,
)
from zhihuan.bureau.documents.serving.way import ways
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.standards.article import in_words
from zhihuan.web.components.term import Term
from zhihuan.web.documents.place import document_for, frame
from zhihuan.web.documents.receipt_form import ReceiptForm
from zhihuan.web.documents.taking_back import TakingBack, asked_why
from zhihuan.web.permission import requires
from zhihuan.web.sent import sent

__all__ = ["receipt_new", "receipt_withdraw"]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@requires(SERVE)
def receipt_new(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Record one, successful or not."""
    found = document_for(request.user, pk, SERVE)
    form = ReceiptForm(sent(request), initial=_begun(request, found))
    if form.is_bound and form.is_valid() and _recorded(request, found, form):
        messages.success(request, _("送达回证已登记。"))
        return redirect("document", pk=found.pk)
    title = _("登记送达回证")
    told = [
        Term(each.title, each.takes_effect, note=in_words(each.basis)) for each in ways().values()
    ]
    context = frame(found, title) | {
        "form": form,
        "title": title,
        "ways": told,
        "consent": _consent(found),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "documents/receipt.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@requires(SERVE)
def receipt_withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    """It stays on record and counts no more."""
    receipt = get_object_or_404(ServiceReceipt, pk=pk)
    found = document_for(request.user, receipt.document_id, SERVE)

    def act(reason: str) -> None:
        withdraw_receipt(receipt, request.user, reason, address_of(request))

    taking = TakingBack(_("撤销送达回证"), _("送达回证已撤销。"), act, ReceiptRefusedError)
    return asked_why(request, found, taking)


def _begun(request: HttpRequest, found: MatterDocument) -> dict[str, Any]:
    return {
        "recipient": found.matter.party.name if found.matter.party else "",
        "tried_on": timezone.localdate(),
        "served_by": str(request.user),
        "succeeded": True,
        "consent": _consent(found) is not None,
    }


def _consent(found: MatterDocument) -> ServiceConsent | None:
    return standing_consent(found.matter.party_id)


def _recorded(request: HttpRequest, found: MatterDocument, form: ReceiptForm) -> bool:
    """Whether it could be written down; else the form says why not."""
    try:
        record_service(found, Attempt(**form.cleaned_data), request.user, address_of(request))
    except ReceiptRefusedError as error:
        for field, words in error.errors.items():
            form.add_error(field, words)
        return False
    return True
