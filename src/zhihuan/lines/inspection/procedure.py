"""The way of a visit: assigned, begun by two officers who show who they are, recorded, told, ended.

A visit that must be repeated goes the same way in the same matter, so that what was seen before and after stands
together. What is found to be a violation is no longer this procedure's: it leaves as a clue.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock import Basis
from zhihuan.bureau.identities.step import identify
from zhihuan.bureau.matters.declaration import Clock, Document, Notice, Procedure, State, Step, Who
from zhihuan.bureau.people.actions import Reach
from zhihuan.bureau.people.roles import FIELD_OFFICER, LEADER, SECTION_HEAD
from zhihuan.lines.inspection import guards
from zhihuan.lines.inspection.forms import asking, ending, going, recording

HEAD = Who({SECTION_HEAD: Reach.TERRITORY})
#: The figures of the bureau count these, and every figure opens for whom it is made.
READERS = {LEADER: Reach.CITY}
#: Source: 行政处罚法 (2021) §43: whoever heads the organ, or the branch that acts in its own name (生态环境法典 §53); nobody
#: decides whether they themselves go.
IN_CHARGE = Who(
    {SECTION_HEAD: Reach.TERRITORY, LEADER: Reach.CITY},
    apart_from=("begin", "record", "interview", "sample"),
    apart_by="行政处罚法 §43",
)
OFFICER = Who({FIELD_OFFICER: Reach.TERRITORY})
#: Source: 行政处罚法 (2021) §42: at least two, each with a certificate.
PAIR = Who({FIELD_OFFICER: Reach.TERRITORY}, officers=2)
EITHER = Who({FIELD_OFFICER: Reach.TERRITORY, SECTION_HEAD: Reach.TERRITORY})
_SCENE = Document("scene_record", _("现场检查（勘察）笔录"), "scene_record.docx")
_INTERVIEW = Document("interview_record", _("询问笔录"), "interview_record.docx")
_SAMPLING = Document("sampling_record", _("采样记录"), "sampling_record.docx")
_RECUSAL = Document(
    "recusal_decision", _("驳回回避申请决定书"), "recusal_decision.docx", served=True
)
_RESULT = Document("result_notice", _("检查结果告知书"), "result_notice.docx", served=True)

INSPECTION = Procedure(
    code="inspection", title=_("现场检查"), edition="2021",
    basis=Basis("中华人民共和国行政处罚法（2021年修订）", "§42、§55", date(2021, 7, 15)),
    folder=__package__, model="inspection.Inspection",
    about=_("两名持证人员到场，亮证、告知、检查、记录、签字，结果告知当事人；同一企业一次查完。"),
    grows_from=("clue",), readers=READERS,
    states=(
        State("draft", _("待派发")), State("assigned", _("待检查")), State("visiting", _("检查中")),
        State("left", _("待告知结果")), State("told", _("已告知结果")), State("revisiting", _("待复查")),
        State("clear", _("未发现问题"), end=True), State("educated", _("已教育指导"), end=True),
        State("clue", _("已转线索"), end=True), State("merged", _("已并入其他检查"), end=True),
        State("cancelled", _("已取消"), end=True),
    ),
    begins="draft",
    steps=(
        Step("assign", _("派发检查"), ("draft",), "assigned", HEAD, form=going.AssignForm, guards=(guards.MAY_ENTER,),
             documents=(Document("assignment", _("现场检查任务单"), "assignment.docx"),),
             notices=(Notice((FIELD_OFFICER,), _("有现场检查任务")),)),
        Step("merge", _("并入另一次检查"), ("draft",), "merged", HEAD, form=going.MergeForm,
             about=_("企业已有待实施的检查时，并入该次检查，一次完成。")),
        Step("replace", _("换人"), ("assigned", "revisiting"), "", HEAD, form=going.ReplaceForm,
             about=_("执法人员自行回避或不能到场时办理。"), notices=(Notice((FIELD_OFFICER,), _("现场检查换人")),)),
        Step("begin", _("到场亮证"), ("assigned", "revisiting"), "visiting", PAIR, form=going.BeginForm,
             guards=(guards.IN_TIME, guards.NOT_AHEAD)),
        Step("grant_recusal", _("准予回避，换人"), ("visiting", "left"), "assigned", IN_CHARGE, form=going.GrantRecusalForm,
             guards=(guards.RECUSAL_ASKED,), about=_("另派人员重新到场亮证、检查、制作笔录。"),
             notices=(Notice((FIELD_OFFICER,), _("准予回避，现场检查换人")), Notice(("party",), _("回避申请已准予")))),
        Step("refuse_recusal", _("驳回回避申请"), ("visiting", "left"), "", IN_CHARGE, form=going.RefuseRecusalForm,
             guards=(guards.RECUSAL_ASKED,), documents=(_RECUSAL,), notices=(Notice(("party",), _("回避申请已驳回")),)),
        Step("record", _("制作现场检查笔录"), ("visiting",), "", PAIR, form=recording.RecordForm,
             guards=(guards.NOT_AHEAD,), documents=(_SCENE,)),
        Step("interview", _("询问"), ("visiting",), "", PAIR, form=recording.InterviewForm, guards=(guards.NOT_AHEAD,),
             documents=(_INTERVIEW,)),
        Step("sample", _("采样"), ("visiting",), "", PAIR, form=recording.SampleForm, guards=(guards.NOT_AHEAD,),
             documents=(_SAMPLING,)),
        identify(("visiting", "left", "told"), EITHER),
        Step("photograph", _("拍照录像"), ("visiting",), "", OFFICER, form=recording.PhotoForm),
        Step("leave", _("结束现场检查"), ("visiting",), "left", OFFICER, form=recording.LeaveForm,
             guards=(guards.RECORDED, guards.AFTER_ARRIVAL, guards.NOT_AHEAD)),
        Step("archive", _("音像记录归库"), ("left", "told"), "", OFFICER, form=recording.ArchiveForm,
             about=_("录制完成后 1 个工作日内归库（广东）。")),
        Step("report", _("登记监测报告"), ("left",), "", EITHER, form=ending.ReportForm, guards=(guards.SAMPLED,)),
        Step("tell", _("告知检查结果"), ("left",), "told", EITHER, form=ending.TellForm,
             guards=(guards.RECUSAL_DECIDED, guards.REPORTED, guards.TOLD_REPORTS), documents=(_RESULT,),
             notices=(Notice(("party",), _("现场检查结果已告知")),)),
        Step("clear", _("未发现问题，办结"), ("told",), "clear", EITHER, guards=(guards.NOT_SUSPECTED, guards.ARCHIVED)),
        Step("educate", _("教育指导，办结"), ("told",), "educated", EITHER, form=ending.EducateForm, guards=(guards.ARCHIVED,)),
        Step("to_clue", _("转线索（立案）"), ("told",), "clue", EITHER, form=ending.ClueForm,
             guards=(guards.SUSPECTED, guards.ARCHIVED), notices=(Notice((SECTION_HEAD,), _("现场检查发现涉嫌违法，已转线索")),)),
        Step("revisit", _("安排复查"), ("told",), "revisiting", EITHER, form=ending.RevisitForm, guards=(guards.ARCHIVED,)),
        Step("cancel", _("取消检查"), ("draft", "assigned", "revisiting"), "cancelled", HEAD, form=asking.ReasonForm),
    ),
    clocks=(
        Clock("archive", _("音像记录归库期限"), "E17", starts=("leave",), ends=("archive",), lapses=True, said_on="left_at"),
    ),
)  # fmt: skip
