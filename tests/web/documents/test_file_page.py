"""A matter's file: catalogue in two volumes, self-check, one archive made beside the page."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.urls import reverse

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.documents.bundling import CASE_FILE
from zhihuan.bureau.documents.consistency.of_a_line import EyePoint, register_eye_points
from zhihuan.bureau.documents.kept import path_of
from zhihuan.bureau.vault.bundling import running
from zhihuan.bureau.vault.models import Bundle


def text_of(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def made(decided, cast):
    bundle = running._asked(decided.matter, cast.head, "", CASE_FILE.code)
    running.make_here(bundle)
    bundle.refresh_from_db()
    return bundle


def test_the_catalogue_and_the_findings_are_shown(head, decided, decision):
    page = text_of(head.get(reverse("matter-file", args=[decided.matter.pk])))
    assert page.index("行政处罚决定书") < page.index("结案说明")
    assert "正卷目录（2 件，约 2 页）" in page
    assert "没有有效的送达回证" in page
    assert "送达当事人并登记送达回证" in page


def test_what_only_a_person_sees_is_told_beside(head, decided, line):
    register_eye_points(line.procedure.code, [EyePoint("证据", "签名是否本人所签", "案卷评查")])
    page = text_of(head.get(reverse("matter-file", args=[decided.matter.pk])))
    register_eye_points(line.procedure.code, [])
    assert "须由人核对" in page
    assert "签名是否本人所签" in page
    assert "来源：案卷评查" in page


def test_the_self_check_alone_is_a_fragment(head, decided):
    page = text_of(head.get(reverse("matter-file-check", args=[decided.matter.pk])))
    assert "没有有效的送达回证" in page
    assert "<html" not in page


def test_asking_for_the_archive_leads_to_its_page_and_is_recorded(head, decided, monkeypatch):
    monkeypatch.setattr(running, "_beside", running.make_here)  # in the test's own transaction
    monkeypatch.setattr(running.threading, "Thread", _AtOnce)
    answer = head.post(reverse("matter-file-bundle", args=[decided.matter.pk]))
    bundle = Bundle.objects.get()
    assert answer["Location"] == reverse("file-bundle", args=[bundle.pk])
    entry = AuditEntry.objects.get(action="document.bundle")
    assert entry.detail["manifest_sha256"] == bundle.manifest_sha256
    page = text_of(head.get(answer["Location"]))
    assert bundle.manifest_sha256 in page
    assert reverse("file-bundle-file", args=[bundle.pk]) in page


class _AtOnce:
    """A thread that is over when it has started."""

    def __init__(self, target, args, **_more):
        self._run = lambda: target(*args)

    def start(self):
        self._run()


def test_progress_is_shown_and_asks_again_with_script_and_without(head, made):
    made.state, made.done, made.total = "making", 3 * 2**20, 9 * 2**20
    made.save()
    address = reverse("file-bundle", args=[made.pk])
    page = text_of(head.get(address))
    assert "3 / 9" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    part = text_of(head.get(address, headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert f'hx-get="{address}"' in part


def test_the_archive_is_taken_away_whole_or_from_where_it_was_cut_off(head, made):
    address = reverse("file-bundle-file", args=[made.pk])
    whole = head.get(address).content
    assert whole[:2] == b"PK"
    answer = head.get(address, headers={"Range": "bytes=100-"})
    assert answer.status_code == HTTPStatus.PARTIAL_CONTENT
    assert answer["Content-Range"] == f"bytes 100-{len(whole) - 1}/{len(whole)}"
    parts = AuditEntry.objects.filter(action="evidence.download_bundle").order_by("pk")
    assert [each.detail["part"] for each in parts] == ["", answer["Content-Range"]]


def test_nobody_else_takes_it_away(browse, cast, made):
    other = browse(cast.officer)
    for name in ("file-bundle", "file-bundle-file"):
        assert other.get(reverse(name, args=[made.pk])).status_code == HTTPStatus.NOT_FOUND


def test_a_lost_document_is_told_and_no_archive_is_given(head, decided, decision, cast):
    path_of(decision.digest).unlink()
    page = text_of(head.get(reverse("matter-file", args=[decided.matter.pk])))
    assert "自检未完成" in page
    bundle = running._asked(decided.matter, cast.head, "", CASE_FILE.code)
    running.make_here(bundle)
    page = text_of(head.get(reverse("file-bundle", args=[bundle.pk])))
    assert "案卷未能打包" in page
    answer = head.get(reverse("file-bundle-file", args=[bundle.pk]))
    assert answer.status_code == HTTPStatus.NOT_FOUND


def test_an_archive_is_not_asked_for_by_a_link(head, decided):
    answer = head.get(reverse("matter-file-bundle", args=[decided.matter.pk]))
    assert answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_the_receipt_of_service_is_a_sheet_for_people_of_the_bureau(head, browse, cast, decision):
    address = reverse("document-receipt-sheet", args=[decision.pk])
    answer = head.get(address)
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    assert "attachment" in answer["Content-Disposition"]
    assert browse(cast.owner).get(address).status_code == HTTPStatus.NOT_FOUND
    note = decision.matter.documents.get(code="note")
    assert head.get(reverse("document-receipt-sheet", args=[note.pk])).status_code == HTTPStatus.NOT_FOUND  # fmt: skip
