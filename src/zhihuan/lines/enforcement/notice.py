"""From the notice to the end of the party's being heard: statement, hearing, public apology.

Source: 行政处罚法 §§44, 45, 63–65; 生态环境行政处罚办法 §§44–49.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.documents.serving.served import served_on, was_served
from zhihuan.bureau.lenience import Outcome
from zhihuan.bureau.lenience.apology import DUTIES, judge_apology, shares
from zhihuan.bureau.lenience.told import judgement_words
from zhihuan.bureau.matters.declaration import Document, Step, Who
from zhihuan.bureau.matters.engine.apart import part_of
from zhihuan.bureau.matters.engine.calendar import the_calendar
from zhihuan.bureau.people.roles import CASE_REVIEWER, LEGAL_REVIEWER
from zhihuan.lines.enforcement import people as who
from zhihuan.lines.enforcement.course import PENALTY_LAW, guard, said_in, since, today, took
from zhihuan.lines.enforcement.forms import notice as forms
from zhihuan.lines.enforcement.forms.fields import WhyForm
from zhihuan.lines.enforcement.forms.review import BackForm
from zhihuan.lines.enforcement.handing_in import handed_in_today, tell_desk, tell_party
from zhihuan.lines.enforcement.investigation import laws_stand
from zhihuan.lines.enforcement.review import (
    ANEW,
    DISCUSSED,
    LEGALLY_REVIEWED,
    must_be_discussed,
    must_be_reviewed,
    proposed_of,
)
from zhihuan.lines.enforcement.rules.periods import hearing_notice_by, last_day
from zhihuan.lines.enforcement.rules.thresholds import has_hearing_right, source_of

__all__ = ["NOTICE"]

_HEARD_UNTIL_DECISION = (
    "notice", "statement", "apology", "back_invest", "invest_done", "case_review", "legal_review", "collective",
    "notifying", "decision",
)  # fmt: skip
#: Where a defence is taken: where it goes back to investigation it waits until it comes out again.
_SPEAKS = ("notice", "statement", "apology", "legal_review", "collective", "decision")
_REPLIED = ("reply", "reply_to_legal", "reply_back")
_ANSWERED_APOLOGY = ("accept_apology", "refuse_apology")
NOTICE_SERVED = was_served("notice", _("处罚告知书"), f"{PENALTY_LAW} §61")


@guard("no_hearing_right", f"{PENALTY_LAW} §63")
def _no_hearing_right(facts: Any) -> str:
    said, day = facts.said, today(facts)
    kinds = frozenset(said["notified_kinds"])
    if not has_hearing_right(said["notified_fine"] or 0, facts.matter.is_person, kinds, day):
        return ""
    words = _now("拟处罚达到听证标准，须告知听证权利，请办理“听证告知”（标准：%(source)s）。")
    return words % {"source": source_of("hearing", day)}


@guard("served")
def _served(facts: Any) -> str:
    told = facts.said["stated_on"]
    return _now("提出日期不能晚于今天，请核对。") if told > today(facts) else ""


@guard("hearing_in_time", f"{PENALTY_LAW} §64(1)")
def _hearing_in_time(facts: Any) -> str:
    if not facts.matter.hearing_told:
        return _now("本案未告知听证权利，没有听证申请期限。")
    served = served_on(facts.matter, "notice")
    if served is None or served > today(facts):
        return _now("告知书尚未送达，请先登记送达回证。")
    last, asked = last_day("E06", served, the_calendar()), facts.said["asked_on"]
    if served <= asked <= min(last, today(facts)):
        return ""
    words = _now("听证应于 %(first)s 至 %(last)s 间申请，所填申请日期不在其中。")
    return words % {"first": served, "last": last}


@guard("hearing_told_in_time", f"{PENALTY_LAW} §64(2)")
def _hearing_told_in_time(facts: Any) -> str:
    held_on = beijing_day(facts.said["held_at"])
    last = hearing_notice_by(held_on, the_calendar())
    if today(facts) <= last:
        return ""
    words = _now(
        "听证须于举行的七个工作日前通知：%(held)s 举行的，至迟 %(last)s 通知，请另定时间。"
    )
    return words % {"held": held_on, "last": last}


@guard("presider_apart", f"{PENALTY_LAW} §64(4)")
def _presider_apart(facts: Any) -> str:
    part = part_of(who.PRESIDER, facts.matter, {facts.said["presider"].pk})
    if part is None:
        return ""
    return _now("听证须由非本案调查人员主持，请改选主持人：%(part)s。") % {"part": part}


@guard("hearing_announced", f"{PENALTY_LAW} §64")
def _hearing_announced(facts: Any) -> str:
    told, held = said_in(facts, "call_hearing").get("held_at"), facts.said["held_on"]
    if not told:
        return _now("请先发出听证通知书。")
    if held.isoformat() != _day_of(told):
        return _now("举行日期与听证通知书所定日期不一致；改期的，请重新通知。")
    return _now("听证尚未到举行日期。") if held > today(facts) else ""


@guard("hearing_notice_served", f"{PENALTY_LAW} §64(2)")
def _hearing_notice_served(facts: Any) -> str:
    """Told is who was served, and seven working days lie between: a notice that was only written tells nobody."""
    served = served_on(facts.matter, "hearing_notice")
    last = hearing_notice_by(facts.said["held_on"], the_calendar())
    if served is None:
        return _now("听证通知书尚未送达，请先登记送达回证。")
    if served <= last:
        return ""
    words = _now(
        "听证通知书 %(served)s 送达，至迟应于 %(last)s 送达；不足七个工作日的，请改期重新通知。"
    )
    return words % {"served": served, "last": last}


def _day_of(told: str) -> str:
    return beijing_day(datetime.fromisoformat(told)).isoformat()


@guard("hearing_held", f"{PENALTY_LAW} §65")
def _hearing_held(facts: Any) -> str:
    if since(facts, ("ask_hearing",), "hold_hearing"):
        return ""
    return _now("请先登记听证笔录。")


@guard("ended_by_now", f"{PENALTY_LAW} §60")
def _ended_by_now(facts: Any) -> str:
    """A hearing is over after it was asked for and, where it was held, not before it was held."""
    told = facts.said["ended_on"]
    asked = said_in(facts, "ask_hearing")["asked_on"]
    held = (
        said_in(facts, "hold_hearing").get("held_on")
        if since(facts, ("ask_hearing",), "hold_hearing")
        else None
    )
    first = date.fromisoformat(held or asked)
    if told > today(facts):
        return _now("所填日期 %(day)s 晚于今天，请按实际日期填写。") % {"day": told}
    if told < first:
        words = _now("所填日期 %(day)s 早于听证申请或者举行的日期 %(first)s，请按实际日期填写。")
        return words % {"day": told, "first": first}
    return ""


@guard("statement_waits")
def _statement_waits(facts: Any) -> str:
    return "" if since(facts, _REPLIED, "state") else _now("没有待复核的陈述申辩。")


@guard("goes_through_review", f"{PENALTY_LAW} §§57、58")
def _goes_through_review(facts: Any) -> str:
    """A defence that came amid legal review or discussion does not lead past them."""
    amount, kinds = proposed_of(facts)
    lacks_law = must_be_reviewed(facts) and not since(facts, ANEW, *LEGALLY_REVIEWED)
    lacks_talk = must_be_discussed(facts, amount, kinds) and not since(facts, ANEW, *DISCUSSED)
    if lacks_law or lacks_talk:
        return _now("本案须经法制审核或者集体讨论而尚未完成，请办理“复核，送法制审核”。")
    return ""


@guard("apology_waits")
def _apology_waits(facts: Any) -> str:
    return (
        "" if since(facts, _ANSWERED_APOLOGY, "apologise") else _now("没有待审查的公开道歉承诺。")
    )


@guard("apologised_by_now")
def _apologised_by_now(facts: Any) -> str:
    late = facts.said["published_on"] > today(facts)
    return _now("道歉刊登日期不能晚于今天，请核对。") if late else ""


@guard("told_before")
def _told_before(facts: Any) -> str:
    if took(facts, "notify", "notify_hearing"):
        return ""
    return _now("公开道歉承诺在告知之后、决定之前申请；本案尚未告知。")


@guard("apology_within", "粤环发〔2021〕7号")
def _apology_within(facts: Any) -> str:
    rule = judge_apology(dict.fromkeys(DUTIES, True), excluded=(), decided_on=today(facts))
    if rule.outcome is Outcome.NO:
        return judgement_words(rule)
    least, most = (Decimal(each.numerator) / each.denominator for each in shares())
    rate, fine = facts.said["apology_rate"], facts.matter.notified_fine
    if not least <= rate <= most:
        words = _now("从轻比例须在 %(least)s 至 %(most)s 之间。")
        return words % {"least": least, "most": most}
    if fine is None:
        return _now("告知的处罚中没有罚款，不适用从轻比例。")
    if fine * (1 - rate) < facts.said["least_fine"]:
        return _now("从轻后的罚款不得低于法定最低罚款，请降低比例。")
    return ""


def _notice(title: Any, template: str, number: str) -> tuple[Document, ...]:
    return (Document("notice", title, template, number=number, served=True),)


def _reply() -> tuple[Document, ...]:
    return (
        Document("statement_opinion", _("陈述申辩复核意见"), "statement_opinion.docx", inner=True),
    )


NOTICE = (
    Step("notify", _("事先告知"), ("notifying",), "notice", who.OFFICER, form=forms.NotifyForm,
         guards=(_no_hearing_right, laws_stand),
         documents=_notice(_("行政处罚事先告知书"), "prior_notice.docx", "penalty_notice")),
    Step("notify_hearing", _("听证告知"), ("notifying",), "notice", who.OFFICER, form=forms.NotifyForm, guards=(laws_stand,),
         documents=_notice(_("行政处罚听证告知书"), "hearing_right_notice.docx", "penalty_hearing_notice")),
    Step("announce_notice", _("公告送达告知书"), ("notice",), "", who.OFFICER, form=WhyForm,
         about=_("公告期间不计入办案期限；送达后登记送达回证。"),
         documents=(Document("announcement", _("公告送达"), "announcement.docx"),)),
    Step("notice_served", _("告知书已送达"), ("notice",), "", who.OFFICER, form=forms.NoticeServedForm, guards=(NOTICE_SERVED,),
         notices=tell_party(_("已送达处罚告知书，可以在五个工作日内陈述、申辩；告知听证权利的，可以申请听证"))),
    Step("unanswered", _("陈述申辩期满"), ("notice",), "decision", Who(platform=True)),
    Step("hearing_right_over", _("申请听证期满"), _HEARD_UNTIL_DECISION, "", Who(platform=True)),
    Step("state", _("陈述申辩"), _SPEAKS, "statement", who.PARTY, form=forms.StatementForm,
         guards=(NOTICE_SERVED, _served, handed_in_today("stated_on")), notices=tell_desk(_("当事人已陈述申辩，待复核"), CASE_REVIEWER),
         about=_("当事人有权陈述和申辩，不因陈述申辩加重处罚。")),
    Step("reply", _("复核，送决定"), ("statement", "decision"), "decision", who.REPLIER, form=forms.ReplyForm,
         guards=(_statement_waits, _goes_through_review), documents=_reply()),
    Step("reply_to_legal", _("复核，送法制审核"), ("statement", "decision"), "legal_review", who.REPLIER, form=forms.ReplyForm,
         guards=(_statement_waits,), documents=_reply()),
    Step("reply_back", _("复核，退回补充调查"), ("statement", "decision"), "back_invest", who.REPLIER, form=BackForm, guards=(_statement_waits,),
         documents=(Document("reply_back", _("退回补充调查意见"), "back_opinion.docx", inner=True),)),
    Step("ask_hearing", _("申请听证"), _HEARD_UNTIL_DECISION, "hearing", who.PARTY, form=forms.AskHearingForm,
         guards=(_hearing_in_time, handed_in_today("asked_on")), notices=tell_desk(_("当事人申请听证，待组织听证"), CASE_REVIEWER, LEGAL_REVIEWER),
         about=_("告知听证权利的，告知书送达之日起五个工作日内可以申请。"),
         documents=(Document("hearing_request", _("听证申请登记表"), "hearing_request.docx"),)),
    Step("call_hearing", _("听证通知"), ("hearing",), "", who.PRESIDER, form=forms.HearingNoticeForm,
         guards=(_hearing_told_in_time, _presider_apart),
         documents=(Document("hearing_notice", _("听证通知书"), "hearing_notice.docx", number="hearing_call", served=True),),
         notices=tell_party(_("已发出听证通知书，请按时参加"))),
    Step("hold_hearing", _("举行听证"), ("hearing",), "", who.PRESIDER, form=forms.HearingForm,
         guards=(_hearing_announced, _hearing_notice_served),
         documents=(Document("hearing_minutes", _("听证笔录"), "hearing_minutes.docx"),)),
    Step("report_hearing", _("听证报告，送法制审核"), ("hearing",), "legal_review", who.PRESIDER, form=forms.HearingReportForm,
         guards=(_hearing_held, _ended_by_now), documents=(Document("hearing_report", _("听证报告"), "hearing_report.docx"),)),
    Step("drop_hearing", _("终止听证"), ("hearing",), "decision", who.PRESIDER, form=forms.DropHearingForm, guards=(_ended_by_now,),
         about=_("当事人撤回申请，或者无正当理由不出席、中途退出的，视为放弃听证。")),
    Step("apologise", _("公开道歉承诺"), ("notice", "statement", "decision"), "apology", who.PARTY, form=forms.ApologyForm,
         guards=(_told_before, _apologised_by_now, handed_in_today("applied_on")), notices=tell_desk(_("当事人作出公开道歉承诺，待审查"), CASE_REVIEWER),
         about=_("告知之后、决定之前申请；已公开道歉、承诺守法并改正的，可以从轻。")),
    Step("accept_apology", _("同意从轻"), ("apology", "decision"), "decision", who.SORRY_JUDGE, form=forms.AcceptApologyForm,
         guards=(_apology_waits, _apology_within),
         documents=(Document("apology_opinion", _("公开道歉承诺审查意见"), "apology_opinion.docx", inner=True),),
         notices=tell_party(_("公开道歉承诺已审查，同意从轻处罚"))),
    Step("refuse_apology", _("不同意从轻"), ("apology", "decision"), "decision", who.SORRY_JUDGE, form=WhyForm, guards=(_apology_waits,),
         notices=tell_party(_("公开道歉承诺已审查，不适用从轻处罚"))),
)  # fmt: skip
