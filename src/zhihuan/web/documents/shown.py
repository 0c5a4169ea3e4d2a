"""A kept document as a page shows it: cleaned HTML, and where the document stands."""

from __future__ import annotations

from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from zhihuan.bureau.documents.docx.page import html_of
from zhihuan.bureau.documents.faults import DocumentError
from zhihuan.bureau.documents.kept import read
from zhihuan.bureau.documents.models import MatterDocument
from zhihuan.bureau.documents.of_matter import receipts_of
from zhihuan.bureau.documents.sealing import opened_in
from zhihuan.bureau.registry.sealing import SealBrokenError
from zhihuan.web.components.status import Status, StatusKind

__all__ = ["as_html", "kept_as_html", "standing"]


def as_html(data: bytes) -> SafeString:
    """A .docx for a page."""
    return mark_safe(html_of(data))  # noqa: S308 - cleaned to text and plain shape by nh3


def kept_as_html(digest: str, facts: Any = None) -> tuple[SafeString | str, str]:
    """A kept .docx for a page, and what is wrong where it cannot be shown. facts: what it was made of; what is sealed in
    them is masked."""
    try:
        html = html_of(read(digest))
        for each in opened_in(facts):
            html = html.replace(escape(each.clear), escape(each.shown))
    except (DocumentError, SealBrokenError) as error:
        return "", str(error)
    return mark_safe(html), ""  # noqa: S308 - cleaned by nh3, masks are escaped


def standing(document: MatterDocument) -> Status:
    """Made, waiting to be served, served, or void."""
    if document.is_void:
        return Status(StatusKind.VOID, _("文号已作废"))
    if not document.is_served:
        return Status(StatusKind.DONE, _("已制作"))
    if any(each.effective_on for each in receipts_of(document)):
        return Status(StatusKind.DONE, _("已送达"))
    return Status(StatusKind.WAITING, _("待送达"))
