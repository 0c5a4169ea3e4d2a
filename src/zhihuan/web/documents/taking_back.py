"""The page of an act that takes something back: it asks why, does it, and returns to the document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from zhihuan.bureau.documents.models import MatterDocument
from zhihuan.web.documents.place import frame
from zhihuan.web.documents.reason_form import ReasonForm
from zhihuan.web.sent import sent

__all__ = ["TakingBack", "asked_why"]


@dataclass(frozen=True, slots=True)
class TakingBack:
    """title: of the page and its button. done: what is said afterwards. act: called with the reason;
    raises one of ``refusals`` with the words why not."""

    title: str
    done: str
    act: Callable[[str], Any]
    refusals: type[Exception]
    lead: str = ""


def asked_why(
    request: HttpRequest, document: MatterDocument, taking: TakingBack
) -> HttpResponseBase:
    """The form, or the act and the way back."""
    form = ReasonForm(sent(request))
    if form.is_bound and form.is_valid():
        try:
            taking.act(form.cleaned_data["reason"])
        except taking.refusals as error:
            form.add_error("reason", str(error))
        else:
            messages.success(request, taking.done)
            return redirect("document", pk=document.pk)
    context = frame(document, taking.title) | {
        "form": form,
        "title": taking.title,
        "lead": taking.lead or document.name,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "documents/act.html", context, status=status)
