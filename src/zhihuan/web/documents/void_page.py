"""Declare the number of a document void."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhihuan.bureau.documents.actions import VOID
from zhihuan.bureau.documents.faults import DocumentError
from zhihuan.bureau.documents.numbers.keeping import void
from zhihuan.bureau.people.scope import may
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.web.documents.place import document_for
from zhihuan.web.documents.taking_back import TakingBack, asked_why
from zhihuan.web.permission import requires

__all__ = ["void_number"]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@requires(VOID)
def void_number(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The number stays with its reason and is never given out again."""
    found = document_for(request.user, pk)
    number = found.number
    if number is None:
        raise Http404
    if not may(request.user, VOID, found):
        raise PermissionDenied

    def act(reason: str) -> None:
        void(number, request.user, reason, address_of(request))

    lead = _("作废的文号连同原因保留，不会再次使用；文书仍在案卷中。")
    taking = TakingBack(_("作废文号"), _("文号已作废。"), act, DocumentError, lead)
    return asked_why(request, found, taking)
