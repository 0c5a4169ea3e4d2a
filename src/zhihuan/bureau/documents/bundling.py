"""A whole file as one archive: both volumes with covers, catalogues, documents, receipts and evidence as it is kept.

    正卷/000-案卷封面.docx  正卷/000-卷内目录.docx  正卷/001-….docx  正卷/证据/…  副卷/…  办理经过.csv  送达回证.csv
    案卷自检.csv  SHA256SUMS  manifest.json  custody.json  access.json  verify.py

A kind of the vault's bundles: made beside the page, with progress, and checked by the same ``verify.py``; documents and evidence
also by ``sha256sum -c SHA256SUMS``. Files go through in portions. One that is missing or altered is an error: a bundle is
whole or it is none.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhihuan.bureau.documents.catalogue import EVIDENCE, RECEIPT, Piece, pieces_of
from zhihuan.bureau.documents.consistency.finding import Finding, Weight
from zhihuan.bureau.documents.consistency.gathering import findings_of
from zhihuan.bureau.documents.faults import DocumentError
from zhihuan.bureau.documents.kept import opened
from zhihuan.bureau.documents.of_matter import documents_of, receipts_of
from zhihuan.bureau.documents.serving.sheet import receipt_sheet
from zhihuan.bureau.documents.serving.way import ways
from zhihuan.bureau.documents.volumes import Volume, sheets_of, volumes_of
from zhihuan.bureau.matters.catalogue import edition_of
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.vault.actions import EXPORT
from zhihuan.bureau.vault.bundling import contents
from zhihuan.bureau.vault.bundling.kinds import BundleKind, Gathered
from zhihuan.bureau.vault.bundling.packing import AlteredEvidenceError, Pack, Tell
from zhihuan.bureau.vault.evidence.looking import rights_in
from zhihuan.bureau.vault.models import Bundle

__all__ = ["CASE_FILE", "write_file"]

_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def _gather(matter: Matter, reader: Any) -> Gathered:
    pieces = _packed(matter, reader)
    evidence = [each.source for each in pieces if each.kind == EVIDENCE and each.digest]
    sizes = [each.source.size_bytes for each in pieces if each.kind != EVIDENCE and each.digest]
    return Gathered(evidence, sum(sizes))


def _write(path: Path, bundle: Bundle, tell: Tell) -> str:
    try:
        return write_file(path, bundle.matter, bundle.asked_by, tell)
    except DocumentError as error:
        words = _("案卷未能打包：%(why)s") % {"why": error}
        raise AlteredEvidenceError(words) from error


CASE_FILE = BundleKind(
    "case_file", gettext_lazy("案卷"), "案卷", "document.bundle", _gather, _write
)


def write_file(path: Path, matter: Matter, reader: Any, tell: Tell) -> str:
    """The archive; returns the SHA-256 of its manifest. DocumentError, AlteredEvidenceError."""
    pieces = _packed(matter, reader)
    findings = findings_of(matter)
    with zipfile.ZipFile(path, "x", zipfile.ZIP_STORED) as archive:
        pack = Pack(archive, tell)
        names: dict[tuple[str, int], str] = {}
        for volume in volumes_of(pieces):
            names |= _volume(pack, matter, volume, len(findings))
        for name, content in _tables(matter, pieces, findings).items():
            pack.tell(name, content)
        pack.tell("README.txt", _readme(matter).encode())
        pack.tell("SHA256SUMS", _sums(pack))
        return pack.seal(matter, reader, {"file": _said(matter, pieces, names)})


def _packed(matter: Matter, reader: Any) -> list[Piece]:
    """The file's pieces; evidence that the reader may look at and not export is listed without its digest."""
    pieces = pieces_of(matter, reader)
    keys = {each.matter for each in pieces if each.kind == EVIDENCE}
    matters = Matter.objects.in_bulk(list(keys)).values()
    free = {each.pk for each in matters if EXPORT in rights_in(reader, each)}
    return [
        replace(each, digest="", note="；".join(filter(None, (each.note, _("原件未随包")))))
        if each.kind == EVIDENCE and each.matter not in free
        else each
        for each in pieces
    ]


def _volume(
    pack: Pack, matter: Matter, volume: Volume, findings: int
) -> dict[tuple[str, int], str]:
    """Everything of one volume, in its order; the name of each piece by volume and place."""
    sheets = sheets_of(matter, volume, findings)
    for name, content in sheets.items():
        pack.tell(f"{volume.title}/{name}", content)
    return {(volume.code, each.place): _put(pack, matter, volume, each) for each in volume.pieces}


