"""Write the templates of measures: ``python scripts/write_measures_documents.py``.

The .docx files are the templates from then on: lawyers edit them in a word processor, and what stands in
``{{ … }}`` is filled in (docs/measures.md lists it). Running this again undoes their edits. What each must say:
部令第28、29号 and 2014年部令第30号, §9, §11, §13, §16; the forms themselves (环办执法〔2024〕9号) were not seen.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from measures_forms import FORMS
from official_document import body, form, sheet, signed

FOLDER = Path(__file__).parents[1] / "src/zhihuan/lines/measures/documents"


def _party(number: str) -> tuple[str, ...]:
    """Who the party is, at the head of a letter: of a person name, document and address. Source: 行政处罚法 §59(1)(1); 行政强制法 §24."""
    document = (
        "身份证件：{{ line.identity.document or '未登记' }}　证件号码：{{ (NUMBER) or '未登记' }}"
    ).replace("NUMBER", number)
    return (
        "当事人：{{ line.body }}",
        "{%p if line.identity.is_person %}",
        document,
        "住址：{{ line.identity.address | opened }}",
        "{%p else %}",
        "统一社会信用代码：{{ party.credit_code or '无' }}",
        "地址：{{ line.address }}",
        "法定代表人：{{ line.head }}",
        "{%p endif %}",
        "{%p if line.identity.is_individual %}",
        f"经营者：{{{{ line.identity.name }}}}　{document}",
        "{%p endif %}",
    )


#: The number of the document stands in full where a penalty is notified or decided, else masked.
NUMBER = "line.identity.number | opened"
PARTY, PUNISHED = _party("line.identity.number.shown"), _party(NUMBER)
AT_MARGIN = frozenset((*PARTY, *PUNISHED))
#: Within a sentence of a letter that hands a case over.
WHO = (
    "{% if line.identity.is_person %}{{ line.identity.document or '身份证件未登记' }}：{{ NUMBER }}，住址：{{ line.identity.address | opened }}"
    "{% else %}统一社会信用代码：{{ party.credit_code or '无' }}{% endif %}"
    "{% if line.identity.is_individual %}，经营者{{ line.identity.name }}，{{ line.identity.document or '身份证件未登记' }}：{{ NUMBER }}{% endif %}"
).replace("NUMBER", NUMBER)
REMEDIES = (
    "如不服本决定，可以自收到本决定书之日起六十日内向{{ issuer.government }}申请行政复议，也可以自收到本决定书之日起六个月内"
    "直接向有管辖权的人民法院提起行政诉讼。复议、诉讼期间，本决定不停止执行，法律另有规定的除外。"
)
SPEAK = "你单位可以自收到本告知书之日起五个工作日内提出陈述、申辩，或者要求举行听证；逾期未提出的，视为放弃。"
SIGNED = "执法人员：{% for each in step.officers %}{{ each.name }}（证号 {{ each.certificate }}）　{% endfor %}"
#: What was proposed, or done at once.
SEALED = "{% set p = said.propose if 'propose' in said else said.seal_at_once %}"
KIND = "{{ line.words.kind[p.kind] }}"
KIND_SAID = "{{ line.words.kind[said.propose.kind] }}"
KINDS = SEALED + KIND

#: File: title, then paragraphs. PARTY is written out, REMEDIES stand before the foot.
SHEETS: dict[str, tuple[str, tuple[str, ...]]] = {
    "correction_order": ("责令改正违法行为决定书", (
        *PARTY,
        "经调查，你单位有下列违法行为（{{ said.propose.act_on | day }}）：",
        "{{ said.propose.act }}",
        "上述行为违反了：{{ said.propose.violated }}",
        (
            "根据{{ line.law }}，现责令你单位{% if said.propose.at_once %}立即停止违法行为{% endif %}"
            "{% if said.propose.deadline %}{% if said.propose.at_once %}，并{% endif %}于{{ said.propose.deadline | day }}前改正{% endif %}："
        ),
        "{{ said.propose.demand }}",
        (
            "{% if said.propose.warns_daily %}本机关将以暗查方式复查。拒不改正的，可以自本决定书送达之日的次日起，"
            "按照原罚款数额按日连续处罚。{% else %}期满后本机关将组织复查；改正后请及时报告。{% endif %}"
        ),
        "责令改正不是行政处罚，不影响对违法行为依法处理。",
        REMEDIES,
    )),
    "sealing_decision": ("查封（扣押）决定书", (
        *PARTY,
        SEALED + "经调查，你单位有下列违法行为（{{ p.act_on | day }}）：",
        SEALED + "{{ p.facts }}",
        f"{SEALED}该行为属于：{{{{ line.words.case[p.case] }}}}。根据{{{{ line.law }}}}，本机关决定对下列场所、设施或者财物实施{KIND}：",
        SEALED + "{{ p.items }}",
        f"期限为三十日，自实施{KINDS}之日起计算；情况复杂的，经批准可以延长，延长不超过三十日。检测、检验、检疫或者技术鉴定的期间不计算在内。",
        "你单位应当妥善保管就地查封的设施、设备，不得擅自损毁封条、变更查封状态或者启用。期限届满前，可以附具证明材料申请解除。",
        REMEDIES,
    )),
    "sealing_strip": ("封　条", ("{{ issuer.name }}", "{{ document.day | day_in_characters }}封", "擅自损毁封条、变更查封状态或者启用已查封设施、设备的，依法追究责任。")),
    "sealing_extension": ("延长查封（扣押）期限决定书", (
        *PARTY,
        SEALED + "对你单位实施的查封（扣押）情况复杂，理由：{{ said.extend.why }}",
        "根据《中华人民共和国行政强制法》第二十五条，经批准，决定延长期限，延长至{{ line.until.term | day }}。",
        REMEDIES,
    )),
    "sealing_test_notice": ("检测（鉴定）期间告知书", (
        "{{ line.body }}：",
        "对你单位被查封、扣押的物品须进行：{{ said.start_test.why }}。期间自{{ document.day | day }}起，预计至{{ said.start_test.until | day }}止。",
        "根据《中华人民共和国行政强制法》第二十五条，该期间不计入查封、扣押的期限；费用由本机关承担。",
    )),
    "sealing_keep": ("维持查封（扣押）告知书", (
        "{{ line.body }}：",
        "你单位提出的解除查封（扣押）申请收悉。经核查：{{ said.keep.found }}",
        "违法行为尚未改正，维持查封（扣押），期限至{{ line.until.term | day }}。改正后可以再次申请。",
    )),
    "sealing_release": ("解除查封（扣押）决定书", (
        *PARTY,
        "{% set r = said[step.code] %}理由：{{ line.words.reason[r.reason] }}。{{ r.found }}",
        "根据《中华人民共和国行政强制法》第二十八条，决定自{{ document.day | day }}起解除对你单位的查封（扣押）。",
        "{% set r = said[step.code] %}{% if r.fetch %}请领回扣押物：{{ r.fetch }}{% endif %}",
        REMEDIES,
    )),
    "production_notice": ("责令限制生产（停产整治）事先告知书", (
        *PARTY,
        "经调查，你单位有下列违法行为（{{ said.propose.act_on | day }}）：",
        "{{ said.propose.facts }}",
        (f"该行为属于：{{{{ line.words.case[said.propose.case] }}}}。根据{{{{ line.law }}}}，本机关拟责令你单位{KIND_SAID}"
        "{% if said.propose.kind == 'limit' %}，期限{{ said.propose.months }}个月{% else %}，至完成整改并备案之日止{% endif %}："),
        "{{ said.propose.demand }}",
        SPEAK,
    )),
    "production_decision": ("责令{% if said.propose.kind == 'limit' %}限制生产{% else %}停产整治{% endif %}决定书", (
        *PARTY,
        "经调查，你单位有下列违法行为（{{ said.propose.act_on | day }}）：",
        "{{ said.propose.facts }}",
        "本机关已告知你单位拟作出的决定和依法享有的权利。对陈述、申辩的复核意见：{{ said[step.code].reply }}",
        (f"该行为属于：{{{{ line.words.case[said.propose.case] }}}}。根据{{{{ line.law }}}}，现责令你单位{KIND_SAID}"
        "{% if said.propose.kind == 'limit' %}，期限{{ said.propose.months }}个月，至{{ line.until.term | day }}止{% else %}，自本决定书送达之日起，至解除之日止{% endif %}："),
        "{{ said.propose.demand }}",
        (
            "收到本决定书后应当立即整改，并在十五个工作日内将整改方案报本机关备案、向社会公开；完成整改的，在十五个工作日内"
            "将完成情况、信息公开情况报本机关备案，并附监测报告以及用电量、用水量、主要产品产量与整改前的对比材料。本决定自备案之日起解除。"
        ),
        REMEDIES,
    )),
    "production_extension": ("延长限制生产期限决定书", (
        *PARTY,
        "你单位被责令限制生产一案情况复杂，理由：{{ said.extend.why }}",
        "根据《环境保护主管部门实施限制生产、停产整治办法》第十五条，经批准，限制生产期限延长至{{ line.until.term | day }}。",
        REMEDIES,
    )),
    "production_receipt": ("整改完成备案回执", (
        "{{ line.body }}：",
        "你单位整改任务完成情况已于{{ document.day | day }}备案。完成整改日期：{{ said.complete.finished_on | day }}。",
        "{{ said.complete.done }}",
        f"{KIND_SAID}决定自备案之日起解除。本机关将在三十日内跟踪检查；又实施同一违法行为的，依法从重处理。",
    )),
    "daily_fine_notice": ("按日连续处罚事先（听证）告知书", (
        *PUNISHED,
        ("你单位因{{ line.words.act[said.propose.act] }}，于{{ said.propose.penalty_on | day }}受到罚款处罚（{{ said.propose.penalty_number }}，罚款{{ said.propose.original | yuan }}元），"
        "并被责令改正（{{ said.propose.order_number }}，{{ said.propose.served_on | day }}送达）。"),
        "{{ said.propose.act_on | day }}复查：{{ line.words.refused[said.propose.refused] }}。{{ said.propose.facts }}",
        ("根据{{ said.propose.law }}，本机关拟自{{ said.propose.first | day }}起至{{ said.propose.act_on | day }}止按日连续处罚，计罚{{ said.propose.days }}日，"
        "罚款人民币{{ said.propose.amount | words }}（￥{{ said.propose.amount | yuan }}）。"),
        "{{ said.propose.derivation }}",
        SPEAK,
    )),
    "daily_fine_decision": ("按日连续处罚决定书", (
        *PUNISHED,
        "一、原违法行为和处罚：{{ line.words.act[said.propose.act] }}；{{ said.propose.penalty_number }}（{{ said.propose.penalty_on | day }}），罚款{{ said.propose.original | yuan }}元。",
        "二、责令改正和复查：{{ said.propose.order_number }}于{{ said.propose.served_on | day }}送达；{{ said.propose.act_on | day }}复查，{{ line.words.refused[said.propose.refused] }}。{{ said.propose.facts }}",
        "三、陈述申辩、听证意见的复核：{{ said.decide.reply }}",
        "四、计罚起止时间和计算：自{{ said.propose.first | day }}起至{{ said.propose.act_on | day }}止，计罚{{ said.propose.days }}日。",
        "{{ said.propose.derivation }}",
        "根据{{ said.propose.law }}，本机关决定对你单位按日连续处罚，罚款人民币{{ said.propose.amount | words }}（￥{{ said.propose.amount | yuan }}）。",
        "请自收到本决定书之日起十五日内缴纳罚款；逾期不缴纳的，每日按罚款数额的百分之三加处罚款，加处罚款的数额不超过罚款本金。",
        REMEDIES,
    )),
    "detention_letter": ("涉嫌环境违法适用行政拘留处罚案件移送书", (
        "公安机关：",
        "{{ line.body }}（" + WHO + "）涉嫌{{ line.words.ground[said.propose.ground] }}一案，本机关已依法调查{% if said.propose.penalty_number %}并作出行政处罚（{{ said.propose.penalty_number }}）{% endif %}。",
        "主要事实：{{ said.propose.facts }}",
        "{% if said.propose.refusal %}拒不执行的证据：{{ said.propose.refusal }}{% endif %}",
        "根据{{ said.propose.clause }}，现将该案移送你机关，请依法审查处理。被移送人：{{ said.propose.person }}。",
        "附：移送材料清单及案卷材料原件。",
    )),
    "crime_letter": ("涉嫌环境犯罪案件移送书", (
        "公安机关：",
        "本机关在查处{{ line.body }}（" + WHO + "）环境违法一案中，发现其行为涉嫌{{ line.words.crime[said.report.crime] }}。",
        "犯罪嫌疑人基本情况：{{ said.report.suspects }}",
        "涉嫌犯罪的事实（{{ said.report.act_on | day }}）：{{ said.report.facts }}",
        "证据：{{ said.report.evidence }}",
        "根据《行政执法机关移送涉嫌犯罪案件的规定》第五条，现将该案移送你机关，请依法审查，并书面告知处理结果。",
        "附：移送材料清单。抄送：同级人民检察院。",
    )),
    "crime_offset": ("罚款、拘留折抵说明", (
        "案件：{{ matter.title }}　裁判生效日期：{{ said.judge.happened | day }}",
        "{{ said.judge.result }}",
        "罚金{{ said.judge.criminal_fine | yuan }}元，已缴罚款{{ said.judge.paid | yuan }}元，折抵{{ said.judge.offset | yuan }}元，余{{ said.judge.fine_left | yuan }}元。",
        "刑期{{ said.judge.sentence_days }}日，已执行行政拘留{{ said.judge.detained_days }}日，折抵{{ said.judge.days_offset }}日。",
        "依据：{{ line.law }}",
    )),
    "special_team_notice": ("关于成立专案组的通知", (
        "因办理“{{ matter.title }}”（{{ line.words.kind[said.propose.kind] }}）需要，决定成立专案组。",
        "{{ said.propose.about }}",
        "组长：{{ said.propose.lead }}\n成员：\n{{ said.propose.members }}",
        "工作方案：{{ said.propose.plan }}",
    )),
    "special_team_report": ("专案结案报告", (
        "案件：{{ matter.title }}",
        "办理结果：{{ said.conclude.outcome }}",
        "问题和建议：{{ said.conclude.lessons }}",
    )),
    "observation_notice": ("执法观察期告知书", (
        *PARTY,
        "经调查，你单位有下列违法行为（{{ said.propose.act_on | day }}）：{{ said.propose.facts }}",
        "该行为属于“{{ line.words.act[said.propose.act] }}”，违法行为轻微、没有造成危害后果，适用执法观察期。观察期自本告知书送达之日起三十日。",
        "整改要求：{{ said.propose.demand }}",
        "观察期内改正的，依法不予行政处罚；未改正或者又违法的，依法立案查处。整改后请及时报告。",
    )),
    "observation_no_penalty": ("不予行政处罚决定书", (
        *PUNISHED,
        "经调查，你单位有下列违法行为（{{ said.propose.act_on | day }}）：{{ said.propose.facts }}",
        "你单位在观察期内已改正。复查情况：{{ said.check_good.found }}",
        "根据《中华人民共和国行政处罚法》第三十三条第一款，决定不予行政处罚。请加强管理，防止再次违法。",
        REMEDIES,
    )),
}  # fmt: skip
#: Sheets that carry a number under their heading; the rest have none.
NUMBERED = {
    "correction_order", "sealing_decision", "sealing_extension", "sealing_release", "production_notice",
    "production_decision", "daily_fine_notice", "daily_fine_decision", "detention_letter", "crime_letter",
    "special_team_notice", "observation_notice", "observation_no_penalty",
}  # fmt: skip


def main() -> None:
    """Write all of them."""
    FOLDER.mkdir(exist_ok=True)
    for name, (title, paragraphs) in SHEETS.items():
        _letter(name, title, paragraphs).save(str(FOLDER / f"{name}.docx"))
    for name, (title, rows) in FORMS.items():
        document = sheet(title)
        form(document, rows)
        document.save(str(FOLDER / f"{name}.docx"))


def _letter(name: str, title: str, paragraphs: tuple[str, ...]) -> Any:
    document = sheet(title, "{{ document.number }}" if name in NUMBERED else "")
    for text in paragraphs:
        at_margin = text in AT_MARGIN or text.endswith("：")
        body(document, (f"={text}" if at_margin else text,))
    signed(document, ("{{ issuer.name }}（印章）", "{{ document.day | day_in_characters }}"))
    return document


if __name__ == "__main__":
    main()
