"""Write the first edition of the templates of clues: ``python scripts/write_clue_documents.py``.

The .docx files are the templates from then on: lawyers edit them in a word processor, and what stands in
``{{ … }}`` is filled in (docs/clues.md lists it). Running this again undoes their edits. No template names who
reported a clue, and none is given it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Pt

from plain_document import blank

FOLDER = Path(__file__).parents[1] / "src/zhihuan/lines/clues/documents"
Rows = tuple[tuple[str, ...], ...]

SHEET: Rows = (
    ("线索编号", "{{ document.number }}", "登记时间", "{{ step.at | moment }}"),
    ("线索来源", "{{ line.source }}", "发现时间", "{{ said[step.code].found_at | moment }}"),
    ("涉及单位或地点", "{{ line.body }}", "镇街", "{{ town.name }}"),
    ("一句话说明", "{{ line.contradiction }}"),
    ("具体情况", "{{ said[step.code].what }}"),
    ("延迟登记原因", "{{ said[step.code].late_reason }}"),
    ("登记人", "{{ step.actor or '平台自动登记' }}", "登记机关", "{{ issuer.name }}"),
)
ORDER: Rows = (
    ("线索编号", "{{ line.number }}", "线索来源", "{{ line.source }}"),
    ("涉及单位或地点", "{{ line.body }}", "镇街", "{{ town.name }}"),
    ("线索内容", "{{ line.contradiction }}"),
    ("法律后果类别", "{{ line.consequence }}"),
    ("常见依据", "{{ line.basis }}"),
    ("研判理由", "{{ said.accept.reasons }}"),
    ("核查要求", "{{ said.dispatch.tasks }}"),
    ("承办单位", "{{ line.branch }}", "交办时间", "{{ step.at | moment }}"),
    ("交办单位", "{{ issuer.name }}", "经办人", "{{ step.actor }}"),
)
REPORT: Rows = (
    ("线索编号", "{{ line.number }}", "核查时间", "{{ said.verify.checked_at | moment }}"),
    ("涉及单位或地点", "{{ line.body }}", "核查结论", "{{ line.finding }}"),
    ("线索内容", "{{ line.contradiction }}"),
    ("核查情况", "{{ said.verify.facts }}"),
    ("当事人陈述", "{{ said.verify.party_words }}"),
    ("执法人员", "{% for each in step.officers %}{{ each.name }}（{{ each.certificate }}）{% if not loop.last %}、{% endif %}{% endfor %}"),
    ("核查单位", "{{ issuer.name }}", "报告日期", "{{ document.day | day }}"),
)  # fmt: skip
TRANSFER = (
    "线索移送函",
    "{{ said.transfer.body }}：",
    (
        "本机关{{ matter.opened_at | day }}登记的线索（{{ line.number }}）反映：{{ line.contradiction }}",
        "经研究，上述事项不属本机关职权，理由如下：{{ said.transfer.reasons }}",
        "现移送你单位依法处理。随附材料：{{ said.transfer.papers or '无' }}。",
        "本函不含举报人信息；确需核实的，请与本机关联系。",
    ),
)
ANSWER = (
    "举报办理结果告知书",
    "举报人：",
    (
        "你反映的问题（{{ line.number }}）本机关已经办理，现将结果告知如下：",
        "{{ said.answer.answer }}",
        "你的身份信息受法律保护，本告知书不载明姓名与联系方式。",
    ),
)


def main() -> None:
    """Write all five."""
    FOLDER.mkdir(exist_ok=True)
    for name, title, rows in (
        ("sheet", "线索登记单", SHEET),
        ("order", "线索核查交办单", ORDER),
        ("report", "线索核查报告", REPORT),
    ):
        _table(title, rows).save(str(FOLDER / f"{name}.docx"))
    for name, letter in (("transfer", TRANSFER), ("answer", ANSWER)):
        _letter(*letter, numbered=name == "transfer").save(str(FOLDER / f"{name}.docx"))


def _table(title: str, rows: Rows) -> Any:
    document = blank(title)
    table = document.add_table(rows=0, cols=4)
    table.style = "Table Grid"
    for texts in rows:
        cells = table.add_row().cells
        if len(texts) == 2:
            cells = (cells[0], cells[1].merge(cells[3]))
        for cell, text in zip(cells, texts, strict=True):
            cell.text = text
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.line_spacing = 1.2
                for run in paragraph.runs:
                    run.font.size = Pt(12)
    return document


def _letter(title: str, to: str, paragraphs: tuple[str, ...], *, numbered: bool) -> Any:
    document = blank(title)
    if numbered:
        document.add_paragraph("{{ document.number }}").alignment = ALIGN.CENTER
    document.add_paragraph(to)
    for text in paragraphs:
        document.add_paragraph(text).paragraph_format.first_line_indent = Pt(32)
    for text in ("{{ issuer.name }}（印章）", "{{ document.day | day_in_characters }}"):
        document.add_paragraph(text).alignment = ALIGN.RIGHT
    return document


if __name__ == "__main__":
    main()
