"""A procedure drawn, and the same as a BPMN 2.0 file for any modeller."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.matters.bpmn import as_bpmn
from zhihuan.web.matters.diagram import diagram_of
from zhihuan.web.matters.place import section_of, trail_to
from zhihuan.web.matters.tabs import tabs_of
from zhihuan.web.matters.visible import procedure_for
from zhihuan.web.permission import signed_in

__all__ = ["bpmn", "diagram"]


@require_safe
@never_cache
@signed_in
def diagram(request: HttpRequest, procedure: str) -> HttpResponseBase:
    """States, steps and who takes them, as a drawing and as a table."""
    found = procedure_for(request.user, procedure)
    context = {
        "section": section_of(found),
        "trail": trail_to(found, last=_("流程图")),
        "procedure": found,
        "tabs": tabs_of(found, "matters-diagram", request.user),
        "diagram": diagram_of(found),
    }
    return render(request, "matters/diagram.html", context)


@require_safe
@never_cache
@signed_in
def bpmn(request: HttpRequest, procedure: str) -> HttpResponseBase:
    """The file, to be kept."""
    found = procedure_for(request.user, procedure)
    response = HttpResponse(as_bpmn(found), content_type="application/xml")
    name = f"{found.code}-{found.edition}.bpmn"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
