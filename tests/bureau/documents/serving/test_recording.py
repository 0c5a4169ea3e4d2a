"""Receipts of service: what each way of the law asks for, and the day it takes effect."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.documents.numbers.keeping import void
from zhihuan.bureau.documents.serving.recording import (
    Attempt,
    ReceiptRefusedError,
    faults_of,
    record_service,
    withdraw_receipt,
)
from zhihuan.bureau.documents.serving.served import served_on, was_served
from zhihuan.bureau.documents.serving.way import ways
from zhihuan.bureau.matters.engine.acting import Facts

TODAY = date(2026, 9, 30)
DIRECT = Attempt("direct", date(2026, 3, 6), "中山某印染厂", "甲、乙", received_by="丙")
WHOLE = {
    "direct": DIRECT,
    "left": replace(DIRECT, way="left", place="厂区门卫室", witness="丁", note="拒绝签收"),
    "electronic": replace(DIRECT, way="electronic", consent=True, proof="系统到达记录 8812"),
    "mail": replace(DIRECT, way="mail", proof="EMS 1234567890123"),
    "entrusted": replace(DIRECT, way="entrusted", proof="委托函"),
    "forwarded": replace(DIRECT, way="forwarded", proof="转交回执"),
    "announced": replace(DIRECT, way="announced", proof="中山日报", note="下落不明，邮寄退回"),
}


@pytest.fixture
def document(decided):
    return decided.matter.documents.get(code="decision")


def test_every_way_has_a_whole_receipt_here():
    assert set(WHOLE) == set(ways())


@pytest.mark.parametrize("way", WHOLE)
def test_a_whole_receipt_is_taken(document, way):
    assert faults_of(document, WHOLE[way], TODAY) == {}


@pytest.mark.parametrize(
    ("way", "lacking", "field"),
    [
        ("direct", {"received_by": ""}, "received_by"),
        ("direct", {"recipient": " "}, "recipient"),
        ("direct", {"served_by": ""}, "served_by"),
        ("left", {"witness": "", "proof": ""}, "witness"),
        ("left", {"place": ""}, "place"),
        ("left", {"note": ""}, "note"),
        ("electronic", {"consent": False}, "consent"),
        ("electronic", {"proof": ""}, "proof"),
        ("mail", {"proof": ""}, "proof"),
        ("announced", {"note": ""}, "note"),
        ("direct", {"way": "pigeon"}, "way"),
        ("direct", {"tried_on": date(2026, 3, 4)}, "tried_on"),
        ("direct", {"tried_on": date(2999, 1, 1)}, "tried_on"),
        ("mail", {"succeeded": False, "why_not": ""}, "why_not"),
    ],
)
def test_what_is_missing_or_cannot_be_is_told_at_its_field(document, way, lacking, field):
    attempt = replace(WHOLE[way], **lacking)
    assert list(faults_of(document, attempt, TODAY)) == [field]
    with pytest.raises(ReceiptRefusedError):
        record_service(document, attempt, None)
    assert not document.receipts.exists()


def test_pictures_stand_for_a_witness(document):
    assert not faults_of(document, replace(WHOLE["left"], witness="", proof="录像 3 段"), TODAY)


@pytest.mark.parametrize("way", WHOLE)
def test_the_day_of_effect_is_the_laws(document, way):
    receipt = record_service(document, WHOLE[way], None)
    # 2026-03-06 and thirty days more: 5 April, a Sunday in Qingming; nothing has to be done on it
    assert receipt.effective_on == (date(2026, 4, 5) if way == "announced" else date(2026, 3, 6))


def test_an_attempt_that_failed_serves_nothing(document):
    tried = replace(WHOLE["mail"], succeeded=False, why_not="退件：查无此人", proof="")
    assert record_service(document, tried, None).effective_on is None
    assert served_on(document.matter, "decision") is None


def test_a_void_document_is_not_served(document):
    void(document.number, None, "重复")
    assert list(faults_of(document, DIRECT, TODAY)) == ["way"]


def test_the_first_service_that_took_effect_counts(document):
    record_service(document, replace(DIRECT, tried_on=date(2026, 3, 9)), None)
    record_service(document, WHOLE["mail"], None)
    assert served_on(document.matter, "decision") == date(2026, 3, 6)


def test_a_withdrawn_receipt_stays_and_counts_no_more(document, cast):
    receipt = record_service(document, DIRECT, cast.officer, "10.0.0.8")
    withdraw_receipt(receipt, cast.head, "登记错误", "10.0.0.8")
    assert served_on(document.matter, "decision") is None
    assert document.receipts.get().withdrawn_reason == "登记错误"
    with pytest.raises(ReceiptRefusedError):
        withdraw_receipt(receipt, cast.head, "再次")
    acts = AuditEntry.objects.filter(action__in=["document.serve", "document.unserve"])
    assert acts.count() == 2


def test_a_guard_waits_for_the_service_and_for_its_day(document, decided):
    guard = was_served("decision", "行政处罚决定书")
    facts = Facts(decided.matter, (), {}, document.made_at)
    assert "尚未送达" in guard.check(facts)
    record_service(document, WHOLE["announced"], None)
    assert "2026-04-05" in guard.check(facts)
    record_service(document, replace(DIRECT, tried_on=date(2026, 3, 5)), None)
    assert guard.check(facts) == ""
