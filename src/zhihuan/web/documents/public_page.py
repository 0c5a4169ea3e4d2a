"""A published copy, for everybody; one that was withdrawn says that it was."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from zhihuan.bureau.documents.models import Publication
from zhihuan.web.documents.shown import kept_as_html
from zhihuan.web.permission import everybody

__all__ = ["public_document"]


@everybody("行政执法决定依法向社会公开")
@require_safe
def public_document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The copy; 410 once it was withdrawn."""
    rows = Publication.objects.select_related(
        "document__issuer", "document__number", "document__matter"
    )
    copy = get_object_or_404(rows, pk=pk)
    is_gone = copy.withdrawn_at is not None
    html, trouble = ("", "") if is_gone else kept_as_html(copy.digest)
    context = {"copy": copy, "html": html, "is_gone": is_gone, "trouble": trouble}
    status = HTTPStatus.GONE if is_gone else HTTPStatus.OK
    return render(request, "documents/public.html", context, status=status)
