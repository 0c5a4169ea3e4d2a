"""A document is read and downloaded by those who may see it, and nothing in it acts."""

from __future__ import annotations

from http import HTTPStatus

from django.urls import reverse
from django.utils import timezone
from word_files import clean_word

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.documents.kept import path_of, read
from zhihuan.bureau.documents.models import DocumentNumber, ServiceReceipt


def text_of(answer) -> str:
    return answer.content.decode()


def serve(document, way="direct", **more):
    """A receipt that took effect today."""
    day = timezone.localdate()
    told = {"tried_on": day, "effective_on": day, "recipient": "某厂", "served_by": "甲", **more}
    return ServiceReceipt.objects.create(document=document, way=way, **told)


def test_the_document_is_shown_with_number_and_version(head, decision):
    page = text_of(head.get(reverse("document", args=[decision.pk])))
    assert "罚款人民币叁万元整（￥30,000元）。" in page
    assert decision.number.text in page
    assert decision.template_version[:12] in page
    assert "待送达" in page


def test_the_file_is_downloaded_as_it_was_made_and_the_look_is_recorded(head, decision):
    answer = head.get(reverse("document-download", args=[decision.pk]))
    assert b"".join(answer.streaming_content) == read(decision.digest)
    assert "attachment" in answer["Content-Disposition"]
    [entry] = AuditEntry.objects.filter(action="document.download")
    assert entry.detail["digest"] == decision.digest


def test_a_stranger_of_another_branch_finds_nothing(browse, cast, decision, decided):
    other = browse(cast.stranger)
    for name in ("document", "document-download", "receipt-new", "publication", "document-void"):
        assert other.get(reverse(name, args=[decision.pk])).status_code == HTTPStatus.NOT_FOUND
    for name in ("matter-file", "matter-file-check"):
        answer = other.get(reverse(name, args=[decided.matter.pk]))
        assert answer.status_code == HTTPStatus.NOT_FOUND


def test_the_party_sees_what_is_served_on_it_and_no_internal_paper(browse, cast, decision, decided):
    owner = browse(cast.owner)
    unserved = owner.get(reverse("document", args=[decision.pk]))
    assert unserved.status_code == HTTPStatus.NOT_FOUND, "a decision that lies on a desk"
    serve(decision)
    page = text_of(owner.get(reverse("document", args=[decision.pk])))
    assert "叁万元整" in page
    assert decision.template_version[:12] not in page
    note = decided.matter.documents.get(code="note")
    assert owner.get(reverse("document", args=[note.pk])).status_code == HTTPStatus.NOT_FOUND
    assert (
        owner.get(reverse("document-download", args=[note.pk])).status_code == HTTPStatus.NOT_FOUND
    )
    matter = text_of(owner.get(reverse("matter", args=[decided.matter.pk])))
    assert decision.number.text in matter
    assert "结案说明" not in matter
    for name in ("matter-file", "matter-file-check"):
        answer = owner.get(reverse(name, args=[decided.matter.pk]))
        assert answer.status_code == HTTPStatus.FORBIDDEN


def test_acts_are_offered_to_those_who_may(head, browse, cast, decision):
    page = text_of(head.get(reverse("document", args=[decision.pk])))
    for words in ("登记送达回证", "公开脱敏文本", "作废文号"):
        assert words in page
    officer = text_of(browse(cast.officer).get(reverse("document", args=[decision.pk])))
    assert "登记送达回证" in officer
    assert "作废文号" not in officer


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def test_what_a_fact_holds_is_text_in_the_page(to_decide, line, cast, head):
    line.write("note.docx", clean_word("{{ matter.title }}"))
    walk = to_decide(HOSTILE)
    walk.take("decide", cast.head, "03-05", fine="1", served_on="2026-03-05")
    note = walk.matter.documents.get(code="note")
    page = text_of(head.get(reverse("document", args=[note.pk])))
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_file_lost_underneath_is_told_in_words(head, decision):
    path_of(decision.digest).unlink()
    answer = head.get(reverse("document", args=[decision.pk]))
    assert answer.status_code == HTTPStatus.OK
    assert "文书文件无法读取" in text_of(answer)


