"""What is kept of a measure beside the matter itself: what lists, sums and other measures ask for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.forms import ChoiceField
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock.history import beijing_day, moment_of
from zhihuan.bureau.identities.known import identity_facts, identity_of
from zhihuan.bureau.matters.catalogue import edition_of
from zhihuan.bureau.matters.declaration import Procedure
from zhihuan.bureau.matters.engine.effects import Taken
from zhihuan.bureau.matters.models import Matter, RunningClock
from zhihuan.bureau.registry.models import Enterprise
from zhihuan.bureau.remedies.course import CHANGED, CONTEST_OVER
from zhihuan.indicators.keeping import recount
from zhihuan.lines.measures.asking import HAPPENED
from zhihuan.lines.measures.law import cited, is_cited

__all__ = ["BEGINS", "ENDS", "SAID", "Measure", "keep_ruled", "keep_said"]

#: What the forms tell that is kept in columns.
SAID = ("act_on", "deadline", "amount", "days", "stops_discharge")
#: Steps with which a measure begins to bind the party, and steps with which it ceases to.
BEGINS = {("sealing", "carry_out"), ("sealing", "seal_at_once"), ("production_limit", "served")}
ENDS = {
    ("sealing", "release"), ("sealing", "lift_at_once"), ("sealing", "expire"),
    ("sealing", "hand_over"), ("production_limit", "complete"), ("production_limit", "expire"),
    ("production_limit", "terminate"), ("production_limit", "overturned"), ("sealing", "overturned"),
}  # fmt: skip


class Measure(Matter):
    """One measure. act_on: the day of the act, its last where it goes on. in_force_from, in_force_until:
    the first and last day on which it binds the party (sealed, limited, stopped); until None: it still
    does. stops_discharge: whether the unlawful discharge stopped by it. amount [yuan] and days: of a
    consecutive-day fine, as a ruling left it, or of a detention. contested: a review or lawsuit against the fine is open;
    overturned: the decision was revoked."""

    act_on = models.DateField(_("违法行为日期"), null=True, blank=True)
    deadline = models.DateField(_("改正期限"), null=True, blank=True)
    in_force_from = models.DateField(_("措施开始日期"), null=True, blank=True)
    in_force_until = models.DateField(_("措施结束日期"), null=True, blank=True)
    stops_discharge = models.BooleanField(_("违法排污因此停止"), default=False)
    amount = models.DecimalField(
        _("金额（元）"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    days = models.PositiveIntegerField(_("日数"), null=True, blank=True)
    contested = models.BooleanField(_("复议、诉讼中"), default=False)
    overturned = models.BooleanField(_("决定被撤销"), default=False)

    class Meta:
        verbose_name = _("配套措施")
        verbose_name_plural = _("配套措施")
        default_permissions = ()

    def document_facts(self) -> dict[str, Any]:
        """Of the party: name, head, address, of a person the identity (its address is masked outside ``identity``); the last day of the newest clock of each kind; and the
        words of what is chosen by code in the forms: ``line.words.case[said.propose.case]``."""
        firm = Enterprise.objects.filter(pk=self.party_id).first()
        clocks = RunningClock.objects.filter(matter=self.pk).order_by("pk")
        procedure = edition_of(self.procedure, self.edition)
        ends = dict.fromkeys((each.code for each in procedure.clocks), "")
        ends |= {each.code: each.last_day.isoformat() for each in clocks if each.last_day}
        head, who = firm.legal_representative if firm else "", identity_facts(identity_of(self))
        return {
            "body": firm.name if firm else self.party_name,
            "head": head,
            "address": firm.address if firm else who["address"]["shown"],
            "identity": who,
            "until": ends,
            "words": words_of(procedure),
            "persons": list(dict.fromkeys(each for each in (head, who["name"]) if each)),
        }

    def document_facts_on(self, day: date) -> dict[str, Any]:
        """The law of the day on which the document is made."""
        about = "offset" if self.procedure == "crime_transfer" else self.procedure
        return {"law": cited(about, day) if is_cited(about) else ""}


def _last_day(taken: Taken) -> date:
    """Of a measure that just ceased: the day of the step, or the last of the clock that ran out."""
    ran_out = RunningClock.objects.filter(ended=taken.event, outcome=RunningClock.Outcome.EXPIRED)
    days = [each.last_day for each in ran_out if each.last_day]
    return days[0] if days else _happened_on(taken)


def _happened_on(taken: Taken) -> date:
    return beijing_day(moment_of(taken.event.said.get(HAPPENED)) or taken.event.at)


def words_of(procedure: Procedure) -> dict[str, dict[str, str]]:
    """Field → code → words, of all choices that the forms of a procedure offer."""
    forms = [step.form for step in procedure.steps if step.form is not None]
    return {
        name: {str(code): str(text) for code, text in field.choices}
        for form in forms
        for name, field in form.base_fields.items()
        if isinstance(field, ChoiceField)
    }


def _ruled(step: str, said: Any) -> dict[str, Any]:
    """What a contest does to a fine by the day, in its own matter or in the one that carries it out."""
    if step == "contest":
        return {"contested": True}
    if step not in CONTEST_OVER:
        return {}
    changed = {"amount": said["fine"]} if step in CHANGED else {}
    return {"contested": False, "overturned": step == "overturned", **changed}


def keep_ruled(taken: Taken) -> None:
    """An effect of the engine: a fine by the day is contested where it is carried out, by a matter that grew out of its own;
    lines know each other by code alone. Its figures are counted anew."""
    code = taken.step.code if taken.step is not None else ""
    told = _ruled(code, taken.facts.said)
    if not told or taken.matter.procedure != "penalty_case":
        return
    links = taken.matter.links.filter(kind="spawned_by", other__procedure="daily_fine")
    for fine in Measure.objects.filter(pk__in=links.values("other")):
        Measure.objects.filter(pk=fine.pk).update(**told)
        fine.refresh_from_db()
        recount([fine])


def keep_said(taken: Taken) -> None:
    """An effect of the engine: what a step was told goes into the columns of its measure."""
    measure = taken.matter
    if not isinstance(measure, Measure) or taken.step is None:
        return
    said, act = taken.facts.said, (measure.procedure, taken.step.code)
    told = {name: said[name] for name in SAID if said.get(name) is not None}
    if measure.procedure in {"daily_fine", "production_limit", "sealing"}:
        told |= _ruled(taken.step.code, said)
    if act in BEGINS:
        told["in_force_from"] = _happened_on(taken)
    if act in ENDS and measure.in_force_from and not measure.in_force_until:
        told["in_force_until"] = _last_day(taken)
    for name, value in told.items():
        setattr(measure, name, value)
    if told:
        Measure.objects.filter(pk=measure.pk).update(**told)
