"""One act: what it changed, and its undoing with a look before."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.history.models import ChangeSet
from zhihuan.bureau.history.past import CannotUndoError, undo
from zhihuan.bureau.history.preview import Reversal, hindrance, reversals
from zhihuan.web.components.crumb import Crumb
from zhihuan.web.components.term import Term
from zhihuan.web.components.value import Kind
from zhihuan.web.permission import requires
from zhihuan.web.registry.changes.change_list import CHANGES
from zhihuan.web.registry.changes.within import UNDO, VIEW, acts_within, changes_within, may_undo
from zhihuan.web.registry.changes.words import ChangeLine, line, lines, referred
from zhihuan.web.registry.forms.why import WhyForm
from zhihuan.web.sent import sent

_PAGE = 100


@requires(VIEW)
@require_safe
@never_cache
def change_set(request: HttpRequest, pk: int) -> HttpResponse:
    """What the act changed, as far as it lies within the reader's scope."""
    act = _act(request, pk)
    mine = changes_within(request.user).filter(change_set=act)
    page = Paginator(mine, _PAGE).get_page(request.GET.get("page"))
    undone_by = ChangeSet.objects.filter(undoes=act).first()
    context = _frame(act) | {
        "facts": _facts(act),
        "page": page,
        "lines": lines(list(page.object_list)),
        "outside": act.changes.count() - page.paginator.count,
        "undone_by": undone_by,
        "may_undo": undone_by is None and may_undo(request.user, act),
    }
    return render(request, "registry/changes/change_set.html", context)


@requires(VIEW, UNDO)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def undo_change_set(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show what would be set back and what is in the way; do it when confirmed with a reason."""
    act = _act(request, pk)
    if not may_undo(request.user, act):
        raise PermissionDenied
    form = WhyForm(sent(request))
    if request.method == "POST" and form.is_valid() and (made := _undone(request, act, form)):
        messages.success(request, _("已撤销。撤销本身也记为一次变更。"))
        return redirect("registry-change-set", pk=made.pk)
    changes = act.changes.order_by("-id")
    page = Paginator(changes, _PAGE).get_page(request.GET.get("page"))
    found = reversals(list(page.object_list))
    context = _frame(act, _("撤销")) | {
        "form": form,
        "page": page,
        "lines": _shown(found),
        "conflicts": sum(bool(each.conflict) for each in found),
        "hindrance": "" if request.method == "POST" else hindrance(act, request.user),
    }
    return render(request, "registry/changes/undo.html", context)


def _act(request: HttpRequest, pk: int) -> ChangeSet:
    found: ChangeSet = get_object_or_404(acts_within(request.user).select_related("actor"), pk=pk)
    return found


def _undone(request: HttpRequest, act: ChangeSet, form: WhyForm) -> ChangeSet | None:
    try:
        with transaction.atomic():
            made = undo(act, request.user, form.cleaned_data["why"])
            record(
                "registry.undo",
                f"changes:{act.pk}",
                actor=request.user,
                address=request.META.get("REMOTE_ADDR", ""),
                why=form.cleaned_data["why"],
                change_set=made.pk,
            )
    except CannotUndoError as error:
        form.add_error(None, str(error))
        return None
    return made


def _shown(found: list[Reversal]) -> list[ChangeLine]:
    changes = [each.change for each in found]
    names = referred(changes, {each.change.pk: each.fields for each in found})
    verbs = {True: _("删除"), False: _("恢复原值")}
    shown = []
    for each in found:
        told = line(each.change, each.fields, names)
        verb = _("重新登记") if each.change.after is None else verbs[each.change.before is None]
        shown.append(
            ChangeLine(told.kind, told.title, verb, told.fields, told.hidden, each.conflict)
        )
    return shown


def _facts(act: ChangeSet) -> list[Term]:
    return [
        Term(_("时间"), act.at, Kind.MOMENT),
        Term(_("操作人"), act.actor or _("平台")),
        Term(_("方式"), act.get_kind_display()),
        Term(_("事由"), act.why, reason=_("未写明")),
        Term(_("来源"), act.source),
    ]


def _frame(act: ChangeSet, last: str = "") -> dict[str, Any]:
    url = reverse("registry-change-set", args=[act.pk])
    trail = [
        Crumb(CHANGES.title, reverse("registry-changes")),
        Crumb(str(act), url if last else ""),
    ]
    return {
        "act": act,
        "section": "registry-changes",
        "trail": [*trail, Crumb(last)] if last else trail,
    }
