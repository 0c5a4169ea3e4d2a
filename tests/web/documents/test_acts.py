"""Receipts, published copies, void numbers: recorded by those who may, with words where they cannot be."""

from __future__ import annotations

from http import HTTPStatus

from django.test import Client
from django.urls import reverse
from word_files import clean_word

from zhihuan.bureau.documents.models import Publication
from zhihuan.bureau.documents.numbers.keeping import gaps

RECEIPT = {
    "way": "direct",
    "tried_on": "2026-03-06",
    "succeeded": "on",
    "recipient": "中山某印染厂",
    "received_by": "丙",
    "served_by": "甲、乙",
}


def text_of(answer) -> str:
    return answer.content.decode()


def test_a_receipt_is_recorded_and_shown(head, decision):
    answer = head.post(reverse("receipt-new", args=[decision.pk]), RECEIPT, follow=True)
    page = text_of(answer)
    assert "送达回证已登记" in page
    assert "已送达" in page
    assert "2026-03-06" in page
    assert decision.receipts.get().received_by == "丙"


def test_what_a_way_asks_for_is_told_at_its_field_and_nothing_typed_is_lost(head, decision):
    answer = head.post(reverse("receipt-new", args=[decision.pk]), {**RECEIPT, "way": "mail"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "proof" in answer.context["form"].errors
    assert 'value="甲、乙"' in text_of(answer)
    assert not decision.receipts.exists()


def test_the_form_begins_with_what_is_known(head, decision):
    page = text_of(head.get(reverse("receipt-new", args=[decision.pk])))
    assert 'value="中山某印染厂"' in page
    assert "民事诉讼法（2023年修正）第九十五条" in page


def test_a_receipt_is_withdrawn_with_a_reason(head, decision):
    head.post(reverse("receipt-new", args=[decision.pk]), RECEIPT)
    receipt = decision.receipts.get()
    address = reverse("receipt-withdraw", args=[receipt.pk])
    assert head.post(address, {"reason": ""}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = text_of(head.post(address, {"reason": "登记错误"}, follow=True))
    assert "已撤销：登记错误" in page
    assert "待送达" in page


def test_the_copy_is_read_redacted_before_it_is_public(to_decide, line, cast, head):
    line.write("decision.docx", clean_word("法定代表人：张三，李四在场"))
    walk = to_decide()
    walk.take("decide", cast.head, "03-05", fine="1", served_on="2026-03-05")
    found = walk.matter.documents.get(code="decision")
    address = reverse("publication", args=[found.pk])
    assert "法定代表人：张某，李四在场" in text_of(head.get(address))
    again = text_of(head.post(address, {"names": "李四、王五", "_stage": "preview"}))
    assert "法定代表人：张某，李某在场" in again
    assert not Publication.objects.exists()
    head.post(address, {"names": "李四", "_stage": "publish"})
    copy = Publication.objects.get()
    public = Client().get(reverse("public-document", args=[copy.pk]))
    assert "法定代表人：张某，李某在场" in text_of(public)
    assert "张三" not in text_of(public)
    assert "李四" not in text_of(public)


def test_a_second_copy_is_refused_in_words(head, decision):
    address = reverse("publication", args=[decision.pk])
    head.post(address, {"_stage": "publish"})
    answer = head.post(address, {"_stage": "publish"})
    assert answer.status_code == HTTPStatus.CONFLICT
    assert Publication.objects.count() == 1


def test_a_withdrawn_copy_is_gone_for_everybody(head, decision):
    head.post(reverse("publication", args=[decision.pk]), {"_stage": "publish"})
    copy = Publication.objects.get()
    public = reverse("public-document", args=[copy.pk])
    assert Client().get(public).status_code == HTTPStatus.OK
    head.post(reverse("publication-withdraw", args=[decision.pk]), {"reason": "复议撤销原决定"})
    gone = Client().get(public)
    assert gone.status_code == HTTPStatus.GONE
    assert "已撤下" in text_of(gone)
    assert "叁万元" not in text_of(gone)


def test_a_number_is_declared_void_once_with_a_reason(head, decision):
    address = reverse("document-void", args=[decision.pk])
    assert "不会再次使用" in text_of(head.get(address))
    page = text_of(head.post(address, {"reason": "当事人名称有误"}, follow=True))
    assert "文号已作废" in page
    assert "当事人名称有误" in page
    again = head.post(address, {"reason": "再次"})
    assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert gaps() == []


def test_what_has_no_number_has_none_to_void(head, decided):
    note = decided.matter.documents.get(code="note")
    assert head.get(reverse("document-void", args=[note.pk])).status_code == HTTPStatus.NOT_FOUND


def test_the_party_and_officers_without_the_right_cannot_act(browse, cast, decision):
    owner, officer = browse(cast.owner), browse(cast.officer)
    for name in ("receipt-new", "publication", "publication-withdraw", "document-void"):
        assert owner.post(reverse(name, args=[decision.pk])).status_code == HTTPStatus.FORBIDDEN
    for name in ("publication", "publication-withdraw", "document-void"):
        assert officer.post(reverse(name, args=[decision.pk])).status_code == HTTPStatus.FORBIDDEN
