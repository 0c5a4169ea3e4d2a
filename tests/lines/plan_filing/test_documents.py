"""The documents of a filing, opened as a word processor would, and read."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from docx import Document
from plan_walk import nine

from zhihuan.bureau.documents.kept import read
from zhihuan.bureau.documents.making import preview
from zhihuan.bureau.documents.proving import document_faults
from zhihuan.bureau.matters.engine.acting import Acting, Said
from zhihuan.bureau.matters.engine.expiring import expire_due
from zhihuan.lines.plan_filing.procedure import PLAN_FILING


def text_of(walk: Any, code: str) -> str:
    """All that stands in the newest document of that kind, paragraphs and cells."""
    made = walk.plan.documents.filter(code=code).order_by("-pk").first()
    opened = Document(io.BytesIO(read(made.digest)))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(each.text for each in opened.paragraphs), *cells])
    assert not re.search(r"\{\{|\{%|None", text)
    return text


@pytest.mark.django_db
def test_every_declared_document_can_be_made():
    assert document_faults(PLAN_FILING) == []


@pytest.mark.parametrize(
    "words",
    [
        "突发环境事件应急预案备案表",
        "中山某印染有限公司",
        "张三",
        "三角镇模拟路 1 号",
        "企业预案",
        "完整备案",
        "较大",
        "2026年2月10日签署发布",
        "预案签署人：李四",
        "2026年2月12日收讫，经核对，文件齐全，予以备案",
        "三角分局（公章）\n2026年3月2日",
        "442000-2026-001-M",
        "clerk",
        "2029年3月2日完成回顾性评估",
        "1. 备案表（签章）；2. 应急预案；3. 编制说明；4. 环境风险评估报告；5. 环境应急资源调查报告；6. 评审意见",
    ],
)
def test_the_filing_form_says_who_what_when_and_its_number(filed, words):
    assert words in text_of(filed, "filing_form")


def test_before_it_is_filed_the_form_says_from_when_the_three_years_run(walk):
    walk.take("submit", walk.cast.owner, "2026-02-12", **walk.cast.plan(risk="M"))
    step = PLAN_FILING.step("file")
    shown = preview(walk.plan, step, step.documents[0], Acting(walk.cast.head), Said({}))
    cells = [cell.text for row in Document(io.BytesIO(shown)).tables[0].rows for cell in row.cells]
    assert any(each.startswith("自备案之日起三年内完成回顾性评估") for each in cells)


def test_a_simplified_filing_across_no_region_is_called_so(walk):
    told = walk.cast.plan("filing_form", "plan", is_simplified="on")
    walk.take("submit", walk.cast.owner, "2026-02-12", **told)
    walk.take("file", walk.cast.clerk, "2026-02-13")
    text = text_of(walk, "filing_form")
    assert "简化备案" in text
    assert "完整备案" not in text
    assert "442000-2026-001-L" in text


def test_the_correction_notice_tells_everything_at_once(walk):
    walk.take("submit", walk.cast.owner, "2026-02-12", **walk.cast.plan())
    missing = "一、缺少调查日期；\n二、评审意见未签字 <附件3> & {{ x }}。"
    walk.take("correct", walk.cast.clerk, "2026-02-13", missing=missing, refile_by="2026-03-02")
    made = walk.plan.documents.get(code="correction_notice")
    opened = Document(io.BytesIO(read(made.digest)))
    text = "\n".join(each.text for each in opened.paragraphs)
    assert missing in text
    assert "第十六条" in text
    assert "请于2026年3月2日前补正" in text
    assert "统一社会信用代码：无" in text
    assert "二〇二六年二月十三日" in text


def test_the_refusal_says_why_and_how_to_object(walk):
    walk.take("submit", walk.cast.owner, "2026-02-12", **walk.cast.plan())
    told = {"missing": "缺资源调查报告", "refile_by": "2026-03-02"}
    walk.take("correct", walk.cast.clerk, "2026-02-13", **told)
    refusal = {"ground": "incomplete", "reason": "至今未补交资源调查报告。"}
    walk.take("refuse", walk.cast.head, "2026-03-03", **refusal)
    text = text_of(walk, "refusal_notice")
    for words in (
        "至今未补交资源调查报告。", "经一次告知补正后仍不齐全", "向本级人民政府申请行政复议",
        "六个月内直接向有管辖权的人民法院提起行政诉讼", "备案义务仍在", "第一百二十三条第二款",
    ):  # fmt: skip
        assert words in text


def test_the_reminder_names_the_filing_it_is_about(filed):
    expire_due(nine("2029-03-03"))
    text = text_of(filed, "review_reminder")
    for words in ("442000-2026-001-M", "2026年3月2日备案", "2029年3月2日届满", "市生态环境局"):
        assert words in text


def test_a_resubmitted_plan_is_dated_by_what_came_last(walk):
    cast = walk.cast
    walk.take("submit", cast.owner, "2026-02-12", **cast.plan())
    walk.take("correct", cast.clerk, "2026-02-13", missing="缺少调查日期", refile_by="2026-03-02")
    walk.take("resubmit", cast.owner, "2026-02-24", **cast.plan("plan", note="已补"))
    walk.take("file", cast.clerk, "2026-02-25")
    assert "2026年2月24日收讫" in text_of(walk, "filing_form")
