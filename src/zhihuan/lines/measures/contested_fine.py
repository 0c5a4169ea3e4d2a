"""Reviews and lawsuits against a fine by the day (按日连续处罚), in its own matter, by the steps of every procedure.

While another matter carries the fine out (转入催告), that one keeps its contests; what a ruling there does to the fine comes
back here (``models``), so that the fine is one. Source: 行政处罚法 §§48, 66, 67, 73; 行政复议法; 行政诉讼法 §§45, 46.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.documents.serving.served import served_on
from zhihuan.bureau.matters.declaration import Clock, Guard, Step
from zhihuan.bureau.matters.engine.calendar import the_calendar
from zhihuan.bureau.matters.models import Matter, MatterLink
from zhihuan.bureau.remedies import forms
from zhihuan.bureau.remedies.course import contests_of
from zhihuan.bureau.remedies.periods import last_day
from zhihuan.bureau.remedies.steps import Asks, Contestable, contest_clocks, contest_steps
from zhihuan.lines.measures import asking
from zhihuan.lines.measures.hands import OFFICER
from zhihuan.lines.measures.waiting import only_if

__all__ = ["CONTESTING", "CONTEST_CLOCKS", "OVERDUE", "OVERTURNED", "taken_over_by"]

_LAW = "行政处罚法"


class RulingForm(forms.RulingForm):
    """happened: the day of service of the fine, from which its limits count."""

    happened = forms.reckoned_day(_("处罚决定送达日期"))

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        return told | {asking.HAPPENED: told["served_on"]}


class ChangedForm(RulingForm, forms.ChangedForm):
    """The fine was changed."""


def taken_over_by(fine: Matter) -> Matter | None:
    """The matter that carries the fine out; None: none does."""
    links = MatterLink.objects.filter(other=fine.pk, kind=MatterLink.Kind.SPAWNED_BY)
    link = links.filter(matter__procedure="penalty_case").select_related("matter").last()
    return link.matter if link is not None else None


def _pay_by(facts: Any) -> date | None:
    served = served_on(facts.matter, "decision")
    return last_day("E10", served, the_calendar()) if served is not None else None


def _is_paid(facts: Any) -> bool:
    return any(each.step == "pay" for each in facts.events)


def _overdue(facts: Any) -> str:
    if _is_paid(facts):
        return _("罚款已缴清，请办理“已履行”的一项。")
    last = _pay_by(facts)
    if last is not None and beijing_day(facts.now) > last:
        return ""
    return _("缴款期限至 %(last)s 届满，届满前不能转入催告。") % {"last": last}


def _in_time(facts: Any) -> str:
    if _is_paid(facts):
        return _("罚款已缴清，请办理“已履行”的一项。")
    return "" if _overdue(facts) else _("缴款期限已满，请办理“继续履行”的一项。")


def _not_taken_over(facts: Any) -> str:
    case = taken_over_by(facts.matter)
    words = _("已由案件“%(case)s”接续执行，复议、诉讼请在该案登记。")
    return words % {"case": case.title} if case is not None else ""


def _reviewed(facts: Any) -> str:
    found = contests_of(facts.events)
    return "" if found and found[-1].is_review else "-"


OVERDUE = Guard("overdue", _overdue, f"{_LAW} §67")
OVERTURNED = only_if(
    "overturned", lambda facts: facts.matter.overturned, _("决定没有被撤销，请登记裁判结果。")
)
_IN_TIME = Guard("in_time", _in_time, f"{_LAW} §67")
_PAID = only_if("paid", _is_paid, _("罚款尚未缴清，请办理“继续履行”或者“期限内”的一项。"))
_NOT_MORE = only_if(
    "not_more",
    lambda facts: facts.said["fine"] <= (facts.matter.amount or 0),
    _("变更后的罚款不得高于原决定，请核对。"),
)

CONTESTING: tuple[Step, ...] = contest_steps(
    OFFICER,
    Contestable(
        sources=("paying", "settled", "paid", "enforcing"),
        during="contested",
        overdue=("paying", OVERDUE),
        in_time=("paying", _IN_TIME),
        done=("settled", _PAID),
        not_more=_NOT_MORE,
        may=(Guard("not_taken_over", _not_taken_over),),
    ),
    Asks(RulingForm, ChangedForm),
)
CONTEST_CLOCKS: tuple[Clock, ...] = contest_clocks(
    ("served",), said_on=asking.HAPPENED, reviewed=Guard("reviewed", _reviewed)
)
