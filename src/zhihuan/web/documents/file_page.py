"""A matter's file: its catalogue in two volumes, its self-check, and what a person must look at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.documents.bundling import CASE_FILE
from zhihuan.bureau.documents.catalogue import DOCUMENT, EVIDENCE, MAIN, Piece, pieces_of
from zhihuan.bureau.documents.consistency.finding import Finding, Weight
from zhihuan.bureau.documents.consistency.gathering import findings_of
from zhihuan.bureau.documents.consistency.of_a_line import eye_points
from zhihuan.bureau.documents.faults import DocumentError
from zhihuan.bureau.documents.seen import is_inside
from zhihuan.bureau.documents.volumes import Volume, volumes_of
from zhihuan.bureau.matters.catalogue import edition_of
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.vault.models import Bundle
from zhihuan.web.components.status import Status, StatusKind
from zhihuan.web.components.table import Blank, Heading, Row, Table, cell
from zhihuan.web.components.value import Kind
from zhihuan.web.matters.place import section_of, trail_to
from zhihuan.web.matters.visible import matter_for
from zhihuan.web.permission import signed_in

__all__ = ["check", "matter_file", "matter_of_file"]


@require_safe
@never_cache
@signed_in
def matter_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What lies in the file, and what does not agree in it."""
    matter = matter_of_file(request, pk)
    procedure = edition_of(matter.procedure, matter.edition)
    title = _("案卷")
    mine = Bundle.objects.filter(matter=matter, kind=CASE_FILE.code, asked_by=request.user)
    context = {
        "section": section_of(procedure),
        "trail": trail_to(procedure, matter, last=title),
        "matter": matter,
        "title": title,
        "catalogues": _catalogues(pieces_of(matter, request.user)),
        "eye_points": eye_points(matter.procedure),
        "bundles": mine[:5],
    }
    return render(request, "documents/file.html", context | _findings(matter))


@require_safe
@never_cache
@signed_in
def check(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The self-check alone, for the matter's page."""
    matter = matter_of_file(request, pk)
    return render(request, "documents/_findings.html", {"matter": matter} | _findings(matter))


def matter_of_file(request: HttpRequest, pk: int) -> Matter:
    """A matter within reach, for people of the bureau: a file is not its party's to look through."""
    matter = matter_for(request.user, pk)
    if not is_inside(request.user):
        raise PermissionDenied
    return matter


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


def _catalogues(pieces: Any) -> list[Table]:
    """One a volume; an empty one where nothing lies in the file."""
    volumes = volumes_of(pieces)
    return [_table(each) for each in volumes] or [_table(Volume(MAIN, ()))]


def _table(volume: Volume) -> Table:
    headings = [
        Heading(_("件号"), Kind.NUMBER),
        Heading(_("名称")),
        Heading(_("编号")),
        Heading(_("责任者")),
        Heading(_("日期"), Kind.DAY),
        Heading(_("页数"), Kind.NUMBER),
        Heading(_("备注")),
    ]
    blank = Blank(_("案卷还没有材料"), _("办理环节制作的文书和入卷的证据会列在这里。"))
    told = {"volume": volume.title, "count": len(volume.pieces), "pages": volume.pages}
    title = _("%(volume)s目录（%(count)d 件，约 %(pages)d 页）") % told
    return Table(title, headings, _rows(volume.pieces), blank)


def _rows(pieces: Iterable[Piece]) -> list[Row]:
    return [_row(each) for each in pieces]


def _row(piece: Piece) -> Row:
    cells = [
        cell(piece.place, Kind.NUMBER, is_header=True),
        cell(piece.title, url=_address(piece)),
        cell(piece.number),
        cell(piece.author),
        cell(piece.day, Kind.DAY),
        cell(piece.pages, Kind.NUMBER),
        cell(piece.note),
    ]
    return Row(cells)


def _address(piece: Piece) -> str:
    names = {DOCUMENT: "document", EVIDENCE: "evidence"}
    name = names.get(piece.kind, "document-receipt-sheet")
    return reverse(name, args=[piece.key])
