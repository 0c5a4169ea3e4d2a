"""Reviews and lawsuits (复议、诉讼): registered, and how each ends. Neither stops the decision's being carried out.

A ruling leads to where the case then stands: something is overdue, or is still in time, or all is paid. A case that
was closed already is taken up again: whoever paid at once may sue for six months all the same.
Source: 行政处罚法 §§48, 72, 73; 行政复议法; 行政诉讼法 §§45, 46.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.declaration import Step
from zhihuan.lines.enforcement import people as who
from zhihuan.lines.enforcement.course import PENALTY_LAW, guard, said_in, today, took
from zhihuan.lines.enforcement.execution import PAYABLE
from zhihuan.lines.enforcement.forms import contesting as forms
from zhihuan.lines.enforcement.money import Sums, is_in_time, owed_of, sums_after

__all__ = ["CONTESTING"]


@guard("contested_by_now")
def _contested_by_now(facts: Any) -> str:
    if facts.said["filed_on"] > today(facts):
        return _now("受理日期不能晚于今天，请核对。")
    return ""


@guard("was_punished")
def _was_punished(facts: Any) -> str:
    """Closed cases are of several kinds."""
    return "" if took(facts, "decide", "take_over") else _now("本案没有作出处罚决定。")


@guard("ruled_by_now")
def _ruled_by_now(facts: Any) -> str:
    day, filed = facts.said["ruled_on"], said_in(facts, "contest")["filed_on"]
    if day > today(facts):
        return _now("生效日期不能晚于今天，请核对。")
    return _now("生效日期不能早于受理日期，请核对。") if day.isoformat() < filed else ""


def _left(facts: Any) -> Decimal:
    return owed_of(facts.matter, facts.events, today(facts), sums=sums_after(facts)).left


def _is_in_time(facts: Any) -> bool:
    return is_in_time(facts.matter, facts.events, today(facts), sums_after(facts))


@guard("overdue", f"{PENALTY_LAW} §72")
def _overdue(facts: Any) -> str:
    if not _left(facts):
        return _now("已无欠款，请办理“已履行”的一项。")
    return _now("缴款期限未满，请办理“期限内”的一项。") if _is_in_time(facts) else ""


@guard("in_time", f"{PENALTY_LAW} §§66、67")
def _in_time(facts: Any) -> str:
    if not _left(facts):
        return _now("已无欠款，请办理“已履行”的一项。")
    return "" if _is_in_time(facts) else _now("缴款期限已满，请办理“继续履行”的一项。")


@guard("paid", PENALTY_LAW)
def _paid(facts: Any) -> str:
    left = _left(facts)
    if not left:
        return ""
    return _now("仍欠 %(left)s 元，请办理“继续履行”或者“期限内”的一项。") % {"left": left}


@guard("not_more")
def _not_more(facts: Any) -> str:
    stands, changed = Sums.of(facts.matter), sums_after(facts)
    if changed.fine <= stands.fine and changed.gains <= stands.gains:
        return ""
    return _now("变更后的罚款、没收违法所得不得高于原决定，请核对。")


@guard("stands")
def _stands(facts: Any) -> str:
    return _now("决定已被撤销，请办理结案。") if facts.matter.overturned else ""


def _ruling(code: str, title: Any, target: str, then: Any) -> Step:
    is_changed = code.startswith("changed")
    return Step(
        code, title, ("reconsider",), target, who.DESK, form=forms.ChangedForm if is_changed else forms.RulingForm,
        guards=(_stands, _ruled_by_now, *((_not_more,) if is_changed else ()), then),
        about=_("已公开的原决定须在三个工作日内撤回，并说明理由。") if is_changed else "",
    )  # fmt: skip


CONTESTING = (
    Step("contest", _("登记复议、诉讼"), (*PAYABLE, "perform", "end_exec", "close"), "reconsider", who.DESK, form=forms.ContestForm,
         guards=(_was_punished, _contested_by_now), about=_("复议、诉讼期间不停止执行，但不计算加处罚款。")),
    _ruling("upheld", _("维持（继续履行）"), "overdue", _overdue),
    _ruling("upheld_in_time", _("维持（期限内）"), "pay", _in_time),
    _ruling("upheld_paid", _("维持（已履行）"), "perform", _paid),
    _ruling("changed", _("变更罚款（继续履行）"), "overdue", _overdue),
    _ruling("changed_in_time", _("变更罚款（期限内）"), "pay", _in_time),
    _ruling("changed_paid", _("变更罚款（已履行）"), "perform", _paid),
    Step("overturned", _("撤销决定"), ("reconsider",), "", who.DESK, form=forms.RulingForm, guards=(_stands, _ruled_by_now),
         about=_("已公开的决定须在三个工作日内撤回，并说明理由。")),
)  # fmt: skip
