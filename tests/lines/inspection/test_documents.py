"""The papers of a visit and of a plan, opened as a word processor would, and read."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from docx import Document

from zhihuan.bureau.documents.docx.plain import seen_only
from zhihuan.bureau.documents.kept import read
from zhihuan.bureau.documents.making import made_again
from zhihuan.bureau.documents.proving import document_faults
from zhihuan.lines.inspection.plan_procedure import INSPECTION_PLAN
from zhihuan.lines.inspection.procedure import INSPECTION

DAY = "2026-02-13"
#: Nobody's: no place has the code 449900.
NUMBER = "449900199001010017"


def newest(walk, code):
    return walk.visit.documents.filter(code=code).order_by("-pk").first()


def text_of(data: bytes) -> str:
    opened = Document(io.BytesIO(data))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(each.text for each in opened.paragraphs), *cells])
    assert not re.search(r"\{\{|\{%|None", text)
    return text


def shapes(data: bytes) -> int:
    return zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").count(b"<v:shape")


@pytest.mark.django_db
@pytest.mark.parametrize("procedure", [INSPECTION, INSPECTION_PLAN], ids=lambda each: each.code)
def test_every_declared_document_can_be_made(procedure):
    assert document_faults(procedure) == []


@pytest.mark.parametrize(
    "words",
    ["现场检查（勘察）笔录", "中山某印染有限公司", "三角镇模拟路 1 号", "first（ZF-1）", "second（ZF-2）", "王五", "环保主管",
     "2026年2月13日9时00分至2026年2月13日9时00分", "PERMIT-E-001", "有权申请回避", "不申请回避", "检查地点", "三角镇模拟路 1 号厂区", "张三", "DW001 总排口", "废水，市政管网",
     "车间生产，废水处理站运行。", "未发现涉嫌环境违法", "当事人已阅读", "当事人确认无误"],
)  # fmt: skip
def test_the_record_says_when_where_who_what_was_told_and_what_was_seen(visiting, words):
    visiting.take("record", visiting.cast.first, DAY, **visiting.cast.record(DAY))
    assert words in text_of(read(newest(visiting, "scene_record").digest))


def test_a_request_for_recusal_stands_in_the_record_and_its_refusal_on_paper(assigned):
    cast = assigned.cast
    asked = {"recusal_asked": "yes", "recusal_why": "first 与本单位有纠纷"}
    assigned.take("begin", cast.first, DAY, **cast.arrival(DAY, **asked))
    assigned.take("record", cast.first, DAY, **cast.record(DAY))
    text = text_of(read(newest(assigned, "scene_record").digest))
    assert "first 与本单位有纠纷" in text
    assert "决定作出之前不停止检查" in text
    assigned.take("refuse_recusal", cast.head, DAY, reason="经查没有纠纷。")
    text = text_of(read(newest(assigned, "recusal_decision").digest))
    for words in ("第四十三条", "first 与本单位有纠纷", "经查没有纠纷。", "统一社会信用代码：无"):
        assert words in text


def test_who_is_asked_is_told_that_the_record_may_be_mended(visiting):
    visiting.take("interview", visiting.cast.first, DAY, **visiting.cast.interview(DAY))
    text = text_of(read(newest(visiting, "interview_record").digest))
    assert "有权补充或者更正" in text


@pytest.mark.parametrize(("asked", "is_named"), [("李四", True), ("李邻居", False)])
def test_an_interview_names_the_party_alone_by_the_identity_document(visiting, asked, is_named):
    who = {
        "party_kind": "individual", "id_name": "李四", "id_document": "resident_card", "id_number": NUMBER, "id_address": "",
    }  # fmt: skip
    visiting.take("identify", visiting.cast.first, DAY, **who)
    visiting.take(
        "interview", visiting.cast.first, DAY, **visiting.cast.interview(DAY, person_name=asked)
    )
    text = text_of(read(newest(visiting, "interview_record").digest))
    assert (NUMBER in text, "居民身份证" in text) == (is_named, is_named)


def test_signatures_are_drawn_into_the_record_and_come_out_the_same_again(visiting):
    visiting.take("record", visiting.cast.first, DAY, **visiting.cast.record(DAY))
    made = newest(visiting, "scene_record")
    data = read(made.digest)
    assert shapes(data) == 3
    assert made_again(made) == data


def test_a_published_copy_shows_no_signature(visiting):
    visiting.take("record", visiting.cast.first, DAY, **visiting.cast.record(DAY))
    parts = seen_only(read(newest(visiting, "scene_record").digest))
    assert b"shape" not in parts["word/document.xml"]


def test_a_refusal_to_sign_is_written_with_reason_and_witness(visiting):
    said = visiting.cast.record(DAY, refuses="yes", refusal_reason="不认可", witness_name="赵六 社区", party_signed="")  # fmt: skip
    visiting.take("record", visiting.cast.first, DAY, **said)
    data = read(newest(visiting, "scene_record").digest)
    text = text_of(data)
    assert "当事人拒绝签字，理由：不认可。见证人：赵六 社区。" in text
    assert "当事人确认无误" not in text
    assert shapes(data) == 2


def test_a_suspected_violation_is_written_in_its_own_words(visiting):
    said = visiting.cast.record(
        DAY, suspected="yes", suspected_what="一根软管 <直通> & {{ x }} 河涌"
    )
    visiting.take("record", visiting.cast.first, DAY, **said)
    data = read(newest(visiting, "scene_record").digest)
    opened = Document(io.BytesIO(data))
    assert any("一根软管 <直通> & {{ x }} 河涌" in each.text for each in opened.paragraphs)


def test_an_interview_reads_question_by_question(visiting):
    visiting.take("interview", visiting.cast.first, DAY, **visiting.cast.interview(DAY))
    text = text_of(read(newest(visiting, "interview_record").digest))
    assert text.count("问：") == 5
    assert "答：答复3" in text
    assert "当事人员工" in text


def test_a_sampling_record_says_where_what_and_how(visiting):
    visiting.take("sample", visiting.cast.first, DAY, **visiting.cast.sample(DAY))
    text = text_of(read(newest(visiting, "sampling_record").digest))
    for words in ("S-1", "DW001 总排口", "化学需氧量", "4 ℃ 避光", "正常生产", "市监测站 赵六"):
        assert words in text


def test_the_result_is_told_on_a_paper_that_is_served(told):
    made = newest(told, "result_notice")
    assert made.is_served
    text = text_of(read(made.digest))
    assert "检查中未发现问题。" in text
    assert "陈述和申辩" in text


def test_a_page_that_knows_the_plain_matter_previews_the_record_too(visiting):
    from visit_walk import nine

    from zhihuan.bureau.documents.making import preview
    from zhihuan.bureau.matters.engine.taking import Acting, Said
    from zhihuan.bureau.matters.models import Matter

    plain, step = Matter.objects.get(pk=visiting.visit.pk), INSPECTION.step("record")
    cast = visiting.cast
    acting = Acting(cast.first, officers=[cast.first, cast.second], at=nine(DAY))
    data = preview(plain, step, step.documents[0], acting, Said(cast.record(DAY)))
    assert "三角镇模拟路 1 号" in text_of(data)
