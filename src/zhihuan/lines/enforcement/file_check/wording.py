"""What notice and decision say: each act for itself, law that is law, reasons with their proof."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from zhihuan.bureau.discretion import kept_span
from zhihuan.bureau.documents.consistency.case_file import CaseFile
from zhihuan.bureau.documents.consistency.finding import Finding, Weight, excerpt

__all__ = [
    "acts_told_apart",
    "factors_proved",
    "fine_in_range",
    "law_is_law",
    "law_to_the_paragraph",
    "reasons_given",
    "sums_agree",
]

_NOTIFIED = ("notify", "notify_hearing")
_DECIDED = ("decide", "decide_nothing")
_LAW_FIELDS = ("law_broken", "law_penalty")
_NUMERAL = "一二三四五六七八九十百千零〇0-9"
_ITEM = re.compile(
    r"(?:^|[\n。；;：:\s])(?:[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、|\d+[.．、])"
)
_WHOLE_ARTICLE = re.compile(
    rf"第[{_NUMERAL}]+条(?:之[{_NUMERAL}]+)?(?!第[{_NUMERAL}]+[款项])(?![{_NUMERAL}、款项])"
)
#: Papers of the administration (红头文件): numbers with a year in brackets, titles of notices and plans.
_RED_HEAD = re.compile(
    r"[一-龥]{1,12}[〔\[（(]20\d\d[〕\]）)]\d+号|《[^》]*(?:通知|意见|方案|纪要|函|批复|指南)》"
)
_REASON = re.compile(
    "情节|因素|幅度|比例|裁量|基准|从轻|减轻|从重|百分之|%|％|初次|首次|再次|危害|后果|改正"
)


#: The sum of fine and illegal gains as a decision writes it.
_TOTAL = re.compile(r"罚没款合计[^￥¥。]{0,40}[￥¥]\s*([\d,，]+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class _Cited:
    """Law as a step was told it."""

    step: str
    field: str
    text: str


def acts_told_apart(file: CaseFile) -> Iterator[Finding]:
    """Several acts of the investigation's report are told one by one in the notice."""
    report, notice = file.said.get("report", {}), file.paper("notice")
    found = len(_ITEM.findall(str(report.get("facts") or "")))
    if notice is None or found < 2:
        return
    told = len(_ITEM.findall(str(file.told(_NOTIFIED, "facts") or "")))
    if told >= found and ("分别" in notice.text or len(_ITEM.findall(str(file.told(_NOTIFIED, "law_penalty") or ""))) >= 2):  # fmt: skip
        return
    yield Finding(
        "acts_together",
        _("调查报告查明 %(found)d 项违法行为，告知书没有逐项写明事实、依据和处罚")
        % {"found": found},
        notice.name,
        _("逐项写明每一违法行为的事实、依据和拟处罚内容，重新告知"),
        Weight.LOOK,
    )


def law_to_the_paragraph(file: CaseFile) -> Iterator[Finding]:
    """Law is cited to its 款 and 项; whether an article has any nobody knows here."""
    for cited in _laws(file):
        if match := _WHOLE_ARTICLE.search(cited.text):
            words = excerpt(cited.text, match.start(), match[0], 20)
            what = _("引用到条为止：%(words)s") % {"words": words}
            told = ("law_whole_article", what, _("该条分款、项的，写到款、项"))
            yield _law(file, cited, told, Weight.LOOK)


def law_is_law(file: CaseFile) -> Iterator[Finding]:
    """A penalty rests on laws, regulations and rules, not on the administration's own papers. Source: 行政处罚法 §§10–16."""
    for cited in _laws(file):
        if match := _RED_HEAD.search(cited.text):
            what = _("以规范性文件作为依据：%(words)s") % {"words": match[0]}
            mend = _("改引法律、法规、规章；规范性文件只能作为裁量说理")
            yield _law(file, cited, ("red_head", what, mend), Weight.WRONG)


