"""Who a matter's party is: masked when it is looked at, in clear by a button alone. Each look in clear is written to the
audit trail and listed here.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.audit.record import record
from zhihuan.bureau.identities.actions import VIEW_IDENTITY
from zhihuan.bureau.identities.known import identity_of
from zhihuan.bureau.identities.models import PartyIdentity
from zhihuan.bureau.matters.catalogue import edition_of
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.people.scope import may
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.web.components.term import Term
from zhihuan.web.components.value import Kind
from zhihuan.web.matters.place import section_of, trail_to
from zhihuan.web.matters.visible import matter_for
from zhihuan.web.permission import requires

__all__ = ["identity", "identity_terms"]

_SEEN = "identity.view"
_LOOKS = 20


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@requires(VIEW_IDENTITY)
def identity(request: HttpRequest, pk: int) -> HttpResponseBase:
    """GET: masked; POST: in clear, written down first."""
    matter = matter_for(request.user, pk)
    if not may(request.user, VIEW_IDENTITY, matter):
        raise PermissionDenied
    found = identity_of(matter)
    if found is None:
        raise Http404
    in_clear = request.method == "POST"
    if in_clear:
        _note(request, matter, found)
    procedure = edition_of(matter.procedure, matter.edition)
    context = {
        "section": section_of(procedure),
        "trail": trail_to(procedure, matter, last=_("当事人身份")),
        "matter": matter,
        "terms": identity_terms(found, in_clear=in_clear),
        "in_clear": in_clear,
        "has_more": bool(found.sealed_number or found.sealed_address),
        "looks": _looks(matter),
    }
    return render(request, "identities/identity.html", context)


def identity_terms(found: PartyIdentity, *, in_clear: bool = False) -> list[Term]:
    """For a description list. SealBrokenError when the sealing key is gone and it is to be in clear."""
    number = found.number if in_clear else found.shown_number
    address = found.address if in_clear else found.shown_address
    return [
        Term(_("当事人类别"), found.get_party_kind_display()),  # type: ignore[attr-defined]
        Term(_("本人（经营者）姓名"), found.name),
        Term(
            _("身份证件种类"),
            found.document_title and _(found.document_title),
            reason=_("尚未登记"),
        ),
        Term(_("身份证件号码"), number, Kind.CODE, reason=_("尚未登记")),
        Term(_("本人（经营者）住址"), address, reason=_("尚未登记")),
        Term(_("身份登记时间"), found.added_at, Kind.MOMENT),
    ]


@transaction.atomic
def _note(request: HttpRequest, matter: Matter, found: PartyIdentity) -> None:
    record(
        _SEEN, f"matter:{matter.pk}", actor=request.user, address=address_of(request), identity=found.pk
    )  # fmt: skip


def _looks(matter: Matter) -> list[Any]:
    found = AuditEntry.objects.filter(subject=f"matter:{matter.pk}", action=_SEEN).order_by("-pk")
    return list(found[:_LOOKS])
