"""What is asked when an unpaid consecutive-day fine goes on as a case: nothing that its own matter says already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.matters.engine.calendar import the_calendar
from zhihuan.bureau.matters.engine.forms import MatterForm
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.remedies.course import CHANGED, Contest, contests_of
from zhihuan.bureau.remedies.forms import reckoned_day
from zhihuan.bureau.remedies.periods import Ruling, court_window
from zhihuan.lines.enforcement.forms.fields import day, line, money, text

__all__ = ["DAILY_FINE", "TakeOverForm", "daily_fine_of"]

#: The procedure out of whose matters such a case grows; lines know each other by code alone.
DAILY_FINE = "daily_fine"
_HINT = _("据按日连续处罚事项，不能填写。")


def daily_fine_of(matter: Matter) -> Matter | None:
    """The consecutive-day fine that this case grew out of; None: it grew out of none."""
    links = matter.links.filter(kind="spawned_by", other__procedure=DAILY_FINE)
    link = links.select_related("other").order_by("-pk").first()
    return link.other if link is not None else None


class ContestsField(forms.JSONField):
    """Reviews and lawsuits that a decision went through elsewhere: ``remedies.course.Contest`` as values."""

    widget = forms.HiddenInput

    def words_of(self, value: Any) -> str:
        """For people; what was kept otherwise as it was kept."""
        if not isinstance(value, list):
            return str(value or "")
        kinds = {True: _now("行政复议"), False: _now("行政诉讼")}
        found = [Contest.from_values(each) for each in value or ()]
        return "；".join(
            f"{kinds[each.is_review]} {each.since}—{each.until or ''}" for each in found
        )


class TakeOverForm(MatterForm):
    """The decision, as the matter of the consecutive-day fine has it."""

    number = line(_("按日连续处罚决定书文号"), _HINT, required=False, disabled=True)
    fine = money(_("罚款（元）"), _HINT, required=False, disabled=True)
    decided_on = day(_("决定日期"), _HINT, required=False, disabled=True)
    served_on = day(_("送达日期"), _HINT, required=False, disabled=True)
    contests = ContestsField(label=_("此前的复议、诉讼"), required=False, disabled=True)
    court_from = reckoned_day(_("可以申请强制执行的起算日"))
    ruled_on = reckoned_day(_("复议决定送达日期"))
    unpaid = text(_("未缴情况"), _("已缴的另行登记；写明催缴经过。"))

    def __init__(self, *args: Any, matter: Matter, **more: Any) -> None:
        origin = daily_fine_of(matter)
        known = dict(_told(origin)) if origin is not None else {}
        super().__init__(*args, matter=matter, initial=known, **more)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        ruling = _ruling(told.get("contests") or ())
        told |= {"court_from": None, "ruled_on": ruling.on if ruling and ruling.is_review else None}
        if ruling is not None and not ruling.is_review and told.get("served_on"):
            window = court_window(told["served_on"], None, the_calendar(), ruling)
            told["court_from"] = window.opens_after
        return told


def _ruling(contests: Iterable[Any]) -> Ruling | None:
    """How the newest ended."""
    found = [Contest.from_values(each) for each in contests]
    return found[-1].ruling if found else None


def _told(origin: Matter) -> Iterator[tuple[str, Any]]:
    """Number, amount and days, from the events of the fine, and what became of it by review or lawsuit."""
    events = list(origin.events.order_by("number"))
    yield "contests", [each.as_values() for each in contests_of(events)]
    for event in events:
        if event.step == "propose":
            yield "fine", event.said.get("amount")
        elif event.step in CHANGED:
            yield "fine", event.said.get("fine")
        elif event.step == "decide":
            yield "decided_on", beijing_day(event.at)
            made = event.documents.select_related("number").first()
            yield "number", str(made.number) if made is not None and made.number else ""
        elif event.step == "served":
            yield "served_on", datetime.fromisoformat(event.said["happened"]).date()
