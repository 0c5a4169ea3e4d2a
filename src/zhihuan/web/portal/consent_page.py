"""An enterprise agrees to be served electronically, or takes that back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhihuan.bureau.documents.actions import CONSENT
from zhihuan.bureau.documents.serving.consenting import agree, take_back
from zhihuan.bureau.people.scope import may
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.web.permission import requires
from zhihuan.web.portal.own import own_enterprises

__all__ = ["electronic_service"]

_LONGEST = 100


@require_POST
@requires(CONSENT)
def electronic_service(request: HttpRequest, code: str) -> HttpResponseBase:
    """``act=agree`` with a contact, or ``act=withdraw``; for one of the reader's own enterprises."""
    own = next((each for each in own_enterprises(request.user) if each.code == code), None)
    if own is None or not may(request.user, CONSENT):
        raise Http404
    contact = request.POST.get("contact", "").strip()[:_LONGEST]
    if request.POST.get("act") == "withdraw":
        take_back(own.pk, request.user, address_of(request))
        messages.success(request, _("已撤回电子送达同意，其后的文书将以其他方式送达。"))
    elif contact:
        agree(own.pk, contact, request.user, address_of(request))
        messages.success(request, _("已同意电子送达。"))
    else:
        messages.error(request, _("请填写收件联系人的姓名和电话，再确认同意。"))
    return redirect(f"{reverse('portal')}?enterprise={own.code}#service")