def reasons_given(file: CaseFile) -> Iterator[Finding]:
    """Notice and decision say by which circumstances the penalty was measured."""
    for step in (*_NOTIFIED, "decide"):
        said = file.said.get(step)
        if said is None or _REASON.search(str(said.get("discretion") or "")):
            continue
        paper = file.paper("decision" if step == "decide" else "notice")
        yield Finding(
            "no_reasons",
            _("裁量理由没有写明情节、因素或者幅度"),
            paper.name if paper else _("办理经过"),
            _("逐项写明裁量因素、对应证据和幅度"),
        )


def sums_agree(file: CaseFile) -> Iterator[Finding]:
    """What the decision writes as its sum is the fine and the illegal gains that were decided. Whoever imposes both
    writes a sum; each is an amount of its own, on the fine alone a surcharge may come."""
    said, paper = file.said.get("decide", {}), file.paper("decision")
    fine, gains = (Decimal(str(said.get(name) or 0)) for name in ("fine", "gains"))
    if paper is None or not gains:
        return
    written = [Decimal(re.sub("[,，]", "", each)) for each in _TOTAL.findall(paper.text)]
    if all(each == fine + gains for each in written) and (written or not fine):
        return
    told = {"fine": fine, "gains": gains, "total": fine + gains, "written": written[0] if written else _("没有写明")}  # fmt: skip
    yield Finding(
        "sum_differs",
        _("罚款 %(fine)s 元与没收违法所得 %(gains)s 元合计 %(total)s 元，决定书的罚没款合计：%(written)s") % told,
        paper.name,
        _("更正罚没款合计，并分别写明罚款和没收违法所得的金额"),
    )  # fmt: skip


def factors_proved(file: CaseFile) -> Iterator[Finding]:
    """Each circumstance that somebody chose in the reckoning is spoken of where facts and evidence are told."""
    report = file.said.get("report", {})
    reckoning: Any = report.get("reckoning") or {}
    told = "".join(str(report.get(name) or "") for name in ("facts", "evidence", "discretion"))
    for each in reckoning.get("factors", ()):
        factor, level = str(each.get("factor", "")), str(each.get("level", ""))
        if not each.get("is_given") or factor in told or (level and level in told):
            continue
        yield Finding(
            "factor_unproved",
            _("裁量因素“%(factor)s”取“%(level)s”，调查报告没有写明相应事实和证据")
            % {"factor": factor, "level": level},
            _("案件调查报告"),
            _("写明该因素的事实和证据；没有证据的，按最低档取值"),
            Weight.LOOK,
        )


def fine_in_range(file: CaseFile) -> Iterator[Finding]:
    """The fine that was proposed lies where its reckoning says it must; each range says which of its ends belong to it.
    Below it somebody may be spared (§11), above it several acts may be punished together: a person looks."""
    report = file.said.get("report", {})
    fine, reckoning = report.get("proposed_fine"), report.get("reckoning")
    if not fine or not isinstance(reckoning, Mapping):
        return
    named = (("statutory", _("法定幅度")), ("within", _("裁量计算得出的幅度")))
    for name, title in named:
        span = kept_span(reckoning.get(name))
        if span is None or span.holds(Decimal(str(fine))):
            continue
        yield Finding(
            "fine_outside",
            _("拟处罚款 %(fine)s 元不在%(title)s“%(span)s”之内")
            % {"fine": fine, "title": title, "span": span.told},
            _("案件调查报告"),
            _("核对金额；减轻处罚或者数个违法行为合并处罚的，在裁量理由中写明依据"),
            Weight.LOOK,
        )
        return


def _laws(file: CaseFile) -> Iterator[_Cited]:
    for step in (*_NOTIFIED, *_DECIDED):
        for field in _LAW_FIELDS:
            if text := str(file.said.get(step, {}).get(field) or ""):
                yield _Cited(step, field, text)


def _law(file: CaseFile, at: _Cited, told: tuple[str, str, str], weight: Weight) -> Finding:
    """told: rule, what, how to mend."""
    rule, what, mend = told
    code = {"decide": "decision", "decide_nothing": "no_penalty_decision"}.get(at.step, "notice")
    paper = file.paper(code)
    part = _("违反的规定") if at.field == "law_broken" else _("处罚依据")
    return Finding(rule, what, f"{paper.name if paper else _('办理经过')}：{part}", mend, weight)
