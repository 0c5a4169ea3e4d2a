"""A lost or altered document is made anew byte for byte; what comes out otherwise is not kept."""

from __future__ import annotations

import pytest
from word_files import clean_word

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.documents.kept import path_of, read, the_store
from zhihuan.bureau.documents.mending import mend
from zhihuan.bureau.documents.models import MatterDocument
from zhihuan.bureau.documents.stored import missing_files, stored_faults


@pytest.fixture
def document(decided) -> MatterDocument:
    return decided.matter.documents.get(code="decision")


def test_a_lost_file_is_made_anew_although_the_template_changed(document, line):
    was = read(document.digest)
    path_of(document.digest).unlink()
    line.write("decision.docx", clean_word("另一模板"))
    assert missing_files() == [f"document {document.pk}: the file {document.digest} is missing"]
    assert mend() == [document]
    assert read(document.digest) == was
    assert stored_faults() == missing_files() == []
    assert AuditEntry.objects.get(action="document.mend").detail == {"documents": [document.pk]}


def test_an_altered_file_is_set_aside_and_made_anew(document):
    path = path_of(document.digest)
    path.chmod(0o600)
    path.write_bytes(b"other")
    assert mend() == [document]
    assert stored_faults() == []
    [aside] = the_store().aside()
    assert aside.startswith(document.digest)


def test_without_its_template_it_cannot_be_made_and_stays_named(document):
    path_of(document.digest).unlink()
    path_of(document.template_version).unlink()
    assert mend() == []
    assert any(f"document {document.pk}:" in fault for fault in stored_faults())


def test_facts_altered_underneath_do_not_pass_for_the_document(document, monkeypatch):
    path_of(document.digest).unlink()
    forged = document.facts["party"]["name"].encode().hex()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE documents_matterdocument SET facts = replace(facts, '某印染厂', %s)", [forged]
        )
    assert mend() == []
    assert not path_of(document.digest).exists()


def test_what_is_whole_is_left_alone(decided):
    assert mend() == []
    assert not AuditEntry.objects.filter(action="document.mend").exists()
