"""The way of a plan: a promise in public, the draw, the visits, the results in public.

A plan that was promised may be dropped, with its reason, and stays visible: who draws again until the outcome
pleases leaves a trail of dropped plans.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock import Basis
from zhihuan.bureau.matters.declaration import Clock, Document, Procedure, State, Step, Who
from zhihuan.bureau.people.actions import Reach
from zhihuan.bureau.people.roles import LEADER, SECTION_HEAD
from zhihuan.lines.inspection import guards
from zhihuan.lines.inspection.forms import asking, planning
from zhihuan.standards.parameters import Confidence

HEAD = Who({SECTION_HEAD: Reach.TERRITORY})
#: The figures of the bureau count these, and every figure opens for whom it is made.
READERS = {LEADER: Reach.CITY}

INSPECTION_PLAN = Procedure(
    code="inspection_plan", title=_("检查计划"), edition="2015",
    basis=Basis("国务院办公厅关于推广随机抽查规范事中事后监管的通知（国办发〔2015〕58号）", "", date(2015, 7, 29),
                confidence=Confidence.UNCONFIRMED),
    folder=__package__, model="inspection.InspectionPlan", readers=READERS,
    about=_("双随机：先公开名录摘要和种子承诺，再当众抽取，任何人都可复算；重点检查：写明对象和理由。"),
    states=(
        State("draft", _("编制")), State("committed", _("待抽取")), State("visiting", _("检查中")),
        State("finished", _("待公示结果")), State("disclosed", _("已公示结果"), end=True),
        State("dropped", _("已撤销"), end=True, about=_("撤销的计划和理由照样公开。")),
    ),
    begins="draft",
    steps=(
        Step("commit", _("确定名录并公开承诺"), ("draft",), "committed", HEAD, form=planning.CommitForm,
             about=_("名录和种子自此不能改动；公开满 24 小时（待核）后抽取。"),
             documents=(Document("plan_notice", _("双随机抽查公告"), "plan_notice.docx", published=True),)),
        Step("target", _("确定重点检查对象"), ("draft",), "visiting", HEAD, form=planning.TargetForm),
        Step("draw", _("当众抽取"), ("committed",), "visiting", HEAD, form=planning.DrawForm, guards=(guards.DRAWN_OPENLY,)),
        Step("finish", _("检查全部办结"), ("visiting",), "finished", HEAD, guards=(guards.ALL_VISITED,)),
        Step("disclose", _("公示抽查结果"), ("finished",), "disclosed", HEAD,
             documents=(Document("result_list", _("抽查结果公示"), "result_list.docx", published=True),)),
        Step("drop", _("撤销计划"), ("draft", "committed"), "dropped", HEAD, form=asking.ReasonForm),
    ),
    clocks=(
        Clock("disclose", _("结果公示期限"), "I01", starts=("finish",), ends=("disclose",)),
    ),
)  # fmt: skip
