"""查封、扣押: six cases and what the Code adds; approved before, or within 24 hours where it cannot wait.

Two officers carry it out, take stock on the spot and leave a seal. Thirty days, once thirty more; days of
testing do not count (行政强制法 §25). At the end the platform says that it is over, and it must be released.
A party that asks for its release has it looked into within five working days.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock import Basis
from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.matters.declaration import (
    Clock,
    Document,
    Guard,
    Notice,
    PartyView,
    Procedure,
    State,
    Step,
)
from zhihuan.bureau.matters.party_view import asked_by
from zhihuan.bureau.remedies.forms import RulingForm
from zhihuan.lines.measures import asking
from zhihuan.lines.measures.hands import (
    DESK,
    FIRM,
    HEADS,
    OFFICER,
    PAIR,
    PLATFORM,
    TOLD,
    head,
    pair,
)
from zhihuan.lines.measures.law import sealing_cases, table_of
from zhihuan.lines.measures.publishing import (
    publish_clock,
    published,
    publishing,
    unpublish_clock,
)
from zhihuan.lines.measures.waiting import ACT_BY_NOW, by_now, only_if

_MEASURES = "环境保护主管部门实施查封、扣押办法（部令第29号）"
#: Approved by who is in charge, carried out by two others.
_COERCION = "中华人民共和国行政强制法 §§18、19"
_KINDS = (("seal", _("查封")), ("seize", _("扣押")))
_CASES = [
    (code, each["title"]) for code, each in table_of("sealing_cases").editions[-1].table.items()
]  # type: ignore[index]
_EXEMPT = (
    ("none", _("无")), ("public", _("城镇污水处理、垃圾处理、危险废物处置等公共设施的运营单位")),
    ("livelihood", _("生产经营业务涉及基本民生、公共利益")), ("safety", _("实施查封、扣押可能影响生产安全")),
)  # fmt: skip
_PRESENT = (("present", _("到场")), ("absent", _("拒不到场，已注明并邀请见证人")), ("refused", _("到场但拒绝签名，已注明")))  # fmt: skip
_WHY_RELEASED = (
    ("corrected", _("已改正违法行为")), ("decided", _("已作出处理决定，不再需要查封、扣押")),
    ("innocent", _("没有违法行为，或者查封、扣押物与违法行为无关")),
    ("over", _("期限届满")), ("other", _("其他不再需要的情形")),
)  # fmt: skip


class ProposeForm(forms.Form):
    act_on = asking.day(_("违法行为日期"))
    kind = asking.one(_("措施"), *_KINDS)
    case = asking.one(_("适用情形"), *_CASES)
    severe = asking.yes(_("已造成严重污染"), _("已造成严重污染的，应当实施查封、扣押。"))
    exempt = asking.one(_("可以不实施的情形"), *_EXEMPT)
    facts = asking.text(_("违法事实和证据"))
    items = asking.text(
        _("查封、扣押的对象"), _("名称、数量、存放地点，每件一行；限于涉案的场所、设施或者财物。")
    )
    not_sealed = asking.yes(_("已核实未被其他机关依法查封"), required=True)
    grave = asking.yes(_("案情重大或者社会影响较大"))
    discussed = asking.text(
        _("集体审议情况"),
        _("案情重大或者社会影响较大的，须经案件审查委员会集体审议。"),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("grave") and not told.get("discussed"):
            self.add_error("discussed", _("案情重大或者社会影响较大的，请填写集体审议情况。"))
        return told


class CarryOutForm(forms.Form):
    """Source: 查封、扣押办法 §12."""

    happened = asking.moment(_("实施时间"))
    ended = asking.moment(_("实施结束时间"))
    place = asking.words(_("实施地点"))
    presence = asking.one(_("当事人到场情况"), *_PRESENT)
    witness = asking.words(_("见证人"), required=False)
    stock = asking.text(_("清单"), _("当场清点：名称、规格、数量、状态、存放地点，每件一行。"))
    keeper = asking.words(_("保管人"), _("就地查封的为当事人；扣押的为本机关或者受委托的第三人。"))
    heard = asking.text(
        _("当事人陈述、申辩"), _("已当场告知理由、依据、权利和救济途径；没有的填“无”。")
    )
    stops_discharge = asking.yes(
        _("违法排污因此停止"), _("停止的，查封、扣押期间不计按日连续处罚。")
    )
    scene = asking.paper(_("现场照片"))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("presence") == "absent" and not told.get("witness"):
            self.add_error("witness", _("当事人拒不到场的，请填写见证人。"))
        if (ended := told.get("ended")) and (begun := told.get("happened")) and ended < begun:
            self.add_error("ended", _("结束时间不能早于实施时间。"))
        return told


class AtOnceForm(CarryOutForm, ProposeForm):
    """Everything at once, on the spot."""

    urgency = asking.text(_("情况紧急的理由"))


class ApplyForm(forms.Form):
    why = asking.text(_("申请解除的理由"))
    proof = asking.paper(_("证明材料"))


class FindingForm(forms.Form):
    found = asking.text(_("核查情况"))


class ReleaseForm(forms.Form):
    reason = asking.one(_("解除理由"), *_WHY_RELEASED)
    found = asking.text(_("核查情况"))
    fetch = asking.words(_("领回扣押物的时间和地点"), required=False)


class TestForm(forms.Form):
    why = asking.words(_("检测、检验、检疫或者技术鉴定的事项"))
    until = asking.day(_("预计结束日期"), _("期间应当明确，并书面告知当事人。"))


class EndTestForm(FindingForm):
    """The term runs on from the day on which the examination was over, however late that is entered."""

    happened = asking.happened(_("检测、鉴定结束日期"), _("查封扣押期限自该日恢复计算。"))


def _in_force(facts: Any) -> str:
    known = sealing_cases(beijing_day(facts.now))
    words = _("该情形自 2026-08-15 生态环境法典施行起方可适用，请另选。")
    return "" if facts.said["case"] in known else words


def _proposed(facts: Any) -> dict[str, Any]:
    """What was proposed last, or done at once."""
    said = [each.said for each in facts.events if each.step in {"propose", "seal_at_once"}]
    return said[-1] if said else {}


def _must(facts: Any) -> str:
    """Where the law leaves no choice, only one of its exceptions lets the bureau do without."""
    told = _proposed(facts)
    case = sealing_cases(beijing_day(facts.now)).get(str(told.get("case")))
    if case is None or told.get("exempt") != "none" or not (case.must or told.get("severe")):
        return ""
    return _(
        "该情形应当实施查封、扣押（办法第四条第二款），不能不予实施；符合例外情形的，请退回写明。"
    )


def _approved_before(facts: Any) -> str:
    """What was sealed before anybody approved it was sealed at once, and has twenty-four hours (办法 §13)."""
    approved = [each.at for each in facts.events if each.step == "approve"][-1]
    if facts.said[asking.HAPPENED] >= approved.replace(second=0, microsecond=0):
        return ""
    words = _(
        "实施时间早于批准时间（%(at)s）；情况紧急先行实施的，须办理“当场实施”并在二十四小时内补办批准。"
    )
    return words % {"at": f"{timezone.localtime(approved):%Y-%m-%d %H:%M}"}


def _is_testing(facts: Any) -> bool:
    steps = [each.step for each in facts.events if each.step in {"start_test", "end_test"}]
    return bool(steps) and steps[-1] == "start_test"


def _over_after_it_began(facts: Any) -> str:
    began = [beijing_day(each.at) for each in facts.events if each.step == "start_test"][-1:]
    told = facts.said[asking.HAPPENED]
    if not began or began[0] <= told:
        return ""
    words = _("结束日期 %(day)s 早于开始日期 %(began)s，请按实际结束的日期填写。")
    return words % {"day": told, "began": began[0]}


OVER_AFTER_IT_BEGAN = Guard("over_after_it_began", _over_after_it_began, "行政强制法 §25")
APPROVED_BEFORE = Guard("approved_before", _approved_before, f"{_MEASURES} §§10、13")
IN_FORCE = Guard("case_in_force", _in_force, "生态环境法典 §52")
NOT_TESTING = only_if(
    "not_testing", lambda facts: not _is_testing(facts), _("已在检测、鉴定期间，请先办理结束。")
)
TESTING = only_if("testing", _is_testing, _("没有进行中的检测、鉴定。"))
LIST = Document("list", _("查封（扣押）清单"), "sealing_list.docx")
RECORD = Document("record", _("查封（扣押）现场笔录"), "sealing_record.docx")
STRIP = Document("strip", _("封条"), "sealing_strip.docx")
DECISION = Document("decision", _("查封（扣押）决定书"), "sealing_decision.docx", number="seizure_decision", served=True, published=True)  # fmt: skip
RELEASE = Document("release_decision", _("解除查封（扣押）决定书"), "sealing_release.docx", number="sealing_release", served=True, published=True)  # fmt: skip
EXTENSION = Document("extension", _("延长查封（扣押）期限决定书"), "sealing_extension.docx", number="sealing_extension", served=True, published=True)  # fmt: skip
#: Source: 查封、扣押办法 §7.
PUBLISHED = published(DECISION, EXTENSION, RELEASE)
ON_SITE = (LIST, RECORD, STRIP)
_HELD = ("sealed", "checking")
#: What the party hears and signs on the spot.
_ON_THE_SPOT = (asking.HAPPENED, "ended", "place", "stock", "keeper", "heard")

SEALING = Procedure(
    code="sealing", title=_("查封、扣押"), edition="2015", basis=Basis(_MEASURES, "", date(2015, 1, 1)),
    folder=__package__, model="measures.Measure",
    grows_from=("clue", "inspection", "penalty_case"),
    about=_("期限三十日，情况复杂的经批准可延长一次三十日；期满须立即解除。"),
    states=(
        State("draft", _("拟办")), State("deciding", _("待批准")), State("approved", _("已批准，待实施")),
        State("urgent", _("已当场实施，待补批")), State("sealed", _("查封扣押中")), State("checking", _("解除申请核查中")),
        State("over", _("期限届满或者决定被撤销，待解除")), State("settled", _("解除决定已送达，待办结")), State("releasing", _("已解除，待送达")),
        State("released", _("已解除"), end=True), State("handed_over", _("已移送公安机关"), end=True),
        State("rejected", _("不予实施"), end=True),
    ),
    begins="draft",
    steps=(
        Step("propose", _("报请查封、扣押"), ("draft",), "deciding", PAIR, form=ProposeForm, guards=(IN_FORCE, ACT_BY_NOW),
             notices=(Notice(HEADS, _("查封、扣押待批准")),)),
        Step("seal_at_once", _("当场实施（情况紧急）"), ("draft",), "urgent", PAIR, form=AtOnceForm, guards=(IN_FORCE, ACT_BY_NOW),
             documents=(DECISION, *ON_SITE), notices=(Notice(HEADS, _("已当场查封、扣押，须在二十四小时内补批")),),
             about=_("情况紧急的可以当场实施，实施后二十四小时内补办批准手续。")),
        Step("approve", _("批准实施"), ("deciding",), "approved", head("propose", by=_COERCION), documents=(DECISION,),
             notices=(Notice(DESK, _("查封、扣押已批准，待实施")),)),
        Step("send_back", _("退回修改"), ("deciding",), "draft", head("propose", by=_COERCION), form=asking.ReasonForm),
        Step("reject", _("不予实施"), ("deciding",), "rejected", head("propose", by=_COERCION), form=asking.ReasonForm,
             guards=(Guard("must", _must, f"{_MEASURES} §4"),)),
        Step("carry_out", _("实施查封、扣押"), ("approved",), "sealed", pair("approve", by=_COERCION), form=CarryOutForm, guards=(APPROVED_BEFORE,), documents=ON_SITE,
             notices=(Notice(("party",), _("已实施查封、扣押；可在期满前申请解除")),)),
        Step("approve_after", _("补办批准"), ("urgent",), "sealed", head("seal_at_once", by=_COERCION),
             notices=(Notice(("party",), _("已实施查封、扣押；可在期满前申请解除")),)),
        Step("lift_at_once", _("不予批准，立即解除"), ("urgent",), "releasing", head("seal_at_once", by=_COERCION), form=ReleaseForm, documents=(RELEASE,),
             notices=(Notice(("party",), _("查封、扣押已解除")),)),
        Step("extend", _("延长期限"), _HELD, "", head("propose", "seal_at_once", "carry_out", by=_COERCION), form=asking.ReasonForm,
             documents=(EXTENSION,),
             notices=(Notice(("party",), _("查封、扣押期限已延长")),)),
        Step("start_test", _("开始检测、鉴定"), _HELD, "", OFFICER, form=TestForm, guards=(NOT_TESTING,),
             documents=(Document("test_notice", _("检测（鉴定）期间告知书"), "sealing_test_notice.docx", served=True),)),
        Step("end_test", _("结束检测、鉴定"), _HELD, "", OFFICER, form=EndTestForm, guards=(TESTING, OVER_AFTER_IT_BEGAN)),
        Step("apply", _("申请解除"), ("sealed",), "checking", FIRM, form=ApplyForm, notices=(Notice(TOLD, _("当事人申请解除查封、扣押，须五个工作日内核查")),)),
        Step("keep", _("维持查封、扣押"), ("checking",), "sealed", head("propose", "seal_at_once", "carry_out", by=_COERCION), form=FindingForm,
             documents=(Document("keep_notice", _("维持查封（扣押）告知书"), "sealing_keep.docx", served=True),)),
        Step("release", _("解除查封、扣押"), (*_HELD, "over"), "releasing", head("propose", "seal_at_once", "carry_out", by=_COERCION), form=ReleaseForm, documents=(RELEASE,),
             notices=(Notice(("party", *DESK), _("查封、扣押已解除")),)),
        Step("expire", _("期限届满"), _HELD, "over", PLATFORM, notices=(Notice(TOLD, _("查封、扣押期限已届满，须立即解除")),)),
        Step("served_release", _("解除决定已送达"), ("releasing",), "settled", OFFICER, form=asking.served("release_decision")),
        Step("close", _("办结"), ("settled",), "released", head(), form=asking.ReasonForm, guards=(PUBLISHED,)),
        *publishing(
            (DECISION, EXTENSION, RELEASE), ("approved", "urgent", *_HELD, "over", "releasing", "settled", "released", "handed_over"),
            _("查封、扣押是行政强制，不适用行政处罚的七个工作日：决定、延期和解除自作出之日起二十个工作日内公开（查封、扣押办法第七条；广东省行政执法公示办法第二十一条）。"),
        ),
        Step("overturned", _("决定被撤销"), (*_HELD, "over"), "over", OFFICER, form=RulingForm, guards=(by_now("ruled_on"),),
             notices=(Notice(("party", *TOLD), _("查封、扣押决定已被撤销，须立即解除")),), about=_("复议、诉讼撤销的须立即解除；已公开的决定须在三个工作日内撤回，并说明理由。")),
        Step("hand_over", _("移送公安机关"), _HELD, "handed_over", head("propose", "seal_at_once", "carry_out", by=_COERCION), form=asking.ReasonForm, guards=(PUBLISHED,),
             about=_("公安机关已立案侦查的，移送查封、扣押的设施、设备及有关法律文书、清单。")),
    ),
    clocks=(
        Clock("approval", _("补批期限"), "E21", said_on=asking.HAPPENED, starts=("seal_at_once",), ends=("approve_after", "lift_at_once")),
        Clock("term", _("查封扣押期限"), "E20", said_on=asking.HAPPENED, starts=("carry_out", "seal_at_once"), ends=("release", "lift_at_once", "hand_over", "overturned"),
              pauses={"start_test": "检测"}, resumes=("end_test",), happened_on={"end_test": asking.HAPPENED}, extends={"extend": "head"}, expires="expire"),
        Clock("check", _("解除申请核查期限"), "E22", said_on=asking.HAPPENED, starts=("apply",), ends=("keep", "release"), lapses=True),
        publish_clock("publish", _("信息公开期限"), "E16M", ("approve", "seal_at_once")),
        publish_clock("publish_extension", _("延期公开期限"), "E16M", ("extend",), "extension"),
        publish_clock("publish_lifting", _("解除公开期限"), "E16M", ("release", "lift_at_once"), "release_decision"),
        unpublish_clock(_("撤回公开期限"), ("overturned",), DECISION),
        Clock("serve", _("解除决定送达期限"), "E23", said_on=asking.HAPPENED, starts=("release", "lift_at_once"), ends=("served_release",)),
    ),
    party=PartyView(
        since=("carry_out", "seal_at_once"), states=("sealed", "checking", "over", "settled", "released"),
        steps={
            "carry_out": _ON_THE_SPOT, "seal_at_once": _ON_THE_SPOT, "extend": (), "start_test": ("why", "until"), "end_test": (asking.HAPPENED,),
            "apply": asked_by(ApplyForm), "keep": (), "release": ("reason", "fetch"), "lift_at_once": ("reason", "fetch"), "expire": (),
            "served_release": (asking.HAPPENED,), "close": (), "publish": ("published_on",), "unpublish": (),
            "overturned": ("ruled_on", "ruling"),
        },
        clocks=("term", "check"), documents=("decision", "list", "extension", "test_notice", "keep_notice", "release_decision"),
    ),
)  # fmt: skip
