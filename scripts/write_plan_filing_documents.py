"""Write the first edition of the templates of plan filing: ``python scripts/write_plan_filing_documents.py``.

The .docx files are the templates from then on: lawyers edit them in a word processor, and what stands in
``{{ … }}`` is filled in (docs/plan-filing.md lists it). Running this again undoes their edits.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Pt

from plain_document import blank

FOLDER = Path(__file__).parents[1] / "src/zhihuan/lines/plan_filing/documents"
CODE = "《中华人民共和国生态环境法典》第一百二十三条第二款"
MEASURES = "《企业事业单位突发环境事件应急预案备案管理办法（试行）》（环发〔2015〕4号）"
NAME = "突发环境事件应急预案"
FORM = [
    ("单位名称", "{{ line.body }}", "统一社会信用代码", "{{ party.credit_code or '无' }}"),
    ("法定代表人", "{{ line.head }}", "预案签署人", "{{ matter.signer }}"),
    ("联系人", "{{ line.contact }}", "联系电话", "{{ line.phone }}"),
    ("地址", "{{ line.address }}"),
    (
        "预案层级", "{{ matter.plan_level }}",
        "备案类别", "{% if matter.is_simplified %}简化备案{% else %}完整备案{% endif %}",
    ),
    (
        "风险级别", "{{ matter.risk }}",
        "跨行政区域", "{% if matter.crosses_region %}是{% else %}否{% endif %}",
    ),
    (
        "报送单位承诺",
        (f"本单位于{{{{ matter.signed_on | day }}}}签署发布了{NAME}，备案条件具备，备案文件齐全，现报送备案。"
        "本单位在办理备案中所提供的相关文件及其信息均经本单位确认真实，无虚假，且未隐瞒事实。\n"
        "预案签署人：{{ matter.signer }}　　报送时间：{{ line.received_on | day }}"),
    ),
    (
        "备案文件目录",
        "{% for each in line.papers %}{{ loop.index }}. {{ each }}{% if not loop.last %}；{% endif %}{% endfor %}",
    ),
    (
        "备案意见",
        (f"该单位的{NAME}备案文件已于{{{{ line.received_on | day }}}}收讫，经核对，文件齐全，予以备案。\n"
        "备案受理部门：{{ issuer.name }}（公章）\n{{ document.day | day }}"),
    ),
    ("备案编号", "{{ document.number }}", "经办人", "{{ step.actor }}"),
    # the preview of a first filing knows no day yet: its three years begin with the filing
    (
        "下次评估",
        (
            "{% if line.review_by %}至迟于{{ line.review_by | day }}{% else %}自备案之日起三年内{% endif %}完成回顾性评估；"
            "预案修订的，签署发布后 20 个工作日内变更备案。"
        ),
    ),
]  # fmt: skip
NUMBERING = "注：备案编号由县级行政区划代码、年份、流水号、环境风险级别（一般 L、较大 M、重大 H）及跨区域（T）组成。"


def main() -> None:
    """Write all four."""
    FOLDER.mkdir(exist_ok=True)
    _form().save(str(FOLDER / "filing_form.docx"))
    letters = {
        "correction_notice": CORRECTION,
        "refusal_notice": REFUSAL,
        "review_reminder": REMINDER,
    }
    for name, (title, paragraphs) in letters.items():
        _letter(title, paragraphs).save(str(FOLDER / f"{name}.docx"))


CORRECTION = (
    "应急预案备案补正告知书",
    (
        f"你单位{{{{ line.received_on | day }}}}报送的{NAME}备案文件收悉。经核对，须补正下列内容：",
        "{{ said.correct.missing }}",
        (
            f"根据{MEASURES}第十六条，现一次告知。请于{{{{ said.correct.refile_by | day }}}}前补正并通过平台再次提交，"
            "本机关自收到之日起 5 个工作日内核对。"
        ),
    ),
)
REFUSAL = (
    "应急预案不予备案告知书",
    (
        (
            f"你单位{{{{ line.received_on | day }}}}报送的{NAME}备案文件，"
            "{% if said.refuse.ground == 'incomplete' %}经一次告知补正后仍不齐全{% else %}不属于本机关受理的备案{% endif %}，"
            "不予备案，理由如下："
        ),
        "{{ said.refuse.reason }}",
        (
            f"根据{CODE}和{MEASURES}，企业事业单位应当制定突发生态环境事件应急预案并报有关部门备案。"
            "{% if said.refuse.ground == 'incomplete' %}你单位的备案义务仍在，请补齐后重新报送。{% else %}请向有权受理的部门报送。{% endif %}"
        ),
        "如不服本告知，可以自收到之日起六十日内向{{ issuer.government }}申请行政复议，也可以自收到之日起六个月内直接向有管辖权的人民法院提起行政诉讼。",
    ),
)
REMINDER = (
    "应急预案回顾性评估到期提醒",
    (
        (
            f"你单位的{NAME}于{{{{ matter.filed_on | day }}}}备案（备案编号：{{{{ matter.number }}}}）。"
            "三年评估期限已于{{ line.review_by | day }}届满，平台未收到评估结论。"
        ),
        (
            f"根据{MEASURES}第十二条，请尽快对预案作回顾性评估，并通过平台提交结论；"
            "评估认为须修订的，请修订后自签署发布之日起 20 个工作日内变更备案。"
        ),
    ),
)


def _letter(title: str, paragraphs: tuple[str, ...]) -> Any:
    document = blank(title)
    document.add_paragraph("{{ line.body }}：")
    document.add_paragraph(
        "统一社会信用代码：{{ party.credit_code or '无' }}　地址：{{ line.address }}"
    )
    for text in paragraphs:
        document.add_paragraph(text).paragraph_format.first_line_indent = Pt(32)
    for text in ("{{ issuer.name }}（印章）", "{{ document.day | day_in_characters }}"):
        document.add_paragraph(text).alignment = ALIGN.RIGHT
    return document


def _form() -> Any:
    document = blank(f"{NAME}备案表")
    table = document.add_table(rows=0, cols=4)
    table.style = "Table Grid"
    for texts in FORM:
        cells = table.add_row().cells
        if len(texts) == 2:
            cells = (cells[0], cells[1].merge(cells[3]))
        for cell, text in zip(cells, texts, strict=True):
            cell.text = text
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.line_spacing = 1.2
                for run in paragraph.runs:
                    run.font.size = Pt(12)
    document.add_paragraph(NUMBERING).runs[0].font.size = Pt(10)
    return document


if __name__ == "__main__":
    main()
