"""What is asked of reviews and lawsuits; from when the court may be asked afterwards is reckoned and not typed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.engine.calendar import the_calendar
from zhihuan.bureau.matters.engine.forms import MatterForm
from zhihuan.lines.enforcement.forms.fields import day, gains, line, money, paper
from zhihuan.lines.enforcement.models import PenaltyCase
from zhihuan.lines.enforcement.money import last_ruling
from zhihuan.lines.enforcement.rules.periods import Ruling, court_window

__all__ = ["ChangedForm", "ContestForm", "RemediesOverForm", "RulingForm"]


class ContestForm(forms.Form):
    """A review or a lawsuit."""

    kind = forms.ChoiceField(
        label=_("类别"), choices=[("review", _("行政复议")), ("suit", _("行政诉讼"))]
    )
    filed_on = day(_("受理日期"), _("自该日起不计算加处罚款。"))
    body = line(_("复议机关、人民法院"))


def _reckoned(label: Any) -> forms.DateField:
    """A day that the form finds by itself."""
    field = forms.DateField(label=label, required=False, widget=forms.HiddenInput)
    field.is_derived = True  # type: ignore[attr-defined]
    return field


class _AfterwardsForm(MatterForm):
    """court_from: the day after which the court may be asked; None where somebody may still contest."""

    court_from = _reckoned(_("可以申请强制执行的起算日"))

    def _court_from(self, case: PenaltyCase, ruling: Ruling | None) -> date | None:
        if case.served_on is None:
            return None
        window = court_window(case.served_on, case.deferred_until, the_calendar(), ruling)
        return window.opens_after

    def _case(self) -> PenaltyCase:
        return PenaltyCase.objects.get(pk=self.matter.pk)


class RemediesOverForm(_AfterwardsForm):
    """That nobody contested in time; the platform is asked nothing."""

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        ruling = last_ruling(self.matter.events.order_by("number"))
        told["court_from"] = self._court_from(self._case(), ruling)
        return told


class RulingForm(_AfterwardsForm):
    """How it ended. served_on: of the decision that was contested, from which the days to pay run."""

    ruled_on = day(_("复议决定、裁判生效日期"), _("复议决定填写送达当事人的日期。"))
    ruling = line(_("文书名称与文号"))
    document = paper(_("文书"))
    served_on = _reckoned(_("处罚决定送达日期"))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        case, on = self._case(), told.get("ruled_on")
        told |= {"served_on": case.served_on, "court_from": None}
        if on is not None and not self._is_review():
            told["court_from"] = self._court_from(case, Ruling(is_review=False, on=on))
        return told

    def _is_review(self) -> bool:
        contest = self.matter.events.filter(step="contest").order_by("-number").first()
        return contest is not None and contest.said["kind"] == "review"


class ChangedForm(RulingForm):
    """The fine was changed, or what is confiscated beside it."""

    fine = money(_("变更后的罚款（元）"))
    gains = gains(_("变更后的没收违法所得（元）"), _("没有变更的不填。"))
