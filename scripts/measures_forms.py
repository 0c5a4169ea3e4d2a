"""Documents of measures that are one table: what stands in their rows."""

from __future__ import annotations

from typing import Any

__all__ = ["FORMS"]

#: Rows of a form, as ``official_document.form`` takes them.
Rows = tuple[dict[str, Any] | str, ...]
DONE = "{% set d = said.carry_out if 'carry_out' in said else said.seal_at_once %}"
#: Of a person the identity document, its number masked: a form is no decision.
CODE_OR_DOCUMENT = (
    "{% if line.identity.is_person %}{{ line.identity.document or '身份证件未登记' }}　{{ line.identity.number.shown }}"
    "{% else %}{{ party.credit_code or '无' }}{% endif %}"
)
#: Who the party is, as the head of a form.
HEAD: Rows = (
    {"当事人": "{{ line.body }}", "信用代码（证件）": CODE_OR_DOCUMENT},
    {"地址": "{{ line.address }}", "法定代表人": "{{ line.head }}"},
    "{%tr if line.identity.is_individual %}",
    {
        "经营者": "{{ line.identity.name }}",
        "身份证件": "{{ line.identity.document or '未登记' }}　{{ line.identity.number.shown }}",
    },
    "{%tr endif %}",
)
OFFICERS = "{% for each in step.officers %}{{ each.name }}（执法证号 {{ each.certificate }}）{% if not loop.last %}、{% endif %}{% endfor %}"
BY_BOTH = {"当事人（签名或者盖章）": "\n", "执法人员（签名）": "\n>{{ document.day | day }}"}
#: Sheets that are one table: title, then rows.
FORMS: dict[str, tuple[str, Rows]] = {
    "check_record": ("责令改正复查记录", (
        *HEAD,
        {"复查日期": "{{ said[step.code].happened | day }}", "复查方式": "{% if said[step.code].secret %}暗查{% else %}现场检查{% endif %}"},
        {"复查人员": OFFICERS},
        {"责令改正的内容": "{{ said.propose.demand }}"},
        {"复查情况": "{{ said[step.code].found }}", "_cm": 6},
        {"复查结论": "{% if step.code == 'check_not' %}未改正（{{ line.words.how[said[step.code].how] }}）{% else %}已改正{% endif %}"},
        {"备注": "{% if said[step.code].late_why %}逾期复查的原因：{{ said[step.code].late_why }}{% endif %}"},
        BY_BOTH,
    )),
    "sealing_list": ("查封（扣押）清单", (
        *HEAD,
        {"实施时间": DONE + "{{ d.happened | moment }}", "地点": DONE + "{{ d.place }}"},
        {"名称、数量、特征": DONE + "{{ d.stock }}", "_cm": 8},
        {"保管人": DONE + "{{ d.keeper }}"},
        {"执法人员": OFFICERS},
        BY_BOTH,
        "本清单一式两份，由当事人和本机关分别收执；委托第三人保管的，同时交第三人收执。",
    )),
    "sealing_record": ("查封（扣押）现场笔录", (
        *HEAD,
        {"起止时间": DONE + "{{ d.happened | moment }}至{{ d.ended | moment }}"},
        {"地点": DONE + "{{ d.place }}"},
        {"执法人员": OFFICERS},
        {"当事人到场情况": DONE + "{{ line.words.presence[d.presence] }}{% if d.witness %}　见证人：{{ d.witness }}{% endif %}"},
        {"告知事项": "执法人员已出示执法证件，当场告知当事人实施查封、扣押的理由、依据以及依法享有的权利、救济途径。"},
        {"当事人陈述、申辩": DONE + "{{ d.heard }}", "_cm": 2},
        {"情况紧急的理由": DONE + "{% if 'urgency' in d %}{{ d.urgency }}{% endif %}"},
        {"查封、扣押的情况": DONE + "{{ d.stock }}", "_cm": 5},
        {"核对": "以上笔录经核对无误。"},
        BY_BOTH,
    )),
    "daily_fine_sheet": ("按日连续处罚计算表", (
        *HEAD,
        {"原处罚决定": "{{ said.propose.penalty_number }}（{{ said.propose.penalty_on | day }}），罚款{{ said.propose.original | yuan }}元"},
        {"责令改正": "{{ said.propose.order_number }}，{{ said.propose.served_on | day }}送达；{{ said.propose.act_on | day }}复查"},
        {"计算过程": "{{ said.propose.derivation }}", "_cm": 6},
        {"不扣除的理由": "{% if said.propose.why_counted %}{{ said.propose.why_counted }}{% endif %}"},
        {"此前各次": "{% if said.propose.earlier_days %}已计罚 {{ said.propose.earlier_days }} 日，累计执行。{% endif %}"},
        {"执法人员": OFFICERS},
    )),
    "detention_approval": ("移送涉嫌环境违法适用行政拘留处罚案件审批表", (
        *HEAD,
        {"被移送人": "{{ said.propose.person }}"},
        {"违法行为日期": "{{ said.propose.act_on | day }}", "情节": "{{ line.words.degree[said.propose.degree] }}"},
        {"违法事实和证据": "{{ said.propose.facts }}", "_cm": 6},
        {"处罚决定书文号": "{{ said.propose.penalty_number }}"},
        {"移送依据": "{{ said.propose.clause }}（拘留{{ said.propose.least }}日以上{{ said.propose.most }}日以下）{% if said.propose.shall %}，应当移送{% endif %}"},
        {"负责人审批意见": "同意移送。\n>审批人：{{ step.actor }}　{{ document.day | day }}", "_cm": 2.4},
    )),
    "detention_list": ("移送材料清单", (
        {"案件": "{{ matter.title }}"},
        {"接收机关": "{{ said.hand_over.police }}", "移送日期": "{{ said.hand_over.happened | day }}"},
        {"移送材料": "{% for each in said.hand_over.materials %}{{ loop.index }}. {{ line.words.materials[each] }}（原件）\v{% endfor %}", "_cm": 8},
        {"备注": "{% if said.hand_over.late_why %}逾期移送的原因：{{ said.hand_over.late_why }}{% endif %}"},
        {"移送人（签名）": "\n", "接收人": "{{ said.hand_over.receiver }}\n"},
    )),
    "crime_report": ("涉嫌环境犯罪案件调查报告", (
        *HEAD,
        {"犯罪嫌疑人基本情况": "{{ said.report.suspects }}"},
        {"涉嫌罪名": "{{ line.words.crime[said.report.crime] }}", "行为日期": "{{ said.report.act_on | day }}"},
        {"涉嫌犯罪的事实": "{{ said.report.facts }}", "_cm": 7},
        {"证据": "{{ said.report.evidence }}", "_cm": 4},
        {"移送建议": "根据《行政执法机关移送涉嫌犯罪案件的规定》第五条，建议移送公安机关，抄送同级人民检察院。"},
        {"调查人员": OFFICERS + "\n>{{ document.day | day }}"},
    )),
    "crime_list": ("移送材料清单", (
        {"案件": "{{ matter.title }}"},
        {"接收机关": "{{ said.hand_over.police }}", "抄送": "{{ said.hand_over.procuratorate }}"},
        {"移交时间": "{{ said.hand_over.happened | moment }}"},
        {"移送材料": "{% for each in said.hand_over.materials %}{{ loop.index }}. {{ line.words.materials[each] }}\v{% endfor %}", "_cm": 8},
        {"备注": "{% if said.hand_over.late_why %}逾期移交的原因：{{ said.hand_over.late_why }}{% endif %}"},
        {"移送人（签名）": "\n", "接收人（签名）": "\n"},
    )),
}  # fmt: skip
