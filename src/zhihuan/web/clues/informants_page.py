"""Who reported a clue: registered, shown when asked for, deleted. Each look is written to the audit trail.

The page itself tells how many there are and who looked; names are shown by a button alone, to whoever has the right.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.validators import RegexValidator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.audit.record import record
from zhihuan.bureau.people.scope import may
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.lines.clues.actions import ADD_INFORMANT, ERASE_INFORMANT, VIEW_INFORMANT
from zhihuan.lines.clues.models import Clue, Informant
from zhihuan.lines.clues.procedure import CLUE
from zhihuan.web.clues.clue_list import clues_seen_by
from zhihuan.web.matters.place import section_of, trail_to
from zhihuan.web.permission import requires
from zhihuan.web.sent import sent

__all__ = ["erase", "informants", "reveal"]

_SEEN, _ADDED, _ERASED = "clue.view_informant", "clue.add_informant", "clue.erase_informant"
_LOOKS = 20


class InformantForm(forms.Form):
    """What is sealed. A name alone is enough: they may have left no telephone."""

    name = forms.CharField(label=gettext_lazy("姓名"), max_length=60)
    phone = forms.CharField(
        label=gettext_lazy("电话"),
        max_length=30,
        required=False,
        validators=[
            RegexValidator(r"^[0-9+\- ]{5,30}$", gettext_lazy("电话只含数字、空格和 + -。"))
        ],
    )
    address = forms.CharField(label=gettext_lazy("地址"), max_length=200, required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters()
@requires(ADD_INFORMANT)
def informants(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How many there are, who looked; a form for one more."""
    clue = _clue(request, pk, ADD_INFORMANT)
    form = InformantForm(sent(request))
    if request.method == "POST" and form.is_valid():
        _add(request, clue, form)
        messages.success(request, _("已登记举报人，身份已加密保存。"))
        return redirect("clue-informants", pk=pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return _page(request, clue, form, status=status)


@require_POST
@never_cache
@requires(VIEW_INFORMANT)
def reveal(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The same with names; written down first, one entry an informant."""
    clue = _clue(request, pk, VIEW_INFORMANT)
    with transaction.atomic():
        for each in clue.informants.filter(erased_at__isnull=True):
            _note(request, _SEEN, each)
    return _page(request, clue, InformantForm(), shown=True)


@require_POST
@requires(ERASE_INFORMANT)
def erase(request: HttpRequest, pk: int, informant: int) -> HttpResponseBase:
    """Delete an identity; that there was somebody stays. Only once nobody waits for an answer any more.
    Source: 个人信息保护法 §47."""
    clue = _clue(request, pk, ERASE_INFORMANT)
    found = clue.informants.filter(pk=informant, erased_at__isnull=True).first()
    if found is None:
        raise Http404
    if clue.ended_at is None:
        messages.error(request, _("线索尚未办结，反馈后才能删除举报人身份。"))
        return redirect("clue-informants", pk=pk)
    with transaction.atomic():
        found.sealed_name = found.sealed_phone = found.sealed_address = ""
        found.erased_at = timezone.now()
        found.save(update_fields=["sealed_name", "sealed_phone", "sealed_address", "erased_at"])
        _note(request, _ERASED, found)
    messages.success(request, _("已删除举报人身份。"))
    return redirect("clue-informants", pk=pk)


def _clue(request: HttpRequest, pk: int, permission: str) -> Clue:
    """Within the reader's reach, for the clue and for this right; Http404, PermissionDenied."""
    found = clues_seen_by(request.user).select_related("party", "town").filter(pk=pk).first()
    if found is None:
        raise Http404
    if not may(request.user, permission, found):
        raise PermissionDenied
    return found


@transaction.atomic
def _add(request: HttpRequest, clue: Clue, form: InformantForm) -> None:
    made = Informant.sealed(clue, request.user, **form.cleaned_data)
    made.save()
    _note(request, _ADDED, made)


def _note(request: HttpRequest, act: str, informant: Informant) -> None:
    record(
        act, f"informant:{informant.pk}", actor=request.user, address=address_of(request), matter=informant.clue_id
    )  # fmt: skip


def _page(
    request: HttpRequest,
    clue: Clue,
    form: InformantForm,
    *,
    shown: bool = False,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponseBase:
    rows = list(clue.informants.all())
    context = {
        "section": section_of(CLUE),
        "trail": trail_to(CLUE, clue, last=_("举报人")),
        "clue": clue,
        "rows": [(each, each.identity if shown else None) for each in rows],
        "shown": shown,
        "looks": _looks(rows),
        "may_see": may(request.user, VIEW_INFORMANT, clue),
        "may_erase": clue.ended_at is not None and may(request.user, ERASE_INFORMANT, clue),
        "form": form,
    }
    return render(request, "clues/informants.html", context, status=status)


def _looks(rows: list[Informant]) -> list[Any]:
    subjects = [f"informant:{each.pk}" for each in rows]
    found = AuditEntry.objects.filter(subject__in=subjects, action=_SEEN).order_by("-pk")
    return list(found[:_LOOKS])
