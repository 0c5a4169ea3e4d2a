"""A step's document as it would be made, before the step is taken; no number is used and nothing is written."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from zhihuan.bureau.documents.faults import DocumentError
from zhihuan.bureau.documents.making import preview
from zhihuan.bureau.matters.catalogue import edition_of
from zhihuan.bureau.matters.declaration import Document, Procedure, Step
from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.matters.engine.refusals import StepRefusedError
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.web.documents.shown import as_html
from zhihuan.web.matters.place import section_of, trail_to
from zhihuan.web.matters.sheet import Sheet
from zhihuan.web.matters.visible import matter_for
from zhihuan.web.permission import signed_in

__all__ = ["preview_document"]


@require_POST
@never_cache
@signed_in
def preview_document(request: HttpRequest, pk: int, step: str, code: str) -> HttpResponseBase:
    """Of the form as it is filled in."""
    matter = matter_for(request.user, pk)
    procedure = edition_of(matter.procedure, matter.edition)
    found, document = _declared(procedure, step, code)
    sheet = Sheet.read(found, matter, request)
    officers = sheet.officers.officers() if sheet.officers and sheet.officers.is_valid() else ()
    acting = Acting(request.user, address_of(request), officers)
    html: Any = ""
    refusal, status = "", HTTPStatus.OK
    try:
        html = as_html(preview(matter, found, document, acting, sheet.said))
    except (StepRefusedError, DocumentError) as error:
        refusal, status = str(error), HTTPStatus.UNPROCESSABLE_ENTITY
    context = {
        "section": section_of(procedure),
        "trail": trail_to(procedure, matter, last=_("预览文书")),
        "declared": document,
        "html": html,
        "refusal": refusal,
    }
    return render(request, "documents/preview.html", context, status=status)


def _declared(procedure: Procedure, code: str, document: str) -> tuple[Step, Document]:
    """The step and its document; Http404 for what is not declared."""
    steps = {each.code: each for each in procedure.steps}
    step = steps.get(code)
    for each in step.documents if step else ():
        if step and each.code == document:
            return step, each
    raise Http404
