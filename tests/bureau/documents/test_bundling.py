"""A file as one archive that anybody can check, whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import zipfile
from datetime import date

import pytest

from zhihuan.bureau.documents import catalogue
from zhihuan.bureau.documents.bundling import write_bundle
from zhihuan.bureau.documents.catalogue import pieces_of
from zhihuan.bureau.documents.docx.reading import lines_of
from zhihuan.bureau.documents.faults import DocumentError
from zhihuan.bureau.documents.kept import path_of
from zhihuan.bureau.documents.numbers.keeping import void
from zhihuan.bureau.documents.serving.recording import Attempt, record_service
from zhihuan.bureau.vault.models import Content, Evidence, StoredFile


@pytest.fixture
def photo(decided):
    content = Content.objects.create(
        sha256="ab" * 32, sm3="cd" * 32, size_bytes=3, kind="pdf", facts={"pages": 4}
    )
    file = StoredFile.objects.create(content=content, name="=现场.pdf")
    return Evidence.objects.create(
        matter=decided.matter,
        number=1,
        file=file,
        kind="scene",
        title="=现场/笔录",
        obtained="taken",
    )


def bundle(matter, reader) -> zipfile.ZipFile:
    buffer = io.BytesIO()
    write_bundle(matter, pieces_of(matter, reader), buffer, str(reader))
    return zipfile.ZipFile(buffer)


def table(archive, name):
    return list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"))))


def test_the_catalogue_numbers_documents_then_evidence(decided, photo, cast):
    void(decided.matter.documents.get(code="decision").number, cast.head, "重复")
    found = [
        (each.place, each.title, each.pages, each.note)
        for each in pieces_of(decided.matter, cast.head)
    ]
    assert found == [
        (1, "行政处罚决定书", None, "已作废：重复"),
        (2, "结案说明", None, ""),
        (3, "=现场/笔录", 4, ""),
    ]


def test_evidence_a_reader_may_not_see_is_not_listed(decided, photo, cast):
    kinds = {each.kind for each in pieces_of(decided.matter, cast.stranger)}
    assert kinds == {catalogue.DOCUMENT}


def test_a_bundle_checks_itself(decided, photo, cast, tmp_path):
    with bundle(decided.matter, cast.head) as archive:
        archive.extractall(tmp_path)
        assert set(archive.namelist()) == {
            "案卷目录.docx", "办理经过.csv", "送达回证.csv", "manifest.json", "SHA256SUMS",
            "documents/001-行政处罚决定书.docx", "documents/002-结案说明.docx",
        }  # fmt: skip
    subprocess.run(
        ["sha256sum", "--quiet", "--strict", "-c", "SHA256SUMS"], cwd=tmp_path, check=True
    )


def test_catalogue_acts_receipts_and_manifest_tell_the_file(decided, photo, cast):
    document = decided.matter.documents.get(code="decision")
    record_service(
        document, Attempt("direct", date(2026, 3, 6), "=cmd|x", "甲、乙", received_by="丙"), None
    )
    archive = bundle(decided.matter, cast.head)
    lines = lines_of(archive.read("案卷目录.docx"))
    assert lines[0] == "案卷目录"
    assert any("行政处罚决定书" in line and "〔2026〕1号" in line for line in lines)
    assert any("现场/笔录" in line for line in lines)
    assert [row[2] for row in table(archive, "办理经过.csv")[1:]] == [
        "_open",
        "立案",
        "提交审查",
        "作出决定",
    ]
    # no spreadsheet takes it for a formula
    assert table(archive, "送达回证.csv")[1][4] == "'=cmd|x"
    manifest = json.loads(archive.read("manifest.json"))
    assert manifest["head"] == bytes(decided.matter.head).hex()
    assert [(each["kind"], each["sha256"]) for each in manifest["pieces"]][2] == (
        "evidence",
        "ab" * 32,
    )


def test_a_document_changed_underneath_spoils_the_bundle(decided, cast):
    path = path_of(decided.matter.documents.first().digest)
    path.chmod(0o600)
    path.write_bytes(b"another")
    with pytest.raises(DocumentError, match=r"001.*not as it was written"):
        bundle(decided.matter, cast.head)


def test_a_lost_document_spoils_the_bundle(decided, cast):
    path_of(decided.matter.documents.first().digest).unlink()
    with pytest.raises(DocumentError, match=r"001.*missing"):
        bundle(decided.matter, cast.head)
