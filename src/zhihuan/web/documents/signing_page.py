"""The recipient of a document served electronically acknowledges it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhihuan.bureau.documents.actions import ACKNOWLEDGE
from zhihuan.bureau.documents.serving.consenting import acknowledge
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.web.documents.place import document_for
from zhihuan.web.permission import requires

__all__ = ["acknowledge_receipt"]


@require_POST
@requires(ACKNOWLEDGE)
def acknowledge_receipt(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Once; a second time changes nothing and says so."""
    found = document_for(request.user, pk, ACKNOWLEDGE)
    if acknowledge(found, request.user, address_of(request)):
        messages.success(request, _("已签收“%(title)s”。") % {"title": found.title})
    else:
        messages.info(request, _("该文书没有待签收的电子送达。"))
    return redirect("document", pk=found.pk)
