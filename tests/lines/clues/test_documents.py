"""The documents of a clue, opened as a word processor would, and read. None tells who reported it."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from docx import Document

from zhihuan.bureau.documents.kept import read
from zhihuan.bureau.documents.proving import document_faults
from zhihuan.lines.clues.procedure import CLUE


def text_of(walk: Any, code: str) -> str:
    """All that stands in the newest document of that kind, paragraphs and cells."""
    made = walk.clue.documents.filter(code=code).order_by("-pk").first()
    opened = Document(io.BytesIO(read(made.digest)))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(each.text for each in opened.paragraphs), *cells])
    assert not re.search(r"\{\{|\{%|None", text)
    return text


@pytest.mark.django_db
def test_every_declared_document_can_be_made():
    assert document_faults(CLUE) == []


@pytest.mark.parametrize(
    "words",
    [
        "线索登记单", "中环线索〔2026〕1号", "自动监测异常", "中山某印染有限公司", "三角镇",
        "132 mg/L，许可限值 80 mg/L", "2026年2月12日8时30分", "duty", "市生态环境局",
    ],
)  # fmt: skip
def test_the_sheet_says_what_was_found_where_and_when(pooled, words):
    assert words in text_of(pooled, "sheet")


def test_what_the_platform_registered_is_called_so(walk):
    told = {"source": "alarm", "found_at": "2026-02-12T08:30", "contradiction": "超标"}
    walk.take("log", None, "2026-02-12", **told)
    assert "平台自动登记" in text_of(walk, "sheet")


@pytest.mark.parametrize(
    "words",
    [
        "L4 超标、超总量排放", "水污染防治法第八十三条（待核实）", "连续三小时超过许可限值", "三角分局",
        "查看治污设施", "中环线索〔2026〕1号",
    ],
)  # fmt: skip
def test_the_order_tells_the_branch_why_and_what_to_look_at(dispatched, words):
    assert words in text_of(dispatched, "order")


def test_after_the_code_no_repealed_law_is_named_in_an_order(cast):
    from clue_walk import Walk

    walk = Walk.opened(cast, "2026-09-01")
    walk.register("2026-09-01")
    walk.take("accept", cast.duty, "2026-09-01", **walk.JUDGED)
    walk.take("dispatch", cast.duty, "2026-09-01", **walk.sent())
    text = text_of(walk, "order")
    assert "生态环境法典（条款待核实）" in text
    assert "水污染防治法" not in text


@pytest.mark.parametrize(
    "words", ["属实", "治污设施停运", "field（中环执001）、second（中环执002）"]
)
def test_the_report_says_what_was_found_by_whom(checked, words):
    assert words in text_of(checked, "report")


def test_the_letter_of_transfer_has_its_number_and_says_why(checked):
    told = {"body": "市水务局", "reasons": "属排水管理", "papers": "核查报告"}
    checked.take("transfer", checked.cast.head, "2026-02-25", **told)
    text = text_of(checked, "transfer")
    for words in (
        "市水务局：",
        "中（三角）环线移〔2026〕1号",
        "属排水管理",
        "核查报告",
        "二〇二六年二月二十五日",
    ):
        assert words in text


def test_no_document_of_a_named_report_tells_who_reported(walk):
    walk.report()
    walk.informant("李举报", "13800138000")
    walk.take("innocent", walk.cast.duty, "2026-02-13", cause="stopped", reasons="已停产")
    told = {"way": "letter", "answer": "经查当时已停产。", "told_all": "on"}
    walk.take("answer", walk.cast.duty, "2026-02-13", **told)
    for code in ("sheet", "answer"):
        text = text_of(walk, code)
        assert "李举报" not in text
        assert "13800138000" not in text
    assert "经查当时已停产。" in text_of(walk, "answer")
