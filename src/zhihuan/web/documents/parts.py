"""What documents show on pages of matters: a matter's documents, the self-check of its file, and what a step
would make before it is taken."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.documents.faults import DocumentError
from zhihuan.bureau.documents.making import preview
from zhihuan.bureau.documents.of_matter import documents_of
from zhihuan.bureau.documents.seen import is_inside, seen_documents
from zhihuan.bureau.matters.declaration import Document
from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.matters.engine.refusals import StepRefusedError
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.web.documents.shown import as_html, standing
from zhihuan.web.matters.parts import register_check_part, register_part
from zhihuan.web.matters.sheet import Sheet

__all__ = ["register"]


def register() -> None:
    """Once, when the web app starts."""
    register_part(_("文书"), "documents/_of_matter.html", _documents)
    register_part(_("案卷自检"), "documents/_check.html", _check)
    register_check_part("documents/_previews.html", _previews)


def _documents(request: HttpRequest, matter: Matter) -> dict[str, Any] | None:
    rows = documents_of(matter)
    inside = is_inside(request.user)
    if not inside:
        rows = rows.filter(pk__in=seen_documents(request.user).values("pk"))
    found = [(each, standing(each)) for each in rows]
    return {"matter": matter, "documents": found, "is_inside": inside} if found else None


def _check(request: HttpRequest, matter: Matter) -> dict[str, Any] | None:
    """The page asks for it once it is there: the documents are read from the store for it."""
    wanted = is_inside(request.user) and matter.documents.exists()
    return {"matter": matter} if wanted else None


def _previews(request: HttpRequest, matter: Matter, sheet: Sheet) -> dict[str, Any] | None:
    """Each document of the step as it would be made now; no number is used, nothing is written."""
    officers = sheet.officers.officers() if sheet.officers else ()
    acting = Acting(request.user, address_of(request), officers)
    shown = [_preview(matter, sheet, each, acting) for each in sheet.step.documents]
    return {"previews": shown} if shown else None


def _preview(
    matter: Matter, sheet: Sheet, document: Document, acting: Acting
) -> tuple[Any, Any, str]:
    """Its title, its HTML, and why it cannot be made."""
    try:
        data = preview(matter, sheet.step, document, acting, sheet.kept())
    except (DocumentError, StepRefusedError) as error:
        return document.title, "", str(error)
    return document.title, as_html(data), ""
