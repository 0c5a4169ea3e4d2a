"""``zhihuan documents``: proves templates, numbers and files; cleans a template; lays down marks."""

from __future__ import annotations

import io
import os
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from docx import Document

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.documents.docx.package import parts_of
from zhihuan.bureau.documents.docx.suspicious import unseen
from zhihuan.bureau.documents.issuing import mark_of
from zhihuan.bureau.documents.models import NumberCounter
from zhihuan.bureau.people.models import Organisation
from zhihuan.cli.documents import command


def run(*words: str) -> Result:
    return CliRunner().invoke(command, list(words))


@pytest.mark.django_db
def test_what_is_whole_is_said_and_a_missing_number_is_named(settings: Any, tmp_path: Path) -> None:
    settings.ZHIHUAN_HOME = tmp_path
    good = run("check")
    assert (good.exit_code, "can be made" in good.output) == (0, True)
    bureau = Organisation.objects.create(name="市局", kind="bureau")
    NumberCounter.objects.create(rule="penalty_decision", organisation=bureau, year=2026, last=1)
    bad = run("check")
    assert bad.exit_code == 1
    assert "penalty_decision 市局 2026: 1 is missing" in bad.output


def test_a_cleaned_template_has_nothing_unseen(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("当事人：{{ party.name }}")
    buffer = io.BytesIO()
    document.save(buffer)
    source, target = tmp_path / "in.docx", tmp_path / "out.docx"
    source.write_bytes(buffer.getvalue())
    assert unseen(parts_of(source.read_bytes()))
    assert run("clean", str(source), str(target)).exit_code == 0
    assert unseen(parts_of(target.read_bytes())) == []


def test_what_is_no_document_is_told(tmp_path: Path) -> None:
    source = tmp_path / "in.docx"
    source.write_bytes(b"x")
    told = run("clean", str(source), str(tmp_path / "out.docx"))
    assert told.exit_code == 1
    assert "no .docx" in told.output
    assert not (tmp_path / "out.docx").exists()


@pytest.mark.django_db
def test_a_mark_is_laid_down_and_recorded() -> None:
    branch = Organisation.objects.create(name="三角分局", kind="branch")
    assert run("mark", "三角分局", "角").exit_code == 0
    assert mark_of(branch) == "角"
    assert AuditEntry.objects.filter(action="document.mark").count() == 1
    for wrong in ("Ａ1", "一二三四五六七"):
        told = run("mark", "三角分局", wrong)
        assert told.exit_code == 1
        assert "Error" in told.output


@pytest.mark.django_db
def test_a_file_that_no_row_names_is_named_and_goes_when_asked(
    settings: Any, tmp_path: Path
) -> None:
    from zhihuan.bureau.documents.kept import keep, path_of

    settings.ZHIHUAN_HOME = tmp_path
    orphan = keep(b"killed before its row")
    told = run("check")
    assert told.exit_code == 0
    assert f"no row names {orphan} (21 bytes" in told.output
    assert "deleted 0 files" in run("sweep").output
    os.utime(path_of(orphan), (time.time() - 2 * 86_400,) * 2)
    assert "deleted 1 files" in run("sweep").output
    assert not path_of(orphan).exists()
    assert AuditEntry.objects.get(action="document.sweep").detail == {"files": 1, "half": 0}
