"""What documents show on a matter's page: the documents, and the self-check of the file."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.documents.of_matter import documents_of
from zhihuan.bureau.documents.seen import is_inside, seen_documents
from zhihuan.bureau.matters.models import Matter
from zhihuan.web.documents.shown import standing
from zhihuan.web.matters.parts import register_part

__all__ = ["register"]


def register() -> None:
    """Once, when the web app starts."""
    register_part(_("文书"), "documents/_of_matter.html", _documents)
    register_part(_("案卷自检"), "documents/_check.html", _check)


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
