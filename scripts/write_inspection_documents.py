"""Write the templates of inspection: ``python scripts/write_inspection_documents.py``.

The .docx files are the templates from then on (docs/inspection.md). Running this again undoes their edits.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx.shared import Pt

from official_document import form, sheet, signed

FOLDER = Path(__file__).parents[1] / "src/zhihuan/lines/inspection/documents"
OFFICERS = "{% for each in step.officers %}{{ each.name }}（{{ each.certificate }}）　{% endfor %}"
TOLD = (
    "我们是{{ issuer.name }}的行政执法人员，已向你出示执法证件。依法进行检查，你有如实回答询问、提供资料、配合检查的义务，"
    "不得拒绝、阻挠、隐瞒；你认为执法人员与本案有直接利害关系或者其他关系可能影响公正执法的，有权申请回避；"
    "对检查结果有权陈述和申辩。当事人答：清楚，{% if said.begin.recusal_asked == 'yes' %}申请回避{% else %}不申请回避{% endif %}。"
    "{% if 'recusal_why' in said.begin and said.begin.recusal_why %}申请回避的对象和理由：{{ said.begin.recusal_why }}"
    "由本机关负责人审查决定，决定作出之前不停止检查。{% endif %}"
)
#: What is told to whoever is asked. Source: 行政处罚法 §§43, 55.
ASKED = (
    "我们是{{ issuer.name }}的行政执法人员，已向你出示执法证件，现就有关情况依法向你询问。你应当如实回答并协助调查，不得拒绝、阻挠、"
    "隐瞒；你认为执法人员与本案有直接利害关系或者其他关系可能影响公正执法的，有权申请回避；你有权核对笔录，认为有遗漏或者差错的，"
    "有权补充或者更正。被询问人答：清楚。"
)
#: Where the visit was, of an older record the registered address.
PLACE = (
    "{% if 'place' in said.begin %}{{ said.begin.place }}{% else %}{{ line.address }}{% endif %}"
)
CODE = "{{ party.credit_code or '无' }}"


def main() -> None:
    """Write all of them."""
    FOLDER.mkdir(exist_ok=True)
    made = {
        "assignment": _assignment(), "scene_record": _scene(), "interview_record": _interview(),
        "sampling_record": _sampling(), "result_notice": _notice(), "plan_notice": _plan(),
        "result_list": _results(), "recusal_decision": _recusal(),
    }  # fmt: skip
    for name, document in made.items():
        document.save(str(FOLDER / f"{name}.docx"))


def _assignment() -> Any:
    document = sheet("现场检查任务单")
    _table(document, [
        ("检查对象", "{{ party.name }}", "统一社会信用代码", CODE),
        ("地址", "{{ line.address }}"),
        ("检查类别", "{{ said.assign.kind_told }}", "检查期限", "{{ said.assign.visit_by | day }}"),
        ("检查内容", "{{ said.assign.items_told }}"),
        ("检查事由", "{{ said.assign.reason }}"),
        ("批准或备案文号", "{{ said.assign.approval }}"),
        ("执法人员", "{{ said.assign.officers_told }}"),
        ("派发人", "{{ step.actor }}", "派发日期", "{{ document.day | day }}"),
    ])  # fmt: skip
    document.add_paragraph(
        "请依法出示执法证件，一次完成全部检查内容；登记资料已载明的事项不再要求企业重复提供。"
    ).runs[0].font.size = Pt(12)
    return document


def _scene() -> Any:
    document = sheet("现场检查（勘察）笔录")
    _table(document, [
        ("被检查单位", "{{ party.name }}", "统一社会信用代码", CODE),
        ("地址", "{{ line.address }}", "法定代表人", "{{ line.head }}"),
        ("检查地点", PLACE),
        ("检查时间", "{{ said.begin.arrived_at | moment }}至{{ said.record.recorded_at | moment }}"),
        ("现场负责人", "{{ said.begin.person_name }}", "职务", "{{ said.begin.person_duty }}"),
        ("执法人员及证号", OFFICERS),
        ("排污许可证", "{{ line.permit }}", "管理类别", "{{ line.level }}"),
    ])  # fmt: skip
    _paragraph(document, "告知：" + TOLD)
    _paragraph(document, "检查清单：")
    table = document.add_table(rows=0, cols=3)
    table.style = "Table Grid"
    rows = [
        ("检查项目", "许可或登记内容", "检查结果"),
        ("{%tr for each in said.record.checks %}", "", ""),
        (
            "{{ each.question }}", "{{ each.stated }}",
            "{{ each.told }}{% if each.note %}：{{ each.note }}{% endif %}",
        ),
        ("{%tr endfor %}", "", ""),
    ]  # fmt: skip
    for texts in rows:
        _row(table, texts)
    _paragraph(document, "现场情况：{{ said.record.situation }}")
    _paragraph(
        document,
        "{% if said.record.suspected == 'yes' %}涉嫌环境违法的事实：{{ said.record.suspected_what }}"
        "{% else %}检查中未发现涉嫌环境违法行为。{% endif %}",
    )
    _signatures(document, "record")
    return document


def _interview() -> Any:
    document = sheet("询问笔录")
    _table(document, [
        ("询问时间", "{{ said.interview.asked_from | moment }}至{{ said.interview.asked_until | moment }}"),
        ("询问地点", "{{ said.interview.place }}"),
        ("被询问人", "{{ said.interview.person_name }}", "单位和职务", "{{ said.interview.person_duty }}"),
        # of the party itself, where it is a person; nobody else's document is collected
        "{%tr if line.identity.name and said.interview.person_name == line.identity.name %}",
        ("身份证件", "{{ line.identity.document or '未登记' }}", "证件号码", "{{ line.identity.number | opened }}"),
        "{%tr endif %}",
        ("与本案关系", (
            "{% if said.interview.person_relation == 'party' %}当事人或其负责人"
            "{% elif said.interview.person_relation == 'staff' %}当事人员工"
            "{% elif said.interview.person_relation == 'witness' %}证人{% else %}其他{% endif %}")),
        ("询问人、记录人及证号", OFFICERS),
    ])  # fmt: skip
    _paragraph(document, "告知：" + ASKED)
    _paragraph(document, "{%p for each in said.interview.questions %}")
    _paragraph(document, "问：{{ each.question }}")
    _paragraph(document, "答：{{ each.answer }}")
    _paragraph(document, "{%p endfor %}")
    _signatures(document, "interview")
    return document


def _sampling() -> Any:
    document = sheet("采样记录")
    _table(document, [
        ("被采样单位", "{{ party.name }}", "样品编号", "{{ said.sample.sample_code }}"),
        ("采样位置", "{{ said.sample.place_told }}"),
        ("采样时间", "{{ said.sample.sampled_at | moment }}", "样品数", "{{ said.sample.containers }}"),
        ("监测项目", "{{ said.sample.factors_told }}"),
        ("采样方法依据", "{% if 'method' in said.sample %}{{ said.sample.method }}{% endif %}"),
        (
            "样品性状", "{% if 'appearance' in said.sample %}{{ said.sample.appearance }}{% endif %}",
            "封样编号", "{% if 'seal' in said.sample %}{{ said.sample.seal }}{% endif %}",
        ),
        ("保存方式", "{{ said.sample.preservation }}"),
        ("采样时工况", "{{ said.sample.working }}"),
        ("采样单位和采样人", "{{ said.sample.sampler }}"),
        ("在场执法人员", OFFICERS),
    ])  # fmt: skip
    _signatures(document, "sample")
    return document


def _notice() -> Any:
    document = sheet("检查结果告知书")
    document.add_paragraph("{{ party.name }}：")
    document.add_paragraph(f"统一社会信用代码：{CODE}　地址：{{{{ line.address }}}}")
    _paragraph(
        document,
        "根据《中华人民共和国行政处罚法》第五十五条的规定，{{ issuer.name }}于{{ said.begin.arrived_at | day }}对你单位进行了现场检查。"
        "现将检查结果告知如下：",
    )
    _paragraph(document, "{{ said.tell.result }}")
    _paragraph(
        document,
        "{% if said.tell.reports_told == 'told' %}监测结果已一并告知。{% else %}本次检查没有采样或鉴定。{% endif %}"
        "你单位对检查结果有异议的，可以向本机关陈述和申辩。告知对象：{{ said.tell.told_to }}。",
    )
    _sealed(document)
    return document


def _recusal() -> Any:
    document = sheet("驳回回避申请决定书")
    document.add_paragraph("{{ party.name }}：")
    document.add_paragraph(f"统一社会信用代码：{CODE}　地址：{{{{ line.address }}}}")
    _paragraph(
        document,
        "你单位在{{ said.begin.arrived_at | day }}的现场检查中申请执法人员回避"
        "{% if 'recusal_why' in said.begin and said.begin.recusal_why %}：{{ said.begin.recusal_why }}{% else %}。{% endif %}",
    )
    _paragraph(document, "经审查：{{ said.refuse_recusal.reason }}")
    _paragraph(
        document,
        "根据《中华人民共和国行政处罚法》第四十三条的规定，决定驳回你单位的回避申请，检查继续进行。",
    )
    _sealed(document)
    return document


def _plan() -> Any:
    document = sheet("双随机抽查公告")
    _paragraph(
        document,
        "{{ issuer.name }}拟于{{ said.commit.begins_on | day }}至{{ said.commit.ends_on | day }}开展双随机抽查"
        "（批准或备案：{{ said.commit.approval }}）。检查事项：{{ said.commit.purpose }}",
    )
    _paragraph(
        document,
        "抽查范围：{{ said.commit.towns_told }}，{{ said.commit.levels_told }}企业。名录共有企业"
        "{{ said.commit.firms_count }}家、执法人员{{ said.commit.officers_count }}名，"
        "从中抽取企业{{ said.commit.how_many }}家，每家随机匹配执法人员2名。",
    )
    _paragraph(document, "名录摘要（SHA-256）：{{ said.commit.roster_digest }}")
    _paragraph(document, "随机种子承诺（SHA-256）：{{ said.commit.commitment }}")
    _paragraph(
        document,
        "名录和种子自本公告之日起不能改动；抽取时由见证人当众报出字串，结果由名录、种子和字串共同确定。"
        "检查结束后公布名录、种子、字串和结果，任何人都可以复算。",
    )
    _sealed(document)
    return document


def _results() -> Any:
    document = sheet("抽查结果公示")
    _paragraph(
        document, "{{ matter.title }}已全部办结，现公示抽查结果。检查事项：{{ matter.purpose }}"
    )
    table = document.add_table(rows=0, cols=3)
    table.style = "Table Grid"
    rows = [
        ("检查对象", "执法人员", "检查结果"),
        ("{%tr for each in line.visits %}", "", ""),
        ("{{ each.firm }}", "{{ each.officers }}", "{{ each.outcome }}"),
        ("{%tr endfor %}", "", ""),
    ]
    for texts in rows:
        _row(table, texts)
    _paragraph(
        document,
        "{% if matter.commitment %}名录、种子和抽取字串与本公示同时公开；名录摘要（SHA-256）：{{ matter.roster_digest }}；"
        "种子承诺（SHA-256）：{{ matter.commitment }}。{% endif %}",
    )
    _sealed(document)
    return document


def _signatures(document: Any, step: str) -> None:
    said = f"said.{step}"
    _paragraph(
        document,
        f"{{% if {said}.read_by == 'heard' %}}以上笔录已向当事人宣读。{{% else %}}以上笔录当事人已阅读。{{% endif %}}"
        f"{{% if {said}.refuses == 'yes' %}}当事人拒绝签字，理由：{{{{ {said}.refusal_reason }}}}。"
        f"见证人：{{{{ {said}.witness_name }}}}。{{% else %}}当事人确认无误。{{% endif %}}"
        f"{{% if {said}.paper_signed %}}签字见纸面签字照片。{{% endif %}}",
    )
    names = {
        "party_signed": "当事人", "witness_signed": "见证人",
        "officer_1_signed": "执法人员", "officer_2_signed": "执法人员",
    }  # fmt: skip
    for name, who in names.items():
        paragraph = document.add_paragraph(f"{who}签名：")
        paragraph.add_run(f"{{{{r line.signed.{step}.{name} | signature }}}}")
    signed(document, ("{{ step.at | moment }}",))


def _sealed(document: Any) -> None:
    signed(document, ("{{ issuer.name }}（印章）", "{{ document.day | day_in_characters }}"))


def _paragraph(document: Any, text: str) -> None:
    paragraph = document.add_paragraph(text)
    paragraph.paragraph_format.first_line_indent = Pt(28)
    for run in paragraph.runs:
        run.font.size = Pt(14)


def _table(document: Any, rows: list[tuple[str, ...] | str]) -> None:
    """Of labels and answers, in turn; a text alone is a row of its own."""
    form(document, [_labelled(each) for each in rows])


def _labelled(row: tuple[str, ...] | str) -> dict[str, str] | str:
    return row if isinstance(row, str) else dict(zip(row[::2], row[1::2], strict=True))


def _row(table: Any, texts: tuple[str, ...]) -> None:
    for cell, text in zip(table.add_row().cells, texts, strict=True):
        cell.text = text
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.line_spacing = 1.2
            for run in paragraph.runs:
                run.font.size = Pt(12)


if __name__ == "__main__":
    main()