def _put(pack: Pack, matter: Matter, volume: Volume, piece: Piece) -> str:
    if piece.kind == EVIDENCE and not piece.digest:
        return ""
    if piece.kind == EVIDENCE:
        # numbers of evidence begin with 1 in each matter of the file
        whose = "" if piece.matter == matter.pk else f"-{piece.matter}"
        name = contents.path_of(piece.source, f"{volume.title}/证据{whose}")
        pack.evidence(piece.source, name)
        return name
    name = f"{volume.title}/{piece.place:03d}-{_fit(piece.title)}.docx"
    if piece.kind == RECEIPT:
        pack.tell(name, receipt_sheet(piece.source))
        return name
    with opened(piece.digest, name) as source:
        pack.file(name, source, piece.digest)
    return name


def _sums(pack: Pack) -> bytes:
    lines = (f"{digest}  {name}\n" for name, digest in sorted(pack.digests.items()))
    return "".join(lines).encode()


def _said(
    matter: Matter, pieces: Iterable[Piece], names: dict[tuple[str, int], str]
) -> dict[str, Any]:
    """What the manifest says of the file beside its evidence."""
    return {
        "synthetic": matter.synthetic,
        "head": bytes(matter.head).hex(),
        "pieces": [
            {
                "volume": each.volume,
                "place": each.place,
                "kind": each.kind,
                "title": each.title,
                "number": each.number,
                "day": each.day.isoformat(),
                "pages": each.pages,
                "path": names[each.volume, each.place],
            }
            for each in pieces
        ],
    }


def _tables(
    matter: Matter, pieces: Sequence[Piece], findings: Sequence[Finding]
) -> dict[str, bytes]:
    keys = dict.fromkeys([matter.pk, *(each.matter for each in pieces)])
    known = Matter.objects.in_bulk(list(keys))
    family = [known[key] for key in keys]
    return {
        "办理经过.csv": _table(_acts(family)),
        "送达回证.csv": _table(_receipts(family)),
        "案卷自检.csv": _table(_findings(findings)),
    }


def _acts(family: Iterable[Matter]) -> list[list[Any]]:
    head = ["序号", "时间", "环节", "经办人", "执法人员", "链值", "事项"]
    return [head, *(row for each in family for row in _acts_of(each))]


def _acts_of(matter: Matter) -> list[list[Any]]:
    titles = {
        each.code: str(each.title) for each in edition_of(matter.procedure, matter.edition).steps
    }
    return [
        [
            each.number,
            timezone.localtime(each.at).isoformat(sep=" ", timespec="seconds"),
            titles.get(each.step, each.step),
            each.actor_name,
            "、".join(officer["name"] for officer in each.officers),
            bytes(each.digest).hex(),
            matter.title,
        ]
        for each in matter.events.order_by("number")
    ]


def _receipts(family: Iterable[Matter]) -> list[list[Any]]:
    head = ["文书", "送达方式", "送达日期", "生效日", "受送达人", "收件人", "送达人", "见证人", "凭证", "未送达原因"]  # fmt: skip
    rows = [
        [
            document.name,
            ways()[each.way].title,
            each.tried_on,
            each.effective_on or "",
            each.recipient,
            each.received_by,
            each.served_by,
            each.witness,
            each.proof,
            each.why_not,
        ]
        for matter in family
        for document in documents_of(matter)
        for each in receipts_of(document)
    ]
    return [head, *rows]


def _findings(findings: Iterable[Finding]) -> list[list[Any]]:
    words = {Weight.WRONG: _("须改正"), Weight.LOOK: _("请核对")}
    rows = [[words[each.weight], each.what, each.where, each.mend] for each in findings]
    return [["程度", "问题", "位置", "如何改正"], *rows]


def _table(rows: Iterable[Iterable[Any]]) -> bytes:
    """CSV that a spreadsheet opens as text: what begins like a formula is kept from being one."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([_harmless(str(cell)) for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


def _fit(title: str) -> str:
    """A file name for any system."""
    return _UNFIT.sub("_", title).strip(". ")[:80]


def _readme(matter: Matter) -> str:
    lines = (
        _("案卷：%(title)s") % {"title": matter.title},
        "",
        "正卷/  副卷/    " + _("封面、卷内目录、文书、送达回证、证据原件、备考表"),
        "办理经过.csv    " + _("各环节的时间、经办人与链值"),
        "案卷自检.csv    " + _("打包时自检发现的问题"),
        "manifest.json  " + _("清单：每个文件的长度与 SHA-256，证据的拍摄信息"),
        "SHA256SUMS     " + _("文书与证据的 SHA-256：sha256sum -c SHA256SUMS"),
        "verify.py      " + _("核验脚本：python3 verify.py，只需 Python 3.7 以上"),
        "",
        _("核验前请向制作单位另行取得清单的 SHA-256：python3 verify.py --manifest 摘要"),
        "",
    )
    return "\n".join(lines)
