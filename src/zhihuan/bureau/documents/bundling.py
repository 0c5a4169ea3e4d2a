"""A file as one archive: its documents, its catalogue with the evidence listed, what was done, how it was served.

    案卷目录.docx  办理经过.csv  送达回证.csv  documents/001-….docx  manifest.json  SHA256SUMS

Whoever receives it checks it with ``sha256sum -c SHA256SUMS`` and nothing of ours. A document that is missing
or not as it was written is an error: a bundle is whole or it is none.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.utils import timezone

from zhihuan.bureau.documents.catalogue import Piece
from zhihuan.bureau.documents.faults import DocumentError
from zhihuan.bureau.documents.filling import filled
from zhihuan.bureau.documents.of_matter import documents_of, receipts_of
from zhihuan.bureau.documents.serving.way import ways
from zhihuan.bureau.documents.template import Template, packaged_template
from zhihuan.bureau.matters.catalogue import edition_of
from zhihuan.bureau.matters.models import Matter

__all__ = ["write_bundle"]

_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


@dataclass
class _Archive:
    """An archive that remembers the digest of everything it was given."""

    zip: zipfile.ZipFile
    digests: dict[str, str]

    def text(self, name: str, data: bytes) -> None:
        self.digests[name] = hashlib.sha256(data).hexdigest()
        self.zip.writestr(zipfile.ZipInfo(name, _now()), data, zipfile.ZIP_DEFLATED)

    def file(self, name: str, path: Path, expected: str) -> None:
        """Copy the document in. DocumentError when it is missing or not what it should be."""
        try:
            data = path.read_bytes()
        except FileNotFoundError as error:
            raise DocumentError(f"{name} is missing from the documents' folder") from error
        if hashlib.sha256(data).hexdigest() != expected:
            raise DocumentError(f"{name} is not as it was written")
        self.text(name, data)


def write_bundle(matter: Matter, pieces: Sequence[Piece], to: IO[bytes], asked_by: str) -> None:
    """Write the archive. DocumentError for a document that is missing or altered."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_STORED) as opened:
        archive = _Archive(opened, {})
        names: dict[int, str] = {}
        for piece in pieces:
            if piece.file is not None:
                names[piece.place] = f"documents/{piece.place:03d}-{_fit(piece.title)}.docx"
                archive.file(names[piece.place], piece.file, piece.digest)
        archive.text("案卷目录.docx", _catalogue(matter, pieces))
        archive.text("办理经过.csv", _table(_acts(matter)))
        archive.text("送达回证.csv", _table(_receipts(matter)))
        archive.text("manifest.json", _manifest(matter, pieces, names, asked_by))
        sums = "".join(f"{digest}  {name}\n" for name, digest in sorted(archive.digests.items()))
        archive.text("SHA256SUMS", sums.encode())


def _catalogue(matter: Matter, pieces: Iterable[Piece]) -> bytes:
    template: Template = packaged_template("catalogue.docx")
    rows = [
        {
            "place": str(each.place),
            "title": each.title,
            "number": each.number,
            "day": each.day.isoformat(),
            "pages": "" if each.pages is None else str(each.pages),
            "note": each.note,
        }
        for each in pieces
    ]
    party = matter.party.name if matter.party else ""
    day = timezone.localdate().isoformat()
    return filled(template, {"title": matter.title, "party": party, "day": day, "pieces": rows})


def _acts(matter: Matter) -> list[list[Any]]:
    titles = {
        each.code: str(each.title) for each in edition_of(matter.procedure, matter.edition).steps
    }
    rows = [
        [
            each.number,
            timezone.localtime(each.at).isoformat(sep=" ", timespec="seconds"),
            titles.get(each.step, each.step),
            each.actor_name,
            "、".join(officer["name"] for officer in each.officers),
            bytes(each.digest).hex(),
        ]
        for each in matter.events.order_by("number")
    ]
    return [["序号", "时间", "环节", "经办人", "执法人员", "链值"], *rows]


def _receipts(matter: Matter) -> list[list[Any]]:
    head = [
        "文书",
        "送达方式",
        "送达日期",
        "生效日",
        "受送达人",
        "收件人",
        "送达人",
        "见证人",
        "凭证",
        "未送达原因",
    ]
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
        for document in documents_of(matter)
        for each in receipts_of(document)
    ]
    return [head, *rows]


def _manifest(
    matter: Matter, pieces: Iterable[Piece], names: dict[int, str], asked_by: str
) -> bytes:
    told = {
        "matter": matter.pk,
        "title": matter.title,
        "procedure": matter.procedure,
        "edition": matter.edition,
        "synthetic": matter.synthetic,
        "last_event": matter.version,
        "head": bytes(matter.head).hex(),
        "made_at": timezone.localtime().isoformat(timespec="seconds"),
        "made_for": asked_by,
        "pieces": [
            {
                "place": each.place,
                "kind": each.kind,
                "title": each.title,
                "number": each.number,
                "day": each.day.isoformat(),
                "file": names.get(each.place, ""),
                "sha256": each.digest,
            }
            for each in pieces
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


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


def _now() -> tuple[int, int, int, int, int, int]:
    moment = timezone.localtime()
    return (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
