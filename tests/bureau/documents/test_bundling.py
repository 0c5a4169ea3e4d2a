"""A file as one archive that anybody can check, whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

from zhihuan.bureau.documents import catalogue
from zhihuan.bureau.documents.bundling import CASE_FILE, write_file
from zhihuan.bureau.documents.catalogue import pieces_of
from zhihuan.bureau.documents.docx.reading import lines_of, text_of_document
from zhihuan.bureau.documents.faults import DocumentError
from zhihuan.bureau.documents.kept import path_of
from zhihuan.bureau.documents.numbers.keeping import void
from zhihuan.bureau.documents.serving.recording import Attempt, record_service
from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.vault.bundling import running
from zhihuan.bureau.vault.bundling.packing import AlteredEvidenceError
from zhihuan.bureau.vault.evidence.adding import add_evidence
from zhihuan.bureau.vault.keeping import keep_made
from zhihuan.bureau.vault.models import Bundle

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Page >>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def photo(decided, cast):
    stored = keep_made(PDF, "=现场.pdf")
    said = {"kind": "scene", "title": "=现场/笔录", "obtained": "taken"}
    return add_evidence(decided.matter, stored, Acting(cast.officer), **said)


@pytest.fixture
def bundle(tmp_path):
    def make(matter, reader) -> zipfile.ZipFile:
        path = tmp_path / f"file{len(list(tmp_path.glob('file*')))}.zip"
        write_file(path, matter, reader, lambda _done: None)
        return zipfile.ZipFile(path)

    return make


def table(archive, name):
    return list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"))))


def outside(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """As a stranger would: none of our packages in reach."""
    command = [sys.executable, "-I", "-S", "verify.py", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_catalogue_numbers_documents_then_evidence(decided, photo, cast):
    void(decided.matter.documents.get(code="decision").number, cast.head, "重复")
    found = [
        (each.place, each.title, each.pages, each.note)
        for each in pieces_of(decided.matter, cast.head)
    ]
    assert found == [
        (1, "行政处罚决定书", 1, "已作废：重复"),
        (2, "结案说明", 1, ""),
        (3, "=现场/笔录", 1, ""),
    ]


def test_the_bureaus_own_papers_lie_in_a_volume_of_their_own(decided, line, photo, cast):
    from dataclasses import replace

    from zhihuan.bureau.matters import catalogue as procedures

    inner = [
        replace(s, documents=tuple(replace(d, inner=d.code == "note") for d in s.documents))
        for s in line.procedure.steps
    ]
    procedures.forget(line.procedure.code)
    procedures.register(replace(line.procedure, steps=tuple(inner)))
    found = [(each.volume, each.place, each.title) for each in pieces_of(decided.matter, cast.head)]
    assert found == [
        ("main", 1, "行政处罚决定书"),
        ("main", 2, "=现场/笔录"),
        ("inner", 1, "结案说明"),
    ]


def test_evidence_a_reader_may_not_see_is_not_listed(decided, photo, cast):
    kinds = {each.kind for each in pieces_of(decided.matter, cast.stranger)}
    assert kinds == {catalogue.DOCUMENT}


def test_a_bundle_holds_the_whole_file_and_checks_itself(decided, photo, cast, tmp_path, bundle):
    folder = tmp_path / "elsewhere"
    with bundle(decided.matter, cast.head) as archive:
        archive.extractall(folder)
        assert set(archive.namelist()) == {
            "正卷/000-案卷封面.docx", "正卷/000-卷内目录.docx", "正卷/001-行政处罚决定书.docx", "正卷/002-结案说明.docx",
            "正卷/证据/0001.pdf", "正卷/999-卷内备考表.docx", "办理经过.csv", "送达回证.csv", "案卷自检.csv", "README.txt",
            "SHA256SUMS", "custody.json", "access.json", "verify.py", "manifest.json",
        }  # fmt: skip
    subprocess.run(["sha256sum", "--quiet", "--strict", "-c", "SHA256SUMS"], cwd=folder, check=True)
    assert "全部相符" in outside(folder).stdout
    assert (folder / "正卷/证据/0001.pdf").read_bytes() == PDF


def test_a_paper_altered_in_the_bundle_is_named_by_the_verifier(
    decided, photo, cast, tmp_path, bundle
):
    folder = tmp_path / "elsewhere"
    with bundle(decided.matter, cast.head) as archive:
        archive.extractall(folder)
    (folder / "正卷/001-行政处罚决定书.docx").write_bytes(b"another")
    done = outside(folder)
    assert done.returncode == 1
    assert "正卷/001-行政处罚决定书.docx" in done.stdout


def test_cover_catalogue_acts_receipts_and_manifest_tell_the_file(decided, photo, cast, bundle):
    document = decided.matter.documents.get(code="decision")
    record_service(
        document, Attempt("direct", date(2026, 3, 6), "=cmd|x", "甲、乙", received_by="丙"), None
    )
    archive = bundle(decided.matter, cast.head)
    lines = lines_of(archive.read("正卷/000-卷内目录.docx"))
    assert "卷内目录" in lines
    assert any("行政处罚决定书" in line and "〔2026〕1号" in line for line in lines)
    assert any("现场/笔录" in line for line in lines)
    cover = text_of_document(archive.read("正卷/000-案卷封面.docx"))
    assert "案卷（正卷）" in cover
    assert "件数：4" in cover
    assert "页数：4" in cover
    receipt = text_of_document(archive.read("正卷/002-送达回证（行政处罚决定书）.docx"))
    assert "直接送达" in receipt
    assert "丙" in receipt
    assert [row[2] for row in table(archive, "办理经过.csv")[1:]] == [
        "_open",
        "立案",
        "提交审查",
        "作出决定",
    ]
    # no spreadsheet takes it for a formula
    assert table(archive, "送达回证.csv")[1][4] == "'=cmd|x"
    manifest = json.loads(archive.read("manifest.json"))
    assert manifest["file"]["head"] == bytes(decided.matter.head).hex()
    assert [each["kind"] for each in manifest["file"]["pieces"]] == [
        "document",
        "receipt",
        "document",
        "evidence",
    ]


def test_the_self_check_travels_with_the_file(decided, cast, bundle):
    rows = table(bundle(decided.matter, cast.head), "案卷自检.csv")
    assert rows[0][1] == "问题"
    assert any("送达回证" in row[1] for row in rows[1:])


def test_who_may_not_export_evidence_gets_a_file_without_it(decided, photo, cast, bundle):
    from zhihuan.bureau.vault.actions import EXPORT
    from zhihuan.bureau.vault.evidence.looking import rights_in

    reader = cast.stranger
    assert EXPORT not in rights_in(reader, decided.matter)
    archive = bundle(decided.matter, reader)
    assert not [name for name in archive.namelist() if "证据/" in name]


def test_a_document_changed_underneath_spoils_the_bundle(decided, cast, bundle):
    path = path_of(decided.matter.documents.first().digest)
    path.chmod(0o600)
    path.write_bytes(b"another")
    with pytest.raises((DocumentError, AlteredEvidenceError), match="not as it was written"):
        bundle(decided.matter, cast.head)


def test_a_lost_document_is_told_in_words_and_no_archive_is_left(decided, cast):
    asked = running._asked(decided.matter, cast.head, "", CASE_FILE.code)
    path_of(decided.matter.documents.first().digest).unlink()
    running.make_here(asked)
    asked.refresh_from_db()
    assert asked.state == Bundle.State.FAILED
    assert "案卷未能打包" in asked.trouble
    assert not running.file_of(asked).exists()


def test_progress_is_told_in_bytes_up_to_the_total(decided, photo, cast, tmp_path):
    asked = running._asked(decided.matter, cast.head, "", CASE_FILE.code)
    told: list[int] = []
    write_file(tmp_path / "a.zip", decided.matter, cast.head, told.append)
    sizes = [each.size_bytes for each in decided.matter.documents.all()]
    assert asked.total == sum(sizes) + len(PDF)
    assert told[-1] == asked.total
    assert told == sorted(told)
