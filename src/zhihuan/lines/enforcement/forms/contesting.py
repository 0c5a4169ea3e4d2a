"""What is asked of reviews and lawsuits beside what every procedure asks: from when the court may be asked afterwards is
reckoned and not typed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.engine.calendar import the_calendar
from zhihuan.bureau.matters.engine.forms import MatterForm
from zhihuan.bureau.remedies import forms as remedies
from zhihuan.bureau.remedies.course import last_ruling
from zhihuan.bureau.remedies.periods import Ruling, court_window
from zhihuan.lines.enforcement.forms.fields import gains
from zhihuan.lines.enforcement.models import PenaltyCase

__all__ = ["ChangedForm", "RemediesOverForm", "RulingForm", "court_from"]


def court_from(case: PenaltyCase, ruling: Ruling | None) -> date | None:
    """The day after which the court may be asked; None where the decision was not served."""
    if case.served_on is None:
        return None
    window = court_window(
        case.served_on, case.deferred_until, the_calendar(), ruling, review_first=case.review_first
    )
    return window.opens_after


class _AfterwardsForm(MatterForm):
    """court_from: the day after which the court may be asked; None where somebody may still contest."""

    court_from = remedies.reckoned_day(_("可以申请强制执行的起算日"))

    def _case(self) -> PenaltyCase:
        return PenaltyCase.objects.get(pk=self.matter.pk)


class RemediesOverForm(_AfterwardsForm):
    """That nobody contested in time; the platform is asked nothing."""

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        ruling = last_ruling(self.matter.events.order_by("number"))
        told["court_from"] = court_from(self._case(), ruling)
        return told


class RulingForm(_AfterwardsForm, remedies.RulingForm):
    """How it ended. After a judgement nobody may contest any more."""

    def decision_served_on(self) -> date | None:
        return self._case().served_on

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        on, told["court_from"] = told.get("ruled_on"), None
        if on is not None and not self._is_review():
            told["court_from"] = court_from(self._case(), Ruling(is_review=False, on=on))
        return told

    def _is_review(self) -> bool:
        contest = self.matter.events.filter(step="contest").order_by("-number").first()
        return contest is not None and contest.said["kind"] == "review"


class ChangedForm(RulingForm, remedies.ChangedForm):
    """The fine was changed, or what is confiscated beside it."""

    gains = gains(_("变更后的没收违法所得（元）"), _("没有变更的不填。"))
