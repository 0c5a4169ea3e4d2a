"""The receipt of service as a sheet: blank before service, filled in as recorded."""

from __future__ import annotations

from datetime import date

from zhihuan.bureau.documents.docx.reading import text_of_document
from zhihuan.bureau.documents.serving.recording import Attempt, record_service, withdraw_receipt
from zhihuan.bureau.documents.serving.sheet import receipt_sheet


def decision(decided):
    return decided.matter.documents.get(code="decision")


def test_before_service_it_is_a_sheet_to_be_signed(decided):
    text = text_of_document(receipt_sheet(decision(decided)))
    assert "送达回证" in text
    assert decision(decided).number.text in text
    assert "中山某印染厂" in text
    assert "受送达人（签名、盖章）" in text


def test_each_attempt_that_counts_is_a_line(decided):
    failed = Attempt(
        "mail", date(2026, 3, 6), "中山某印染厂", "甲、乙", succeeded=False, why_not="查无此人"
    )
    served = Attempt(
        "direct", date(2026, 3, 9), "中山某印染厂", "甲、乙", received_by="丙", relation="厂长"
    )
    for each in (failed, served):
        record_service(decision(decided), each, None)
    text = text_of_document(receipt_sheet(decision(decided)))
    for words in ("邮寄送达", "查无此人", "直接送达", "丙（厂长）", "2026-03-09"):
        assert words in text


def test_a_withdrawn_receipt_is_left_out(decided, cast):
    served = Attempt("direct", date(2026, 3, 9), "中山某印染厂", "甲、乙", received_by="丙")
    record_service(decision(decided), served, None)
    withdraw_receipt(decision(decided).receipts.get(), cast.head, "登记错误")
    assert "2026-03-09" not in text_of_document(receipt_sheet(decision(decided)))
