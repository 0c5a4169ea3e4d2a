"""移送适用行政拘留: the case goes to the police with its originals within three working days.

Which acts, and how many days, hangs on the law of the act (``data/detention_grounds.yaml``). Whoever is late
with the papers is told so and says why: late is better than never. What the police do within their own
limits is recorded; their clocks are theirs and no delay of the bureau. The party is told nothing here.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock import Basis
from zhihuan.bureau.matters.declaration import (
    Clock,
    Document,
    Guard,
    Notice,
    Procedure,
    State,
    Step,
)
from zhihuan.lines.measures import asking
from zhihuan.lines.measures.hands import DESK, HEADS, OFFICER, PAIR, PLATFORM, TOLD, head
from zhihuan.lines.measures.law import DEGREES, Ground, detention_grounds, table_of
from zhihuan.lines.measures.waiting import ACT_BY_NOW, late_needs_reason
from zhihuan.standards.errors import OutsideEditionsError

_MEASURES = "行政主管部门移送适用行政拘留环境违法案件暂行办法"
_GROUNDS = [
    (code, each["title"]) for code, each in table_of("detention_grounds").editions[-1].table.items()
]  # type: ignore[index]
_DEGREES = tuple(zip(DEGREES, (_("情节较轻"), _("一般"), _("情节严重")), strict=True))
#: The seven kinds of papers, all of them originals. Source: 办法 §11.
MATERIALS = (
    ("list", _("移送材料清单")), ("letter", _("案件移送书")), ("report", _("案件调查报告")),
    ("evidence", _("涉案证据材料")), ("items", _("涉案物品清单")),
    ("penalty", _("行政处罚决定等相关材料")), ("other", _("其他有关涉案材料")),
)  # fmt: skip
_MAY_LACK = {"other"}
#: Grounds that ask for an order that was refused.
_AFTER_REFUSAL = {"build", "unlicensed", "pesticide"}


class ProposeForm(forms.Form):
    act_on = asking.day(_("违法行为日期"), _("按该日施行的法律确定依据；行为持续的填最近一日。"))
    ground = asking.one(_("移送情形"), *_GROUNDS)
    degree = asking.one(_("情节"), *_DEGREES)
    person = asking.words(_("被移送人姓名、职务"), _("直接负责的主管人员和其他直接责任人员。"))
    facts = asking.text(_("违法事实和证据"))
    penalty_number = asking.words(
        _("行政处罚决定书文号"), _("固体废物类案件由公安机关直接处罚的可以不填。"), required=False
    )
    refusal = asking.text(
        _("拒不执行的证据"), _("“拒不执行”“拒不停止”“拒不改正”的情形须填写。"), required=False
    )
    clause = asking.derived(_("依据"))
    least = asking.derived(_("拘留最少日数"), forms.IntegerField)
    most = asking.derived(_("拘留最多日数"), forms.IntegerField)
    shall = asking.derived(_("应当移送"), forms.BooleanField)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if not self.errors and (ground := self._ground(told)):
            least, most = ground.days[told["degree"]]
            told |= {"clause": ground.clause, "least": least, "most": most, "shall": ground.shall}
        return told

    def _ground(self, told: dict[str, Any]) -> Ground | None:
        """The ground by the law of the act; None where it will not do, and the form says why."""
        code, degree = told["ground"], told["degree"]
        ground = self._in_force(told)
        if ground is None:
            self.add_error("ground", _("行为当日的法律没有规定该情形适用行政拘留。"))
        elif degree not in ground.days:
            known = "、".join(str(dict(_DEGREES)[each]) for each in ground.days)
            self.add_error("degree", _("该情形的拘留幅度只分：%(known)s。") % {"known": known})
        if code in _AFTER_REFUSAL and not told["refusal"]:
            self.add_error("refusal", _("该情形以拒不执行为条件，请填写证据。"))
        if code != "waste" and not told["penalty_number"]:
            self.add_error("penalty_number", _("依法作出行政处罚决定后方可移送，请填写文号。"))
        return None if self.errors else ground

    def _in_force(self, told: dict[str, Any]) -> Ground | None:
        try:
            return detention_grounds(told["act_on"]).get(told["ground"])
        except OutsideEditionsError:
            return None


class HandOverForm(forms.Form):
    """Source of the seven kinds, of originals and copies kept: 办法 §11."""

    happened = asking.happened(_("移送日期"))
    police = asking.words(_("接收的公安机关"))
    materials = asking.many(_("移送的材料（均为原件）"), *MATERIALS)
    originals = asking.yes(_("均为原件，并已复印备查"), required=True)
    receiver = asking.words(_("公安机关签收人"))
    late_why = asking.text(_("逾期移送的原因"), required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        given = set(told.get("materials", ()))
        lacking = [str(title) for code, title in MATERIALS if code not in given | _MAY_LACK]
        if given and lacking:
            words = _("还缺：%(papers)s。没有涉案物品的，清单写明“无”。")
            self.add_error("materials", words % {"papers": "、".join(lacking)})
        return told


class AcceptedForm(forms.Form):
    happened = asking.happened(_("受案日期"))
    number = asking.words(_("受案回执文号"))


class AskedForm(forms.Form):
    happened = asking.happened(_("收到书面告知日期"))
    asked = asking.text(_("要求补充的材料"))


class SupplementForm(forms.Form):
    happened = asking.happened(_("补充移送日期"))
    given = asking.text(_("补充移送的材料"))


class DetainedForm(forms.Form):
    happened = asking.happened(_("拘留决定日期"))
    number = asking.words(_("行政拘留决定书文号"))
    days = forms.IntegerField(label=_("拘留日数"), min_value=1)


class NotDetainedForm(forms.Form):
    happened = asking.happened(_("收到书面告知日期"))
    why = asking.text(_("公安机关的理由"))
    returned = asking.yes(_("案卷材料已退回"), required=True)


def _proposed(facts: Any) -> dict[str, Any]:
    said: dict[str, Any] = [each.said for each in facts.events if each.step == "propose"][-1]
    return said


def _no_choice(facts: Any) -> str:
    words = _("法律规定该情形应当移送，不能不予移送；情形认定有误的，请退回修改。")
    return words if _proposed(facts)["shall"] else ""


def _within(facts: Any) -> str:
    told, days = _proposed(facts), facts.said["days"]
    words = _("%(clause)s规定的幅度为 %(least)s 至 %(most)s 日，请核对决定书。")
    return "" if told["least"] <= days <= told["most"] else words % told


LETTER = Document("letter", _("涉嫌环境违法适用行政拘留处罚案件移送书"), "detention_letter.docx", number="transfer_letter")  # fmt: skip

DETENTION_TRANSFER = Procedure(
    code="detention_transfer", title=_("移送行政拘留"), edition="2015", basis=Basis(_MEASURES, "", date(2015, 1, 1)),
    folder=__package__, model="measures.Measure",
    grows_from=("penalty_case", "simple_case", "inspection"),
    about=_("作出移送决定后三个工作日内移送材料原件；期间均为工作日。"),
    states=(
        State("draft", _("拟办")), State("deciding", _("待审批")), State("approved", _("已决定移送")),
        State("handed", _("已移送，待受案")), State("accepted", _("公安机关审查中")), State("supplementing", _("补充材料")),
        State("detained", _("已行政拘留"), end=True), State("not_detained", _("不予拘留"), end=True),
        State("dropped", _("不予移送"), end=True),
    ),
    begins="draft",
    steps=(
        Step("propose", _("提出移送"), ("draft",), "deciding", PAIR, form=ProposeForm, guards=(ACT_BY_NOW,), notices=(Notice(HEADS, _("移送行政拘留待审批")),)),
        Step("send_back", _("退回修改"), ("deciding",), "draft", head("propose"), form=asking.ReasonForm),
        Step("approve", _("决定移送"), ("deciding",), "approved", head("propose"), notices=(Notice(DESK, _("已决定移送行政拘留，三个工作日内移送材料")),),
             documents=(Document("approval", _("移送适用行政拘留案件审批表"), "detention_approval.docx"), LETTER)),
        Step("drop", _("不予移送"), ("deciding",), "dropped", head("propose"), form=asking.ReasonForm, guards=(Guard("no_choice", _no_choice),)),
        Step("hand_over", _("移送材料"), ("approved",), "handed", OFFICER, form=HandOverForm, guards=(late_needs_reason("hand_over"),),
             documents=(Document("list", _("移送材料清单"), "detention_list.docx"),)),
        Step("accept", _("公安机关受案"), ("handed",), "accepted", OFFICER, form=AcceptedForm),
        Step("ask_more", _("公安机关要求补充"), ("accepted",), "supplementing", OFFICER, form=AskedForm),
        Step("no_more", _("补充材料的告知期届满"), ("accepted",), "", PLATFORM),
        Step("supplement", _("补充移送"), ("supplementing",), "accepted", OFFICER, form=SupplementForm),
        Step("detained", _("公安机关决定拘留"), ("accepted",), "detained", OFFICER, form=DetainedForm, guards=(Guard("within", _within),)),
        Step("not_detained", _("公安机关不予拘留"), ("accepted", "supplementing"), "not_detained", OFFICER, form=NotDetainedForm,
             notices=(Notice(TOLD, _("公安机关不予拘留，依法结案")),)),
    ),
    clocks=(
        Clock("hand_over", _("移送材料期限"), "E31", said_on=asking.HAPPENED, starts=("approve",), ends=("hand_over",)),
        Clock("ask", _("公安机关告知补充期限"), "E32", said_on=asking.HAPPENED, starts=("accept",), ends=("ask_more",), duty="other", expires="no_more", lapses=True),
        Clock("answer", _("公安机关不予拘留告知期限"), "E33", said_on=asking.HAPPENED, starts=("accept",), ends=("not_detained", "detained"), duty="other"),
    ),
)  # fmt: skip
