"""What the law and the bureau want before a step: asked of the matter's facts, answered in words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.matters.declaration import Guard
from zhihuan.lines.inspection import rules
from zhihuan.lines.inspection.entered import record_of
from zhihuan.lines.inspection.samples import codes_in

__all__ = [
    "AFTER_ARRIVAL",
    "ALL_VISITED",
    "ARCHIVED",
    "DRAWN_OPENLY",
    "IN_TIME",
    "MAY_ENTER",
    "NOT_AHEAD",
    "NOT_SUSPECTED",
    "RECORDED",
    "RECUSAL_ASKED",
    "RECUSAL_DECIDED",
    "REPORTED",
    "SAMPLED",
    "SUSPECTED",
    "TOLD_REPORTS",
    "WITHIN_A_YEAR",
]

_ENTRY = "国办发〔2024〕54号"
_PENALTY_LAW = "行政处罚法（2021）§55"
_RECUSAL_LAW = "行政处罚法（2021）§43"
_PENALTY_MEASURES = "生态环境行政处罚办法"
#: A telephone's clock may be ahead of ours by so much.
_AHEAD = timedelta(minutes=10)
_MOMENTS = ("arrived_at", "recorded_at", "asked_until", "sampled_at", "left_at")


def _taken(facts: Any, step: str) -> list[Any]:
    return [each for each in facts.events if each.step == step]


def _since_arrival(facts: Any, step: str) -> list[Any]:
    """Events of this step since the officers came the last time."""
    came = [each.number for each in _taken(facts, "begin")]
    return [each for each in _taken(facts, step) if not came or each.number > came[-1]]


def _may_enter(facts: Any) -> str:
    today = beijing_day(facts.now)
    record = record_of(facts.matter.party_id, today, but=facts.matter.pk)
    return rules.not_entered_for(facts.said["kind"], record, today)


def _in_time(facts: Any) -> str:
    """By the day of arrival: what a phone sends the day after was begun when it says."""
    until, came = facts.matter.visit_by, beijing_day(min(facts.said["arrived_at"], facts.now))
    words = _("检查期限 %(day)s 已过，请负责人取消或重新派发。") % {"day": until}
    return "" if until is None or came <= until else words


def _not_ahead(facts: Any) -> str:
    said = {name: facts.said.get(name) for name in _MOMENTS}
    late = [each for each in said.values() if each and each > facts.now + _AHEAD]
    return _("所填时间晚于现在，请核对手机时间后更正。") if late else ""


def _recorded(facts: Any) -> str:
    words = _("尚未制作现场检查（勘察）笔录，不能结束现场检查。")
    return "" if _since_arrival(facts, "record") else words


def _after_arrival(facts: Any) -> str:
    begun, left = facts.matter.begun_at, facts.said.get("left_at")
    return _("离场时间不能早于到达时间。") if begun and left and left < begun else ""


def _asked_for_recusal(facts: Any) -> bool:
    """Whether a request of the party waits: asked at the last arrival, and nobody decided since."""
    came = _taken(facts, "begin")
    return (
        bool(came)
        and came[-1].said["recusal_asked"] == "yes"
        and not _since_arrival(facts, "refuse_recusal")
    )


def _recusal_asked(facts: Any) -> str:
    return "" if _asked_for_recusal(facts) else _("没有待决定的回避申请。")


def _recusal_decided(facts: Any) -> str:
    words = _("当事人申请回避，尚未决定；请先由负责人准予或者驳回，再告知检查结果。")
    return words if _asked_for_recusal(facts) else ""


def _sampled(facts: Any) -> str:
    sampled = {each.said["sample_code"].strip() for each in _taken(facts, "sample")}
    if not sampled:
        return _("本次检查没有采样，无监测报告可收。")
    strange = [each for each in codes_in(facts.said["sample_codes"]) if each not in sampled]
    words = _("样品编号“%(code)s”不在采样记录中；采样记录中有：%(known)s。")
    return words % {"code": strange[0], "known": "、".join(sorted(sampled))} if strange else ""


def _reported(facts: Any) -> str:
    """Every sample has its report: each result is told."""
    reported = {
        code for each in _taken(facts, "report") for code in codes_in(each.said["sample_codes"])
    }
    sampled = dict.fromkeys(each.said["sample_code"].strip() for each in _taken(facts, "sample"))
    left = [code for code in sampled if code not in reported]
    words = _("样品 %(codes)s 未收到监测报告；监测结果须告知当事人，请先登记报告。")
    return words % {"codes": "、".join(left)} if left else ""


def _told_reports(facts: Any) -> str:
    told, sampled = facts.said["reports_told"] == "told", bool(_taken(facts, "sample"))
    if told == sampled:
        return ""
    if sampled:
        return _("本次检查有采样，须将监测结果一并告知当事人。")
    return _("本次检查没有采样，请选择“没有采样或鉴定”。")


def _archived(facts: Any) -> str:
    words = _("音像记录尚未归库，请先办理“音像记录归库”。")
    return "" if len(_taken(facts, "archive")) >= len(_taken(facts, "leave")) else words


def _exceeds(facts: Any) -> bool:
    return any(each.said.get("exceeds") == "yes" for each in _taken(facts, "report"))


def _not_suspected(facts: Any) -> str:
    if not facts.matter.suspected and not _exceeds(facts):
        return ""
    return _("笔录或监测报告载明涉嫌违法，不能按未发现问题办结；请转线索或安排复查。")


def _suspected(facts: Any) -> str:
    if facts.matter.suspected or _exceeds(facts):
        return ""
    return _("笔录和监测报告都没有载明涉嫌违法；请先补充现场笔录。")


def _drawn_openly(facts: Any) -> str:
    return rules.may_draw_from(facts.matter.committed_at, facts.now)


def _all_visited(facts: Any) -> str:
    left = facts.matter.visits.filter(ended_at__isnull=True).count()
    return _("还有 %(count)d 次检查没有办结。") % {"count": left} if left else ""


def _within_a_year(facts: Any) -> str:
    first, last = facts.said["listed_from"], facts.said["listed_until"]
    months: Any = rules.visits_edition(first).table["positive_list_months_most"]
    if last < first:
        return _("期满日不能早于列入日期。")
    if (last.year - first.year) * 12 + last.month - first.month >= months + (last.day < first.day):
        return _("列入期限最长 %(months)d 个月（待核），期满可重新列入。") % {"months": months}
    return ""


MAY_ENTER = Guard("may_enter", _may_enter, _ENTRY)
IN_TIME = Guard("in_time", _in_time)
NOT_AHEAD = Guard("not_ahead", _not_ahead)
RECUSAL_ASKED = Guard("recusal_asked", _recusal_asked, _RECUSAL_LAW)
RECUSAL_DECIDED = Guard("recusal_decided", _recusal_decided, _RECUSAL_LAW)
RECORDED = Guard("recorded", _recorded, _PENALTY_LAW)
AFTER_ARRIVAL = Guard("after_arrival", _after_arrival)
SAMPLED = Guard("sampled", _sampled)
REPORTED = Guard("reported", _reported, _PENALTY_MEASURES)
TOLD_REPORTS = Guard("told_reports", _told_reports, _PENALTY_MEASURES)
ARCHIVED = Guard("archived", _archived, "E17")
NOT_SUSPECTED = Guard("not_suspected", _not_suspected)
SUSPECTED = Guard("suspected", _suspected)
DRAWN_OPENLY = Guard("drawn_openly", _drawn_openly)
ALL_VISITED = Guard("all_visited", _all_visited)
WITHIN_A_YEAR = Guard("within_a_year", _within_a_year)