def test_a_matter_shows_its_documents_and_asks_for_the_self_check(head, decided, decision):
    page = text_of(head.get(reverse("matter", args=[decided.matter.pk])))
    assert reverse("document", args=[decision.pk]) in page
    assert f'hx-get="{reverse("matter-file-check", args=[decided.matter.pk])}"' in page


def test_a_matter_with_many_documents_costs_no_more_queries(
    head, to_decide, decided, cast, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from zhihuan.bureau.documents.models import MatterDocument

    address = reverse("matter", args=[decided.matter.pk])
    head.get(address)
    with CaptureQueriesContext(connection) as few:
        head.get(address)
    note = decided.matter.documents.get(code="note")
    for n in range(15):
        values = {
            f.attname: getattr(note, f.attname)
            for f in MatterDocument._meta.concrete_fields
            if f.name != "id"
        }
        MatterDocument.objects.create(**values | {"code": f"note{n}"})
    with django_assert_max_num_queries(len(few)):
        head.get(address)


def checked(head, walk, **said):
    answers = {"fine": "30000", "served_on": "2026-03-05", **said}
    sheet = {**answers, "_version": walk.matter.version, "_stage": "check"}
    return head.post(reverse("matter-step", args=[walk.matter.pk, "decide"]), sheet)


def test_a_step_shows_its_documents_before_it_is_taken(to_decide, head):
    walk = to_decide()
    page = text_of(checked(head, walk))
    assert "罚款人民币叁万元整（￥30,000元）。" in page
    assert "〕＿＿号" in page
    assert "结案说明" in page
    assert not walk.matter.documents.exists()
    assert not DocumentNumber.objects.exists()


def test_a_document_that_cannot_be_made_is_told_before_the_step_is_taken(to_decide, line, head):
    line.write("note.docx", clean_word("{{ party.phone }}"))
    page = text_of(checked(head, to_decide()))
    assert "{{ party.phone }}" in page
    assert "罚款人民币叁万元整" in page


def test_a_step_whose_document_fails_is_refused_in_words_and_nothing_is_lost(to_decide, line, head):
    line.write("note.docx", clean_word("{{ party.phone }}"))
    walk = to_decide()
    address = reverse("matter-step", args=[walk.matter.pk, "decide"])
    sheet = {
        "fine": "30000",
        "served_on": "2026-03-05",
        "_version": walk.matter.version,
        "_stage": "take",
    }
    answer = head.post(address, sheet)
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "文书未能生成" in text_of(answer)
    assert 'value="30000"' in text_of(answer)
    assert not DocumentNumber.objects.exists()


def test_the_recipient_signs_once_for_what_was_served_electronically(head, browse, cast, decision):
    receipt = serve(decision, way="electronic", proof="门户")
    owner, address = browse(cast.owner), reverse("document-acknowledge", args=[decision.pk])
    assert address in text_of(owner.get(reverse("document", args=[decision.pk])))
    assert address not in text_of(head.get(reverse("document", args=[decision.pk])))
    assert head.post(address).status_code == HTTPStatus.FORBIDDEN
    assert owner.post(address).status_code == HTTPStatus.FOUND
    receipt.refresh_from_db()
    assert receipt.acknowledged_by == cast.owner
    first = receipt.acknowledged_at
    assert "没有待签收" in text_of(owner.post(address, follow=True))
    receipt.refresh_from_db()
    assert receipt.acknowledged_at == first
    assert AuditEntry.objects.filter(action="document.acknowledge").count() == 1
    assert "网上签收" in text_of(head.get(reverse("document", args=[decision.pk])))
    assert address not in text_of(owner.get(reverse("document", args=[decision.pk])))


def test_what_was_handed_over_on_paper_waits_for_nobody_online(browse, cast, decision):
    serve(decision)
    page = text_of(browse(cast.owner).get(reverse("document", args=[decision.pk])))
    assert reverse("document-acknowledge", args=[decision.pk]) not in page
