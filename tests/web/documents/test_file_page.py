"""A matter's file: catalogue, self-check, one archive."""

from __future__ import annotations

import io
import zipfile
from http import HTTPStatus

from django.urls import reverse

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.documents.kept import path_of


def text_of(answer) -> str:
    return answer.content.decode()


def test_the_catalogue_and_the_findings_are_shown(head, decided, decision):
    page = text_of(head.get(reverse("matter-file", args=[decided.matter.pk])))
    assert page.index("行政处罚决定书") < page.index("结案说明")
    assert "没有有效的送达回证" in page
    assert "送达当事人并登记送达回证" in page


def test_the_self_check_alone_is_a_fragment(head, decided):
    page = text_of(head.get(reverse("matter-file-check", args=[decided.matter.pk])))
    assert "没有有效的送达回证" in page
    assert "<html" not in page


def test_the_file_is_one_archive_and_its_making_is_recorded(head, decided):
    answer = head.post(reverse("matter-file-bundle", args=[decided.matter.pk]))
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        assert "documents/001-行政处罚决定书.docx" in archive.namelist()
    assert AuditEntry.objects.filter(action="document.bundle").count() == 1


def test_a_lost_document_is_told_and_no_archive_is_given(head, decided, decision):
    path_of(decision.digest).unlink()
    page = text_of(head.get(reverse("matter-file", args=[decided.matter.pk])))
    assert "自检未完成" in page
    answer = head.post(reverse("matter-file-bundle", args=[decided.matter.pk]), follow=True)
    assert "案卷未能打包" in text_of(answer)


def test_an_archive_is_not_fetched_by_a_link(head, decided):
    answer = head.get(reverse("matter-file-bundle", args=[decided.matter.pk]))
    assert answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED
