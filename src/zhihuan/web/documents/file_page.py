"""A matter's file: its catalogue, its self-check, and all of it as one archive."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.documents.bundling import write_bundle
from zhihuan.bureau.documents.catalogue import DOCUMENT, Piece, pieces_of
from zhihuan.bureau.documents.consistency.finding import Finding, Weight
from zhihuan.bureau.documents.consistency.gathering import findings_of
from zhihuan.bureau.documents.faults import DocumentError
from zhihuan.bureau.documents.seen import is_inside
from zhihuan.bureau.matters.catalogue import edition_of
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.web.components.status import Status, StatusKind
from zhihuan.web.components.table import Blank, Heading, Row, Table, cell
from zhihuan.web.components.value import Kind
from zhihuan.web.matters.place import section_of, trail_to
from zhihuan.web.matters.visible import matter_for
from zhihuan.web.permission import signed_in

__all__ = ["bundle", "check", "matter_file"]


@require_safe
@never_cache
@signed_in
def matter_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What lies in the file, and what does not agree in it."""
    matter = _matter(request, pk)
    procedure = edition_of(matter.procedure, matter.edition)
    title = _("案卷")
    context = {
        "section": section_of(procedure),
        "trail": trail_to(procedure, matter, last=title),
        "matter": matter,
        "title": title,
        "catalogue": _table(pieces_of(matter, request.user)),
    }
    return render(request, "documents/file.html", context | _findings(matter))


@require_safe
@never_cache
@signed_in
def check(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The self-check alone, for the matter's page."""
    matter = _matter(request, pk)
    return render(request, "documents/_findings.html", {"matter": matter} | _findings(matter))


@require_POST
@never_cache
@signed_in
def bundle(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The whole file as one archive."""
    matter = _matter(request, pk)
    archive = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        write_bundle(matter, pieces_of(matter, request.user), archive, str(request.user))
    except DocumentError as error:
        archive.close()
        messages.error(request, _("案卷未能打包：%(why)s") % {"why": error})
        return redirect("matter-file", pk=matter.pk)
    record(
        "document.bundle",
        f"matter:{matter.pk}",
        actor=request.user,
        address=address_of(request),
        size_bytes=archive.tell(),
    )
    archive.seek(0)
    name = f"案卷-{matter.pk}-{timezone.localdate()}.zip"
    return FileResponse(archive, as_attachment=True, filename=name)


def _findings(matter: Matter) -> dict[str, Any]:
    """What the self-check found; ``trouble`` when a document could not be read."""
    try:
        found = findings_of(matter)
    except DocumentError as error:
        return {"findings": [], "trouble": str(error)}
    return {"findings": [(_status(each), each) for each in found], "trouble": ""}


def _status(finding: Finding) -> Status:
    if finding.weight is Weight.WRONG:
        return Status(StatusKind.DANGER, _("须改正"))
    return Status(StatusKind.WARNING, _("请核对"))


def _matter(request: HttpRequest, pk: int) -> Matter:
    """A matter within reach, for people of the bureau: a file is not its party's to look through."""
    matter = matter_for(request.user, pk)
    if not is_inside(request.user):
        raise PermissionDenied
    return matter


def _table(pieces: Iterable[Piece]) -> Table:
    headings = [
        Heading(_("件号"), Kind.NUMBER),
        Heading(_("名称")),
        Heading(_("编号")),
        Heading(_("日期"), Kind.DAY),
        Heading(_("页数"), Kind.NUMBER),
        Heading(_("备注")),
    ]
    blank = Blank(_("案卷还没有材料"), _("办理环节制作的文书和入卷的证据会列在这里。"))
    return Table(_("案卷目录"), headings, [_row(each) for each in pieces], blank)


def _row(piece: Piece) -> Row:
    address = reverse("document", args=[piece.key]) if piece.kind == DOCUMENT else ""
    cells = [
        cell(piece.place, Kind.NUMBER, is_header=True),
        cell(piece.title, url=address),
        cell(piece.number),
        cell(piece.day, Kind.DAY),
        cell(piece.pages, Kind.NUMBER),
        cell(piece.note),
    ]
    return Row(cells)
