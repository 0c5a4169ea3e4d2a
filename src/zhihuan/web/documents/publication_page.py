"""Read the copy for publication before it is public, publish it, withdraw it."""

from __future__ import annotations

import re
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhihuan.bureau.documents.actions import PUBLISH
from zhihuan.bureau.documents.faults import DocumentError
from zhihuan.bureau.documents.models import MatterDocument
from zhihuan.bureau.documents.of_matter import publication_of
from zhihuan.bureau.documents.publication import copy_for_public, publish, withdraw
from zhihuan.bureau.documents.redaction.rule import redaction_rules
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.web.components.term import Term
from zhihuan.web.documents.place import document_for, frame
from zhihuan.web.documents.shown import as_html
from zhihuan.web.documents.taking_back import TakingBack, asked_why
from zhihuan.web.permission import requires
from zhihuan.web.sent import sent

__all__ = ["publication", "withdraw_copy"]

#: What a button asks for.
PUBLISHED = "publish"


class CopyForm(forms.Form):
    """Names that nothing told the platform."""

    names = forms.CharField(
        label=gettext_lazy("还须隐去的姓名"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("通读下面的文本；仍可见的自然人姓名填在这里，用顿号或空格分开。"),
    )

    def clean_names(self) -> list[str]:
        given: str = self.cleaned_data["names"]
        return [name for name in re.split(r"[\s、，,；;]+", given) if name]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@requires(PUBLISH)
def publication(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The copy as it would be public; ``publish`` makes it so."""
    found = document_for(request.user, pk, PUBLISH)
    form = CopyForm(sent(request))
    names = form.cleaned_data["names"] if form.is_bound and form.is_valid() else []
    trouble = ""
    if form.is_bound and form.is_valid() and request.POST.get("_stage") == PUBLISHED:
        try:
            publish(found, request.user, names, address_of(request))
        except DocumentError as error:
            trouble = str(error)
        else:
            messages.success(request, _("脱敏文本已公开。"))
            return redirect("document", pk=found.pk)
    return _shown(request, found, form, names, trouble)


def _shown(
    request: HttpRequest, found: MatterDocument, form: CopyForm, names: list[str], trouble: str
) -> HttpResponseBase:
    copy = copy_for_public(found, names)
    titles = {rule.code: rule.title for rule in redaction_rules()}
    title = _("公开脱敏文本")
    context = frame(found, title) | {
        "title": title,
        "form": form,
        "html": as_html(copy.data),
        "hidden": [Term(titles[code], count) for code, count in copy.hidden.items()],
        "copy": publication_of(found),
        "trouble": trouble,
    }
    status = HTTPStatus.CONFLICT if trouble else HTTPStatus.OK
    return render(request, "documents/publication.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@requires(PUBLISH)
def withdraw_copy(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take the public copy down; it stays on record."""
    found = document_for(request.user, pk, PUBLISH)
    copy = publication_of(found)
    if copy is None:
        return redirect("document", pk=found.pk)

    def act(reason: str) -> None:
        withdraw(copy, request.user, reason, address_of(request))

    taking = TakingBack(_("撤下公开文本"), _("公开文本已撤下。"), act, DocumentError)
    return asked_why(request, found, taking)
