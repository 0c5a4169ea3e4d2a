"""Each typical defect of file reviews is made in a real file, and the self-check names it with its place and its remedy."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from case_walk import CODE_LAW, FOUND, PDF, SAID, Walk, nine

from zhihuan.bureau.documents.consistency.gathering import findings_of
from zhihuan.bureau.documents.models import MatterDocument, ServiceReceipt
from zhihuan.bureau.matters.engine.expiring import expire_due
from zhihuan.bureau.matters.models import MatterEvent
from zhihuan.lines.enforcement.file_check.review_points import for_the_eye, review_points

#: Before anything of the walks below that still runs is overdue.
SOON = "2026-09-21"


def found(walk: Walk, on: str = SOON) -> dict[str, Any]:
    """The first finding of each rule, as the page shows them on a day."""
    return {each.rule: each for each in reversed(findings_of(walk.kept(), nine(on)))}


def decided(walk: Walk, **decide: Any) -> Walk:
    return walk.to_filed().to_review().to_notice().to_decision().to_pay(**decide)


def test_a_sound_file_is_left_alone(walk):
    assert found(decided(walk)) == {}


# ---- going underneath the engine, which itself lets hardly any of this happen ----


def event(walk: Walk, step: str) -> Any:
    return MatterEvent._base_manager.filter(matter=walk.matter.pk, step=step)


def papers(walk: Walk, code: str) -> Any:
    return MatterDocument._base_manager.filter(matter=walk.matter.pk, code=code)


def receipts(walk: Walk, code: str) -> Any:
    return ServiceReceipt.objects.filter(document__matter=walk.matter.pk, document__code=code)


def written_by(monkeypatch: Any, name: str, *paragraphs: str) -> None:
    """Have a document made from a template that somebody edited."""
    from docx import Document as Word

    from zhihuan.bureau.documents import making
    from zhihuan.bureau.documents.template import Template

    edited = Word()
    for text in paragraphs:
        edited.add_paragraph(text)
    buffer = io.BytesIO()
    edited.save(buffer)
    real = making.template_of

    def template_of(procedure: Any, document: Any) -> Any:
        if document.template != name:
            return real(procedure, document)
        return Template("edited", name, buffer.getvalue())

    monkeypatch.setattr(making, "template_of", template_of)


def keep(walk: Walk, content: bytes, name: str, **said: Any) -> None:
    from zhihuan.bureau.matters.engine.acting import Acting
    from zhihuan.bureau.vault.evidence.adding import add_evidence
    from zhihuan.bureau.vault.keeping import keep_made

    acting = Acting(walk.cast.officer, at=nine(FOUND))
    add_evidence(walk.matter, keep_made(content, name), acting, **said)


def picture() -> bytes:
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "grey").save(buffer, "JPEG")
    return buffer.getvalue()


def examined(walk: Walk, **test: Any) -> Walk:
    """Sent to a laboratory, back, and told."""
    walk.to_filed()
    walk.go("test", "2026-09-02", to="某检测公司", what="化学需氧量", **test)
    walk.go("test_back", "2026-09-05")
    walk.go("tell_results", "2026-09-05", report="检测报告 1 号", told_on="2026-09-05")
    return walk


# ---- the defects ----


def filed_last(walk, _patch):
    walk.to_filed("2026-09-01").to_review("2026-09-01")


def acts_order(walk, _patch):
    decided(walk)
    event(walk, "submit").update(at=nine("2026-09-02"))


def too_early(walk, _patch):
    decided(walk)
    receipts(walk, "notice").update(withdrawn_at=nine("2026-09-19"))
    walk.serve("notice", "2026-09-15")


def same_day(walk, _patch):
    decided(walk)
    papers(walk, "decision").update(made_at=nine("2026-09-10"))


def one_alone(walk, _patch):
    decided(walk)
    everything = MatterEvent._base_manager.filter(matter=walk.matter.pk)
    everything.update(actor=walk.cast.officer, officers=[])


def not_apart(walk, _patch):
    decided(walk)
    event(walk, "review_to_notice").update(actor=walk.cast.officers[1])


def certificate(walk, _patch):
    decided(walk)
    walk.cast.officer.certificates.update(expires="2026-08-30")


def element_missing(walk, patch):
    written_by(patch, "prior_notice.docx", "经查：{{ said.notify.facts }}", "拟处罚款", "依据《某法》第一条", "理由：情节一般")  # fmt: skip
    decided(walk)


def acts_together(walk, _patch):
    facts = "一、废水超标排放；二、未按规定记录台账。"
    walk.to_filed().to_review(facts=facts).to_notice()


def above(walk, _patch):
    decided(walk)
    said = event(walk, "notify").get().said
    event(walk, "notify").update(said=said | {"notified_fine": "40000"})


def sum_differs(walk, patch):
    sums = "罚款人民币伍万元整（￥50,000元），没收违法所得人民币叁万元整（￥30,000元），罚没款合计人民币玖万元整（￥90,000元）"
    written_by(patch, "penalty_decision.docx", sums)
    kinds = ["fine", "confiscation"]
    walk.to_filed().to_review(proposed_kinds=kinds, proposed_gains="30000")
    walk.go("review_to_notice", "2026-09-10")
    walk.go("notify_hearing", "2026-09-10", notified_kinds=kinds, notified_gains="30000")
    walk.serve("notice", "2026-09-10")
    walk.go("notice_served", "2026-09-10")
    walk.to_decision().to_pay(kinds=kinds, gains="30000")


def remedy_period(walk, patch):
    written_by(patch, "penalty_decision.docx", "罚款，可在九十日内提起行政诉讼")
    decided(walk)


def copy_unchecked(walk, _patch):
    decided(walk)
    keep(walk, PDF, "台账.pdf", kind="documentary", title="台账", obtained="copied")


def picture_untold(walk, _patch):
    decided(walk)
    keep(walk, picture(), "排口.jpg", kind="audiovisual", title="排口", obtained="taken")


def sampling_unrecorded(walk, _patch):
    examined(walk, cma="证书 1 号，含化学需氧量")


def report_untold(walk, _patch):
    decided(walk)
    keep(walk, PDF, "报告.pdf", kind="appraisal", title="采样检测报告", obtained="measured")


def cma_missing(walk, _patch):
    examined(walk)


def only_words(walk, _patch):
    walk.go("register", FOUND)
    answers = {"asked_at": "2026-08-31T09:00", "place": "厂区", "person": "张三", "duty": "厂长"}
    walk.go("question", FOUND, **answers, identity_shown="on", answers="是我们排的。")
    for step in ("ask_filing", "endorse_filing", "file"):
        walk.go(step, "2026-09-01")
    walk.to_review()


def law_short(walk, _patch):
    decided(walk, facts="依据《行政处罚法》第五十七条查明，排放废水超标，有检测报告为证")


def law_whole_article(walk, _patch):
    decided(walk, law_penalty="《中华人民共和国生态环境法典》第一千零八十六条")


def law_repealed(walk, _patch):
    decided(walk, facts="违反《中华人民共和国水污染防治法》第八十三条，有检测报告为证")


def red_head(walk, _patch):
    decided(walk, law_penalty=f"{CODE_LAW}、粤环发〔2021〕7号")


def no_reasons(walk, _patch):
    decided(walk, discretion="同意")


def factor_unproved(walk, _patch):
    factors = [{"factor": "排污口位置", "level": "饮用水水源保护区", "is_given": True}]
    walk.to_filed().to_review(reckoning=json.dumps({"factors": factors}))


def fine_outside(walk, _patch):
    """The end of a band itself, which does not belong to it."""
    within = {
        "low": "20000.00",
        "high": "50000.00",
        "words": "2万元以上5万元以下",
        "excludes_high": True,
    }
    walk.to_filed().to_review(reckoning=json.dumps({"within": within}), proposed_fine="50000")


def filed_late(walk, _patch):
    walk.go("register", FOUND)
    walk.go("inspect", FOUND)
    for step in ("ask_filing", "endorse_filing"):
        walk.go(step, "2026-09-20")
    walk.go("file", "2026-09-20", late_reason="漏办")


def decided_late(walk, _patch):
    walk.to_filed().to_review().to_notice().to_decision()
    walk.go("decide", "2026-12-20", late_reason="漏办")


def stop_without_paper(walk, _patch):
    examined(walk, cma="证书 1 号")
    papers(walk, "commission_test").delete()


def mailed_elsewhere(walk, _patch):
    decided(walk)
    receipts(walk, "decision").update(way="mail", place="石岐区另一路 9 号", proof="回执")


def not_served(walk, _patch):
    decided(walk)
    receipts(walk, "decision").update(withdrawn_at=nine("2026-09-19"))


def announced_first(walk, _patch):
    decided(walk)
    receipts(walk, "notice").update(way="announced")


def overdue(walk: Walk) -> Walk:
    decided(walk)
    expire_due(nine("2026-10-09"))
    walk.matter = walk.kept()
    return walk


def not_urged(walk, _patch):
    overdue(walk).go("urge", "2027-03-22", reckoned_to="2027-03-22")
    walk.serve("demand_letter", "2027-03-22")
    walk.go("urge_served", "2027-03-22")
    court = {"reckoned_to": "2027-04-06", "court": "市第一人民法院", "facts": "未履行。"}
    walk.go("apply_court", "2027-04-06", **court)
    receipts(walk, "demand_letter").update(withdrawn_at=nine("2027-04-03"))


def court_missed(walk, _patch):
    overdue(walk)
    expire_due(nine("2027-03-19"))
    walk.matter = walk.kept()


def late_fee_untold(walk, _patch):
    overdue(walk).go("urge", "2026-10-12", reckoned_to="2026-10-12")


@dataclass(frozen=True)
class Defect:
    """rule: the finding that names it. where, what: words of the place and of the sentence. on: looked at that day."""

    make: Callable[[Walk, Any], None]
    rule: str
    where: str
    what: str
    on: str = SOON


DEFECTS = [
    Defect(filed_last, "filed_last", "立案审批表", "2026-09-01"),
    Defect(acts_order, "acts_order", "办理经过", "提交审查"),
    Defect(too_early, "too_early", "行政处罚决定书", "到 2026-09-21 才届满"),
    Defect(same_day, "same_day", "行政处罚事先告知书", "同一天（2026-09-10）"),
    Defect(one_alone, "one_alone", "办理经过", "同一人"),
    Defect(not_apart, "not_apart", "审查通过，送告知", "现场检查"),
    Defect(certificate, "certificate", "现场检查（勘察）（2026-08-31）", "2026-08-30 到期"),
    Defect(element_missing, "element_missing", "行政处罚事先告知书", "陈述、申辩权利"),
    Defect(acts_together, "acts_together", "行政处罚事先告知书", "2 项违法行为"),
    Defect(above, "above", "办理经过", "50000"),
    Defect(
        sum_differs, "sum_differs", "行政处罚决定书", "合计 80000 元，决定书的罚没款合计：90000"
    ),
    Defect(remedy_period, "remedy_period", "行政处罚决定书", "九十日"),
    Defect(copy_unchecked, "copy_unchecked", "证据 1 台账", "核对"),
    Defect(picture_untold, "picture_untold", "证据 1 排口", "制作时间、制作地点、制作人"),
    Defect(sampling_unrecorded, "sampling_unrecorded", "现场检查（勘察）笔录", "采样"),
    Defect(report_untold, "report_untold", "办理经过", "没有告知当事人"),
    Defect(cma_missing, "cma_missing", "委托监测、检测", "CMA"),
    Defect(only_words, "only_words", "证据目录", "当事人陈述"),
    Defect(law_short, "law_short", "行政处罚决定书", "《行政处罚法》"),
    Defect(law_whole_article, "law_whole_article", "处罚依据", "第一千零八十六条"),
    Defect(law_repealed, "law_repealed", "行政处罚决定书", "水污染防治法"),
    Defect(red_head, "red_head", "处罚依据", "粤环发〔2021〕7号"),
    Defect(no_reasons, "no_reasons", "行政处罚决定书", "裁量理由"),
    Defect(factor_unproved, "factor_unproved", "案件调查报告", "排污口位置"),
    Defect(
        fine_outside,
        "fine_outside",
        "案件调查报告",
        "50000 元不在裁量计算得出的幅度“2万元以上5万元以下（不含上限）”之内",
    ),
    Defect(filed_late, "limit_passed", "办理经过", "“立案期限”超过而没有延长审批，应于 2026-09-15"),
    Defect(decided_late, "limit_passed", "办理经过", "“办案期限”超过而没有延长审批"),
    Defect(stop_without_paper, "stop_without_paper", "委托监测、检测", "停止计算"),
    Defect(mailed_elsewhere, "mailed_elsewhere", "行政处罚决定书", "石岐区另一路 9 号"),
    Defect(not_served, "not_served", "行政处罚决定书", "送达回证"),
    Defect(announced_first, "announced_first", "行政处罚事先告知书", "公告送达"),
    Defect(not_urged, "not_urged", "申请法院强制执行", "履行催告书"),
    Defect(court_missed, "court_missed", "办理经过", "2027-06-18", "2027-06-23"),
    Defect(late_fee_untold, "late_fee_untold", "加处罚款告知书", "没有送达"),
]


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda each: each.make.__name__)
def test_each_defect_is_named_with_its_place_and_how_to_mend_it(defect, walk, monkeypatch):
    defect.make(walk, monkeypatch)
    finding = found(walk, defect.on)[defect.rule]
    assert defect.where in finding.where
    assert defect.what in finding.what
    assert finding.mend


def test_every_defect_of_the_reviews_is_seen_by_a_rule_or_told_as_a_persons():
    made = {each.rule for each in DEFECTS}
    # seen in files of every line: tests/bureau/documents/consistency
    general = {"law_not_yet", "law_article", "served_before"}
    of_persons = {"identity_missing", "identity_differs", "identity_wrong"}  # test_identity.py
    rules = {rule for point in review_points() for rule in point.rules}
    assert rules == made | general | of_persons
    assert {point.eye for point in review_points() if point.eye} == {
        each.what for each in for_the_eye()
    }
    assert all(point.rules or point.eye for point in review_points())


def test_an_inspection_that_the_case_grew_from_bears_witness_for_it(walk):
    """Samples on its record, its results told: nothing is wanting in the case."""
    examined(walk, cma="证书 1 号")
    assert "sampling_unrecorded" in found(walk)
    assert SAID["inspect"]["found"]
    _grown_from_inspection(walk)
    assert "sampling_unrecorded" not in found(walk)


def test_a_fine_within_its_range_is_left_alone_at_an_end_that_belongs_to_it(walk):
    within = {
        "low": "20000.00",
        "high": "50000.00",
        "words": "2万元以上5万元以下",
        "excludes_high": False,
    }
    walk.to_filed().to_review(reckoning=json.dumps({"within": within}), proposed_fine="50000")
    assert "fine_outside" not in found(walk)


def _grown_from_inspection(walk: Walk) -> None:
    from zhihuan.bureau.matters.models import MatterLink

    earlier = Walk.opened(walk.cast)
    earlier.go("register", FOUND)
    earlier.go("inspect", FOUND, found="在总排口采样一份")
    link = event(walk, "report").first() or event(walk, "register").get()
    MatterLink.objects.create(
        matter_id=walk.matter.pk, kind="spawned_by", other_id=earlier.matter.pk, event=link
    )
