"""The way of a clue: registered, judged, sent to a branch, checked by two, settled, told, filed away.

Whether there is to be a case is decided within fifteen days (E01), which run from the day on which the suspicion was
found, here as in the case that comes of it: one start, read so and unconfirmed (待核). Whoever takes the clue into a case
finds the day there already.

Guards say what is missing and how to mend it. Where no law sets a limit the bureau's own runs (C01 to C05), and is
called unconfirmed wherever it is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock import Basis
from zhihuan.bureau.clock.catalogue import counts_from
from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.identities.step import identify
from zhihuan.bureau.matters.declaration import (
    Clock,
    Document,
    Guard,
    Notice,
    Procedure,
    State,
    Step,
    Who,
)
from zhihuan.bureau.people.actions import Reach
from zhihuan.bureau.people.roles import DUTY_OFFICER, FIELD_OFFICER, LEADER, SECTION_HEAD
from zhihuan.lines.clues import forms, rules
from zhihuan.lines.clues.informed import untold_reason
from zhihuan.lines.clues.models import Clue

_MEASURES = "生态环境行政处罚办法（部令第30号）"
_CODE = "生态环境法典 §146"
_OPEN = ("pooled", "doubtful", "valid", "dispatched")
SETTLED_BY = ("innocent", "to_case", "settle_proved", "educate", "transfer", "refute")
_DESK = {DUTY_OFFICER: Reach.CITY, SECTION_HEAD: Reach.TERRITORY}

FINDERS = Who(_DESK | {FIELD_OFFICER: Reach.TERRITORY})
DESK = Who(_DESK)
BRANCH = Who({FIELD_OFFICER: Reach.TERRITORY, SECTION_HEAD: Reach.TERRITORY})
HEAD = Who({SECTION_HEAD: Reach.TERRITORY})
#: On the spot in a visit that was ordered out of the clue; lines know each other by code alone.
_ON_THE_SPOT = {"inspection": ("begin", "record", "interview", "sample", "photograph", "leave")}


def _not_the_checkers(reaches: dict[str, Reach]) -> Who:
    """Whoever checked, here or in a visit, does not decide what becomes of it."""
    return Who(reaches, apart_from=("verify",), apart_elsewhere=_ON_THE_SPOT, apart_by=_MEASURES)


DECIDERS = _not_the_checkers({SECTION_HEAD: Reach.TERRITORY, LEADER: Reach.CITY})


def _unless(code: str, is_met: Callable[[Any], Any], words: Any, basis: str = "") -> Guard:
    return Guard(code, lambda facts: "" if is_met(facts) else words, basis)


def _when_said(code: str, is_met: Callable[[Any], Any]) -> Guard:
    """For clocks that run for some clues only."""
    return _unless(code, is_met, _("此线索不适用该期限。"))


def _or_taken_in(code: str, reported: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """Whether the clock of this code runs for what was reported, or goes on for what a merged clue brought along."""

    def runs(facts: Any) -> bool:
        said = facts.said
        return bool(said["obligation"] == code if "merged" in said else reported(said))

    return runs


def _hotline(channel: str) -> Callable[[Any], bool]:
    return lambda said: said["channel"] == channel


def _named_elsewhere(said: Any) -> bool:
    return bool(said["is_real_name"]) and said["channel"] not in {"12345", "12369"}


NOT_AHEAD = _unless("not_ahead", lambda facts: facts.said["found_at"] <= facts.now,
                    _("发现时间不能晚于现在，请核对。"))  # fmt: skip
AT_ONCE = _unless(
    "at_once",
    lambda facts: (
        facts.said["late_reason"] or not rules.too_late(facts.said["found_at"], facts.now)
    ),
    _("线索应在发现后 24 小时内登记，现已超过，请填写延迟登记原因。"),
)
ITS_TOWN = _unless(
    "its_town",
    lambda facts: facts.said["branch"].towns.filter(pk=facts.matter.town_id).exists(),
    _("线索所在镇街不属于所选分局的辖区，请改选分局。"),
)
CHECKED_BEFORE = _unless("checked_before", lambda facts: facts.said["checked_at"] <= facts.now,
                         _("现场核查时间不能晚于现在，请核对。"))  # fmt: skip
IS_PROVED = _unless("is_proved", lambda facts: facts.matter.is_proved,
                    _("核查结论不是属实或部分属实，请改为查否办结或移送。"), _MEASURES)  # fmt: skip
IS_REFUTED = _unless("is_refuted", lambda facts: not facts.matter.is_proved,
                     _("核查结论为属实或部分属实，不能查否办结；请选择转立案、查实办结、批评教育或移送。"), _MEASURES)  # fmt: skip
SOMEBODY_WAITS = _unless("somebody_waits", lambda facts: facts.matter.asks_answer,
                         _("没有须反馈的举报人，请直接归档。"))  # fmt: skip


def _is_owed_a_word(facts: Any) -> bool:
    """Somebody waits for the result, or a caller who gave no name for whether their call is taken up."""
    running = facts.matter.clocks.filter(
        code__in=("accept_12369", "accept_named"), outcome="running"
    )
    return facts.matter.asks_answer or running.exists()


SOMEBODY_IS_OWED = _unless(
    "somebody_is_owed", _is_owed_a_word, _("没有须反馈的举报人，请直接归档。")
)
NOBODY_WAITS = _unless("nobody_waits", lambda facts: not facts.matter.asks_answer,
                       _("有实名举报人或热线工单等待反馈，请先反馈结果。"), _CODE)  # fmt: skip
IDENTITY_KNOWN = Guard("identity_known", lambda facts: untold_reason(facts.matter), _CODE)
#: The step by which a clue takes in what went into it.
TAKEN_IN = "take_in"


def _is_waited_for(facts: Any) -> bool:
    """There is a result, and somebody who waits for it: also of a clue that went in when this one had its result."""
    if "merged" in facts.said:
        return facts.matter.state == "settled" and bool(facts.said["waits"])
    return bool(facts.matter.asks_answer)


def _filing_begins(facts: Any) -> bool:
    """By the reading of the law that is followed (``counts_from`` of E01, 待核): from the day found, or from the check that
    found it so. What a merged clue brings along began when it began."""
    said = facts.said
    if "merged" in said:  # of a clue that has its result it is decided already
        return bool(said["obligation"] == "file") and facts.matter.state != "settled"
    name = "checked_at" if "checked_at" in said else "found_at"
    begins = counts_from("E01", on=beijing_day(said[name]))
    if name == "checked_at":
        return begins == "checked" and said["finding"] in Clue.PROVED
    return begins == "found"


WAITED_FOR = _when_said("waited_for", _is_waited_for)


def _logging(code: str, title: Any, who: Who, **more: Any) -> Step:
    return Step(
        code, title, ("draft",), "pooled", who, form=forms.RegisterForm, guards=(NOT_AHEAD, AT_ONCE),
        documents=(Document("sheet", _("线索登记单"), "sheet.docx", number="clue", inner=True),),
        notices=(Notice((DUTY_OFFICER, SECTION_HEAD), _("新线索待研判")),), **more,
    )  # fmt: skip


CLUE = Procedure(
    code="clue", title=_("环境违法线索"), edition="2023",
    basis=Basis(_MEASURES, "§18", date(2023, 7, 1)), folder=__package__, model="clues.Clue",
    about=_("告警、举报、巡查、移送、媒体和数据模型发现的问题，在这里登记、研判、派发、核查和反馈。"),
    states=(
        State("draft", _("登记")), State("pooled", _("待研判")), State("doubtful", _("存疑")),
        State("valid", _("待派发")), State("dispatched", _("待核查")), State("checked", _("待处理")),
        State("settled", _("待反馈归档"), about=_("已有处理结果；有人等待的，反馈后才能归档。")),
        State("closed", _("已归档"), end=True), State("merged", _("已并入其他线索"), end=True),
        State("void", _("登记有误，作废"), end=True),
    ),
    begins="draft",
    steps=(
        _logging("register", _("登记线索"), FINDERS,
                 about=_("不要写举报人身份；登记后在“举报人”处填写，加密保存，每次查看都有记录。")),
        _logging("log", _("平台登记"), Who(platform=True, upon=_("监测超标等异常按规定上报时，由平台自动登记。"))),
        Step("accept", _("研判有效"), ("pooled", "doubtful"), "valid", DESK, form=forms.TrueForm,
             notices=(Notice((SECTION_HEAD,), _("线索研判有效，待派发")),)),
        Step("innocent", _("研判排除"), ("pooled", "doubtful"), "settled", DESK, form=forms.InnocentForm,
             about=_("查明有正当原因，不需现场核查；原因用于统计各规则的误报。")),
        Step("doubt", _("研判存疑"), ("pooled",), "doubtful", DESK, form=forms.UnsureForm,
             about=_("现有材料不能判断；补到材料后再研判，到期提醒。")),
        Step("merge", _("并入其他线索"), ("pooled", "doubtful", "valid"), "merged", DESK, form=forms.MergeForm,
             about=_("已派发核查的线索须先退回派发，再并入；举报人和尚未履行的告知期限转入保留的线索。")),
        Step(TAKEN_IN, _("接收并入的线索"), (*_OPEN, "checked", "settled"), "",
             Who(platform=True, upon=_("另一线索并入本线索时，由平台登记其举报人和告知期限。")), form=forms.TakenInForm),
        Step("dispatch", _("派发核查"), ("valid",), "dispatched", DESK, form=forms.DispatchForm, guards=(ITS_TOWN,),
             documents=(Document("order", _("线索核查交办单"), "order.docx", inner=True),),
             notices=(Notice((FIELD_OFFICER, SECTION_HEAD), _("线索已派发，待核查")),)),
        Step("send_back", _("退回派发"), ("dispatched",), "valid", BRANCH, form=forms.ReasonForm,
             notices=(Notice((DUTY_OFFICER,), _("线索被退回，须重新派发")),)),
        Step("extend_check", _("延长核查"), ("dispatched",), "", HEAD, form=forms.ExtendForm),
        Step("verify", _("现场核查"), ("dispatched",), "checked",
             Who({FIELD_OFFICER: Reach.TERRITORY}, officers=2), form=forms.VerifyForm, guards=(CHECKED_BEFORE,),
             documents=(Document("report", _("线索核查报告"), "report.docx", inner=True),),
             notices=(Notice((SECTION_HEAD,), _("线索已核查，待处理")),)),
        identify(("dispatched", "checked"), BRANCH),
        Step("to_case", _("转立案"), ("checked",), "settled", DECIDERS, form=forms.CaseForm, guards=(IS_PROVED,),
             notices=(Notice((FIELD_OFFICER,), _("线索转立案，请发起案件")),),
             about=_("办理后在本页由线索发起案件，案件与线索自动关联。")),
        Step("settle_proved", _("查实办结"), ("checked",), "settled", DECIDERS, form=forms.ProvedForm, guards=(IS_PROVED,)),
        Step("educate", _("批评教育"), ("checked",), "settled", DECIDERS, form=forms.EducateForm, guards=(IS_PROVED,)),
        Step("transfer", _("移送其他部门"), ("checked", "valid"), "settled", DECIDERS, form=forms.TransferForm,
             documents=(Document("transfer", _("线索移送函"), "transfer.docx", number="clue_transfer", inner=True),)),
        Step("refute", _("查否办结"), ("checked",), "settled", DECIDERS, form=forms.ReasonForm, guards=(IS_REFUTED,)),
        Step("extend_filing", _("延长立案期限"), (*_OPEN, "checked"), "", _not_the_checkers({LEADER: Reach.CITY}), form=forms.ExtendForm),
        Step("acknowledge", _("告知受理情况"), (*_OPEN, "checked"), "", DESK, form=forms.AcknowledgeForm,
             guards=(SOMEBODY_IS_OWED,)),
        Step("answer", _("反馈结果"), ("settled",), "closed", DESK, form=forms.AnswerForm,
             guards=(SOMEBODY_WAITS, IDENTITY_KNOWN),
             documents=(Document("answer", _("举报办理结果告知书"), "answer.docx", inner=True),)),
        Step("archive", _("归档"), ("settled",), "closed", DESK, guards=(NOBODY_WAITS,)),
        Step("cancel", _("登记有误，作废"), ("draft", "pooled"), "void", DESK, form=forms.ReasonForm,
             guards=(NOBODY_WAITS,)),
    ),
    clocks=(
        Clock("judge", _("研判期限"), "C01", starts=("register", "log"),
              ends=("accept", "innocent", "doubt", "merge"), lapses=True),
        Clock("recheck", _("存疑复看期限"), "C04", starts=("doubt",), ends=("accept", "innocent", "merge")),
        Clock("dispatch", _("派发期限"), "C02", starts=("accept", "send_back"), ends=("dispatch", "transfer", "merge")),
        Clock("check", _("核查期限"), "C03", starts=("dispatch",), ends=("verify", "send_back"),
              extends={"extend_check": "head"}),
        Clock("file", _("立案期限"), "E01", starts=("register", "log", TAKEN_IN, "verify"), ends=SETTLED_BY,
              when=_when_said("filing_begins", _filing_begins), said_on=("found_at", "checked_at"),
              extends={"extend_filing": "head"}, keeps_first=True, lapses=True),
        Clock("accept_12369", _("12369 告知受理期限"), "P12", starts=("register", TAKEN_IN), ends=("acknowledge", "answer"),
              when=_when_said("by_12369", _or_taken_in("accept_12369", _hotline("12369"))), lapses=True, said_on="found_at",
              keeps_first=True),
        Clock("accept_named", _("告知实名举报人受理情况期限"), "P02", starts=("register", TAKEN_IN), ends=("acknowledge", "answer"),
              when=_when_said("named", _or_taken_in("accept_named", _named_elsewhere)), lapses=True, said_on="found_at",
              keeps_first=True),
        Clock("answer_12345", _("12345 工单办理期限"), "P11", starts=("register", TAKEN_IN), ends=("answer",),
              when=_when_said("by_12345", _or_taken_in("answer_12345", _hotline("12345"))), lapses=True, said_on="found_at",
              keeps_first=True),
        Clock("answer", _("反馈期限"), "C05", starts=(*SETTLED_BY, TAKEN_IN), ends=("answer",), when=WAITED_FOR, lapses=True,
              keeps_first=True),
    ),
)  # fmt: skip
