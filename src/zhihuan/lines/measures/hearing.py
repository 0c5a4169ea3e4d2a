"""A hearing that a party asked for (听证): whoever asks in time is heard before anybody decides.

Served told seven working days before, presided over by somebody who did not propose, with minutes on which the decision
rests. Source: 行政处罚法 §§63–65. The two lines whose notices give that right share it.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock import time_limit
from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.clock.reckoning import reckon_back
from zhihuan.bureau.documents.serving.served import served_on
from zhihuan.bureau.matters.declaration import Guard, Step, Who
from zhihuan.bureau.matters.engine.calendar import the_calendar
from zhihuan.bureau.people.actions import Reach
from zhihuan.bureau.people.roles import CASE_REVIEWER, LEGAL_REVIEWER
from zhihuan.lines.measures import asking
from zhihuan.lines.measures.hands import INVESTIGATED
from zhihuan.lines.measures.waiting import by_now, last_day

__all__ = ["ASKED_IN_TIME", "HEARD_AS_ASKED", "SpokenForm", "hold_hearing"]

_LAW = "行政处罚法"
#: Somebody who did not investigate, wherever it was.
PRESIDER = Who(
    {CASE_REVIEWER: Reach.TERRITORY, LEGAL_REVIEWER: Reach.TERRITORY},
    apart_from=("propose",),
    apart_elsewhere=INVESTIGATED,
    apart_by=f"{_LAW} §64",
)


class SpokenForm(forms.Form):
    """What the party says, and whether it wants a hearing."""

    asks_hearing = asking.yes(_("要求听证"), _("须在告知书送达之日起五个工作日内提出。"))
    spoken = asking.text(_("陈述、申辩或者听证的内容"))
    proof = asking.paper(_("材料"))


class HeldForm(forms.Form):
    """The hearing as its minutes have it."""

    told_on = asking.day(_("听证通知送达日期"), _("须在举行的七个工作日前。"))
    held_on = asking.day(_("听证举行日期"))
    attended = asking.text(_("参加人员"))
    opinion = asking.text(_("听证意见"))
    minutes = asking.paper(_("签名的听证笔录"), required=True)


def _asked_in_time(facts: Any) -> str:
    if not facts.said["asks_hearing"]:
        return ""
    told = served_on(facts.matter, "notice")
    until = last_day("E06", told, the_calendar()) if told is not None else None
    if until is not None and beijing_day(facts.now) <= until:
        return ""
    return _("申请听证的期限已于 %(day)s 届满，只能陈述申辩。") % {"day": until}


def _is_asked(facts: Any) -> bool:
    """Whether a hearing was asked for since the newest notice and has not been held."""
    asked = False
    for each in facts.events:
        asked = (asked or (each.step == "speak" and bool(each.said.get("asks_hearing")))) and each.step not in {
            "served_notice", "hold_hearing",
        }  # fmt: skip
    return asked


def _told_before(facts: Any) -> str:
    held = facts.said["held_on"]
    last = reckon_back(time_limit("E07", on=held), held, the_calendar()).last_day
    words = _("听证通知至迟应于 %(last)s 送达；不足七个工作日的，请改期重新通知。")
    return "" if last is not None and facts.said["told_on"] <= last else words % {"last": last}


ASKED_IN_TIME = Guard("asked_in_time", _asked_in_time, f"{_LAW} §64(1)")
HEARD_AS_ASKED = Guard(
    "heard_as_asked",
    lambda facts: _("当事人要求听证，请先举行听证并登记笔录。") if _is_asked(facts) else "",
    f"{_LAW} §63、§65",
)
_ASKED = Guard(
    "hearing_asked", lambda facts: "" if _is_asked(facts) else _("当事人没有要求听证。"), _LAW
)


def hold_hearing(source: str) -> Step:
    """The step that records it, taken in ``source`` and staying there."""
    return Step(
        "hold_hearing", _("举行听证"), (source,), "", PRESIDER, form=HeldForm,
        guards=(_ASKED, by_now("told_on", "held_on"), Guard("told_before", _told_before, f"{_LAW} §64(2)")),
        about=_("由非本案调查人员主持；举行的七个工作日前通知当事人。"),
    )  # fmt: skip
