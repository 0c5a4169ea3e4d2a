"""What is kept of a filed plan beside the matter itself, in the field's own terms."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.matters.catalogue import edition_of
from zhihuan.bureau.matters.engine.effects import Taken
from zhihuan.bureau.matters.models import Matter, MatterEvent, RunningClock
from zhihuan.bureau.registry.models import Contact, Enterprise
from zhihuan.bureau.vault.evidence.handed_in import handed_in
from zhihuan.lines.plan_filing import rules

#: Steps that hand papers in.
HANDED_IN = ("submit", "resubmit", "revise")
#: What the forms tell that is kept in columns, for lists and documents.
SAID = ("plan_level", "risk", "crosses_region", "is_simplified", "signed_on", "signer")


class PlanFiling(Matter):
    """One body's plan, from its first filing through revisions and reviews. Columns hold what was said
    last; the events hold all that was ever said. number, filed_on: of the newest filing."""

    class PlanLevel(models.TextChoices):
        CITY = "city", _("市级政府预案")
        TOWN = "town", _("镇街预案")
        ENTERPRISE = "enterprise", _("企业预案")

    class Risk(models.TextChoices):
        GENERAL = rules.GENERAL, _("一般")
        LARGER = rules.LARGER, _("较大")
        MAJOR = rules.MAJOR, _("重大")

    plan_level = models.CharField(_("预案层级"), max_length=10, choices=PlanLevel, blank=True)
    risk = models.CharField(_("风险级别"), max_length=1, choices=Risk, blank=True)
    crosses_region = models.BooleanField(_("跨区域"), default=False)
    is_simplified = models.BooleanField(_("简化备案"), default=False)
    signed_on = models.DateField(_("签署发布日期"), null=True, blank=True)
    signer = models.CharField(_("预案签署人"), max_length=60, blank=True)
    number = models.CharField(_("备案编号"), max_length=80, blank=True, db_index=True)
    filed_on = models.DateField(_("备案日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("应急预案备案")
        verbose_name_plural = _("应急预案备案")
        default_permissions = ()

    def document_facts(self) -> dict[str, Any]:
        """What the templates are told beside the matter; days as ISO text, "" for what is not there."""
        firm = Enterprise.objects.filter(pk=self.party_id).first()
        review = RunningClock.objects.filter(matter=self.pk, code="review").order_by("pk").last()
        steps = MatterEvent.objects.filter(matter=self.pk, step__in=HANDED_IN)
        newest = (events := steps.order_by("number")).last()
        until = review.last_day if review else None
        contact = Contact.objects.filter(enterprise=self.party_id).order_by("pk").first()
        head, caller = firm and firm.legal_representative, contact and contact.name
        return {
            "level": f"{self.risk}{'T' if self.crosses_region else ''}",
            "body": firm.name if firm else self.title, "head": head or "", "contact": caller or "",
            "address": firm.address if firm else "", "phone": contact.phone if contact else "",
            "received_on": newest.at.isoformat() if newest else "",
            "review_by": until.isoformat() if until else "",
            "papers": handed_in(edition_of(self.procedure, self.edition), events, ("resubmit",)),
            "persons": [each for each in (self.signer, head, caller) if each],
        }  # fmt: skip


def keep_said(taken: Taken) -> None:
    """An effect of the engine: what a step was told goes into the columns of its plan."""
    plan = taken.matter
    if not isinstance(plan, PlanFiling) or taken.step is None:
        return
    told = {name: taken.facts.said[name] for name in SAID if name in taken.facts.said}
    if taken.step.code == "file":
        made = taken.event.documents.get(code="filing_form")
        told |= {"number": str(made.number), "filed_on": beijing_day(taken.event.at)}
    for name, value in told.items():
        setattr(plan, name, value)
    if told:
        PlanFiling.objects.filter(pk=plan.pk).update(**told)
