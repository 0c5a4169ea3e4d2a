"""专案: people and branches put together for one grave matter, or a look at what a branch left undone.

The law sets no time. What the team finds goes into matters of its own, linked to this one. Where a branch should
have punished and did not, the bureau may do so itself (法典 §1072).
"""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock import Basis
from zhihuan.bureau.matters.declaration import Document, Notice, Procedure, State, Step, Who
from zhihuan.bureau.people.actions import Reach
from zhihuan.bureau.people.roles import SECTION_HEAD
from zhihuan.lines.measures import asking
from zhihuan.lines.measures.hands import HEADS, PAIR, leader

_RULES = "行政执法机关移送涉嫌犯罪案件的规定（国务院令第310号）"
_KINDS = (("grave", _("重大疑难案件")), ("crime", _("涉嫌犯罪案件")), ("review", _("稽查下级案件")), ("cross", _("跨区域案件")))  # fmt: skip
_SECTION = Who({SECTION_HEAD: Reach.TERRITORY})


class ProposeForm(forms.Form):
    kind = asking.one(_("专案类别"), *_KINDS)
    about = asking.text(_("案情和必要性"))
    lead = asking.words(_("组长"))
    members = asking.text(_("成员"), _("姓名、单位、执法证号，每人一行，不少于两人。"))
    plan = asking.text(_("工作方案"))

    def clean_members(self) -> str:
        members: str = self.cleaned_data["members"]
        if len([each for each in members.splitlines() if each.strip()]) < 2:
            raise forms.ValidationError(_("专案组不少于两人，每人一行。"))
        return members


class MembersForm(forms.Form):
    members = asking.text(_("调整后的成员"))
    why = asking.text(_("调整的理由"))


class ProgressForm(forms.Form):
    progress = asking.text(_("进展"))
    paper = asking.paper(_("材料"))


class ConcludeForm(forms.Form):
    outcome = asking.text(_("办理结果"), _("立案、处罚、移送、责令改正及其文号。"))
    lessons = asking.text(_("问题和建议"))


SPECIAL_TEAM = Procedure(
    code="special_team", title=_("专案"), edition="2001", basis=Basis(_RULES, "§5", date(2001, 7, 9)),
    folder=__package__, model="measures.Measure",
    grows_from=("clue", "inspection", "penalty_case"), about=_("重大、跨区域、涉嫌犯罪或者稽查下级的案件，组成专案组办理。"),
    states=(
        State("draft", _("拟办")), State("deciding", _("待批准")), State("working", _("办理中")),
        State("concluded", _("已结案"), end=True), State("dropped", _("不予成立"), end=True), State("dissolved", _("已撤销"), end=True),
    ),
    begins="draft",
    steps=(
        Step("propose", _("提出成立专案组"), ("draft",), "deciding", _SECTION, form=ProposeForm),
        Step("set_up", _("批准成立"), ("deciding",), "working", leader("propose"), notices=(Notice(HEADS, _("专案组已成立")),),
             documents=(Document("notice", _("成立专案组通知"), "special_team_notice.docx", number="bureau_document"),)),
        Step("drop", _("不予成立"), ("deciding",), "dropped", leader("propose"), form=asking.ReasonForm),
        Step("change", _("调整成员"), ("working",), "", leader(), form=MembersForm),
        Step("progress", _("登记进展"), ("working",), "", PAIR, form=ProgressForm),
        Step("conclude", _("结案"), ("working",), "concluded", _SECTION, form=ConcludeForm,
             documents=(Document("report", _("专案结案报告"), "special_team_report.docx"),)),
        Step("dissolve", _("撤销专案组"), ("working",), "dissolved", leader(), form=asking.ReasonForm),
    ),
)  # fmt: skip
