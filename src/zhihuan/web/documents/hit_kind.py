"""What was found of documents by their numbers, in words."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhihuan.bureau.documents.models import DocumentNumber
from zhihuan.bureau.documents.seen import numbers_seen
from zhihuan.web.matters.state import procedure_title
from zhihuan.web.search.kind import HitKind, register_hit_kinds

__all__ = ["register"]


def register() -> None:
    """Once, when the web app starts."""
    register_hit_kinds(
        HitKind(
            code="documents",
            model=DocumentNumber,
            title=gettext_lazy("文书"),
            rows=_rows,
            head=lambda row: row.document.name,
            line=_line,
            url=lambda row: reverse("document", args=[row.document.pk]),
        )
    )


def _rows(user: Any) -> QuerySet[DocumentNumber]:
    return numbers_seen(user).select_related("document__matter", "document__number")


def _line(row: DocumentNumber) -> str:
    matter = row.document.matter
    parts = (procedure_title(matter), matter.title, _("文号已作废") if row.is_void else "")
    return " · ".join(str(part) for part in parts if part)
